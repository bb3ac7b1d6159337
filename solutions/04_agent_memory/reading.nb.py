# %% [markdown]
# # Reading: the application stage
#
# A page about a stream, a shelf of papers, and a form: the stage before any code. It takes about five hours, a little
# under four of them for the papers; you can stop after each section and come back.
#
# The stream below is invented. Its questions are of the kind that such forms ask; none is taken from a real one.

# %% [markdown]
# ## The stream
#
# > **What an agent remembers, and what it makes up.** Give an agent a place to write things down, and it will. After a
# > failure it notes why it failed. After a long conversation it notes what was said. Next time it reads the notes and
# > believes them, since they are in its own words. Some of them were never true.
# >
# > We want to know when a memory is worth less than an empty page. A stored reflection can hold an agent to a mistake
# > that it would otherwise have walked past. A summary can lose the *perhaps*. A store can hand you somebody else's
# > value with a straight face, because the question looked like yours. And most mending stops at the memory: the notes
# > repeat less, they name the right thing, and the task is failed as before.
# >
# > You would build a small memory, measure what it invents, and then do the unkind thing to each of your
# > improvements: delete the memory and run again. We look for people who ask *compared with no memory at all, and a
# > share of what* before they look at the plot. Publications are not needed. Read the shelf first, then fill in the
# > form: five questions, each with a word limit. Use an LLM to find your way around the papers if you like. The answers
# > are yours, and I will ask you about every sentence.
#
# **What the stage asks.** To read a paper on agent memory as a record of who wrote what and when it was read again, to
# find the comparison that a sentence hangs on, and to say it in a few words: the papers (a little under four hours), a
# nuance check (twenty minutes), the form (an hour).
#
# **Why it is worth your time.** Agents with a memory are being put to work now, and the measurements are young. The
# ways to fool oneself are old ones in a new coat: cases picked by the metric that is then improved, a metric of the
# text in place of one of the task, a rate with the denominator left out, and a control that nobody ran because it
# looked too poor: the empty page.

# %% [markdown]
# ## The shelf
#
# Read the rows from the top; each is there for one reason. **Method** marks the primary sources for what you will
# build, **logs** what was recorded in fact, **critic** who looked again, **digest** how it is retold, **attack** what a
# stranger can put into a memory, **consolidation** what rewriting does to it, **abstention** how not answering is
# scored. If you have a little over two hours, read the first six and skip the appendices.
#
# | | Source | Mark | Why it is here | What to read in it | Minutes |
# |:--|:--|:--|:--|:--|--:|
# | 1 | [@shinn2023reflexion], Reflexion | method | The loop that you will build: try, fail, write down why, try again | Sections 3, 4.1, 4.2 and 4.3 with Tables 2 and 3; appendix B.1 | 35 |
# | 2 | [@shinn2023code], its code and logs | logs | Each reflection of fifteen trials on 134 tasks, to count for yourself | `alfworld_runs`: the two files that read and write the memory, and the results of trials 0, 9 and 14 | 20 |
# | 3 | [@dixit2026honest], Honest Lying | critic of 1 | The word confabulation for this, a metric of it from logs, and a mending that moves the metric | Abstract, the definitions, the tables on the sixteen environments | 30 |
# | 4 | [@papernotes2026honest], a note on row 3 | digest | A long, careful, machine-aided note; you will check five of its lines below | All of it | 10 |
# | 5 | [@dong2025minja], MINJA | attack | A user without rights writes into everybody's memory, by asking questions | Sections 3, 5.1, 5.2 and 5.3 with Tables 1 and 4; Table 5 | 25 |
# | 6 | [@sunil2026poisoning] | critic of 5 | The same attack on a memory that is not empty, and two defences that fail in opposite ways | Sections 5.2, 5.3 and 8, Tables 1 and 2 | 20 |
# | 7 | [@xiong2025memory] | method | What to store and what to delete, on three agents; two versions of one abstract | Both abstracts; version 1, sections 4.1, 4.2 and 5.2 | 20 |
# | 8 | [@chen2024agentpoison], AgentPoison | attack | Retrieved, acted upon, harmful: three rates with three denominators | Sections 3.2 and 4.1, Table 1 | 15 |
# | 9 | [@huang2023selfcorrect] | critic of 1 | Correcting oneself with the answer key in the loop, and without it | Section 3.2, Table 3 | 10 |
# | 10 | [@zhang2026faulty] | consolidation | Right experience, rewritten until it misleads | Abstract | 5 |
# | 11 | [@kwon2026manufactured] | consolidation | A hedge goes in, a fact comes out, and no attacker was there | Abstract | 5 |
# | 12 | [@wu2024longmemeval], LongMemEval | abstention | What a benchmark of memory asks, and how rarely it asks what was never said | Figure 1, section 3.2 | 10 |
# | 13 | [@kalai2025hallucinate] | abstention | Why a guess pays, and a rule of scoring under which it doesn't | Sections 4.1 and 4.2 | 10 |
# | 14 | [@geifman2017selective] | abstention | Risk and coverage, which belong together | Abstract, the start of section 1 | 5 |
#
# Three more for the curious: questions written to look answerable ([@rajpurkar2018squad]), a model asked whether it
# knows ([@kadavath2022know]), and a small repetition of row 1 whose author says what twenty tasks can't show
# ([@toolcallers2026reflexion]).
#
# **What the makers of this unit read.** Source 1 from section 2 to the conclusion and appendices A and B, in a copy of
# the text. Of source 2 the code of the ALFWorld runs and all stored results of ALFWorld and WebShop, from which we
# computed the numbers given here. Of source 3 the abstract and the beginning of the introduction; the rest we know
# from source 4, and we say so wherever we use it. Source 4 up to its list of related papers. Source 5 from section 3
# to the conclusion, source 6 up to its appendix. Source 7 in version 1 up to the conclusion, and both abstracts.
# Source 8 up to the conclusion. Of source 9 the abstract, and sentences and numbers of sections 1 and 3 in copies made
# by others. Of source 12 the abstract and the text from the end of section 1 to 3.2, of source 13 the abstract and
# section 4.2, and 4.1 in part, in a copy of version 1. Of source 14 and the three extra ones the abstract or the
# opening, of 10 and 11 the abstract. Nothing here is claimed about what we did not read. Where you read further than
# we did and find us wrong, say so.

