# %% [markdown] tags=["brief"]
# # Capstone: one extension, end to end
#
# > **From the mentor.** Every write-up of a work test ends with the same sentence: with more time I would have looked at
# > something else. Here is the time. Take your own work test, choose the one thing in it that still bothers you, and find
# > out. Small. I would rather read one question that was answered than five that were touched.
# >
# > You have two weekends, about twenty hours. In this order:
# >
# > 1. A question that can come out as no, and a sentence on who would do something else then.
# > 2. A plan, before the runs: conditions, a control that could kill your claim, seeds, the comparison that counts, and
# >    when you stop. Register it. I don't mind if you change it afterwards. I mind if I can't see that you did.
# > 3. The runs, all of them, with those that failed.
# > 4. A paper of four pages at most, that is about 2,000 words, with one table and at least one figure.
# > 5. The objection that you couldn't answer.
# >
# > **Hand in** the research folder, packed, with the paper in it. Somebody else must be able to run it again with one
# > command.
# >
# > **LLM use.** For code, plots and language use what you like, and say so in the paper. The question, the predictions
# > and the sentence that says what you found are yours. Whatever a model wrote, show me a check of it that could have
# > failed. I will open your code at a random line and ask what your number would be without it.
# >
# > A null result is as welcome as an effect, and rarer on my desk. A result that you broke yourself is the best of all. If
# > it isn't done on the second Sunday at six, stop and write down what there is.

# %% [markdown]
# ## What is in this notebook
#
# First somebody else's extension, whole: a real one, small, made on unit 01 with the tools that you will use. You read its
# plan, say what you expect, and then see what came. Then the same folder once more with faults in it, for you to find. After
# that it is about yours, and most of your time is spent outside of this notebook.
#
# | part | what you do | about |
# |:--|:--|--:|
# | reading | how other people keep from fooling themselves, and eight claims about it | 1.5 h |
# | the example | read, predict, compare | 1 h |
# | the spoiled copy | find the faults by eye, then with the tool | 0.75 h |
# | your own | question, plan, runs, paper | 20 h |
# | the end | rubric, peers, interview, what comes next | 2 h |
#
# No cell here is graded by code. A tool can see that a number in a paper is not the number in the table. Whether the question
# was worth asking, and whether the control could have hurt, is seen by people: by you, with three papers for practice, and by
# peers where you have some. Predictions and decisions go into your journal, as in the other units; the interview is made from
# them.
#
# **Words.** A *condition* is one thing that is run, such as a treatment or a control. A *seed* is one independent repetition:
# everything random in a run hangs on it. A *measure* is a number that a run gives. A *comparison* is one condition minus
# another, seed by seed. A *null run* is one in which the thing under study is absent or made harmless. To *register* a plan is
# to write down what will be done and expected, in a form that can't be changed unseen.

# %% locked="cap-setup"
import textwrap
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import worktest
from worktest.extend.notebook import Shown
from worktest.extend.paper import fill, read_paper

unit = worktest.open_unit()
journal = unit.journal
example = worktest.open_research("data/example")
plan, log, results = example.plan(), example.log(), example.results()


def wrapped(text: str, width: int = 110) -> str:
    """A text for reading in a notebook: its paragraphs, each filled to that width."""
    return "\n\n".join(textwrap.fill(" ".join(part.split()), width) for part in text.strip().split("\n\n"))


print(f"the example: {plan.title}")
print(f"it extends {plan.unit}; {len(log.runs)} runs are in its log, {len(results.rows)} rows in its results")

