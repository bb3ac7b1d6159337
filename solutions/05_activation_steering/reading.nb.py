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
# > **One direction, and what it is worth.** Take two heaps of prompts, average a model's activations on each, subtract.
# > Add what comes out to the model, and it refuses, or flatters, or stops refusing. It works astonishingly often and it
# > costs an afternoon. We want to know what has been learned when it works. That the concept lies there? That a push of
# > this size lies there? That some of ninety-six pushes did, on the prompts that we tried?
# >
# > You would build one vector and spend the rest of the time trying to take it away from yourself: with random vectors
# > that were chosen as carefully as yours, with a sentence in the system prompt, with the inputs on which it goes the
# > wrong way, with the tasks that nobody asked about. A difference of means is a number. It becomes a finding when
# > something that could have replaced it has failed to.
# >
# > We do not ask for publications. We look for people who ask *compared with what, and chosen on which data* before
# > they look at the plot. Read the shelf first, then fill in the form: five questions, each with a word limit. Use an
# > LLM to find your way around the papers if you like. The answers are yours, and I will ask you about every sentence.
#
# **What the stage asks.** To read a steering paper as an intervention with settings, to find the setting that a
# sentence hangs on, and to say it in a few words: the papers (a little over three hours), a nuance check (twenty
# minutes), the form (an hour).
#
# **Why it is worth your time.** The recipe is short enough for a work test, and the ways to fool oneself with it are
# the ways that turn up everywhere: choosing and reporting on the same data, a control that had no choice, a mean that
# hides two groups, a metric that counts a broken model as a success. Whoever has met them here meets them again as
# old acquaintances.