# %% [markdown]
# Open the unit. Nothing is downloaded.

# %% locked="reading-setup"
import worktest

unit = worktest.open_unit()
print(f"{unit.info.title}: {len(unit.info.papers)} sources")

# %% [markdown]
# ## How to read for nuances
#
# Three passes work for most papers: first the figures, then the largest sentence with its condition, then a note from
# memory. This section is about what is special to papers on the memory of agents.
#
# **The words.** A **memory store** is what survives the end of an episode: a list of texts, or of pairs of question and
# answer. **Retrieval** picks what is shown again; with **top-k** it is the k entries that are most similar to the
# present question. A **trial** is one attempt at a task. A **reflection** is a text about a failed trial. If the agent
# that failed also says why, this is **self-diagnosis**; the alternative is a record that a program reads off the log,
# or the raw log. **Confabulation** is a false memory told in good faith: nobody lies, and nobody knows. **Compaction**
# makes a store smaller. It can forget entries, or it can summarise them, which is called **consolidation**, and only
# the second can invent. **Provenance** is where an entry comes from: who wrote it, when, from what. A **stale** entry
# was true once; two entries **conflict** if they can't both be true. **Poisoning** is putting an entry into a store in
# order to do harm. **Abstention** is the answer *I don't know*. **Coverage** is the share of questions that are
# answered, **risk** the share of wrong ones among the answered. The **denominator** is what a rate is a share of.
#
# Two habits of language to watch. **Remembers** can mean that an entry was stored, that it was retrieved, that the
# agent acted on it, or that the action was right. They are four rates. And **frozen**, **stuck** or **confabulated**
# are names of a metric with a threshold before they are states of an agent.
#
# **Six questions to each paper.** A result on memory is a number with six settings attached. Change one, and it is
# another number.
#
# | | Ask | What it looks like on this shelf |
# |:--|:--|:--|
# | **Stored** | What is stored, and who wrote it? | The agent's own reflection, at most the last three shown ([@shinn2023reflexion], 4.1). The agent's executions, right and wrong ([@xiong2025memory], 4.1). Entries that any user can cause ([@dong2025minja], 3) |
# | **Reset** | What starts afresh between trials, and what doesn't? | The environment resets, the memory doesn't ([@dixit2026honest], abstract). The correct label may decide when a trial is the last ([@huang2023selfcorrect], 3.2) |
# | **Metric** | Is it a metric of the memory or of the task? | Mention of the right object 0 to 86 %, repetition 0.64 to 0.10, and 3 of 16 solved ([@dixit2026honest], abstract) |
# | **Comparison** | What if the memory is deleted, or a program writes the record, or the raw log is shown? | No memory 2 of 16, a program's record 3 of 16 ([@papernotes2026honest]). A reflection against the most recent trajectory: 8 points ([@shinn2023reflexion], 4.2) |
# | **Cases** | How were the cases selected, and what is the base rate? | Sixteen environments with a repetition rate of at least 0.5, out of the fifty of 134 that failed at the first trial ([@shinn2023code]) |
# | **Denominator** | Of what is the rate a share: injected, retrieved, acted upon, harmful? What is n, and the interval? | Retrieved 81.2 %, target action 59.4 %, given retrieval, final impact 62.6 % of all ([@chen2024agentpoison], 4.2). Thirty of 500 questions can't be answered ([@wu2024longmemeval], 3.2) |
#
# Two habits help. Draw the life of one entry: who writes it, what may change it, when it is read, what is done then.
# And before you believe an improvement of a memory, name the poorest thing that could have done the same: a second try
# with an empty page.
#
# **What such a note can look like** (source 6): "Legitimate memories protect the agent: on Llama, attack success goes
# from 53 to 0 %, since the poison is no longer stored." Corrected on opening the paper again: "It *is* stored.
# Injection success stays at 99.95 %. What changes is which entries are retrieved beside it and what the model follows.
# I had run two rates together, and with a larger k the poison comes back."
#
# Below are six questions to take notes on. The notes are yours and nobody grades them; an interviewer asks about the
# same things. Double-click a cell and write below the question.

