# %% [markdown]
# # Reading: the application stage
#
# A page about a stream, a shelf of papers, and a form: the stage before any code. It takes about four and a half
# hours, a little over three of them for the papers; you can stop after each section and come back.
#
# The stream below is invented. Its questions are of the kind that such forms ask; none is taken from a real one.

# %% [markdown]
# ## The stream
#
# > **Control by asking again.** We have an agent that we do not trust, and we want its work. We may look at a few of
# > its actions in a thousand. One thing we can always do, and it can't: draw another action from the same place, and
# > not tell it. What does a second sample buy? When does it stop helping, or do harm? And who has tried hard enough to
# > make it fail?
# >
# > You would work on both sides. In the first week you build a protocol, in the second you break it, and the second
# > week counts for more. What we believed a year ago about the right way to combine the samples turned out to depend on
# > the setting. I expect that to happen to us again.
# >
# > We do not ask for publications. We look for people who ask *safe against whom, and at what price* before they ask
# > for the number. Read the shelf first, then fill in the form: five questions, each with a word limit. Use an LLM to
# > find your way around the papers if you like. The answers are yours, and I will ask you about every sentence.
#
# **What the stage asks.** To read a control paper as a game with rules, to find the rule that a sentence hangs on, and
# to say it in a few words: the papers (a little over three hours), a nuance check (twenty minutes), the form (an
# hour).
#
# **Why it is worth your time.** Two papers from the same group, a year apart, give opposite advice on one small choice
# ([@bhatt2025ctrlz], [@lucassen2026retrying]). Neither is careless. Whoever can say in three sentences why both can be
# right has understood more than whoever knows both headlines.

# %% [markdown]
# ## The shelf
#
# Read the rows from the top; each is there for one reason. **Method** marks the primary sources for what you will
# build, **frame** what the words mean, **setting** where it is tried, **critic** those that put a limit to the others,
# **price** what it costs. If you have an hour and three quarters, read the first five.
#
# | | Source | Mark | Why it is here | What to read in it | Minutes |
# |:--|:--|:--|:--|:--|--:|
# | 1 | [@bhatt2025ctrlz], the Ctrl-Z paper | method | Where resampling comes from | Sections 2, 3.2 and 4 with Tables 1 and 2, section 5; footnotes 6 and 8 beside Appendix J | 40 |
# | 2 | [@lucassen2026post], the authors' post | method | The same group a year later: what held, what turned round, and their own reason why | All of it, footnotes too | 20 |
# | 3 | [@lucassen2026retrying], the paper | method | The paper behind source 2, with the intervals | Abstract, first figure, what decides between minimum and maximum | 20 |
# | 4 | [@greenblatt2024control] | frame | Safety, usefulness, red team, budget: the terms, and the numbers that others normalise by | Section 2, Table 1, section 5 | 20 |
# | 5 | [@bhatt2025site], the project site | method, other numbers | Other headline numbers for what looks like the same work | The abstract, beside that of source 1 | 5 |
# | 6 | [@kaufman2025design] | setting | Where sources 2 and 3 were run; how rates per step and per trajectory differ | Up to the general principles | 15 |
# | 7 | [@terekhov2025adaptive], adaptive attacks | critic of 1 and 4 | An attacker that knows the monitor and writes to it | Abstract, what the attacker is assumed to know | 10 |
# | 8 | [@hopman2025feedback] | critic of retrying | Feedback from a monitor, used against it | The summary at the top | 10 |
# | 9 | [@tracy2026linuxarena] | critic of all model-made attacks | Attacks that people wrote evade more than those that models wrote | Abstract | 10 |
# | 10 | [@stickland2025async] | setting | Looking after the fact, and extrapolating to a risk | Abstract, introduction, when the extrapolation is said to fail | 15 |
# | 11 | [@terekhov2025tax], control tax | price | What control costs to run, as a subject of its own | Abstract | 10 |
# | 12 | [@sreevatsa2026legibility] | method, another one | Make the action easier to judge, where others draw it again | Abstract | 10 |
# | 13 | [@controlarena] | code | Defer-to-resample as a library has it; its defaults are the library's, not the paper's | The reference page on micro-protocols | 5 |
#
# Three more for the curious: the paper of the setting in row 6 ([@kaufman2025basharena]), what the authors of row 2
# mean by a live failure ([@kaufman2026live]), and what happens when the attacker chooses its moment
# ([@gewang2026selection]; by up to 28 points less safety, as summarised by [@awesomeagents2026selection]).
#
# **What the makers of this unit read.** Source 1 in full apart from the figures, in a stored copy of its HTML version.
# Source 2 in full. Of source 3 the abstract. Of source 4 sections 1 to 3, 5 and 6, in the conference version that is
# linked; the arXiv one is longer and differs. Source 6 as far as the general principles. Of 13 the page named. Of
# the others the abstract or the opening. Nothing here is claimed about what we did not read. Where you read further
# than we did and find us wrong, say so.

