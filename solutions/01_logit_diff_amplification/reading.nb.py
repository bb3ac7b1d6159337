# %% [markdown]
# # Reading: the application stage
#
# Before a mentor sees any code of yours, there is a page to read, a handful of papers, and a form with short
# questions. This notebook is that stage. It takes about four and a half hours, a little over three of them for the
# papers; you can stop after each section and come back.
#
# The stream below is invented. Its questions are of the kind that such forms ask; none is taken from a real one.

# %% [markdown]
# ## The stream
#
# > **Rare failures, and the difference between two models.** A model that gives one bad answer in a hundred thousand
# > passes nearly every test that we can pay for, and gives that answer in its first hour of use. We look for such
# > behaviours by comparing two models, one before a training step and one after it. We want to know three things.
# > What does amplification find that sampling does not? How does one avoid fooling oneself with it? And what can
# > honestly be said about rates?
# >
# > You would run small experiments, most of which come to nothing, and write down why. A good month ends with one
# > sentence that somebody tried hard to break.
# >
# > We do not ask for publications. We look for people who read closely, who say what they did not check, and who
# > would rather be wrong on Wednesday than in June. Read the shelf first, then fill in the form: five questions, each
# > with a word limit. Use an LLM to find your way around the papers if you like. The answers are yours, and I will
# > ask you about every sentence.
#
# **What the stage asks.** To read for what a source says and for what it leaves open, and to say it in a few words:
# the papers (a little over three hours), a nuance check (twenty minutes), the form (an hour).
#
# **Why it is worth your time even without a place.** Mentors differ in how they select. In one published admissions
# document the answers in the form come first, and not every longer write-up gets read ([@nanda2026]); in another
# program a mentor may add own questions ([@mars]). But the skill is the same that you need an hour later, when a plot
# of your own looks good: which condition did I just drop?

# %% [markdown]
# ## The shelf
#
# Read the rows from the top; each is there for one reason. **Method** marks the primary sources for what you will
# build, **use** an application of it, **counts** the sources on how often something happens, **critic** those that
# put a limit to the others. If you have ninety minutes, read the first five.
#
# | | Source | Mark | Why it is here | What to read in it | Minutes |
# |:--|:--|:--|:--|:--|--:|
# | 1 | [@goodfire2025lda] | method | Where the method comes from | All of it; for each experiment write down alpha, the two models, and both rates | 20 |
# | 2 | [@learnmechinterp_lda] | method, second hand | The clearest exposition, with limitations | All of it, the two boxes first | 15 |
# | 3 | [@anthropic2025sonnet45] | use | The method on a frontier model, with another kind of `before` | 7.6.2 and 7.6.3.2 with the captions, then the first two pages of 7.6.4.1 | 25 |
# | 4 | [@pernice2026lpe] | method | The nearest follow-up: a path between two models, and a trend | Introduction, results, what Figure 1 has on its axes | 20 |
# | 5 | [@hanley1983] | counts | What seeing nothing says; three pages | All of it | 10 |
# | 6 | [@angell2026tail] | counts | Unsafe versions of a model again, but with weights, so that a rate comes out | Abstract, introduction, how the weights are made | 20 |
# | 7 | [@jones2025forecasting] | counts | The other way to rare failures: forecast from the worst queries of a small test | Abstract, section 1, the limitations | 20 |
# | 8 | [@schwarzer2026predictable] | critic of 7 | When that forecast errs, and in which direction | Abstract and introduction | 10 |
# | 9 | [@minder2025narrow] | critic of 1 | Narrow fine-tunes leave traces that are too easy to find | Abstract, then the experiments with mixed-in data | 15 |
# | 10 | [@szablewski2026lottery] | critic of all tests on planted behaviours | How the test model was made decides what is found | Abstract, the list of seven techniques | 10 |
# | 11 | [@kempf2026baselines] | critic of complicated methods | A cheap baseline for finding differences | Abstract, how a difference is scored | 15 |
# | 12 | [@xiao2026attribution] | what comes next | From a behaviour to the training data that made it, without planting | Abstract and Figure 1 of version 1 | 15 |
#
# Four more for the curious, abstracts only: the same arithmetic used for better text ([@chang2024contrastive]) and to
# read out training data ([@brzozowski2026cdd]), two ways to estimate very small probabilities ([@wu2024rare]), and
# why not to use the textbook interval ([@brown2001interval]). Wilson's note of 1927 ([@wilson1927]) is four pages.
#
# **What the makers of this unit read.** Source 2 in full, 3 in the sections named here, 4 as far as the results, 5
# its first page, and of the others the abstract and sometimes the introduction. Of source 1 we could read only
# summaries by others, so nothing here is claimed about its text. Where you read further than we
# did and find us wrong, say so: a correction is the best thing that can happen to this page.

# %% [markdown]
# Open the unit. Nothing is downloaded.

# %% locked="reading-setup"
import worktest

unit = worktest.open_unit()
print(f"{unit.info.title}: {len(unit.info.papers)} sources")