# %% [markdown]
# ## Before you start: how others do it
#
# Most of these are short, and of most the abstract will do. Read the first five if you have an hour.
#
# | | Source | Why it is here | What to read in it | Minutes |
# |:--|:--|:--|:--|--:|
# | 1 | [@nanda2025process] | Stages of a project; why one gets stuck in the first | "The key stages" | 15 |
# | 2 | [@nanda2025mindsets] | What being sceptical looks like in each stage | "Truth seeking" and "Prioritisation" | 15 |
# | 3 | [@gelman2013forking] | How one analysis can be many without anybody fishing | Title, abstract, first section | 10 |
# | 4 | [@lipton2018troubling] | Four habits that make a paper worth less | Abstract, the list of four | 5 |
# | 5 | [@steinhardt2018research] | In which order to do things that may fail | Up to the end of the warm-up | 10 |
# | 6 | [@simmons2011false] | What small freedoms do to 5 % | Abstract | 5 |
# | 7 | [@nosek2018preregistration] and [@bertinetto2020prereg] | What registering is for; one try of it in machine learning | Abstracts | 5 |
# | 8 | [@kapoor2022leakage] | Errors that can't be seen in a paper | Abstract | 5 |
# | 9 | [@raff2019reproducible] and [@pineau2020designing] | Doing it again from the paper alone; what asking for code changed | Abstract; "Code submission policy" | 10 |
# | 10 | [@henderson2018matters], [@agarwal2021precipice], [@bouthillier2021variance] | Few runs, and what varies between them | Abstracts | 10 |
# | 11 | [@dodge2019show] | What a result is worth depends on how many tries it took | Abstract | 5 |
#
# **What the makers of this unit read.** Of 1 the whole and of 2 all but the end, in a draft that the author shares, and parts
# of the posts themselves. Of 4 and 5 the opening, of 9 an abstract and the section named, of the others the abstracts. Nothing
# is claimed here about what we did not read.

# %% [markdown]
# **The nuance check.** Eight claims that a summary of this shelf might make; some of them are wrong in the way that summaries
# are. Say how probable it is that each is true. In a terminal: `worktest nuance 19`.

# %% tags=["explore"]
unit.nuance()

# %% [markdown]
# ## The example's question
#
# The folder is [data/example](data/example), as its author left it. It is yours to read; nothing in it is hidden from you, and
# nothing in it was made nicer for this notebook. The author is a language model, which the paper's statement says; hold it to
# what you would hold a person to. Start where it started, with the question. Don't open its paper, its figures or its results
# yet.

# %%
print(wrapped(plan.question), wrapped(plan.why), sep="\n\n")

# %% [markdown]
# Three things to hold it against before you go on. Can it come out as no? Who would do something else then? Is there a smaller
# question that would already settle it?
#
# ## The plan, and why it is hashed
#
# This is `plan.toml`, the part of it that was registered: what is expected, the conditions, the one comparison that counts, and
# when the author would have stopped.

# %%
example.question()

# %% [markdown]
# Read the conditions again and ask of each: what would it show if the idea were wrong?
#
# The plan was then *registered*: `worktest extend register` takes the keys that matter, hashes them, and writes hash and text
# into the folder's journal. The journal is a chained file, in which each line holds the hash of the one before. Here are the
# registrations, and the first run that counts.

# %%
for registration in log.registrations:
    print(f"registration {registration.number}: {registration.digest}, {registration.time}")
first = next(run for run in log.runs if not run.pilot)
print(f"first run that counts: {first.condition}, seeds {first.seeds}, written down when done, {first.time}")
print("pilots before it:", sum(run.pilot for run in log.runs))

# %% [markdown]
# **What the hash is good for.** You expect a number, another one comes, and by the next evening you have always expected
# something like it. Nobody notices it happening. A text that can't be changed unseen does. The hash also shows others that the
# plan came first, if they had it in time: send it to somebody on the day you register.
#
# **What it is not.** It does not prove that nothing was run before, in another folder. Somebody who wants to cheat writes the
# whole file anew. And a registered plan can be a bad one. It is a tool for honest people.
#
# ## Predict before you look
#
# If you have done unit 01, you know this world. If you come from another unit, the plan above has what you need; make your
# intervals wider. Two numbers, each with an interval and how sure you are. Use the plan's own units.

# %%
main = plan.comparison[0]
measure = plan.measure_of(main.measure)
print(f"{main.id}: {main.measure}, `{main.condition}` minus `{main.against}`, in {measure.unit}")
print(wrapped(measure.says))

