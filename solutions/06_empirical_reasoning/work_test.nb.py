# %% [markdown] tags=["brief"]
# # Work test: what would you believe after that?
#
# > **From the mentor.** I will send you four results. Each comes from somebody who means well and has a sentence ready.
# > You get the sentence, the data, and a little over fifteen minutes. I don't want a review. I want to know what you would
# > believe, how strongly, and what you would do next. In this order:
# >
# > 1. Three or four **numbers** from the data, most with a 95 % interval. Look at what counts as one independent observation
# >    before you divide by a square root.
# > 2. Four **explanations**, and how probable each is to you. I know which one made the data.
# > 3. The **next experiment**: the cheapest that tells the likely ones apart.
# > 4. How far its result would **move** you, written down before you see it.
# > 5. A **defence** in 150 words, for somebody who would have decided otherwise.
# >
# > Set yourself a limit. Take pauses, and note why. Do it without a language model: I can ask one myself, and I want to
# > know how *you* think when a table is in front of you. Anything else is allowed: your notes, the primer, numpy, a
# > search for a formula.
# >
# > **Hand in** the sitting, this notebook with the report in it, and a statement of what you used.
#
# The mentor is invented, and so are all twelve results. They are of the kind that such tests are made of; none is taken
# from a real one. Plan a little over an hour for the sitting and an hour for what comes after it.

# %% [markdown] tags=["brief"]
# ## How it is scored
#
# Each scenario is worth 20 points, given by a program that knows how the data were made.
#
# | | points | for what |
# |:--|--:|:--|
# | numbers | 8 | Each value and each interval that is asked counts the same. Every sound method is accepted: for a share Wilson or exact, for a mean normal or Student's $t$ |
# | probabilities | 6 | A quadratic score ([@gneiting2007scoring], section 3.1). All on the truth: 6. The same for all four: 0. Sure and wrong: down to -10 |
# | the experiment | 3 | 3 for the cheapest that tells apart the explanations that the data leave likely, 2 for a dearer one that does, too, 1 for one that tells about half as much |
# | the change of mind | 3 | 1 if what you say before lies between your two probabilities after, and these differ by 2 points or more. Up to 2 by a quadratic score: the experiment is run in the world that made your data, and what you said for its result counts. Sure and right: 2. 50 %: 0. Sure and wrong: -6 |
#
# Exactly one of the four explanations made the data, and **each was as likely as the others** before there were data.
# So the explanation that the colleague's sentence suggests is the true one in a quarter of the cases. Being a cynic
# does not pay, and neither does being kind.
#
# The defence gets no points from a program. You score it yourself with a rubric, after three samples, or two peers do.

# %% locked="work-setup"
import matplotlib.pyplot as plt
import numpy as np

import worktest

unit = worktest.open_unit()
print(f"{len(unit.info.scenarios)} scenarios, four in a sitting")

# %% [markdown]
# ## Why say a number at all
#
# **Why it matters.** "Probably the filter" can't be wrong, so nobody learns from it. A probability can be held against
# what turns out, and after twenty of them you know whether your 70 % means 70 %.
#
# **What you'll do.** See what the score does to somebody who believes 60 % and says something else.
#
# Say one explanation has the probability $p$ and the other three share the rest. The score is one minus the squared
# distance to what was true, stretched so that 25 % for all gives 0.


# %% locked="work-score"
def six_points(said, truth):
    """Points for probabilities `said` (four, in order) when number `truth` made the data."""
    distance = sum((p - (place == truth)) ** 2 for place, p in enumerate(said))
    return 6 * (1 - distance / 0.75)


def with_rest(p):
    """p for the first explanation, the rest shared by the other three."""
    return [p, (1 - p) / 3, (1 - p) / 3, (1 - p) / 3]


for p in (0.25, 0.6, 0.8, 0.99):
    right, wrong = six_points(with_rest(p), 0), six_points(with_rest(p), 1)
    print(f"say {100 * p:2.0f} %: {right:5.2f} points if it is true, {wrong:6.2f} if it is not")