# %% [markdown]
# **1. The life of one entry.** For sources 1, 5 and 7, draw it as a list: written by whom, from what, kept how long, read
# when, with what effect. In which of the three could a false entry last longest?
#
# *Your note:*

# %% [markdown]
# **2. Two metrics.** For source 3, write down what was measured on the text and what on the task. Invent an agent that is
# perfect on the first and useless on the second. Does the shelf have one?
#
# *Your note:*

# %% [markdown]
# **3. The empty page.** For one source: what would an agent without memory do, with the same trials and the same rule
# for stopping? Is the number there? If it isn't, guess it, with a reason.
#
# *Your note:*

# %% [markdown]
# **4. A share of what?** Write each rate of sources 5, 6 and 8 as *so many of so many*. Which two rates in one table have
# different denominators? Which of them has no base rate without the attack?
#
# *Your note:*

# %% [markdown]
# **5. Small n.** Put a 95 % interval on 3 of 16 and on 2 of 16. How many environments would it take to tell one in five
# from one in eight, and could you count in pairs instead?
#
# *Your note:*

# %% [markdown]
# **6. Not answering.** An assistant answers everything. Sketch its risk against its coverage if it ranks its answers well,
# and if it ranks them at random. Where on the sketch would an abstain token be, and how would you know that it helped?
#
# *Your note:*

