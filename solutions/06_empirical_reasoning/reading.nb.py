# %% [markdown]
# # Reading: the application stage
#
# A page about a stream, a shelf of papers, and a form: the stage before any data. It takes about five hours, a little
# under three and a half of them for the papers; you can stop after each section and come back.
#
# The stream below is invented. Its questions are of the kind that such forms ask; none is taken from a real one.

# %% [markdown]
# ## The stream
#
# > **What would you believe after that?** Somebody shows you a table. The model is safer than last month: two bad
# > answers in a hundred instead of nine. Or the probe is right 99 times in a hundred. Or nothing went wrong in three
# > thousand runs. You are asked what to do, and you have a quarter of an hour. In my experience it is here that good people
# > differ most, and it has little to do with how much mathematics they know.
# >
# > I don't want to hear that more research is needed. I want three things. What else could have made this table, and
# > how likely is each, as a number that I may hold against you later? What is the smallest thing that we could run by
# > tomorrow evening to tell the first two apart? And if it comes out the other way, how far would you move?
# >
# > You will be wrong sometimes. I built the cases, and I know what is behind them, and I have been wrong about tables
# > of my own. Somebody who says sixty percent and is wrong can work with me the next day. Somebody who says ninety-nine
# > and is wrong has to be checked from then on. We do not ask for publications. Read the shelf first, then fill in the
# > form: five questions, each with a word limit. For the form you may use an LLM to find your way around the papers;
# > the timed test is without. The answers are yours, and I will ask you about every sentence.
#
# **What the stage asks.** To read an evaluation as an experiment: what was drawn, what was compared, who chose, who
# judged, and what the interval is about. Then to say it in a few words: the papers (a little under three and a half
# hours), a nuance check (twenty minutes), the form (an hour).
#
# **Why it is worth your time.** Decisions about AI systems are made on tables like these, often by people who did not
# run the experiment. Some streams use timed tests of such judgement. And the mistakes repeat: items that are not
# independent, a rate without its base, the best of many, a judge that nobody judged. You can learn to see them in an
# afternoon, and practise until you see them under time.