# %% [markdown]
# A wrong 60 % costs three points. A wrong 99 % costs nearly ten. **Look** at what is best on average for somebody who
# believes 60 %.

# %% tags=["explore"]
steps = np.linspace(0.25, 1, 76)
fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
for belief, style in ((0.4, ":"), (0.6, "-"), (0.8, "--")):
    expected = [belief * six_points(with_rest(p), 0) + (1 - belief) * six_points(with_rest(p), 1) for p in steps]
    ax.plot(100 * steps, expected, style, color="black", label=f"somebody who believes {100 * belief:.0f} %")
    ax.plot(100 * belief, max(expected), "o", color="black")
ax.axhline(0, color="0.7", linewidth=0.8)
ax.set_xlabel("probability that they say (%)")
ax.set_ylabel("points they can expect, of 6")
ax.set_title("Nobody gains by saying more or less than they believe")
ax.legend()
plt.show()

# %% [markdown]
# **What it means.** Each curve has its top where the two agree. There is nothing to gain by sounding sure, and nothing
# by hiding at 25 %. **How it could mislead you:** the curves are flat near their tops, so 55 or 65 makes little
# difference. The difference between 90 and 99 shows only when you are wrong.

# %% [markdown]
# ## A warm-up, worked
#
# This is what a case looks like. It is not one of the twelve. Read it, decide for yourself, then see how somebody else
# did it.

# %% tags=["explore"]
warm = unit.case("warmup")
warm

# %% [markdown]
# Stop here for five minutes. How probable is each of the four? Write it into the next cell, 0.6 for 60 %, together 1.
# Which number would you look at first?

# %% yours="warm-guess"
guess = {"filter": 0.25, "less": 0.60, "luck": 0.10, "judge": 0.05}
### RELEASED AS
# guess = {"filter": ..., "less": ..., "luck": ..., "judge": ...}

# %% [markdown]
# **Numbers.** Each prompt was answered by all three models, so the differences count, prompt by prompt. Prompts of one
# topic resemble each other, so the standard error adds the residuals of a topic before it squares them. Your own
# functions from the primer do the same. In the form you would enter shares, here 0.040, 0.002 and 0.078. Only
# probabilities are entered in percent.


# %% locked="warm-numbers"
def clustered_interval(values, clusters):
    """(mean, low, high): the mean and its 95 % interval from a clustered standard error."""
    values, clusters = np.asarray(values, float), np.asarray(clusters)
    residuals = values - values.mean()
    sums = np.array([residuals[clusters == name].sum() for name in np.unique(clusters)])
    error = np.sqrt((sums**2).sum()) / len(values)
    return values.mean(), values.mean() - 1.96 * error, values.mean() + 1.96 * error


warm_table = unit.case("warmup").tables["answers"]
for name, other in (("gain", "everything"), ("rest", "random")):
    mean, low, high = clustered_interval(warm_table[other] - warm_table["filtered"], warm_table["topic"])
    print(f"{name}: {100 * mean:.1f} points ({100 * low:.1f} to {100 * high:.1f})")

# %% [markdown]
# **Explanations.** The gain of four points has an interval that nearly touches zero. But that is not the question: taking
# out a random third did nearly as well, and the filter's own part is 0.7 points (-1.4 to 2.7). Under *filter* one would
# expect most of the four points to remain there. Under *less*, about none. *Luck* has to explain two low numbers, from
# two models. For *judge* there is nothing in the data, neither for nor against, except that the random model, too,
# looks better. So: *less* 60, *filter* 25, *luck* 10, *judge* 5.
#
# **The experiment.** `seeds` tells *filter* from *less* well and costs nine days. `only` tells them at least as well and
# costs two. `read` costs one day and speaks about the judge alone, which is unlikely already.
#
# **The change of mind.** Bayes' rule, with what one expects of `only` under each explanation: its outcome has a chance
# of some 85 % under *filter* and 10 to 20 % under the others.

