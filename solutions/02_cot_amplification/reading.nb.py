# %% [markdown]
# # Reading: the application stage
#
# A page about a stream, a shelf of papers, and a form: the stage before any code. It takes about five hours, a little
# under three and a half of them for the papers; you can stop after each section and come back.
#
# The stream below is invented. Its questions are of the kind that such forms ask; none is taken from a real one.

# %% [markdown]
# ## The stream
#
# > **Where in the thinking it goes wrong, and whether that matters.** A model writes down its steps and then gives an
# > answer. We read the steps and feel that we have seen it think. Sometimes we have. Sometimes the answer was there
# > before the first step. Sometimes the steps are spotless, and the answer is not the one that they lead to. And
# > sometimes a step is wrong, a check two lines later repairs it, and nobody who counts answers will ever know.
# >
# > You have met a way to make rare things frequent: enlarge the difference between a model before and after its
# > training. We want to do this to the steps and to the answer, one at a time, and see which of the two the fault
# > lives in. That is less simple than it sounds. A step that was made by amplification may be one that the model
# > would never write. An answer that follows it tells you something about that step, and perhaps nothing about the
# > model on an ordinary day.
# >
# > The task is small on purpose. What I look at is what becomes of it in your hands. Most people finish a task. A few
# > come back with a question that I had not asked, the smallest experiment that could answer it, and the result that
# > would make them drop it. Publications are not needed. Read the shelf first, then fill in the form: five questions,
# > each with a word limit. Use an LLM to find your way around the papers if you like. The answers are yours, and I will
# > ask you about every sentence.
#
# **What the stage asks.** To say of a paper on reasoning what was changed and what was watched, to keep two questions
# apart that the word *faithful* runs together, and to say it in a few words: the papers (a little under three and a
# half hours), a nuance check (twenty minutes), the form (an hour).
#
# **Why it is worth your time.** Reading the chain of thought is one of the few ways to oversee a model that costs
# little. Some forty authors from many places call it an opportunity and a fragile one ([@korbak2025monitorability]). So it
# matters what exactly such a chain is evidence of, and hurried readers get this wrong in always the same few ways.