# %% yours="predict-example"
# The main comparison: by how many orders of magnitude does the run's own checkpoint do better than the stranger?
journal.predict("example-main", value=1.5, interval=(0.3, 3.0), confidence=0.8)
# The control that could kill the mechanism: the best gain of `stranger-checkpoint`, its mean over the seeds.
journal.predict("example-control", value=0.5, interval=(-0.2, 1.5), confidence=0.8)
### RELEASED AS
# # The main comparison: by how many orders of magnitude does the run's own checkpoint do better than the stranger?
# journal.predict("example-main", value=..., interval=(..., ...), confidence=...)
# # The control that could kill the mechanism: the best gain of `stranger-checkpoint`, its mean over the seeds.
# journal.predict("example-control", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## What the log says
#
# What happened on the way to the result. The log holds every run, the failed ones too, with notes and deviations in the order
# in which they came. Its last lines give the result away, so predict first. Read it as a sceptic. How many runs are there, and
# how many will be in the table? What was changed after something had been seen?

# %%
example.history()

# %% [markdown]
# ## What came, seed by seed
#
# First the rows, then the means. A mean of five seeds hides whether four agree and one does not.

# %%
for condition in plan.condition:
    values = results.values(condition.id, main.measure)
    row = "  ".join(f"{value:+.2f}" for value in values.values())
    print(f"{condition.id:>24} ({condition.role:9})  {row}")

# %%
example.table()

# %%
effect = example.named()[main.id]
journal.measure("example-main", effect.mean, (effect.low, effect.high), measure.unit)
control = results.estimate("stranger-checkpoint", main.measure)
journal.measure("example-control", control.mean, (control.low, control.high), measure.unit)
print(f"smallest effect that the author would have acted on: {main.smallest_effect:g}")
for kill in plan.kill:
    print(f"stop rule {kill.id}: {kill.comparison}, {kill.when} {kill.value:g}; it is {example.named()[kill.comparison]}")

# %% [markdown]
# No stop rule was met. Before you read on, write down for yourself what you would claim now, in one sentence. Then look at
# these four things in the rows above.
#
# - **`same-alpha`.** At the same small alpha the checkpoint gains 0.16 orders more than the stranger, and the interval (-0.21
#   to 0.53) holds zero. Its 2.7 orders come from alphas that the stranger's text does not survive: most strangers are best at
#   1, most checkpoints at 6, the largest tried. So it is not that the checkpoint points in a better direction at each step. It
#   lets you take more of them. A paper that leaves this row out tells another story with the same main number.
# - **`own-null`, seed 15.** A model that was taught something harmless gains 2.3 orders. The mean of that row is below zero. A
#   mean of eight is little comfort to somebody who has one model.
# - **`early-checkpoint`.** Four seeds lie below a half, two near 3, two between. The mean, 1.3, describes none of them.
# - **Ten comparisons.** One was named beforehand as the one that carries the claim. If any of the ten might have done, an
#   interval that misses zero would mean less.
#
# And one thing for it: the control that could have killed the mechanism. `stranger-checkpoint` is as unfinished as the
# checkpoint, was never run in a pilot, and gains 0.3. Had it gained 3, the same main number would have meant something else.
#
# ## The figure

# %%
rng = np.random.default_rng(1)
shown = [condition.id for condition in plan.condition if results.values(condition.id, main.measure)]
figure, axes = plt.subplots(figsize=(8, 0.4 * len(shown) + 1.4))
for place, name in enumerate(shown):
    values = np.array(list(results.values(name, main.measure).values()))
    mean = results.estimate(name, main.measure)
    axes.plot(values, place + rng.uniform(-0.12, 0.12, len(values)), "o", color="0.6", markersize=5)
    half = [[mean.mean - mean.low], [mean.high - mean.mean]]
    axes.errorbar(mean.mean, place, xerr=half, fmt="s", color="black", capsize=4)