# %% locked="warm-bayes"
believed = {"filter": 0.25, "less": 0.60, "luck": 0.10, "judge": 0.05}
outcome_of_only = {"filter": 0.85, "less": 0.10, "luck": 0.15, "judge": 0.20}
comes = sum(believed[name] * outcome_of_only[name] for name in believed)
if_yes = believed["less"] * outcome_of_only["less"] / comes
if_no = believed["less"] * (1 - outcome_of_only["less"]) / (1 - comes)
print(f"it comes with {100 * comes:.0f} %; then `less` falls from 60 to {100 * if_yes:.0f} %, else it rises to {100 * if_no:.0f} %")
print(f"before: {100 * (comes * if_yes + (1 - comes) * if_no):.0f} %, the mean of the two")

# %% [markdown]
# The two belong on either side of 60 %, and their mean, weighted by how likely each result is, is 60 % again. If both
# lay above it, you should have moved already.
#
# **The truth.** These data were drawn under *less*: taking out any third gave the same fall. That gives

# %% tags=["explore"]
print(f"{six_points(list(believed.values()), 1):.1f} of 6 points for those probabilities")
if ... not in guess.values():
    print(f"{six_points([guess[name] for name in believed], 1):.1f} of 6 for yours")

# %% [markdown]
# **What it means.** The reviewer's question, "what does a random third do?", was worth more than the filter. The
# colleague had the answer in her table and called it completeness.
#
# **How it could mislead you.** One case shows nothing about a method. With *filter* at 60 % and *less* at 25 % one would
# have got -1.5 points here, and been no worse a thinker. Look at twenty.

# %% [markdown]
# ## Before you sit
#
# Write these down first; they are compared with what comes. `on-truth` is the mean probability that you will give to
# the explanation that made the data. Somebody who knows nothing gets 25 %. `inside` is the share of the intervals asked
# for that will be graded as right. One that you leave out, in a case that you answer, counts as wrong.

# %% yours="sit-predict"
unit.journal.predict("on-truth", value=0.45, interval=(0.3, 0.6), confidence=0.8)
unit.journal.predict("inside", value=0.7, interval=(0.5, 0.9), confidence=0.7)
### RELEASED AS
# unit.journal.predict("on-truth", value=..., interval=(..., ...), confidence=...)
# unit.journal.predict("inside", value=..., interval=(..., ...), confidence=...)

# %% yours="sit-limit"
unit.journal.decide(
    "limit",
    choice=60,
    alternatives=["90", "none"],
    because="fifteen minutes each; a limit makes me stop polishing the numbers",
    would_change_my_mind="two cases that I leave half done",
)
### RELEASED AS
# unit.journal.decide("limit", choice=..., alternatives=[...], because="...", would_change_my_mind="...")

# %% [markdown]
# ## The sitting
#
# The next cell asks for your limit and for your word that no language model takes part, and draws four scenarios. What
# is drawn stays drawn. What you type is kept as you type it; you can close the notebook and come back. The clock runs
# meanwhile, unless you pause it. In a terminal: `worktest sit 06 --timed 1h`, and `worktest clock 06 pause "tea"`.
#
# Work in the cells below it. `unit.case("monitor").tables` gives the data as numpy arrays, if `monitor` was drawn;
# the CSV files lie beside your notebook, in `sittings/01/monitor/`. The number counts practice, too.

# %% tags=["explore"]
unit.sitting()

# %% [markdown]
# *Your room to compute. Bring your functions from the primer, and add cells as you like.*


# %% yours="sit-room"
def interval_of(values, clusters):
    """The same as in the warm-up; replace it by your own."""
    return clustered_interval(values, clusters)


### RELEASED AS
# # unit.case("...").tables["..."]

# %% [markdown]
# ## Look
#
# When the sitting is scored, this shows it again: what made each data set, your probabilities beside those of a reader
# who knows how such data are made, and what the experiment that you chose would have shown.

# %% tags=["explore"]
result = unit.sat()
unit.journal.measure("on-truth", result.on_truth)
unit.journal.measure("inside", result.inside)
result