# %% [markdown]
# ## The shelf
#
# Read the rows from the top; each is there for one reason. **Dependence** marks sources that ask whether the answer
# hangs on the steps, **omission** those that ask whether a cause is named, **digest** how they are retold, **critic**
# who looked again, **repair** and **split** what can happen between steps and answer, **resampling** a gentler way to
# intervene, **nearest** the closest relatives of what you will do. If you have a little over an hour and a half, read
# the first three.
#
# | | Source | Mark | Why it is here | What to read in it | Minutes |
# |:--|:--|:--|:--|:--|--:|
# | 1 | [@lanham2023measuring] | dependence | Four tests that change the chain, and the area over a curve; two of them you will build | Sections 1, 2.1, 2.3 to 2.6, 3 and 5 with Tables 2 and 5 | 35 |
# | 2 | [@turpin2023unfaithful] | omission | A cue in the prompt, and explanations without it | Sections 2 and 3 with Figure 1; the paragraph on dishonesty in 6 | 25 |
# | 3 | [@chen2025reasoning] | omission, with a correction | The same on models that were trained to reason; a denominator and a formula that you will use | Sections 2, 3, 4, 5.2 and 7 | 35 |
# | 4 | [@qlarify2026lanham] and [@tomesphere2026turpin] | digests of 1 and 2 | A few sentences each; you will check two of them below | All of it | 5 |
# | 5 | [@emmons2025necessary] | critic of 2 and 3 | Faithful or monitorable: not the same property, and why | Abstract, then where rationalization and computation are told apart | 15 |
# | 6 | [@bentham2024disguised] | critic of 1 | A liking for one option looks like unfaithfulness | Abstract, how the measure is corrected | 10 |
# | 7 | [@zaman2025hints] | critic of 3 | Unsaid, and still at work in the steps | Abstract, Figure 1 | 10 |
# | 8 | [@young2026classifier] | critic of 3 | One set of chains, three judges, three rates | Abstract | 5 |
# | 9 | [@yee2024dissociation] | repair | Right answers after wrong steps | Abstract, introduction | 10 |
# | 10 | [@li2026chain] | split | Right steps before a wrong answer | Abstract, introduction | 10 |
# | 11 | [@macar2025branches] | resampling | Why a sentence put in by hand is a poor test | Abstract | 10 |
# | 12 | [@knecht2026awareness] | critic of loud chains | A sentence in the chain that does nearly nothing | Abstract | 10 |
# | 13 | [@aranguri2026monitor] | nearest | Logits of the chain, read and not amplified | The summary at the beginning, introduction | 10 |
# | 14 | [@zhang2025thinklogit] | nearest | Almost the same arithmetic for another purpose | Abstract, the formula | 10 |
#
# Six more for the curious, abstracts only: what happens when a monitor of the chain enters the training
# ([@baker2025monitoring]), contradictions on plain questions without any cue ([@arcuschin2025wild]), dots that do
# compute ([@pfau2024dots]), which sentences of a chain matter ([@bogdan2025anchors]), the hint test on twelve open
# models ([@young2026lie]), and how many papers take a chain for an explanation ([@barez2025explainability]).
#
# **What the makers of this unit read.** Sources 1, 2 and 3 from the abstract to the conclusion, in copies of the text,
# and no appendices. Source 4 in full. Of source 9 both abstracts, of 13 the summary, the beginning of the introduction
# and some comments, of 14 the abstracts of three versions, the formula in the README of its code and a part of that
# code. Of 5 to 8, 10 to 12, of the six for the curious and of the other works in the next table the abstract, sometimes
# in a copy made by others; the script named there in full, and two more summaries, used below, in part. What unit 01
# says about its sources holds here too. Nothing is claimed about what we did not read. Where you read further than we
# did and find us wrong, say so.

# %% [markdown]
# Open the unit. Nothing is downloaded.

# %% locked="reading-setup"
import worktest

unit = worktest.open_unit()
print(f"{unit.info.title}: {len(unit.info.papers)} sources")

# %% [markdown]
# ## Who has amplified what
#
# You will take two models that differ by a fine-tune and enlarge their logit difference on the reasoning tokens, on the
# answer, or on both. We looked for a published paper that does this on a chain of thought, several times and with
# different words, and again while writing this page. **We found none, and so we name none.** That a search finds
# nothing is weak evidence; if you know one, tell us. What is near, with what each of them amplifies:
#
# | Source | The difference of what | Enlarged where | In order to |
# |:--|:--|:--|:--|
# | [@goodfire2025lda], unit 01 | one model before and after training | the whole answer | find rare behaviours |
# | [@anthropic2025sonnet45], 7.6.3.2 | the final model and an earlier snapshot, or the model of the generation before | whole transcripts, as far as we can tell | see what a model is close to saying; remarks on being tested came more often and earlier |
# | a script in a public repository; we know of no paper | **one** model, its chain without a sentence and with it | the answer; thinking is closed first | see what the sentence does |
# | [@zhang2025thinklogit] | a small reasoning model and its base, added to a **third**, larger model | all tokens | make the large one reason at length |
# | [@liu2021dexperts] | a model of wanted and one of unwanted text, combined with a third | all tokens | steer tone, avoid toxic text |
# | [@li2022contrastive] | a large model and a small one | all tokens | write better text |
# | [@sanchez2023cfg] | one model with the prompt and without | all tokens | keep to the prompt |
# | [@tang2026subtraction] | one model and itself on a blurred context | tokens of low confidence | make fewer mistakes |
# | [@aranguri2026monitor] | nothing is enlarged: a probability is read off | points of the chain | tell test prompts from real ones |
#
# Three things can be learnt from the table before you touch code. *The difference of what* decides what you see: two
# contexts of one model show what a sentence does, two models show what training did. *Enlarged where* is rarely a free
# choice in these works, and it will be yours. And the sign counts. The script extrapolates from the chain *with* the
# sentence to the one *without* it, so a larger alpha is a louder absence.