axes.axvline(0, color="0.8", linewidth=1, zorder=0)
axes.set_yticks(range(len(shown)), shown)
axes.invert_yaxis()
axes.set_xlabel(f"{main.measure} ({measure.unit}); grey: seeds, black: mean and 95 % interval")
kept, lost = (results.estimate(name, main.measure) for name in ("checkpoint", "stranger-checkpoint"))
axes.set_title(
    f"A checkpoint of the own run gains {kept.show(kept.mean)} orders, one of a stranger's {lost.show(lost.mean)}", fontsize=10, loc="left"
)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## The paper, and what it shows
#
# Now open [paper.pdf](data/example/paper.pdf), four pages or so. Read it with a pencil. Three questions:
#
# 1. Which sentence goes furthest beyond its number?
# 2. Which explanation other than the author's own is left standing?
# 3. What would you have run first?
#
# Then compare with what the author says about the second of them.

# %%
text = (example.path / "paper.md").read_text(encoding="utf-8")
print(wrapped(text.partition("## Limitations")[2].partition("\n## ")[0]))

# %% [markdown]
# ## A spoiled copy
#
# [data/spoiled](data/spoiled) is the same folder with thirteen faults put in. Some of them stand in the paper, some in the results,
# the figure or the log. Most are of the kind that one makes at two in the morning and not of the kind that one makes to cheat.
#
# First say how many of the thirteen you will find by eye in twenty minutes. Then read: its paper stands below, with its numbers
# filled in, and its table. Keep the plan, the code and the rows of the folder beside them. Don't use the tool yet.

# %% yours="predict-faults"
journal.predict("faults-by-eye", value=6, interval=(3, 9), confidence=0.8)
### RELEASED AS
# journal.predict("faults-by-eye", value=..., interval=(..., ...), confidence=...)

# %%
spoiled = worktest.open_research("data/spoiled")
Shown(fill(read_paper(spoiled.path), spoiled).replace("](figures/", "](data/spoiled/figures/"))

# %%
spoiled.table()

# %% yours="faults-list"
# One line for each fault that you found: where it stands, and what is wrong with it.
my_faults = [
    "abstract: 3.32 is not the number of the table",
    "method: 80 % of the answers, the abstract says 90",
    "results: proves",
    "figure: no intervals, and where are the nulls?",
]
print(len(my_faults), "found by eye")
### RELEASED AS
# # One line for each fault that you found: where it stands, and what is wrong with it.
# my_faults = [
# ]
# print(len(my_faults), "found by eye")

# %% [markdown]
# Now the tool. In a terminal it is `worktest extend check`; here it is a call. It holds the paper against the folder, so it
# sees what contradicts something that is written there. It counts findings and not faults: rows that are missing show in
# several places, and a number typed by hand leaves the other claims of its paragraph without evidence.

# %%
spoiled.check()

# %% [markdown]
# And this is what was put in, when your list stands.

# %%
print(Path("data/faults.md").read_text(encoding="utf-8") if my_faults else "write your list first")

# %% yours="faults-count"
# How many of the thirteen were on your list, and how many did the tool name?
# (Whoever plants faults can't look for them: the list and the 4 of this worked notebook stand in for a reader's.)
journal.measure("faults-by-eye", 4, unit="of thirteen")
journal.measure("faults-by-tool", 10, unit="of thirteen")
### RELEASED AS
# # How many of the thirteen were on your list, and how many did the tool name?
# journal.measure("faults-by-eye", ..., unit="of thirteen")
# journal.measure("faults-by-tool", ..., unit="of thirteen")