# %% [markdown]
# The discussion of each case lies beside it (`sittings/01/.../discussion.md`), and in the panel above. Read those of the
# cases first in which you lost most.
#
# **What it means.** The column "a reader who knows the generator" comes from a regression on drawn cases. It says about
# how far such data go, and often that is not far. If you were well above it and right, you were probably lucky. If you
# were below it, look for the piece of evidence that you passed by.
#
# **How it could mislead you.** Four cases are few. If your mean is 45 %, somebody as good as you may get 30 or 60 the
# next time. And these worlds have four explanations, one of which is true. A real result can have a fifth.

# %% [markdown]
# ## Does the score know who knows more?
#
# We let four simulated people sit 200 times, the same cases for all. The **informed** one has the right intervals and
# the probabilities that the data allow. The **careless** one takes the naive numbers, and believes half of what the
# data say and half of the headline. The **overconfident** one reads as the careless one does, says 97 % for what seems
# likeliest, and gives intervals half as wide as sound ones. The **fifty-fifty** one commits to nothing: no numbers, 25
# % for each explanation, an experiment by lot. `make_takers.py` in the worked unit repeats it. The rules are in
# `autograde/cases/takers.py`.

# %% tags=["explore"]
# percent of the points and points for probabilities, each with the half-width of its interval
takers = {
    "informed": (84.7, 1.6, 3.56, 0.26),
    "careless": (37.4, 1.2, 2.07, 0.18),
    "overconfident": (22.4, 3.7, 1.19, 0.51),
    "fifty-fifty": (7.3, 0.8, 0.00, 0.00),
}
fig, axes = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained", sharey=True)
for ax, part, label in ((axes[0], 0, "all points (%)"), (axes[1], 2, "points for probabilities, of 6")):
    for place, row in enumerate(reversed(takers.values())):
        ax.errorbar(row[part], place, xerr=row[part + 1], fmt="o", color="black", capsize=4)
    ax.set_xlabel(f"{label}\nmean of 200 sittings, 95 % interval")
    ax.set_yticks(range(len(takers)), list(takers)[::-1])
    ax.set_ylim(-0.5, len(takers) - 0.5)
axes[1].axvline(0, color="0.7", linewidth=0.8)
axes[0].set_title("Who knows more gets more")
axes[1].set_title("The same reading, said with 97 %, earns less")
plt.show()

# %% [markdown]
# **What it means.** Over many sittings the points rank the four: 85 % (95 % interval 83 to 86) for the informed one, 37
# (36 to 39), 22 (19 to 26), and 7 (6.5 to 8) for the one who commits to nothing. The careless and the overconfident one
# favour the same explanation in every case. Saying it with 97 % takes what the probabilities earn from 2.1 to 1.2 of 6,
# and the change of mind earns nothing (-0.05), where saying 25 % twice gets half a point. **How it could mislead you:**
# these are means of 200 sittings. In a single one, luck is large enough to swap neighbours: the overconfident one's
# points scatter most. And the order of the last two hangs on the numbers, which the fifty-fifty one leaves out.

# %% [markdown]
# ## Defend it
#
# Each case has a field for your defence, and a draft in `drafts/`. Score it when the sitting is over, while you still
# know why you decided so: `unit.rubric("emp-monitor")` in a cell (or the name of your case), `worktest rubric 06
# emp-monitor` in a terminal. You score three samples first and see how far off you are; then your own.
#
# Then choose the case that you were least sure of. Two decisions, for the interview:

# %% yours="sit-decisions"
unit.journal.decide(
    "leaning",
    choice="less",
    alternatives=["filter", "luck"],
    because="taking out a random third did nearly as well as taking out the filtered one",
    would_change_my_mind="the third that was taken out giving twice as many bad answers as another third",
)
unit.journal.decide(
    "report",
    choice="Fine-tuning on less gave fewer bad answers here; we can't say that the filter did.",
    alternatives=["The filter halves bad advice.", "Nothing can be said from one run each."],
    because="the part that is the filter's own is 0.7 points (-1.4 to 2.7)",
    would_change_my_mind="five seeds in which filtered beats random four times",
)
### RELEASED AS
# unit.journal.decide("leaning", choice="...", alternatives=[...], because="...", would_change_my_mind="...")
# unit.journal.decide("report", choice="...", alternatives=[...], because="...", would_change_my_mind="...")