# %% [markdown]
# ## The shelf
#
# Read the rows from the top; each is there for one reason. **Method** marks the primary sources for what you will
# build, **code** what was done in fact, **null** what happens without a meaning in the vector, **sample** what a mean
# hides, **yardstick** what steering is compared with, **geometry** how many directions there are, **cost** what else
# moves. If you have two hours, read the first five.
#
# | | Source | Mark | Why it is here | What to read in it | Minutes |
# |:--|:--|:--|:--|:--|--:|
# | 1 | [@arditi2024refusal], the refusal direction | method | The recipe that you will build, and its clearest result | Sections 2, 3, 4.2, 4.3 and 7; appendices C.1, D.3 and I.1 with Tables 9 and 10 | 40 |
# | 2 | [@arditi2024code], the authors' code | code | All constants in three short files, and stored results of five models | `config.py`, `run_pipeline.py`, `select_direction.py`, one folder under `runs` | 20 |
# | 3 | [@rimsky2024caa], CAA | method | Steering at the answer letter, seven behaviours, and the most candid limitations on the shelf | Sections 3, 4.1, 5, 6, 7 and 10 | 30 |
# | 4 | [@tan2024steerability] | sample | The same method, one input at a time | Abstract, Figure 1 with its caption | 15 |
# | 5 | [@korznikov2025scalpel], the Rogue Scalpel | null | Random vectors are not harmless; incoherence and success on one curve | Abstract, sections 3, 4.1 and 4.2 | 20 |
# | 6 | [@wu2025axbench], AxBench | yardstick | Prompting, finetuning and the difference of means on one scale | Section 3.3, Tables 1 and 2 | 10 |
# | 7 | [@turner2023actadd], ActAdd | method | One pair of prompts instead of a heap; two abstracts under one address | The abstracts of an early version and of version 5 | 5 |
# | 8 | [@turner2023post], the first post | null | An early random control, with a result that surprises | The section on adding a random vector | 5 |
# | 9 | [@wollschlager2025cones], concept cones | geometry, critic of 1 | Many directions pass the test of row 1; orthogonal is not independent | Definition 4.1, section 5 up to Figure 3, sections 6.1 and 7 | 20 |
# | 10 | [@joad2026refusal], eleven categories | geometry, critic of 1 | Different directions, nearly the same effect; two models that differ | Abstract, section 4.1 with Tables 1 and 2 | 10 |
# | 11 | [@braun2025coherence] | sample | When steering can be expected to work | Abstract | 5 |
# | 12 | [@goyal2026cliff] | cost | The usual checks come out well, and an unusual one doesn't | Abstract | 5 |
# | 13 | [@li2026pitfalls] | cost, beside row 5 | Contrastive vectors move jailbreaks both ways; another explanation than row 5 has | Abstract | 5 |
# | 14 | [@pres2024evaluation] | yardstick | Four things that evaluations of steering lack | Abstract | 5 |
#
# Three more for the curious: side effects as a benchmark ([@siu2025steeringcontrol]), three other methods on up to 36
# models ([@dasilva2025course]), and steering in attention heads instead of the residual stream ([@li2023iti]).
#
# **What the makers of this unit read.** Source 1 in full except its figures, in a stored text of the conference
# version. Of source 2 the files named, the hooks, and the stored numbers of all five models. Source 3 in full except
# its figures, in the fourth version, and the abstract of the first. Of source 4 the abstracts and the caption of
# Figure 1, the caption in two copies made by others. Source 5 in its second version up to the conclusion, and the first
# version's abstract. Of source 6 from section 3.3 to the conclusion, in an extracted text. Of 7 the two abstracts, of 8
# the section named. Of 9 sections 1 to 8, of 10 sections 1 to 6 and the limitations. Of the others the abstract.
# Nothing here is claimed about what we did not read. Where you read further than we did and find us wrong, say so.

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
# memory. This section is about what is special to papers on steering.
#
# **The words.** A transformer carries one vector for each token from layer to layer, and each layer adds to it: the
# **residual stream**. Its value at a given **layer** and **position** (token) is an **activation**. A **contrast pair**
# is two prompts that differ in the wanted property and, one hopes, in nothing else. The **difference of means** is the
# mean activation on one side minus the mean on the other. Used to change a model, it is a **steering vector**; made to
# length one, a **direction**. The **coefficient**, or **dose**, is the number by which it is multiplied before it is
# added. To **add** is $x + c\,v$. To **ablate**, or project out, is $x - \hat r\,(\hat r \cdot x)$: the part along the
# direction is removed, whatever its size, and a second time changes nothing. A **per-sample effect** is the change on
# one input, often as a slope against the dose; an input with a negative slope is called **anti-steerable**.
# **Off-target** is all that moves and was not meant to. **pp** are percentage points.
#
# Two habits of language to watch. **Mediates** means that the behaviour changes when one intervenes. It does not say
# what the direction stands for, or that it is the only one. **Necessary and sufficient** means that ablating was enough
# to lose the behaviour, and adding was enough to get it, on the prompts and by the metric of the paper.
#
# **Six questions to each paper.** A result on steering is a number with six settings attached. Change one, and it is
# another number.
#
# | | Ask | What it looks like on this shelf |
# |:--|:--|:--|
# | **Activations** | From which layer, which position, which prompt format? | The template tokens *after* the instruction ([@arditi2024refusal], 2.3); the letter of the answer ([@rimsky2024caa], 3). What did the prompts on the two sides share by accident? |
# | **Intervention** | What is done, where, and how large is it? | Row 1 *adds* the raw difference at one layer, and *ablates* at all layers; both at all positions ([@arditi2024refusal], 2.4). Row 3 adds after the prompt only. Row 5 adds a unit vector times a multiple of the mean activation norm (3.2) |
# | **Metric** | Did not refuse, complied, judged harmful, or the first token? | With the ablated models in row 2 between 93 and 100 % of completions match no refusal phrase, and 78 to 82 % are judged unsafe. The direction itself was chosen by a third metric, the first token ([@arditi2024refusal], B) |
# | **Baseline** | Better than what? A random vector of the same norm, a sentence in the prompt, finetuning? | Prompting 0.894 and the difference of means 0.239, of at most 2 ([@wu2025axbench], Table 2). Unsteered compliance 0 %, random directions 1 to 13 % ([@korznikov2025scalpel], abstract) |
# | **Selection** | Which data chose layer, position and dose? Did the control get the same choice? | For Qwen 1.8B the best of 120 candidates, 12 of which passed the conditions ([@arditi2024code]). In row 3 the layer was chosen on the questions that are reported (4.1); in row 6 half of the instructions choose (3.3) |
# | **Whose effect** | A mean, or each input? What happened beside the target? | Several datasets with almost 50 % of inputs moved the wrong way ([@tan2024steerability], Figure 1). MMLU from 0.63 to 0.57 where chance is 0.5 ([@rimsky2024caa], 7) |
#
# Two habits help. Write each intervention as a formula with its layers and positions, since the word *steering* hides
# both. And before you believe a vector, name the dullest thing that could have done the same: a longer prompt, another
# letter, a push of that size in any direction.
#
# **What such a note can look like** (source 1): "They remove the direction at the best layer and refusal is gone, so
# refusal is computed there." Corrected on opening the paper again: "Not at the best layer. The vector is *taken* from
# one layer and *removed* at all of them, at every token. The paper doesn't say where refusal is computed. I had put the
# place of extraction into the place of intervention."
#
# Below are six questions to take notes on. The notes are yours and nobody grades them; an interviewer asks about the
# same things. Double-click a cell and write below the question.

# %% [markdown]
# **1. What is done to one activation?** For sources 1, 3 and 5, write the intervention as a formula, with layers,
# positions and size. Which two could you not compare at the same coefficient?
#
# *Your note:*