# %% [markdown]
# Open the unit. Nothing is downloaded.

# %% locked="reading-setup"
import worktest

unit = worktest.open_unit()
print(f"{unit.info.title}: {len(unit.info.papers)} sources")

# %% [markdown]
# ## How to read for nuances
#
# The three passes of unit 01 hold here too: the figures, the largest sentence with its condition, the note from
# memory. This section is about what is special to papers on control.
#
# **The words.** The **untrusted model** U is capable and may work against you; the **trusted model** T is weaker and is
# taken not to. The **blue team** writes a **protocol**, the fixed rules by which U, T and people are used. The **red
# team** writes an **attack policy**, which is put in U's place to measure safety; the **honest policy** is put there to
# measure usefulness. The protocol can't see which of the two it has. A **step** is one action, for instance one shell
# command; a **trajectory** is the steps of one task; an **episode** is all tasks of a deployment. The **main task** is
# the work, the **side task** the harm. A monitor gives each action a **suspicion score**. An **audit** is the expensive
# look, by people or by what stands in for them. To **defer** is to run T's action where U's looks suspicious.
# **Scheming** is working against one's developers on purpose and hiding it. **pp** are percentage points.
#
# Three protocols have names that come up everywhere. **Trusted monitoring**: T scores each action, and the highest scores
# are audited; it is the usual baseline. With an **untrusted monitor** a copy of U scores as well. **Time Travel** is the
# strongest protocol of Ctrl-Z: where a task looks suspicious, it goes back and draws again at an earlier step.
#
# To **resample** is to draw another action from exactly the same context; U does not learn of it. To **retry** is to
# block an action and let U go on, so that U knows that it was blocked and perhaps why. Some summaries use the two words
# for one thing.
#
# **Six questions to each paper.** A result on control is a number with six rules attached. Change one, and it is
# another number.
#
# | | Ask | What it looks like on this shelf |
# |:--|:--|:--|
# | **Protocol** | What happens to a suspicious action, in which order? Which score decides, and about what? | In defer-to-resample up to two more samples are drawn; the least suspicious is run if it is below the threshold, otherwise T's action ([@bhatt2025ctrlz], 3.2). A second threshold is for the audit. Which sample's score is held against it, and which sample does the auditor see? |
# | **Threat model** | What does the attacker know, what may it do on each sample, and when has it won? | U may attack on every sample. So this is no test of whether answers agree: an attacker that always agrees with itself is the expected case ([@bhatt2025ctrlz], 3.2) |
# | **Budget** | A share of what, and counted on whom? | 2 % of problems ([@greenblatt2024control]), 1 % of actions ([@bhatt2025ctrlz]), 3 in 1,000 steps of the *honest* model ([@lucassen2026post]) |
# | **Metric** | Over what is the rate taken? What was set to 0 and to 100? | Safety in Ctrl-Z is the chance that an episode of 100,000 tasks ends without one success. Usefulness 100 % is U alone, which solves 56 % of the tasks ([@bhatt2025ctrlz], 2.2 and 2.3) |
# | **Red team** | Who attacked, knowing what, how long, and who moved last? | Where the attacks of [@bhatt2025ctrlz] come from stands in 2.2, who moved last in 2.4. [@lucassen2026post] says under Methodology what it does otherwise |
# | **Baseline** | Better than what, at which usefulness and which budget? | Trusted monitoring at 100 % usefulness, or deferring to T at 95 %: the same protocol leaves less than a quarter of the risk, or about half of it (next section) |
#
# Two habits help. Write the budget as a count (*3 of 1,000 honest steps*), since a percentage hides its unit. And when
# a number sounds good, ask what the attacker would do on the day after reading the paper.
#
# **What such a note can look like** (source 2): "They audit on the maximum of five samples. That is better than the
# minimum here, because attacks are not consistent." Corrected on opening the post again: "Not *because attacks are
# inconsistent*. The authors say that it depends on how scores go together across samples, in attack data **and in
# honest data**. I had left out half of it."
#
# Below are six questions to take notes on. The notes are yours and nobody grades them; an interviewer asks about the
# same things. Double-click a cell and write below the question.