# %% [markdown]
# ## The report
#
# One case goes into a report that others act on. This cell is read by a person. The worked answer and the samples are
# about the warm-up, since nobody has your cases.
#
# {{prompt emp-report}}

# %% [markdown] written="emp-report"
# **What we believe.** Fine-tuning on two thirds of the conversations, instead of all, gave about half as many bad
# answers on 300 prompts: 4 or 5 % instead of 8 %. That the filter did this is not shown. Against a random two thirds its
# own part is 0.7 points (95 % interval -1.4 to 2.7, topics as clusters).
#
# **How strongly.** Any third taken out would do: 60 %. The filter matters: 25 %. Luck of these prompts: 10 %. A judge
# that misses the filtered model's bad answers: 5 %; we have not read any.
#
# **What it can't say.** One training run of each. If another seed moves a run by three points, all of the above is
# smaller than that. The interval covers other prompts, and no other runs.
#
# **Next.** Train on the third that was taken out, and on another third of the same size: two days. Twice as many bad
# answers from the first would bring *filter* to about 70 % and us back to your sentence. Otherwise we drop the filter
# and look at the number of steps.
#
# **Until then.** Ship neither claim. Using the filtered data does no harm that we can see; saying that the filter is why
# may make us build three more that do nothing.

# %% [markdown]
# ## Practice
#
# Untimed, as often as you like, with new data and another truth each time; the worked discussion comes right after. It
# counts for nothing, so it is the place to try a way of thinking. A scenario that you practise is not drawn in a sitting
# afterwards, so sit first.

# %% tags=["explore"]
for place, scene in enumerate(unit.info.scenarios, start=1):
    print(f"{place:2d}  unit.practice({scene!r})")

# %% tags=["explore"]
unit.practice("monitor")

# %% [markdown]
# A second sitting (`unit.sitting()` again) draws four scenarios that you have not seen. A third one takes the last four,
# if you have practised none of them.
# Only your first counts for your calibration, because from the second one on you know the kind of thing that is asked.
# `worktest journal` shows how often your 70 % came true, over all units.

# %% [markdown]
# ## Toy and world
#
# What is the same: the questions, the designs, and the ways in which they go wrong. What differs:
#
# - Real results do not come with four explanations. Finding the one that nobody listed is the larger half of the work.
#   After each case, add a fifth, and ask what would show it.
# - Here each explanation is equally likely beforehand. In the world some are common: a bug, a changed prompt, a judge.
#   Your first guess should be above 25 % for those.
# - One explanation makes all of the data here. In the world two can be true at once, in parts.
# - The chances of an experiment's results are known to the program. You will have to guess them, and be wrong.
#
# Nothing here shows that a high score makes a good researcher. It shows whether your numbers and your probabilities can
# be relied on, which is a part of it.

# %% [markdown]
# ## Carrying on
#
# Take one result that you read this month: a post, a system card, a paper of your own field. Write four explanations
# before you read its discussion, give each a probability, and name the cheapest experiment. Then look whether the
# authors ran it. Do it ten times, keep those that nobody ran, and order them by cost. The first one
# that takes an evening is a project.
#
# To make a thirteenth scenario: the generators lie in the worked unit (`solutions/06_empirical_reasoning/scenario_*.py`
# in the repository). Each has four truths, and one function that draws data under one of them. Writing one is the best
# way to find out whether you understand a failure well enough to fake it.

# %% [markdown]
# ## Now on a real model
#
# All twelve results are invented, and a project shouldn't rest on invented data alone. [The next notebook](real_model.ipynb) makes an
# evaluation of a small language model on your own machine, and asks of it what you asked of the cases: what counts as one observation, and
# what is left of a winner? It carries no points and takes three quarters of an hour, after `worktest models get smollm2`.
#
# Then save, look at your journal (`worktest journal 06`), and grade the primer: `worktest grade 06`.