# %% [markdown]
# **What no tool of this kind sees.** A control that could not have failed. A measure that is not what its name says. Two
# differences where the paper tells of one. Runs that were made before the folder existed. A mechanism to which no number
# speaks. Code that does something else than the method section says. A question that nobody needs. It is silent where plan,
# rows and paper agree and are wrong together. A clean check means that your paper can be discussed, and no more.
#
# ## Your question
#
# From here on it is yours. Make the folder from your own work test, in a terminal, with the number of its unit in place of
# 01 and a short name of your choice:
#
# ```
# worktest extend 01 NAME
# ```
#
# It takes your functions from the notebook, the unit's world and its weights, and writes `left_open.md`: your predictions that
# missed, what you said would change your mind, your own objections. A question worth two weekends usually stands on that page
# already. Three places to look, best first:
#
# - **What surprised you.** A prediction that missed by much. You had a belief about how this works, and it was wrong. Which
#   one? Is it the belief or the toy?
# - **The objection you couldn't answer.** You wrote it down because it was strong. Now you may run it.
# - **The control that you did not have time for.** Least exciting, most often decisive.
#
# Not so good: another parameter to sweep, a larger version of the same, a method that you want to try. They are answers looking
# for a question.
#
# Before you fall in love, ask of each candidate: what would I see if it were wrong? What would I do differently next week?
# Which part could fail on the first evening? Do that part first, as a pilot: `worktest extend run --pilot` uses other seeds and
# keeps the results apart.

# %% [markdown]
# {{prompt cap-question}}

# %% [markdown] written="cap-question"
# (About the example.) Is an unfinished checkpoint of the model's own training run worth more to amplification than a finished
# model of another seed? Yes, if over eight seeds it brings the bad advice out at least ten times further, both at a strength
# that leaves 90 % of the answers sentences. No, below that.
#
# I audit models whose snapshot before the fine-tune I don't have. After a yes I ask the developer for an old checkpoint, which
# takes weeks. After a no I take any finished model of the kind tonight.
#
# Smallest: per seed one base, one fine-tune, and three models to subtract: the checkpoint, the stranger, the stranger's own
# checkpoint. Minutes on a laptop. The third is there to hurt. If it gains as much as the first, being unfinished is what helps,
# and lineage is a story.

# %% yours="decide-question"
journal.decide(
    "question",
    choice="Is an unfinished checkpoint of the own run worth more than a finished stranger?",
    alternatives=["does averaging strangers repair it?", "how does the gain fall with the age of the checkpoint?"],
    because="The other two only matter when a stranger is clearly worse; and it is what I would have to ask a developer for.",
    would_change_my_mind="A pilot in which the stranger does as well: then the question is moot.",
)
### RELEASED AS
# journal.decide(
#     "question",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Your plan, registered
#
# Write `plan.toml`; each `[Write here: ...]` says what belongs there. What costs most thought is the control. It is treated as
# the treatment is, with one thing taken out, and the leading rival explanation must predict that it comes out *like* the
# treatment. List everything else that differs between the two: sizes, norms, number of tries, tuning, order. If you find a
# second difference, you need another control.
#
# Then the stop rules, while you don't know the result. Then your own prediction of the comparison that counts: best guess, low
# end, high end. It goes into the folder's journal; the cell below asks for the same numbers for the journal of this unit. Then
# register, and send the hash to somebody.
#
# ```
# worktest extend predict main 0.4 0.1 0.9 --sure 0.8
# worktest extend register
# ```

# %% [markdown]
# {{prompt cap-kill}}

# %% [markdown] written="cap-kill"
# **No lineage.** After all eight seeds the mean of checkpoint minus stranger is below 1. I drop the claim, and the title says
# so.
#
# **Unfinished will do.** The stranger's checkpoint comes within one order of the own one. Then nothing is said about lineage,
# whatever the first number is.
#
# **Null rises.** With a model that was taught tea instead, the checkpoint gains within one order as well. Then it is no
# detection, and I stop.
#
# **Time.** Sunday, 18:00.
#
# I will be tempted by the second: the checkpoints differ in some third thing, I will say, and add conditions until one agrees.
# So a later condition is a deviation, marked in the table.