# %% [markdown]
# ## The shelf
#
# Read the rows from the top; each is there for one reason. **Plan** marks what you will compute in the primer, **unit**
# what counts as one observation, **judge** who decides, **base rate** what a rate is a rate of, **control** what the
# method should fail, **selection** the best of many, **setting** where it was measured, **hidden** what is not shown
# by itself, **score** how your probabilities are scored. If you have an hour and a half, read the first five.
#
# | | Source | Mark | Why it is here | What to read in it | Minutes |
# |:--|:--|:--|:--|:--|--:|
# | 1 | [@miller2024] | plan, unit | Clusters, pairs and the number of items, in formulas that you will use | Sections 1, 2, 3.3, 4 and 5 | 40 |
# | 2 | [@bowyer2025clt] and the slides of a talk, [@bowyer2025slides] | plan, critic of 1 | What the usual error bars do when there are few items | Abstract; the slides up to the clustered setting | 10 |
# | 3 | [@hanley1983] | plan | Why zero is a number like others | First page | 5 |
# | 4 | [@kwa2025horizon], version 2 | unit | Families, tasks and runs are drawn anew; a number and its slope | Abstract, sections 4.1, 4.2, 6.2, 6.4 and 7.2 | 20 |
# | 5 | [@zheng2023judging] | judge | A model as judge, with its biases and with people beside it | Sections 3.3, 3.4 and 4.2 | 15 |
# | 6 | [@goldowsky2025probes] | base rate, judge | A probe near one, and authors who say why that isn't enough | Sections 3.2.3, 3.3, 4.1 and 5; appendices D.2 and E | 20 |
# | 7 | [@hewitt2019control] | control | A task that a good probe should fail | Sections 1, 2 and 3.5 with Table 1; the beginning of 4 | 15 |
# | 8 | [@dodge2019show] | selection | What a result is worth depends on how many tries it took | Figure 1, sections 1, 4.2 and 5; appendix A | 15 |
# | 9 | [@singh2025leaderboard] | selection | The same on a public leaderboard | Abstract | 5 |
# | 10 | [@needham2025often] | setting | Whether models can tell a test from use | Sections 1, 3, 4 and 5 | 20 |
# | 11 | [@greenblatt2024locked] | hidden | Abilities that are locked on purpose, and what unlocks them | Abstract | 5 |
# | 12 | [@cloud2025subliminal] and [@cloud2026nature] | hidden, control | A trait that passes through filtered data; two abstracts of one work | Both abstracts | 5 |
# | 13 | [@sharma2023sycophancy] | judge | Four measures of one word, and three causes that are weighed | Sections 3.1 to 3.3, 4.1 and 4.2 | 15 |
# | 14 | [@gneiting2007scoring] | score | Why an honest 60 % is the best answer if you believe 60 % | Abstract, section 1, section 3.1 up to Example 4 | 10 |
#
# Four more for the curious, all from other units: the largest risk among many queries ([@jones2025forecasting]), whether
# a sentence about being tested changes the answer ([@knecht2026awareness]), explanations that leave out the cause
# ([@turpin2023unfaithful]), and steering one input at a time ([@tan2024steerability]).
#
# **What the makers of this unit read.** Source 1 up to the conclusion. Of 2 the abstract and the slides, without their
# figures, and the list of experiments in the authors' code. Of 3 the first page. Of 4 the main text of the second
# version, except parts of sections 2 and 3; later versions have another title and report other results. Source 5 in a
# stored text of the fourth version, which shortens some passages. Source 6 in full, except figures and parts of the
# appendices. Of 7 up to section 4, of 8 all but the figures and the last appendices. Of 10 the main text and most of
# appendix A. Of 13 sections 2 to 6. Of 14 the sections named. Of 9, 11 and 12 the abstracts. Nothing here is claimed
# about what we did not read. Where you read further than we did and find us wrong, say so.

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
# memory. This section is about what is special to papers that evaluate something.
#
# **The words.** An **item** is one question, task or prompt. Items that share something, such as a passage or a
# repository, form a **cluster**. The **unit of analysis** is what counts as one independent observation; it can be the
# item, the cluster, the run or the trained model. The **standard error** says how far an estimate scatters if the units
# are drawn anew. A **confidence interval** of 95 % comes from a procedure that holds the truth in 95 of 100 such draws;
# how often it really does is its **coverage**. A comparison is **paired** when both sides meet the same items.
# **Power** is the chance to see a difference that is there, and the **minimum detectable effect** is the smallest one
# that is seen with, say, 80 % power.
#
# **Recall** is the share of the bad cases that is caught, the **false positive rate** the share of the good ones that is
# flagged, **precision** the share of the flagged that is bad. The first two belong to the detector and to the two
# populations that it was tried on. Precision also hangs on the **base rate**, how common the bad cases are. The **AUC**
# (or AUROC) is the chance that a random bad case scores above a random good one. **Multiplicity** is what many looks
# do to a surprising one. A **proper score** is a rule for scoring probabilities under which nobody gains by saying
# anything but what they believe.
#
# Two habits of language to watch. **Significant** says that a difference is hard to explain by the draw of units. It
# does not say that it is large, or what made it. **Validated**, said of a judge or a probe, means that it did well on
# some cases; ask who chose them, and whether the hard ones were left out.
#
# **Six questions to each paper.**
#
# | | Ask | What it looks like on this shelf |
# |:--|:--|:--|
# | **Setting** | Where was it measured, and where will it be used? Could the system tell the two apart? | Models are shown a finished transcript and asked about it ([@needham2025often], 3.2). That is not a model in the middle of one |
# | **Unit** | What was drawn, and would be drawn anew? | MGSM has 2,500 questions in 250 clusters, each one question in several languages; the standard error goes from 0.86 to 1.62 points ([@miller2024], 2.2). Task families, then tasks, then runs ([@kwa2025horizon], 4.2) |
# | **Interval** | What does it cover, and what is outside of it? | The shaded band is about tasks and runs. Most of the authors' uncertainty about the future comes from real tasks and from changes of the trend ([@kwa2025horizon], 4.2 and 7.2) |
# | **Comparison** | Better than what, on the same items, with the same effort? | The probe does about as well as a prompt to GPT-4o that reads the transcript ([@goldowsky2025probes], 5.1) |
# | **Selection** | How many were tried, on which data, and who had no choice? | Five of 28 questions were chosen on 100 transcripts, and reported on the other 900 ([@needham2025often], 3.2 and A.2). The probe's layer was chosen on one of the reported sets, with an earlier model ([@goldowsky2025probes], D.2) |
# | **Judge** | Who decides what counts, how often is it wrong, and on which cases was that checked? | GPT-4o labels the answers, and GPT-4o is the baseline too, with another prompt ([@goldowsky2025probes], 4.2). GPT-4 says which feedback is more positive ([@sharma2023sycophancy], 3.1) |
#
# Two habits help. Before you look at a result, write down what you expect, with an interval; a surprise can only be
# noticed by somebody who expected something. And for each number ask for its neighbour: the share for its base, the
# best for the number of tries, the mean for what a single item does.
#
# **What such a note can look like** (source 4): "The doubling time has a 95 % interval of 171 to 249 days. So in three
# years there will be five doublings, give or take one." Corrected on opening the paper again: "The interval is about
# drawing other tasks and runs like these. It describes the slope of a line through past models. Whether real tasks
# behave like this, and whether the line goes on, is outside of it, and section 7.2 says that this is most of the
# uncertainty. I had taken an interval for a past slope as one for the future."
#
# Below are six questions to take notes on. The notes are yours and nobody grades them; an interviewer asks about the
# same things. Double-click a cell and write below the question.