# %% [markdown]
# ## One paper, read by somebody in a hurry
#
# Source 3 has a long note in a public collection ([@papernotes2026honest]). It is not a careless one, and without it we
# would know less. Read the left column first, and stop at each row: what would you ask? The numbers of the middle
# column come from the logs that the paper audits ([@shinn2023code]), or from a division.
#
# | The note | The logs, or a division | What changes |
# |:--|:--|:--|
# | Extraction by a program solves 3 of 16 frozen environments, the original agent 0 of 16 | The same table has 2 of 16 with no memory at all | One environment is left for the better memory. 3 of 16 has an interval from 7 to 43 % |
# | The original agent solves 0 of 16; two environments that took it 7 to 8 trials are solved in one without memory | The halves don't fit: what took 7 to 8 trials was solved. In the stored logs all sixteen are marked as solved by trial 15, twelve within ten trials | The two numbers can't be about the same thing. Which run is the baseline for the 3? |
# | None of the 121 reflections names the right object; on env_22, fourteen of fourteen are about a tomato, and the task is about a mug | The logs name environments by number and don't store the game. In fifteen of the sixteen, one object is named in each of the reflections, and the task is solved in the end | Either a model that dreams very steadily, or numbers and games that were matched in another order. See below |
# | The rank correlation of 0.808 between repetition and trials to solve shows that frozen memory delays solving | Over the fifty environments with at least one reflection: 0.81. Nineteen of these have a single reflection, which we counted as a rate of 0. Among the other thirty-one: 0.59 | Part of the correlation is built in: a short history can't repeat itself, a long one has more to resemble |
# | HotpotQA: 46 of 100 frozen, average rate 0.059 | 46 items of at least 0.5 give an average of at least 0.23 | One of the two is about something else |
#
# The third row deserves a pause. We do **not** know which explanation is right. The paper's own account of how a
# reflection was matched to a game was not among what we could read, and the logs of the single trials, which would
# show the task, are not in the repository. Two things made us ask. A wrong object in 121 of 121 is a very round number.
# And in one place the original task can be seen: Figure 5 of source 1 prints a trial about a mug and a desklamp; its
# reflection, which names both, stands word for word in the logs as that of env_129. That one is not among the sixteen,
# so it proves nothing about them. When a rate is exactly zero, look at the join before you look at the mind. One line
# would settle it: the task text of env_22 as the agent saw it.
#
# One more thing the logs show. At a similarity of 0.80 there are 18 frozen environments, at 0.85 sixteen, at 0.90
# eight. And the prompt for a new reflection quotes the last three plans ([@shinn2023code], `generate_reflections.py`),
# so some of the repetition was asked for.
#
# Three questions would have found most of this in a few minutes:
#
# - **Without the memory?** The row that a summary leaves out first is the poorest control.
# - **Chosen how?** Cases picked by a metric look better on it the next time, whatever is done to them.
# - **Can both numbers be true?** Divide. Then ask which run each of them is about.

# %% [markdown]
# ## Nuance check
#
# You get eight claims, drawn from thirty-four, each about a source named above. Decide for each: is it true of the
# source that it names? Between a third and a half of the claims in the bank are false, in the way a quick summary is
# false; some of the true ones sound odd.
#
# Close the sources; your own notes may stay open. What you can't decide from them is worth 50 %, and is the place to
# read again. Afterwards you see what is true, where it stands and why it matters. Your first sitting counts for your
# calibration (`worktest journal`); a second and a third on other days show whether your eye has changed.
#
# Run the cell, or use a terminal: `worktest nuance 04`.

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
# Run the next cell to write drafts with a word count, or use a terminal: `worktest form 04`. Where the cell below a
# question still holds its stub when you hand in, your draft is taken; what you write into the cell comes first.
#
# When an answer is written, score it: `unit.rubric("mem-why-this")` in a cell, or `worktest rubric 04 mem-why-this`. It
# takes your answer as it is, lets you score three samples, shows how far you are from our scores and why, and then
# asks you to score your own.

# %% tags=["explore"]
unit.form()

# %% [markdown]
# {{prompt mem-why-this}}

# %% [markdown] written="mem-why-this"
# AgentPoison, Table 1, StrategyQA with LLaMA3 and the contrastive retriever: final impact 72.3 % for their attack, and
# 64.4 % for GCG, which retrieves poison in 36.7 % of cases only. The row without an attack has dashes there.
#
# How much impact is there with no poison? I would put the triggered questions to a clean memory. If impact comes out
# near 60 %, the attack adds some twelve points, and 72 is mostly how often this agent fails anyway. If it comes out
# under 15 %, I was wrong to worry, and GCG works in a way that retrieval doesn't show. I have not read the appendix that
# defines the impact.
#
# For a course I reported that 40 % of essays got better after a hint. Of those without a hint, 31 % did. I have not
# attacked an agent.

# %% [markdown]
# {{prompt mem-disagree}}