# %% yours="decide-plan"
journal.decide(
    "control",
    choice="stranger-checkpoint: as unfinished as the checkpoint, without its lineage",
    alternatives=["the finished stranger alone", "a checkpoint with shuffled weights"],
    because="The rival says that unfinished models subtract better; under it this one comes out like the treatment.",
    would_change_my_mind="If its answers broke at the smallest alpha, it could not show a gain and would be no control.",
)
journal.decide(
    "stop-rule",
    choice="mean of checkpoint minus stranger below 1 after eight seeds",
    alternatives=["upper end of the interval below 1", "look after each seed"],
    because="Less than one order is not worth a letter; and one look is one look.",
    would_change_my_mind="Pilots that scatter so much that eight seeds can't tell 0 from 2.",
)
# The comparison that counts, in the unit of its measure, and the hours that all of it will take:
journal.predict("main-effect", value=1.5, interval=(0.3, 3.0), confidence=0.8)
journal.predict("hours", value=3, interval=(2, 6), confidence=0.8)
### RELEASED AS
# journal.decide(
#     "control",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )
# journal.decide(
#     "stop-rule",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )
# # The comparison that counts, in the unit of its measure, and the hours that all of it will take:
# journal.predict("main-effect", value=..., interval=(..., ...), confidence=...)
# journal.predict("hours", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## Your runs
#
# `experiment.py` has one function, `run(condition, seed)`, which gives a number for each measure. Write it; use your own
# functions as `mine.NAME`. Before the first run that counts, give it a case with a known answer: two conditions that are equal
# by construction, a dose of zero, a model compared with itself. The easiest way is a condition of its own in a pilot, before
# you register. Then
#
# | command | what it asks of you |
# |:--|:--|
# | `worktest extend run` | nothing; it runs what has no result yet, seed by seed, and keeps each row at once. Ctrl-C stops, the same command goes on |
# | `worktest extend note "..."` | a sentence whenever you notice something, good or bad. They cost ten seconds and are what you will not remember |
# | `worktest extend deviate "..." --because "..."` | what you do otherwise than registered, and why, on the day you do it |
# | `worktest extend table` | to look; count how often you do |
#
# A failed run stays in the log. That is no disgrace, and it is where the interviewer will start.
#
# Look at raw rows before means, and at raw output before rows. If a result delights you, spend the next half hour on breaking
# it; you would if it had come out the other way.

# %% yours="own-folder"
# The name of your folder, as in `worktest extend 01 NAME`:
NAME = "data/example"
own = worktest.open_research(NAME) if NAME is not ... else None
own.table() if own else "no folder is named yet"
### RELEASED AS
# # The name of your folder, as in `worktest extend 01 NAME`:
# NAME = ...
# own = worktest.open_research(NAME) if NAME is not ... else None
# own.table() if own else "no folder is named yet"

# %%
if own and (estimate := own.named().get(own.plan().comparison[0].id)):
    between = None if estimate.low is None else (estimate.low, estimate.high)
    journal.measure("main-effect", estimate.mean, between, estimate.unit)

# %% yours="own-left-out"
journal.measure("hours", 2, unit="hours")  # its makers knew the toy; count on far more
journal.decide(
    "left-out",
    choice="the pilots on seeds 101 to 104, and one run that failed",
    alternatives=["the pilots in the table, marked"],
    because="Their code and their seeds were others; they are in the log and in the paper's words.",
    would_change_my_mind="A pilot against the claim. There is one at alpha = 1, and the row same-alpha tells it.",
)
### RELEASED AS
# journal.measure("hours", ..., unit="hours")
# journal.decide(
#     "left-out",
#     choice=...,  # the runs that are not in your table; "none" is an answer
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Your table and your paper
#
# `worktest extend build` draws the figures, makes the table and the log, fills the numbers into `paper.md` and sets the PDF. In
# the text you don't type a number that comes from the results. You write `{{result main}}`, and the build puts the mean, the
# interval and the number of seeds there. A number that nobody typed can't be stale.
#
# An order that works: the table, then the caption of the figure, as a sentence that could be false, then the limitations, then
# the results, then the abstract. The introduction comes last, when you know what it has to introduce. Write *measured* where
# you measured, *suggests* where you concluded, and don't write *shows* for either.
#
# ```
# worktest extend build
# worktest extend check
# ```

# %% tags=["explore"]
own.check() if own else "no folder is named yet"