# %% [markdown]
# ## How to read for nuances
#
# Four words come up everywhere. A **rollout** is one answer, sampled from the first to the last token. **Logits** are
# a model's scores of all next tokens, before a softmax turns them into probabilities. **Prevalence** is how often
# something happens in ordinary use. **AUROC** says how well a score sorts two classes: the chance that a random
# member of one class scores higher than a random member of the other; 0.5 is guessing.
#
# Make three passes for each source. They take less time than one slow pass from the first word to the last.
#
# 1. **Figures, with the source closed afterwards.** What is on each axis, what is a point, how many points, which
#    bars? Say in one sentence what the figure shows. Many a wrong summary is wrong about an axis.
# 2. **The largest sentence.** Find the strongest claim. Then find its condition: *up to*, *on these prompts*,
#    *suggests*, *for this pair*. It often stands in another paragraph.
# 3. **The note, from memory.** Close the page, write two sentences of your own, open it again, correct them. What you
#    had to correct is what a summary would have got wrong.
#
# **What such a note can look like** (source 11): "Two ways to describe how two models differ: let a language model
# put it into words, or let a sparse autoencoder find features that tell them apart. They score a description by three
# things: does it hold on new data, is it interesting, how abstract is it." Corrected on opening the page again: "They
# had to *propose* these measures; the abstract says that none were established. So whoever wins, wins by their own
# yardstick."
#
# Below are six questions to take notes on. The notes are yours and nobody grades them; an interviewer asks about the
# same things. Double-click a cell and write below the question.

# %% [markdown]
# **1. What exactly is amplified?** A behaviour, a rate, a probability, a logit? What happens to that object before
# you see a word?
#
# *Your note:*

# %% [markdown]
# **2. What is `before`?** In sources 1 or 2, in source 3, and in source 4, name the two models. What else differs
# between them, apart from what one wants to find?
#
# *Your note:*

# %% [markdown]
# **3. Which control could have killed the result?** For one source of your choice: was it run? If not, what would it
# have been?
#
# *Your note:*

# %% [markdown]
# **4. What does it not measure?** Take source 3 or 4. Name one thing that a reader will believe was measured, and was
# not.
#
# *Your note:*

# %% [markdown]
# **5. One number, with all that belongs to it.** Choose the number that you would quote to a friend. Add: of what, on
# which prompts, with which models, compared with what, and how sure.
#
# *Your note:*

# %% [markdown]
# **6. Where do two sources pull against each other?** One sentence for each side, and which result would decide
# between them.
#
# *Your note:*

# %% [markdown]
# ## One post, read by somebody in a hurry
#
# Source 4 appeared in May 2026. A digest of it appeared as well ([@neuralfeed2026lpe]). Read the left column first,
# and stop at each row: what would you ask?
#
# | The digest | The post | What changes |
# |:--|:--|:--|
# | 90 % fewer rollouts than brute force | In the results: *up to* thirty times fewer | Thirty times fewer is 97 % fewer; 90 % would be ten times. And "up to" is the best point of a curve, not the curve |
# | Tested on prompts that never complied in 100 rollouts and did comply in 100,000 | Prompts that never complied in 100 rollouts, *split* by whether they comply at least once in 100,000 | AUROC compares two classes. In the digest one of them is gone, so nothing could be measured |
# | Thirty times fewer, in its headline | Thirty times fewer, in its own title, first lines and caption of Figure 1 | The post is loose with itself. Quote a source where it is most careful |
# | The less safe variant is an *abliterated* model: one with the refusal direction removed | Not in the part of the post that we could read | The digest helps here. Second hand is not worthless; it is unchecked |
#
# Three questions would have found the first two rows in a minute, most of it without opening the post:
#
# - **Do the numbers agree with each other?** 30 times and 90 % stand in the same text.
# - **What was the other class?** Every score compares; ask with what.
# - **Where does the sentence stand?** Search the source for the number, and read to the full stop.

# %% [markdown]
# ## Nuance check
#
# You get eight claims, drawn from thirty-two, each about a source named above. Decide for each: is it true of the
# source that it names? Between a third and a half of the claims in the bank are false, in the way a quick summary is
# false; some of the true ones sound odd.
#
# Close the sources; your own notes may stay open. What you can't decide from them is worth 50 %, and is the place to
# read again. Afterwards you see what is true, where it stands and why it matters. Your first sitting counts for your
# calibration (`worktest journal`); a second and a third on other days show whether your eye has changed.
#
# Run the cell, or use a terminal: `worktest nuance 01`.

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
# Run the next cell to write drafts with a word count, or use a terminal: `worktest form 01`. Where the cell below a
# question still holds its stub when you hand in, your draft is taken; what you write into the cell comes first.
#
# When an answer is written, score it: `unit.rubric("lda-why-this")` in a cell, or `worktest rubric 01 lda-why-this`. It
# takes your answer as it is, lets you score three samples, shows how far you are from our scores and why, and
# then asks you to score your own.

# %% tags=["explore"]
unit.form()

# %% [markdown]
# {{prompt lda-why-this}}