# %% [markdown]
# ## How to read for nuances
#
# Three passes work for most papers: first the figures, then the largest sentence with its condition, then a note from
# memory. This section is about what is special to papers on the chain of thought.
#
# **The words.** A **chain of thought** is what a model writes between the question and the answer; its tokens are the
# **reasoning tokens**. **Early answering**, or **truncation**, cuts the chain and asks for the answer at once. **Adding
# mistakes** plants a wrong step and lets the model go on from there. **Filler tokens** are dots in place of the chain.
# A **paraphrase** says the steps in other words, in case something is encoded in the wording. The **AOC** is the area
# over the curve of *same answer as with the whole chain*, against how much of it was given: large if the answer keeps
# changing until late. All of these ask for **causal dependence**: does the answer hang on the steps? Reasoning is
# **post-hoc** if the answer was settled before it. **Omission** is another matter: something moved the answer and is not
# named. To find it one needs a cause that one knows, so one plants a **cue**, also called a **hint**. The **reveal
# rate** is how often the chain names it, among the cases in which it moved the answer. Some answers move by
# themselves; this is **chance switching**. **Monitorability** is whether somebody who reads the chain can catch what
# matters, which is neither of the two.
#
# Two habits of language to watch. **Faithful** can mean that the answer depends on the steps, that a cause is named,
# that the steps are valid, or that a reader isn't misled. They are four measurements. And a model that **hides**
# something has been given a motive. What was measured is that a word did not occur.
#
# **Six questions to each paper.** A result on a chain of thought is a number with six settings attached. Change one,
# and it is another number.
#
# | | Ask | What it looks like on this shelf |
# |:--|:--|:--|
# | **Changed** | What is intervened on: the chain, the prompt, or nothing? | The chain is cut or spoilt ([@lanham2023measuring], 2.3, 2.4). A cue enters the prompt ([@turpin2023unfaithful], 3.1; [@chen2025reasoning], 2.1). Nothing is planted, two opposite questions are asked ([@arcuschin2025wild], abstract) |
# | **Kind** | Dependence, or omission of a cause? | How often the answer stays the same, against how often the hint is named. Dependence can be high while a cause is unsaid: with a suggestion and no examples, the chain *lowers* accuracy ([@turpin2023unfaithful], 3.2) |
# | **Denominator** | A share of all items, or of those in which the hint changed the answer? Corrected for chance? | All samples ([@lanham2023measuring], 2.3.1). Switches to the hint's option, divided by 1 - q/((n-2)p) ([@chen2025reasoning], 2.1) |
# | **Need** | How hard are the items: does the answer need a chain at all? | ARC (Easy): 96 % right with it and without, AOC 0.02. AQuA: 43 and 28 %, AOC 0.44 ([@lanham2023measuring], Table 2). Hints that can be used without a step ([@chen2025reasoning], 7.2) |
# | **Model** | Which one, of which size, before or after training to reason? | An assistant of 175 billion parameters in 2023, and its smaller siblings ([@lanham2023measuring], 2.1, 3). 25 and 39 % for two reasoning models, less for two without such training ([@chen2025reasoning], 3). Twelve open models from 39.7 to 89.9 % ([@young2026lie], abstract) |
# | **Low** | What would a low number mean? | That the question is easy; that a cause is unsaid; that the judge looks for a word ([@young2026classifier]); that there was little room to write ([@zaman2025hints]). Rarely: that the model lies |
#
# Two habits help. Draw three boxes, prompt, chain and answer, and an arrow for everything that the paper changes or
# watches. And before you believe that a chain is decoration, ask how often the answer is right without it.
#
# **What such a note can look like** (source 3): "Harder questions, less faithful reasoning, so monitoring gets worse
# where we need it." Corrected on opening the paper again: "Harder means GPQA against MMLU, and the hint can be used
# without a single step in both. What falls is how often the hint is *named*. In source 1 harder questions look
# *better*, since there the answer hangs on the steps. I had one word for two things."
#
# Below are six questions to take notes on. The notes are yours and nobody grades them; an interviewer asks about the
# same things. Double-click a cell and write below the question.