# %% [markdown]
# **2. Adding, subtracting, ablating.** For one model in source 1: what do the three do to refusal, and what to the loss
# on harmless text? One sentence on why the loss differs.
#
# *Your note:*

# %% [markdown]
# **3. Which number is the effect?** Take one model of source 2. Write down the refusal score and the judged score,
# before and after. What would a tired journalist print, and what would you?
#
# *Your note:*

# %% [markdown]
# **4. Who had a choice?** For one source: how many vectors, layers or doses were tried, on which prompts, and what did
# the control get? Describe the control that you would have run.
#
# *Your note:*

# %% [markdown]
# **5. Whose effect?** Sketch a histogram of per-sample slopes with a clearly positive mean and four in ten below zero.
# What could the two groups be, and how would you find out?
#
# *Your note:*

# %% [markdown]
# **6. One direction or many?** One sentence each for sources 1, 9 and 10, so that all three can be true at once. If you
# can't, which result stands against which?
#
# *Your note:*

# %% [markdown]
# ## One paper, read by somebody in a hurry
#
# Source 1 has a short page in a public wiki ([@cyberchitta2026refusal]). It is not a careless one. Read the left column
# first, and stop at each row: what would you ask?
#
# | The wiki page | The paper | What changes |
# |:--|:--|:--|
# | Refusal in 13 open chat models, up to 72B, is mediated by a one-dimensional subspace of the residual stream | The same words. Section 7: an existence proof; the direction may stand for harm or danger; extraction rests on heuristics | The page helps here. It is the sentence to start from. *Mediated* is kept, and what it leaves open is not |
# | Ablating the direction from all layers prevents refusal of harmful requests | Without a system prompt, by refusal phrases. Llama-3 8B: refusal score 0.95 to 0.01, and judged safe 0.97 to 0.15 (Table 10). On HarmBench, Llama-2 70B with its default system prompt: 4.4 % success; without: 62.9 % (Table 2) | *Prevents* is one metric and one format of the prompt. With another format the same edited weights mostly don't comply |
# | General capabilities stay intact | Most differences on four benchmarks lie in the noise. Qwen 7B loses 6.3 points on GSM8K; TruthfulQA falls on all 13 models, by 1.0 to 5.9 (4.3, Table 8) | Nearly intact, on the tests that were run, with one exception that has a sign |
# | Putting the direction into neutral prompts makes the model refuse harmless requests | Added at one layer, at all positions, as the raw difference (2.4), while ablation is at all layers | Two interventions have become the two ends of one knob |
# | Safety training makes refusal a local overlay on the model, not a property spread through its weights | Ablation was everywhere, so it locates nothing. Appendix J: in the four pairs shown the base model expresses it too, which suggests that it was there before safety training | The page's own conclusion, and the paper's evidence points the other way. Row 10 adds a model on which ablation leaves a refusal rate of 0.38 |
#
# One more row, without a digest. The authors' stored run for Qwen 1.8B takes its direction from the second-last token
# ([@arditi2024code]), Table 5 of the paper from the last ([@arditi2024refusal]); the layer is the same. The
# best of 120 changed its place, and the result hardly moved: a sign that the choice was among near equals. That
# reading is ours. Neither text remarks on it.
#
# Three questions would have found most of this in a few minutes:
#
# - **Where exactly?** Extraction, addition and ablation have a place each. Write down all three.
# - **By which metric, in which format?** Phrases, judge, first token; with or without a system prompt.
# - **Whose conclusion is the last sentence?** The authors' own is usually smaller.

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
# Run the cell, or use a terminal: `worktest nuance 05`.

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
# Run the next cell to write drafts with a word count, or use a terminal: `worktest form 05`. Where the cell below a
# question still holds its stub when you hand in, your draft is taken; what you write into the cell comes first.
#
# When an answer is written, score it: `unit.rubric("steer-why-this")` in a cell, or `worktest rubric 05
# steer-why-this`. It takes your answer as it is, lets you score three samples, shows how far you are from our scores
# and why, and then asks you to score your own.

# %% tags=["explore"]
unit.form()

# %% [markdown]
# {{prompt steer-why-this}}

# %% [markdown] written="steer-why-this"
# Joad et al., Table 2: ablating the safety direction leaves a refusal rate of 0.11 on Gemma and 0.38 on Llama, from 0.50
# unsteered. Is Llama's rest a second direction, or one direction that was measured badly?
#
# I would ablate, extract again from the ablated model, and ablate both. If the second one takes most of the rest and a
# random second one doesn't, there are two. If the second extraction finds nothing and the rest stays, I would suspect
# the first estimate, and repeat it with four times the prompts: does 0.38 fall?
#
# For a course I removed a confound from image features by projecting it out once, and a probe still found it at 80 %;
# after the third round it was at chance. So I know that once is not always enough. I have not worked with a language
# model's activations.