# %% [markdown] written="mem-disagree"
# Claim (Xiong et al., abstract of version 1): combining selective addition and deletion gives an average absolute gain of
# 10 % over naive memory growth.
#
# I accept the tables. Missing is an evaluator that somebody has. Strict selection compares with the ground truth. There,
# combined deletion beats add-all by 29.8, 17.3 and 3.5 points on the three agents. With the coarse evaluator, a language
# model, it is 16.5, 3.2 and -6.2; and against the fixed memory, which costs nothing, 12.6, -4.9 and -6.4. So for somebody
# without labels the sentence could read: helps on one agent of three.
#
# Turn: take the strict labels and flip 10, 20 and 30 % of them at random. If at 20 % the combined strategy still beats the
# fixed memory on all three agents by three points or more, with 1,200 to 2,400 tasks each, I withdraw: such an
# evaluator can be had. If it is level or below on two of them at 10 %, I would write that the gain is the evaluator's.
# In between, I would ask how often the coarse one errs. Of version 2, which has no 10 % in its abstract, I read that
# abstract only.

# %% [markdown]
# {{prompt mem-first-week}}

# %% [markdown] written="mem-first-week"
# **Monday.** Empty memory, 120 tasks, four trials, 480 at most. I expect 55 solved at once and 70 after four, just by
# trying again. If trying again solves more than nine in ten of the rest, or nothing, I can't see a memory; I'd ask for
# other tasks. I read fifteen failures and write down the reason in one line, before any reflection exists.
#
# **Tuesday.** All tasks that failed at the first trial, say 65. Four arms from the same first failure: empty, last log
# as it is, reflection, program's record. Six trials, stopped by the same signal: 1,560. Nothing is chosen by how the
# texts look.
#
# **Wednesday.** Solved or not, in pairs of tasks. Against empty, 12 gained and 2 lost is clear (p = 0.01), 8 and 5 isn't.
# If no arm is clear, a second seed of all four (1,560), and after that the interval is the result.
#
# **Thursday.** My one-line reasons beside the agent's, arm hidden. I expect agreement in a third. Then the tasks that empty
# solved and reflection lost: delete the entries and give two more trials. Solved in most: the text held it back. Fewer
# than four such tasks: I don't speak of harm.
#
# **Friday.** One table: repetition, right object named, right reason, solved, for each arm. If record and raw log are
# level, the program isn't needed. If the record names the object and nothing more is solved, that is the headline. I
# trust least my own fifteen reasons.

# %% [markdown]
# {{prompt mem-metric}}

# %% [markdown] written="mem-metric"
# Two of the three numbers are about the text. A program that copies the object into each entry will name it, and step
# numbers make entries differ. On the task there are 6 of 30, 20 % (10 to 37), with new trials. "None before" is how the 30
# were picked, from a single run; some of them would be solved in any second run, and their rate would fall a little.
#
# I would run the same 30 with an empty memory, same trials, and once more with the old reflections. Say empty solves 5 and
# the old reflections 1. Then "grounded" and "memory" go, and I'd write: on tasks where the agent's reflections repeat,
# deleting them does about as much as replacing them. Say empty solves 0, the old ones 1, and the 6 include that 1. Then
# 6 to 0 in pairs (p = 0.03) carries "a program's record helps on such tasks", and "unfreezes" may stay for those six.
#
# "Agents" goes in any case, for one agent. And I would run the record on 30 of the other 170. If it loses three tasks
# that were solved, the price belongs into the sentence.

# %% [markdown]
# {{prompt mem-abstain}}

# %% [markdown] written="mem-abstain"
# Of its 180 answers A has 90 wrong, risk 50 % at coverage 90 %. Of its 70 B has 12 wrong, 17 % at 35 %. On what was told,
# B answers 60 and errs twice; on what wasn't, A makes up 80 answers and B ten. The 58 % counts silence as a mistake.
#
# If a wrong answer costs as much as a right one earns, A gets 0 and B 46. At four tenths of that they are level (58 - 12p
# = 90 - 90p, p = 0.41). Whether B has learnt anything: keep A's 70 most confident answers. Fifteen wrong or fewer, and a
# threshold would have done; 25 or more, and B knows something that A's confidence doesn't.
#
# I'd report told and untold apart, B's point on A's curve, and that half untold is our choice. Also whose values the 80
# inventions are.

# %% [markdown]
# ## Where next
#
# You have read, doubted and answered. Now build it: [the work test](work_test.ipynb). Take four things along: the life of
# one entry from note 1, the empty page from note 3, the denominators from note 4, and the sketch of risk and coverage
# from note 6. You will ask a small transformer about things that it was told and about things that it never was. You will
# set it beside one that may abstain, compact a store in two ways, poison one, and find out what an agent's own notes are
# worth.