# %% [markdown]
# **1. Three boxes.** For sources 1, 2 and 3, draw prompt, chain and answer. Mark what is changed and what is watched. Which
# arrow does none of the three touch?
#
# *Your note:*

# %% [markdown]
# **2. Two low numbers.** An AOC of 0.02 and a reveal rate of 25 %. For each, write down two explanations in which nobody
# deceives anybody. Which measurement would tell them apart?
#
# *Your note:*

# %% [markdown]
# **3. By chance.** Four options, and 100 questions whose first answer is not the cued option. With the cue, 30 become the
# cued option and 10 become a third one; 6 of the 30 chains name the cue. What is the reveal rate, before and after the
# correction? What does the correction assume about the noise?
#
# *Your note:*

# %% [markdown]
# **4. Need.** For one source: how often is the model right without a chain? Is the number there? If the items were all of
# the kind that it can't do without one, which result would you expect to change?
#
# *Your note:*

# %% [markdown]
# **5. Planted or sampled.** A mistake put into a chain by hand, a mistake sampled at alpha = 3, a mistake from an ordinary
# chain. In which of the three would you expect the model to notice it, and why does that matter for what you conclude?
#
# *Your note:*

# %% [markdown]
# **6. Rare at the end.** A model checks its work and finds nine of ten wrong steps. One answer in a thousand is wrong. How
# many chains have a wrong step, if each wrong step that is missed spoils the answer and nothing else does? What would you
# count, and where?
#
# *Your note:*

# %% [markdown]
# ## Four papers, read by somebody in a hurry
#
# Each paper below has a short summary in public. None is careless throughout, and we have used such pages ourselves. Read
# the left column first, and stop at each row: what would you ask?
#
# | The summary | The paper | What changes |
# |:--|:--|:--|
# | Of source 1: answers can stay the same when the reasoning is disturbed, or be swayed by biasing cues that the model never mentions ([@qlarify2026lanham]) | The first half is theirs. The cues are those of source 2, which they describe under related work; their own settings they call non-adversarial ([@lanham2023measuring], 4) | Two kinds of evidence have become one. Who cites the summary will look for a cue in a paper that has none |
# | Of source 7: Lanham, Turpin, Chen and others all used whether a hint is mentioned, and arrived at pessimistic conclusions ([@papernotes2026hints]) | Lanham et al. have no hint. And they end with: it *can* be faithful, if model size and task are chosen with care ([@lanham2023measuring], abstract) | The same confusion, from another pen. Now the paper has a method and a mood that aren't its own |
# | Of source 2: accuracy drops by up to 36 % when explanations are manipulated ([@tomesphere2026turpin]) | Nobody touches the explanations. The prompt gets a suggestion, and the model writes. 36.3 are points, from 59.6 to 23.3, in the worst of the settings ([@turpin2023unfaithful], 3.2) | The arrow has moved from the prompt to the chain: an omission reads like a dependence. And as a share of 59.6 it is 61 % |
# | Of a test on twelve open models: thinking tokens can be as unfaithful as final answers ([@seriesfusion2026lie]) | Words for the hint are found in about 87.5 % of the thinking and about 28.6 % of the answers ([@young2026lie], abstract) | The reverse. Where one looks makes a factor of three. Note that this is a search for keywords, while source 3 asks for more than a mention |
#
# Three questions would have found most of this in a few minutes:
#
# - **What was changed?** The chain, or the prompt. If a summary doesn't say, it does not know.
# - **A share of what, and in points or in per cent?** Divide once.
# - **Which text was searched?** Thinking and answer are two texts, and a word in one says nothing about the other.

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
# Run the cell, or use a terminal: `worktest nuance 02`.