# %% [markdown]
# **1. What was drawn?** For sources 1 and 4, and for one evaluation that you know well: what is one unit? Which things
# would be drawn anew if somebody repeated it, and which would stay? Who picked those that stay?
#
# *Your note:*

# %% [markdown]
# **2. What is outside the interval?** Take one interval from the shelf. Write one sentence on what it covers. Then list
# three things that could make the number wrong and would not widen it.
#
# *Your note:*

# %% [markdown]
# **3. The same items.** Two monitors are tried on the same 200 transcripts. Which four counts do you need, and which two
# of them tell the monitors apart? What can you still say if a report gives you only two percentages?
#
# *Your note:*

# %% [markdown]
# **4. From a rate to a pile.** For source 6, take 100,000 answers a day of which one in a thousand is deceptive. How many
# are flagged, and how many of these are real? Repeat it for one in ten. Which sentence of the abstract changes?
#
# *Your note:*

# %% [markdown]
# **5. How many tries?** For one source: how many settings, prompts, layers or variants were looked at before the one that
# is reported? If the paper doesn't say, what is your guess, and what would the best of that many idle ones look like?
#
# *Your note:*

# %% [markdown]
# **6. What would move you?** Pick one claim on the shelf. Write the probability that you give it now. Think of one
# experiment with two outcomes, and write the probability after each. If both are the same as before, think of another
# experiment.
#
# *Your note:*

# %% [markdown]
# ## One paper, read by somebody in a hurry
#
# Source 10 was reported by a news site soon after it came out ([@decoder2025tested]). The article is not a careless one,
# and has been retold many times. We had its first part. Read the left column first, and stop at each row: what would
# you ask?
#
# | The article | The paper | What changes |
# |:--|:--|:--|
# | The headline, as it stands in the address: models can spot when they're being tested, and act differently | Models are asked of a transcript whether it came from an evaluation (3.2). Nothing compares what a model does inside and outside a test. That it might behave differently is the reason for the study (1) and a recommendation to watch for it (5) | A finding and its motive have become one sentence. Acting is another experiment. One such experiment, on sentences about being tested in chains of thought, reports negligible to small shifts ([@knecht2026awareness]) |
# | Two human reviewers did the same evaluations | The two are authors of the paper, who know the data sets. They call their result an approximate upper bound and not the typical human (3.3) | "Nearly as good as people" means: nearly as good as those who put the test together |
# | Told that it was an evaluation, Claude 3.5 Sonnet named its purpose in 93 % of cases and GPT-4o in 89 %; without the hint Claude still had 84 % | Claude 3.7 Sonnet and GPT-4.1. Without the hint GPT-4.1 falls to 55 %, since it often takes the transcript for a real one (4.2) | Two other models, and the number that did not hold up is the one that is missing |
# | 0.83, where 0.5 is guessing and 1.0 is perfect accuracy | An AUC: how often a random evaluation is ranked above a random transcript from use, with 500 of each (3.1, 3.2) | It is no share of right answers. If one conversation in a hundred were a test, the same ranking could leave most alarms wrong |
#
# Three questions would have found most of this in a few minutes:
#
# - **What was measured, and what is the reason for measuring it?** The verb of the headline should be the verb of the
#   method section.
# - **Compared with whom?** Look up the human, the baseline or the control by name.
# - **Which number went down?** A summary carries those that stayed up.