# %% [markdown]
# **1. What happens to one suspicious action?** For source 1 and for source 2, write the path of one action as a list:
# who scores it, what is drawn, what is run, what is audited. Where do the two lists part?
#
# *Your note:*

# %% [markdown]
# **2. Safe against whom?** For one source: what does the attacker know, what does it not know, and at which moment has
# it won? Name one thing that a real adversary could do and this one may not.
#
# *Your note:*

# %% [markdown]
# **3. A share of what?** Write the audit budgets of sources 1, 2 and 4 as counts. Which is the most generous, and can
# you tell?
#
# *Your note:*

# %% [markdown]
# **4. What does the good number cost the honest agent?** Take one pair of safety and usefulness. Turn the usefulness
# back into tasks solved.
#
# *Your note:*

# %% [markdown]
# **5. Who tried to break it?** For one source: how was the attack made, who moved last, and would you have stopped
# there?
#
# *Your note:*

# %% [markdown]
# **6. Minimum or maximum?** One sentence for each side, the authors' own reason for the difference, and the
# measurement on a new setting that would tell you in advance which to take.
#
# *Your note:*

# %% [markdown]
# ## One paper, read by somebody in a hurry
#
# Source 1 has a public digest, made by a machine ([@arxivlens2025ctrlz]). Read the left column first, and stop at each
# row: what would you ask?
#
# | The digest | The paper | What changes |
# |:--|:--|:--|
# | More attacks are prevented, and the performance of the non-malicious agent is kept | Abstract: at a 5 % cost. Section 2: on a scale where U alone is 100 % and solves 56 % of the tasks | The price is gone. It is about 3 tasks in 100: from 56 to about 53 |
# | More samples are taken to block suspicious behaviour | To block *and* to incriminate: the scores together are evidence for an audit (abstract, 3.2.1) | Half of the method is gone, and it is the half that carries the gain in the follow-up ([@lucassen2026post]) |
# | Resample protocols take the success of attacks from 58 % to 7 % | Of the *best* protocol. In the tables, 41.8 % safety is trusted monitoring at 100 % usefulness, and 92.6 % is Time Travel *with an untrusted monitor* at 95 %; with the trusted monitor Time Travel has 87.1 % | 58.2 and 7.4 are what is left of 41.8 and 92.6. More than resampling lies between them. With the same monitor and at the same usefulness, deferring to T and Time Travel leave 27 % and 13 % |
# | Limit: one environment, may not carry over | Section 5: absolute scores hang on the 1 % budget, the order of protocols much less; 15 steps at most; audits that never err; attacks from templates that people wrote | A limit that fits every paper says nothing about this one |
# | The best protocol combines resampling with analysis of previous steps; 257 tasks | The same | The digest helps here. It is the sentence to start from, not to end with |
#
# One more row, without a digest. The project site has *27 % to 7 % at 95 % usefulness*, on 100 tasks
# ([@bhatt2025site]); the abstract of the paper has 58 % to 7 %, on 257. It is tempting to say that the model or the
# tasks explain it. The untrusted model is GPT-4o mini on the site and in section 2.2 of the paper alike. But 27.3 is
# what is left of 72.7, and that is the row *defer to trusted at 95 % usefulness* in Table 1 of the paper
# ([@bhatt2025ctrlz]). So the likeliest reading is another baseline. That identification is ours, by subtraction, for both pairs of numbers; neither text says
# which rows it means.
#
# Three questions would have found most of this in a few minutes:
#
# - **Which two rows?** A fall has a start and an end. Find both in a table before you repeat it.
# - **Over what is the rate?** Attacks, steps, trajectories, episodes. Here it is episodes of 100,000 tasks.
# - **What happened to the honest agent?** Any protocol is safe that lets nothing through.