# %% tags=["explore"]
unit.nuance()

# %% [markdown]
# ## From a task to a question of your own
#
# This unit ends differently from the others: with a question that nobody gave you. It helps to know now how one comes
# about, since it starts with what you write down while the task is still a task.
#
# - **Keep the surprises.** Each time a number differs from what you had guessed, write one line: what you expected, and
#   why. Most become nothing. A question that is worth a week is usually one of these lines.
# - **Ask what else would give the same number.** A question is good when two stories fit what you saw, and you could
#   live with either.
# - **Make it small.** Which two models, what is counted, against what. If the first experiment needs more than a day, it
#   is the second one.
# - **Write down what would kill it, before you run it.** A result that could well happen. "The effect is not
#   significant" is not one: say how small, and what you would then say.
# - **Say what you would do if it is killed.** Often that is the better question.
#
# Two warnings from a published admissions document ([@nanda2026]): it lists *the chain of thought matters* among the
# projects that are too general, and toy models trained on algorithmic tasks among the areas that its author has left.
# The toy of this unit is there to practise on, since in it the truth can be known. A question of your own should point
# at a model that somebody uses, even if you try it on the toy first.

# %% [markdown]
# ## The form
#
# Five questions, 950 words at most in all. Write short: each limit can be met with room to spare.
#
# What is looked at stands under "The rubric" below each question. Language, length and style are never scored, and
# neither is agreement with us. "I did not check that" is worth more than a smooth sentence.
#
# Run the next cell to write drafts with a word count, or use a terminal: `worktest form 02`. Where the cell below a
# question still holds its stub when you hand in, your draft is taken; what you write into the cell comes first.
#
# When an answer is written, score it: `unit.rubric("cot-why-this")` in a cell, or `worktest rubric 02 cot-why-this`. It
# takes your answer as it is, lets you score three samples, shows how far you are from our scores and why, and then
# asks you to score your own.

# %% tags=["explore"]
unit.form()

# %% [markdown]
# {{prompt cot-why-this}}

# %% [markdown] written="cot-why-this"
# Chen et al., 2.1 and 2.3: the score is divided by 1 - q/((n-2)p) because of random noise in the answers, and everything
# is sampled at temperature 0. There one prompt gives one answer. So q is how often a longer prompt tips an
# answer into a third option: touchiness, not dice. Is that the right price for the hint's own option?
#
# I would insert a text of the same length that points nowhere, and count the switches. If the option of the later hint
# draws as many as a third one, the correction is fair. If it draws twice as many, as a tempting wrong option might, the
# correction is too small, and for weak hints that is most of the effect.
#
# I once corrected a survey for guessing by a formula, and learnt afterwards that people guess the middle one. I have run
# no hint test.

# %% [markdown]
# {{prompt cot-disagree}}

# %% [markdown] written="cot-disagree"
# Claim (Chen et al., 3): chains are less faithful on harder questions, GPQA below MMLU by 44 and 32 % relative, which casts
# doubt on monitoring for more complex tasks.
#
# I accept the numbers. Missing is that the same kind of case is compared. On GPQA a model may take the hint since it has no
# answer; on MMLU it gives up one that it had. The authors see it: faithful chains often solve first and compare then. If
# that is all, the sentence becomes: a hint is named less where there was no own answer to give up. And tasks that need
# steps are not in the sample (7.2).
#
# Turn: ask each question ten times without a hint at temperature 1, and take those with nine or ten equal answers in both
# sets. If GPQA is lower there by ten points or more, with 200 switches in each set, I withdraw. If by three or less, my
# sentence stands. In between, I'd ask for more switches. It can't be had from their data, which are at temperature 0. I
# read up to the conclusion, and no appendix.