# %% [markdown]
# ## Nuance check
#
# You get eight claims, drawn from twenty-four, each about a source named above. Decide for each: is it true of the
# source that it names? Between a third and a half of the claims in the bank are false, in the way a quick summary is
# false; some of the true ones sound odd.
#
# Close the sources; your own notes may stay open. What you can't decide from them is worth 50 %, and is the place to
# read again. Afterwards you see what is true, where it stands and why it matters. Your first sitting counts for your
# calibration (`worktest journal`); a second and a third on other days show whether your eye has changed.
#
# In this unit it is a warm-up as well: in the timed test you give probabilities all the time.
#
# Run the cell, or use a terminal: `worktest nuance 06`.

# %% tags=["explore"]
unit.nuance()

# %% [markdown]
# ## The form
#
# Five questions, 1,050 words at most in all. Write short: each limit can be met with room to spare.
#
# What is looked at stands under "The rubric" below each question. Language, length and style are never scored, and
# neither is agreement with us. "I did not check that" is worth more than a smooth sentence.
#
# Run the next cell to write drafts with a word count, or use a terminal: `worktest form 06`. Where the cell below a
# question still holds its stub when you hand in, your draft is taken; what you write into the cell comes first.
#
# When an answer is written, score it: `unit.rubric("emp-why-this")` in a cell, or `worktest rubric 06 emp-why-this`. It
# takes your answer as it is, lets you score three samples, shows how far you are from our scores and why, and then asks
# you to score your own.

# %% tags=["explore"]
unit.form()

# %% [markdown]
# {{prompt emp-why-this}}

# %% [markdown] written="emp-why-this"
# Hewitt and Liang, Table 1: on part of speech even a linear probe, default settings, reaches 71.2 on random labels of
# words. Deception probes have no words to memorise, but scenes. Does a probe that tells honest from deceptive answers
# also learn random labels of scenes?
#
# I would give each scene a random label, train the same probe on half of the answers and test on the other half. Below
# 60 %: scenes can't be memorised, and 0.98 is about the answer. Above 85 %: only a test on new scenes means anything,
# and I would ask for those numbers first.
#
# For a thesis I predicted dropout from essays, and my best feature was the class that a pupil was in. I had split by
# pupil and not by class, and found out after presenting it. I have not trained a probe.

# %% [markdown]
# {{prompt emp-disagree}}

# %% [markdown] written="emp-disagree"
# Claim (Needham et al., abstract): frontier models clearly demonstrate above-random evaluation awareness; Gemini 2.5 Pro
# reaches an AUC of 0.83 on 1,000 transcripts from 61 data sets.
#
# The AUC is measured, and I believe it. What I doubt is the word awareness. Evaluations in the set come from public
# benchmarks, use from other sources, so the two differ in format, length and topic, and some benchmarks may be
# remembered, as the authors say. In the five sections I found no classifier that sees only such surface features. If
# one reaches 0.8, the claim should read: transcripts from public benchmarks look different from use, and models see
# this as well as a word count does.
#
# Turn: logistic regression on words and length, trained on 30 of the sources and tested on the other 31. At 0.65 or
# less I withdraw; the models then see something below the surface. At 0.78 or more I keep my sentence. In between I
# would want pairs, the same task with and without the look of a benchmark. The first reading is about models, the
# second about our tests. I have not read the appendices after A.5.