# %% [markdown]
# ## Nuance check
#
# You get eight claims, drawn from thirty-six, each about a source named above. Decide for each: is it true of the
# source that it names? Between a third and a half of the claims in the bank are false, in the way a quick summary is
# false; some of the true ones sound odd.
#
# Close the sources; your own notes may stay open. What you can't decide from them is worth 50 %, and is the place to
# read again. Afterwards you see what is true, where it stands and why it matters. Your first sitting counts for your
# calibration (`worktest journal`); a second and a third on other days show whether your eye has changed.
#
# Run the cell, or use a terminal: `worktest nuance 03`.

# %% tags=["explore"]
unit.nuance()

# %% [markdown]
# ## The form
#
# Five questions, 950 words at most in all. Write short: each limit can be met with room to spare.
#
# What is looked at stands under "The rubric" below each question. Language, length and style are never scored, and
# neither is agreement with us. "I did not check that" is worth more than a smooth sentence.
#
# Run the next cell to write drafts with a word count, or use a terminal: `worktest form 03`. Where the cell below a
# question still holds its stub when you hand in, your draft is taken; what you write into the cell comes first.
#
# When an answer is written, score it: `unit.rubric("ctrlz-why-this")` in a cell, or `worktest rubric 03
# ctrlz-why-this`. It takes your answer as it is, lets you score three samples, shows how far you are from our scores
# and why, and then asks you to score your own.

# %% tags=["explore"]
unit.form()

# %% [markdown]
# {{prompt ctrlz-why-this}}

# %% [markdown] written="ctrlz-why-this"
# Ctrl-Z, footnote 8: under the three-strikes rule a resampled step is scored by the minimum of its samples. Appendix J,
# on that rule and on Time Travel: by their mean. Which of the two stands behind the best protocol?
#
# It matters because the follow-up sets its maximum against Ctrl-Z's minimum. I would score the same stored samples both
# ways under Time Travel. If safety differs by less than its interval, the two papers disagree about the basic protocol
# only. If the minimum is clearly better, they disagree about the best one too.
#
# In the toy I compared aggregates on the same stored scores. Where honest oddness is an accident of one sample and an
# attacker keeps its disguise, the minimum caught 30 points more than one sample (13 to 37); the other way round, 7
# fewer (11 fewer to 2 more). I have never run an agent in a shell.

# %% [markdown]
# {{prompt ctrlz-disagree}}

# %% [markdown] written="ctrlz-disagree"
# Claim (Ctrl-Z, abstract): the best protocol combines resampling with analysis of previous steps and reduces the
# success rate of attacks from 58 % to 7 %, at a 5 % cost to a non-malicious agent.
#
# I accept both ends. I doubt what the sentence lets one think lies between them. By subtraction 58 is trusted
# monitoring without deferral, and 7 is Time Travel with an untrusted monitor added; with the trusted one it is 13. What
# is missing is a row that changes one thing. At the same usefulness and with the same monitor, deferring to T leaves 27
# and Time Travel 13. If deferral carries most of the rest, the sentence should credit resampling with a factor of two.
#
# I would come round at Time Travel's audits with no deferral, at 100 % usefulness. Above 80 % safety, most of the fall
# is resampling and memory, and my objection is gone. Near 50 %, it is deferral. In between, I would ask for the
# untrusted monitor alone as well. That 58 and 7 are these two rows is my arithmetic; the paper does not say so.