# %% [markdown]
# {{prompt steer-disagree}}

# %% [markdown] written="steer-disagree"
# Claim (Arditi et al., section 3): the single direction is both necessary and sufficient for refusal, in each of 13
# chat models.
#
# I accept sufficient: adding it makes models refuse harmless requests. Necessary is shown as: without it the model does
# not refuse, by phrases, without a system prompt. With the default prompt, the edited Llama-2 70B has 4.4 % attack
# success, with none 62.9 %. Something that is not this direction keeps it from complying. The authors tested whether
# the prompt's text is the reason; it isn't. If those are refusals, the claim should read: necessary when no system
# prompt is given.
#
# What is missing is what the failures are. HarmBench success has two ways to fail, refusing and answering badly. I
# would read 100 failed completions of the edited 70B with its default prompt. If 20 or fewer are refusals, I withdraw:
# the direction was necessary, and the prompt did other harm. If 60 or more are, necessary falls for this model. In
# between, I would keep the word for models without such a gap, the Qwen ones. I have not seen the completions; the
# stored ones are of other models.

# %% [markdown]
# {{prompt steer-first-week}}

# %% [markdown] written="steer-first-week"
# **Monday.** 200 questions, unsteered, judged; I label 40 myself. Fewer than 36 agreements: the judge is the week's
# project. Then eight system prompts on 60 training pairs, the best once on the 200. I expect 25 % admissions to become
# 60, and false ones 5 to 15. If the prompt has 90 and 10, a vector can't show anything here; I would ask what the prompt
# does to the activations instead.
#
# **Tuesday.** 180 pairs for means, 60 for choosing, 60 put away. 10 layers, 4 doses: 40 candidates, scored by
# admissions minus false admissions. The same 40 with random vectors and with shuffled labels. On 60 prompts the best of
# 40 idle ones looks about 13 points better than it is. If the real one beats both by less than that, I stop steering
# and write why.
#
# **Wednesday.** The winner of each family and the prompt, once, on the 200. With 100 a side, differences under 14
# points can't be seen.
#
# **Thursday.** Slopes per question at five doses, share negative, split by template and by length. More than 35 %
# negative: no mean without the histogram. Off target: 50 sums, 50 harmless requests, loss on plain text, at the same
# dose.
#
# **Friday.** One table, four rows, with intervals. If the prompt wins, that is the result. I trust least that 300 pairs
# from one source differ only in what I think; the 60 that I put away are rewritten by hand for that.

# %% [markdown]
# {{prompt steer-control}}

# %% [markdown] written="steer-control"
# The effect of this vector is real: 51 against 22 of 100, a difference of 29 points (16 to 41), on prompts that had no
# part in the choice. The search does not inflate it.
#
# The comparison is what it spoils. One side is the best of 96, the other the first of one, at a layer picked for its
# rival. So "a random vector does nothing" rests on a single draw, and some random vectors may do much.
#
# I would give 96 random vectors, with the norm of each place, the same 40 prompts, and test the winner once. Idle ones
# would fall back from about 39 % on validation to 22. Near 25, the control stands. At 40 or more, "the direction" has
# to go: a push of this size, well placed, does it.
#
# For "of admitting ignorance", 96 differences from shuffled labels and 96 from pairs of rare against common topics. If
# the rare topics reach 40, I would write: a vector that makes questions look unusual. And I would read the 51. If more
# than ten refuse everything politely, the judge has answered another question.

# %% [markdown]
# {{prompt steer-per-sample}}

# %% [markdown] written="steer-per-sample"
# Repeating the run gives the same 74, since nothing is sampled. And one bell curve is a poor fit: an interval of 0.2
# either way means a spread of 1.4 over questions, under which 29 % would fall, not 37.
#
# I would measure each question in a second wording. Correlation of slopes below 0.2: wording decides, and the 74 are
# noise for whoever uses the vector. Above 0.6: the questions decide, and I look for the property, first the letter of
# the wanted answer, then the unsteered logit difference. A random vector of the same norm gives the share that falls
# when there is no aim, about half.
#
# Report: mean 0.8 (0.6 to 1.0), 37 % fall (31 to 44), the histogram, the random vector. Good for shifting an average;
# for one answer it is wrong more than one time in three.

# %% [markdown]
# ## Where next
#
# You have read, doubted and answered. Now build it: [the work test](work_test.ipynb). Take three things along: the
# formula of each intervention from note 1, the control from note 4, and the habit of asking for the histogram. You
# will choose a layer and a dose yourself, and then find out what the choice was worth.