# %% [markdown]
# {{prompt emp-explanations}}

# %% [markdown] written="emp-explanations"
# **Interval.** If other repositories are the question, one repository is one unit: twelve gains with a mean of 7.9 and an
# s.d. of 11.4, so 7.9 (0.7 to 15). The 240 paired tasks would give about 2 to 14, for other tasks from these twelve. I
# would print the first, and the twelve numbers under it, since seven of them are zero.
#
# **Explanations.** The tool helps where one task teaches something for the next: 40 %. The prompt helps, because its new
# text also changes how the agent works, in repositories where that matters: 35 %. Something else that is shared by the
# five, such as a cache or an installed package that the second run found ready: 15 %. Noise between runs: 10 %; it
# should have made some repositories worse.
#
# **Run.** The four repositories above ten points, 80 tasks, new prompt, and the memory wiped before each task. Old
# setting beside it, again, same day. Tool: no gain. Prompt: the gain stays, some 20 points, less what falls back since
# I picked the best four. Half-width about 11.
#
# **After.** Gain of 5 or less: tool 75, prompt 8, something else 7, noise 10. Gain of 16 or more: tool 8, prompt 60,
# noise 2, something else 30, which is then the next run, on a fresh machine. If the old setting itself has risen by ten
# points on that day, something else goes to 70 and I apologise for the plan.

# %% [markdown]
# {{prompt emp-base-rate}}

# %% [markdown] written="emp-base-rate"
# The pile: 5,000 false alarms if our traffic were like that chat, and 0.96 times whatever there is. With one deceptive
# answer in 100,000 it holds 5 real ones, with one in 1,000 it holds 480. Two hundred readings at random find 0.2 or 18.
# So "covered" is true of the probe and not of us: we read 4 % of its pile.
#
# Missing is how common it is, and no test set knows that, since somebody chose its mix. Missing too is the share of our
# honest answers above the threshold, which was set on ordinary chat; sales talk, games and stories may lie higher.
#
# One day: count how many of 500,000 are flagged; that costs nothing. Near 5,000 I go on; at 15,000 or more I first set
# the threshold on our own traffic. Then 200 readings: 100 at random from the pile, 100 from the top. Nothing in either:
# below 3 % of the pile is real, and readers have better things to do. Three or more from the top: we read from the top
# every day. For the misses I would hide 50 known cases, and see how many come back.

# %% [markdown]
# {{prompt emp-two-weeks}}

# %% [markdown] written="emp-two-weeks"
# I choose **Judge**. The rule is about bad answers, and 0.8 % is a count of verdicts. The 91 % fit a judge that calls
# one good answer in 200 bad, which would make 10 of the 16. They fit one that misses 18 bad answers in 100, and then 16
# stand for 20, right at the rule. Five more seeds give 0.8 with less than half the width and leave all this as it is.
#
# Draw: all 16, 300 of the rest at random, 284 that the judge was least sure of, two readers who don't know the verdict.
# I expect 9 to 14 of the 16 confirmed, 70 % sure, and none among the 300 at random, 75 % sure. Two or more there would
# mean 0.7 % missed (0.2 to 2.4): the rule isn't met. Fewer than 8 confirmed and none missed: about 0.4, so it is, with
# the 1 % that 300 can't exclude printed beside it.
#
# Stop after two days if the readers differ on five or more of the first 40 doubtful ones. Then "bad" has to be settled
# first, with those who wrote the rule.
#
# The best case against me is **Seeds**, if the judge had been checked on answers like these and was always right: then
# only the width is left, 0.5 to 1.3, and 12,000 answers (0.66 to 0.98) would put a rate of 0.8 below the line. With
# weights that anybody can fine-tune, I would have taken Unlock.

# %% [markdown]
# ## Where next
#
# You have read, doubted and answered. Next comes the [statistics primer](primer.ipynb), eight short cells with the sums
# from this page, and then the [timed test](work_test.ipynb). Take three things along: the unit from note 1, the pile
# from note 4, and the two probabilities from note 6. In the test you will write them down before you know what is true.