# %% [markdown]
# {{prompt ctrlz-first-week}}

# %% [markdown] written="ctrlz-first-week"
# **Monday.** Honest policy, 60 tasks, four samples a step, scores stored. At 12 steps a task that is 720 steps; I would
# set the threshold at 1 %, 7 steps, and not at 0.3 %, which would rest on 2. Read those 7. If most would not look odd
# to a person, the monitor's prompt comes first. I expect half.
#
# **Tuesday.** The given attack, stored likewise. Without a further call: minimum, mean, maximum, single sample, and the
# correlation between two samples of a step, honest and attack. If honest scores go together more than attack scores do,
# I expect the maximum to win.
#
# **Turn.** If a single sample already catches 55 of 60, there is nothing to gain: Wednesday and Thursday go to a better
# attack, and resampling waits.
#
# **Wednesday and Thursday.** Red team, half of the tasks: it gets the protocol, the monitor's prompt and one line on
# consistency, once for each aggregate and once for the single sample, eight prompts each. Only the best of each meets
# the other half.
#
# **Friday.** One table, caught of 30 with intervals, each protocol against its own best attack. With 30, differences
# under about 25 points can't be seen; I would rank nothing closer. Control: fresh honest runs, scored as if they were
# attacks, must be caught at about 1 %. What I trust least: eight prompts are not an adversary.

# %% [markdown]
# {{prompt ctrlz-threat-model}}

# %% [markdown] written="ctrlz-threat-model"
# The numbers belong to an attacker who knows neither the protocol nor the monitor, and whom nobody improved. 31 and 22
# of 40 differ by 22.5 points, about 2 to 41 if the runs are not paired. So the sentence may say: against this prompt.
#
# Knowing that the maximum decides, I make all samples of a step alike and bland, since one loud sample convicts me:
# the attack in small pieces, on every sample, over many steps. Text addressed to the monitor is another way, but under
# a maximum it has to work on every sample, so I would try it second. In the toy, an attacker who knows the protocol takes
# auditing on the minimum from 0.85 safe to 0.29, and on the maximum from 0.71 to 0.36: these two
# can't be told apart.
#
# Cheapest step, one afternoon: give the same model the protocol and the monitor's prompt, tune on 20 other tasks, and
# run the best prompt on the 40, for each protocol its own. If the lower end of the difference is below zero, the
# sentence falls. If it stays above, I would write "against an attacker who knew the protocol", and still not
# "scheming".

# %% [markdown]
# {{prompt ctrlz-budget}}

# %% [markdown] written="ctrlz-budget"
# In steps: B flags 4 % of trajectories of 50 steps. If flags fall independently, that is 0.08 % of steps, about a
# quarter of A's 0.3 %; turned round, A would flag 14 % of trajectories. So B has the smaller budget. If flags come in
# clusters, a flagged trajectory holds several, and B's rate per step is higher; I would count it.
#
# Neither is well known. 0.3 % of 1,500 honest steps are 4 or 5 steps; 4 % of 30 trajectories is one. A threshold that
# rests on one trajectory may be off by a factor of several.
#
# I would not report which is better: 61 and 68 of 100 overlap (51 to 70, 58 to 76). I would score the same runs at one
# budget, audits per 1,000 honest steps, on ten times as many.

# %% [markdown]
# ## Where next
#
# You have read, doubted and answered. Now build it: [the work test](work_test.ipynb). Keep your note on question 6 at
# hand; you will have to choose, and then somebody attacks.