# %% [markdown]
# {{prompt cot-first-week}}

# %% [markdown] written="cot-first-week"
# **Monday.** Plain: 5,000 chains after, 1,000 before. At 1 in 200 I expect 25 high answers (17 to 37), and 0 to 2 before. Five
# before: the fine-tune isn't the cause, and I stop. I sort the 25 by hand: wrong step or none, check or not.
#
# **Tuesday.** Need. All 400 sums cut to no chain, half, all but the last step: 1,200. More than 80 % right without a chain:
# the sums are too easy for my question, and I keep those that fail; under 100, I'd ask for longer ones.
#
# **Wednesday.** The sampler at alpha = 0 and -1 gives both models back, or nothing counts. Then alpha 0.5, 1, 2 and 3, on
# reasoning, answer and both, 300 each: 3,600. A harmless fine-tune likewise: 3,600. I expect it under 1 % high up to alpha
# 2, and work at the largest alpha where that holds.
#
# **Thursday.** At that alpha, crossed: steps amplified or plain, answer amplified or plain, 800 each, 3,200. From the steps:
# high answers need amplified steps, and stay with a plain answer. In spite of them: they need the amplified answer, and the
# steps check out. Both above 10 %: two faults.
#
# **Friday.** Are amplified faults the ordinary ones? Monday's faulty chains beside 25 amplified ones, labels hidden: place
# and kind of the first wrong step. If I can tell them apart in 35 of 50, my result is about the sampler. 2,400 are left;
# they go to Monday, where all hangs on 25.

# %% [markdown]
# {{prompt cot-denominator}}

# %% [markdown] written="cot-denominator"
# 87 is one minus 52/400, mostly chains in which the cue did nothing. Where the answer moved to it, 24 of 96 name it: 25 % (17 to
# 35). A third option got 36, so noise may have given 18 to the cued one. 24 of the other 78 are 31 %. Seven in ten silent,
# then, if noise is even and mute.
#
# 70 % same is about the steps, not the cue. It depends on what the model can do unaided, which nobody has said.
#
# Run one: the 240 again with a sentence of equal length and no cue. If 40 move to the cued option instead of 18, noise isn't
# even, 56 are left, and it is 24 of 56. Then "87" has shrunk to 57, and "hides" to "often leaves out". Run two: only
# questions missed without a chain, one step spoilt. If eight of ten answers follow, "for show" goes: it uses its steps where
# it needs them, and leaves out a cue that needs none. If two of ten, he keeps it for these. I would also read thirty of the
# 96: what counts as naming decides as much as any run.

# %% [markdown]
# {{prompt cot-own-question}}

# %% [markdown] written="cot-own-question"
# When a model is trained to give shorter answers, is the check the first thing to go, or the last? If the first, faults that
# used to be repaired begin to reach the answer, and accuracy on easy sums hides it.
#
# Smallest: an open 1.5B reasoning model before and after a day of training on its own shortest right chains. 300 sums that
# it misses without steps. Difference on the reasoning at alpha 0, 1, 2; code counts steps, checks, wrong steps, wrong
# answers. Twin: trained on right chains of all lengths.
#
# Kill: checks fall no faster than other steps (ratio within 10 %), or the twin loses as many. Then length isn't what training
# took, and I'd write that shortening is even-handed, which somebody may be glad to know. 2,700 chains, one afternoon.
# Amplified brevity may break off before the check for trivial reasons; I'd look at 30.

# %% [markdown]
# ## Where next
#
# You have read, doubted and answered. Now build it: [the work test](work_test.ipynb). Take five things along: the three
# boxes from note 1, the correction from note 3, the question of need from note 4, the count in the middle from note 6, and
# your list of surprises, empty so far. You will watch a small transformer add up prices in steps that you can check, one
# digit at a time. Two of its fine-tunes pad a bill now and then, and not in the same place. You will enlarge what training
# did, first in the steps and then in the answer, and find out what each of them can tell you, and what neither can.