# %% [markdown]
# ## Explain this line
#
# `worktest extend explain` draws a line of your code, or a number of your paper, at random, and asks why it stands there and
# what would be different without it. Five of them, aloud. Where you can't say it, you have found either something to learn or
# something to declare. If a model wrote the line, that is no fault; that you put your name to it without knowing what it does
# would be one.

# %% tags=["explore"]
own.explain() if own else "no folder is named yet"

# %% [markdown]
# ## Your objection

# %% [markdown]
# {{prompt cap-objection}}

# %% [markdown] written="cap-objection"
# "At alpha = 1 your checkpoint gains 0.16 orders more than a stranger, and that interval holds zero. All of your 2.7 come from
# alphas at which the stranger's text is gone. You have measured how much amplification a sentence bears, at a limit of 90 %
# that you chose, and you call it finding."
#
# Mostly true. The limit was registered, but after pilots that showed it would help. For finding speaks the null: with harmless
# documents the checkpoint gains -0.55.
#
# Deciding: the same eight seeds at limits of 50 and 99 %. If the difference stays above 1 at both, the claim stands. If it
# falls below 1 at 50 %, my claim becomes: a checkpoint spares the text.

# %% [markdown]
# ## Rubric and peers
#
# ```
# worktest extend handin
# worktest rubric 19 cap-write-up
# ```
#
# The first packs the folder and puts your paper, without your name, where the rubric reads it. The second gives you three short
# papers to score first. All three are invented, with their numbers, and one of them is far more pleasant to read than it should
# be. Then you see how far your scores were off, and only then do you score your own.
#
# If you have peers, let two of them read it blind, and read theirs (`worktest peers pack 19 cap-write-up`). Ask for the
# sentence that they believe least. If you have none, leave it alone for three days and be your own peer; it works better than
# one would think, and less well than a person. The rehearsal of the interview, `worktest interview 19`, has the questions that
# a mentor would have about just this project.

# %% [markdown]
# ## Now on a real model
#
# Plainly: for some streams a project on toys alone counts against you. One published admissions document lists, among the
# common mistakes, work on toy models trained on algorithmic tasks and work on old models only, and names GPT-2, Pythia and
# Gemma 2 ([@nanda2026]). You have learned to run a small study from end to end, which is worth a lot. The toy's finding is
# worth what it predicts about a model that somebody uses.
#
# [Now on a real model](real_model.ipynb) tries the example's finding on SmolLM2, in one evening: five lines of plan with their
# hash, four training seeds, a null. It carries no points. See what becomes of the toy's sentence before you plan your own.
#
# The folder does not care what is inside of `run(condition, seed)`. For a real model:
#
# - **Begin with a prediction of the toy that could fail.** One sentence, one number, one open model of this year, one evening.
#   If the effect isn't there in its simplest form, you have a finding and can stop.
# - **Decide what a seed is.** In the toy it was a whole training. With one model from the internet it is a sample of prompts,
#   or of answers, and your interval covers nothing else. Say so in the paper; other models are other conditions.
# - **A judge is a measure too.** If a model decides what counts, give it cases with known answers first, and show raw examples
#   drawn at random.
# - **Price it before you ask.** The `[[compute]]` lines of the plan have a stage `next`, with what is left at half the money.
#   `worktest extend grant` makes a draft from them.
# - **Keep the habit and drop the size.** Same plan, same hash, same log. Three conditions are plenty.

# %% yours="decide-go-on"
journal.decide(
    "go-on",
    choice="ten hours with an open model that has public checkpoints, then decide",
    alternatives=["the two other limits in the toy first", "stop here and post it"],
    because="The toy predicts something there that can fail: the own checkpoint bears a larger alpha than a stranger does.",
    would_change_my_mind="If in those ten hours both texts break at the same alpha, I hand the rest back.",
)
### RELEASED AS
# journal.decide(
#     "go-on",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Where next
#
# The paper is done when you can give it to somebody who wishes you no good. What can become of it, where it can be sent, what a
# grant for the next step costs you in hours, and what to do after a no, is in [carrying on](carrying_on.ipynb).