# %% [markdown] written="lda-why-this"
# The lesson of learnmechinterp.com names a limitation: amplification can't tell a behaviour that was learned from one
# that was latent and became slightly more probable. I would ask about a third case: a behaviour that training made
# rarer without removing it. In the toy of this unit `benign` is such a case (5.8e-6 before, 1.8e-6 after), and amplifying it makes the bad
# advice rarer still. Would a negative alpha bring it out?
#
# If yes, one sign sees what training added and the other what it hid, and one should always run both. If no, the
# model before gives it too rarely for any step to show, and plain sampling of that model is all one has.
#
# What I have done: this toy, where the true rate can be computed for any alpha. That is also why I distrust myself: I
# have never worked where the true rate is unknown.

# %% [markdown]
# {{prompt lda-disagree}}

# %% [markdown] written="lda-disagree"
# Claim (Claude Sonnet 4.5 system card, 7.6.3.2, last paragraph): amplified answers are blunter and more direct,
# compared with an earlier snapshot and with Claude Sonnet 4, and this is *likely* a result of less sycophancy.
#
# What is missing is a reason to prefer that cause. Training changes tone in many ways; shorter answers, more
# corrections of fact, or another format would look blunt as well when amplified. The card's own internal analysis, on
# a sycophancy evaluation, finds features for factual explanation increased, which would fit another reading: it
# explains more, and sounds blunt. As it stands the claim would read the same if the measures against sycophancy had
# done nothing.
#
# I would come round if amplification between two checkpoints just before and just after those measures gave most of
# the bluntness, and a step of similar size elsewhere in training did not. If both gave it, I would say: amplification
# makes this model blunt, whatever the step. If neither did, the cause lies in a difference that neither pair
# contains. I know only what the card prints; the authors may have looked.

# %% [markdown]
# {{prompt lda-first-week}}

# %% [markdown] written="lda-first-week"
# **Monday.** Time both models on 200 answers; every number below rests on 8,000 answers an hour and shrinks with it.
# Check that alpha = 0 and -1 give the two models back. Start a control overnight: the same recipe on data that two of
# us have read.
#
# **Tuesday.** Last checkpoint and control at alpha 0.3, 1 and 3, 400 answers each, 40 prompts from five topics. Read
# 30 of each, unlabelled, and sort them. I expect to tell the two apart by style, and to see nothing else.
#
# **Turn.** If sorting is at chance wherever the text is still language, alpha stays where it is. I take the other two
# checkpoints and forty new prompts on Wednesday. Still nothing: Thursday goes to 30,000 plain answers and a written
# null; with no event the rate on these prompts is below 1 in 10,000 at 95 %, and of others nothing is said.
#
# **Wednesday.** If there is something: a rule for it, written down before counting; 400 fresh answers of each model;
# two people mark 50, and below 45 agreements the rule is rewritten.
#
# **Thursday.** 30,000 plain answers of the fine-tune, and as many of the chat model. At 1 in 10,000 I expect about
# three in one and none in the other, which is no proof; I would say so.
#
# **Friday.** One page: ten answers drawn at random, counts with intervals, the control beside them. What I trust
# least: forty prompts are not use.

# %% [markdown]
# {{prompt lda-control-plan}}

# %% [markdown] written="lda-control-plan"
# The count first: 12 of 400 is 1.7 % to 5.2 %, at alpha = 1 and by this judge. It is no rate of ordinary use; that
# needs plain rollouts.
#
# 1. *The judge.* Give it 50 harmless answers, amplified and broken to the same degree. If it marks some, subtract
#    nothing: replace it, and read all 12.
# 2. *The generations.* Amplify from the checkpoint right before the fine-tune. Gone: the older generation made it.
#    Still there: go on.
# 3. *Any fine-tune.* Amplify one of the same recipe on documents that two people read. As many: amplification makes
#    it. None: these data do, or something that came with them.
# 4. *Latent.* Sample both checkpoints plainly, the same prompts, 3,000 each: enough to see 1 in 1,000 at least once
#    with 95 %. Equally often in both: it was there before.
#
# The colleague's sentence needs all four. With 1 to 3 only, it should read: amplification of this fine-tune brings up
# the behaviour, and amplification of a clean one does not. How often a user meets it, and whether it is new, is open.

# %% [markdown]
# {{prompt lda-unsure}}

# %% [markdown] written="lda-unsure"
# How often would the strict control of our own work test fail? In five training seeds the fine-tune on innocent odd
# documents rose under amplification in one, as far as the contaminated model of that seed. Five seeds say little: one in
# five is 4 to 62 % (95 % Wilson interval). I have not trained more.
#
# I believe, at 70 %, that over many seeds it rises in fewer than one in three. The ground: one of five, and the innocent
# documents push "tea" up after these verbs and not "doctor".
#
# Check, under an hour on two cores: ten more seeds of the strict control, true rates at alpha 0 and 4. At most one rises:
# I go to 90 %. Four or more: to 20 %, and no single pair is evidence any more.

# %% [markdown]
# ## Where next
#
# You have read, doubted and answered. Now build it: [the work test](work_test.ipynb). Keep your note on question 3 at
# hand; it asks for that control.
