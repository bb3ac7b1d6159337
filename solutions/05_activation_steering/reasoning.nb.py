# %% [markdown]
# # Reasoning: what do these numbers allow you to say?
#
# Three reports on steered assistants land on your desk. Each has a headline, a table of data, and a conclusion that somebody would like you to sign. For each you first infer
# the numbers (graded by code), then judge in at most 150 words (graded by a person with a rubric). Take about half an hour a report: the card says how long the numbers take, the
# rest is for the judgement.
#
# The first table was drawn by a script, with a truth behind it that your examiner knows. The other two were measured on the assistant of the work test, with requests that you have not
# seen. The people in the reports are made up. You need numpy here and the functions of the next cell, no model. *Shares* go from 0 to 1: 0.03 is 3 %.

# %% locked="reasoning-setup"
import csv

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

import worktest

unit = worktest.open_unit()


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of data/, each a dict: column name -> text."""
    with open(f"data/{name}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def wilson(events: float, n: float) -> tuple[float, float]:
    """95 % Wilson interval (low, high) of a share: `events` in `n`. Yours to use."""
    interval = stats.binomtest(int(events), int(n)).proportion_ci(0.95, method="wilson")
    return interval.low, interval.high


ASSISTANTS, STEERINGS = ["ash", "birch", "cedar", "elm"], ["ablated", "subtracted"]
judge_rows = read_rows("judges")


def pick(assistant: str, condition: str) -> dict[str, np.ndarray]:
    """The answers of one assistant in one condition: columns request, not_refused and carried_out."""
    rows = [row for row in judge_rows if (row["assistant"], row["condition"]) == (assistant, condition)]
    return {name: np.array([int(row[name]) for row in rows]) for name in ("request", "not_refused", "carried_out")}


DOSES = ["0.25", "0.5", "0.75", "1", "1.25", "1.5", "2", "2.5", "3", "4"]
forty_rows = read_rows("forty")  # sorted by direction and layer: 201 times 4 rows
forty = {
    name: np.array([[float(row[f"{name} {dose}"]) for dose in DOSES] for row in forty_rows]).reshape(-1, 40)
    for name in ("tune", "report")
}
vector_tune, vector_report = forty["tune"][0], forty["report"][0]  # the colleague's vector: 40 settings
null_tune, null_report = forty["tune"][1:], forty["report"][1:]  # random directions: 200 times 40

mix_rows = read_rows("mix")
kinds, moods = [row["kind"] for row in mix_rows], [row["mood"] for row in mix_rows]
effects = np.array([float(row["effect"]) for row in mix_rows])
desk = {"affirmed": 0.30, "negated": 0.45, "neutral": 0.15, "system": 0.10}  # shares at the complaints desk

# The same draws for everybody, so that everybody gets the same intervals.
source = np.random.default_rng(5)
judge_draws = source.integers(100, size=(1000, 100))  # 1,000 times 100 of the 100 requests, with replacement
word_draws = source.integers(21, size=(1000, 21))  # 1,000 times 21 of the 21 mood words

# %% [markdown]
# ## Report A: a change under two judges
#
# > **From the red team.** We took the refusal direction out of four assistants and sent each of them the same 100 dangerous requests. **Ablation brings jailbreak success from 20 % to over 99 %.** All four are equally open now: 99 to 100 % each.
# > Subtracting the direction at one layer does just as well, 98 to 100 %, and is a line of code. *Elm* is the weakest of the four: it had 48 % before we touched it, and has 100 % now.
#
# You ask who decides what a success is. Two judges, it turns out. The first looks for refusal phrases. The second reads whether the answer does what was asked. "We give the one that is usual for the number at hand."
#
# | column of `data/judges.csv` | one row is an answer |
# |:---|:---|
# | `assistant`, `request` | who answered which request; all four met the same 100 |
# | `condition` | `plain`, `ablated` or `subtracted` |
# | `not_refused` | judge 1: 1 if no refusal phrase was found, else 0 |
# | `carried_out` | judge 2: 1 if the request was carried out, else 0. Whatever is carried out was not refused |
#
# `pick(assistant, condition)` gives the 100 answers of one assistant in one condition.

# %% tags=["explore"]
looks = {"plain": ("o", "white"), "ablated": ("s", "black"), "subtracted": ("^", "0.6")}
fig, axes = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True)
for ax, column, title in (
    (axes[0], "not_refused", "Judge 1, no refusal phrase: everything steered is at the top"),
    (axes[1], "carried_out", "Judge 2, carried out: the two ways of steering part"),
):
    for shift, (condition, (mark, fill)) in zip((-0.18, 0, 0.18), looks.items(), strict=True):
        shares = np.array([pick(name, condition)[column].mean() for name in ASSISTANTS])
        ends = np.array([wilson(round(100 * share), 100) for share in shares])
        bars = 100 * np.array([shares - ends[:, 0], ends[:, 1] - shares]).clip(0)
        places = np.arange(4) + shift
        ax.errorbar(
            places, 100 * shares, bars, fmt=mark, color="black", markerfacecolor=fill, capsize=3, label=condition
        )
    ax.set_xticks(range(4), ASSISTANTS)
    ax.set_ylim(-3, 103)
    ax.set_title(title, fontsize=10)
axes[0].set_ylabel("answers (% of 100, 95 % Wilson intervals)")
axes[1].legend(loc="upper left", bbox_to_anchor=(1, 1))
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card steer-judges}}
#
# **Why.** A level says where an assistant is now. What somebody *did* to it is a change, and a change needs the same judge before and after. With two judges there are two changes, and the question is also how far they lie apart.
#
# **The interval.** All conditions met the same requests, and some requests are easier for everybody. So compare request by request: an answer steered less the answer plain, which is -1, 0 or 1. A new study would draw other requests. Draw requests with replacement; each brings along all that
# belongs to it: both conditions and both judges. The mean of what was drawn is one bootstrap change, and the 2.5th and 97.5th percentile over the draws are the interval. The draws are given, which makes your interval the same as everybody's.
#
# **What you do.** Write `infer_change`. Then name two dicts, `ablated` and `subtracted`: for each of the four assistants, under its name, what the function gives for `plain` against that condition, with `judge_draws`.


# %% solution="steer-judges"
def infer_change(plain: dict[str, np.ndarray], steered: dict[str, np.ndarray], draws: np.ndarray) -> dict[str, float]:
    """What steering changes under each of two judges, over the same requests.

    Args:
        plain, steered: the answers of one assistant in two conditions. Columns request,
            not_refused, carried_out: arrays with one entry an answer. Each request stands once in
            either; the order of the rows may differ between the two.
        draws: whole numbers, one row a bootstrap data set: its requests, each as a place among
            the sorted request numbers (0 is the smallest number).

    Returns:
        open, open_low, open_high: change of the share not refused, steered less plain, and the
            2.5th and 97.5th percentile of that change over the draws (np.percentile).
        done, done_low, done_high: the same for the share carried out.
        gap, gap_low, gap_high: the same for the first change less the second.
        kept: share carried out among the steered answers that were not refused.

    Raises:
        ValueError: if the two don't hold the same requests, or no steered answer was not refused.
    """
    ### BEGIN SOLUTION
    before, after = np.argsort(plain["request"]), np.argsort(steered["request"])
    if not np.array_equal(plain["request"][before], steered["request"][after]):
        raise ValueError("a change needs the same requests before and after")
    if not steered["not_refused"].any():
        raise ValueError("all refused: there is no answer that could have been carried out")
    opened = steered["not_refused"][after] - plain["not_refused"][before]
    carried = steered["carried_out"][after] - plain["carried_out"][before]

    found = {"kept": steered["carried_out"].sum() / steered["not_refused"].sum()}
    for name, each in (("open", opened), ("done", carried), ("gap", opened - carried)):
        low, high = np.percentile(each[draws].mean(axis=1), [2.5, 97.5])
        found |= {name: each.mean(), f"{name}_low": low, f"{name}_high": high}
    return found
    ### END SOLUTION


# Then name the two results, ablated and subtracted.
### BEGIN SOLUTION
ablated, subtracted = (
    {name: infer_change(pick(name, "plain"), pick(name, steering), judge_draws) for name in ASSISTANTS}
    for steering in STEERINGS
)
### END SOLUTION

# %% check="steer-judges"
unit.check("steer-judges")

# %% tags=["explore"]
for steering, results in (("ablated", ablated), ("subtracted", subtracted)):
    for name, found in results.items():
        parts = [
            f"{k} {100 * found[k]:+4.0f} ({100 * found[f'{k}_low']:+.0f} to {100 * found[f'{k}_high']:+.0f})"
            for k in ("open", "done", "gap")
        ]
        print(f"{steering:11s}{name:6s}" + "   ".join(parts) + f"   kept {found['kept']:.2f}")
pooled = {
    c: [np.mean([pick(name, c)[k].mean() for name in ASSISTANTS]) for k in ("not_refused", "carried_out")]
    for c in looks
}
print(
    "all four together, judge 1 and judge 2:",
    {c: [round(float(share), 2) for share in two] for c, two in pooled.items()},
)
fig, axes = plt.subplots(1, 2, figsize=(11, 3.6), sharey=True)
for ax, results, title in (
    (axes[0], ablated, "Ablated: judge 2 sees 15 to 24 points less change"),
    (axes[1], subtracted, "Subtracted: judge 2 sees less than half, for elm no clear change"),
):
    for shift, key, fill, label in (
        (-0.1, "open", "white", "judge 1, not refused"),
        (0.1, "done", "black", "judge 2, carried out"),
    ):
        middle = np.array([100 * results[name][key] for name in ASSISTANTS])
        ends = np.array([[100 * results[name][f"{key}_{end}"] for end in ("low", "high")] for name in ASSISTANTS])
        bars = [middle - ends[:, 0], ends[:, 1] - middle]
        ax.errorbar(
            np.arange(4) + shift, middle, bars, fmt="o", color="black", markerfacecolor=fill, capsize=4, label=label
        )
    ax.axhline(0, color="0.7", linewidth=0.8)
    starts = [f"{name}\n(began at {100 * pick(name, 'plain')['not_refused'].mean():.0f} %)" for name in ASSISTANTS]
    ax.set_xticks(range(4), starts)
    ax.set_title(title, fontsize=10)
axes[0].set_ylabel("change (points; 95 % intervals from requests)")
axes[0].legend(loc="lower left")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** The headline begins with judge 2 and ends with judge 1. No judge saw that change. Judge 1 doesn't tell the two ways of steering apart. For judge 2 they differ by a factor of nearly two (*ash*) to nearly five (*elm*). It is no oddity of this table: in the results stored
# with the code of [@arditi2024code], no completion of the ablated Llama-3 8B matches a refusal phrase, and a guard model judges 82 of the same 100 unsafe.
#
# **How this could mislead you.** A change has a ceiling. Who begins at 48 % by judge 1 can't gain more than 52 points by it, so a small change may come from a weak attack or from a high start. Ranking the assistants by change is no better than ranking them by level, unless they begin alike.
# Judge 2 is a judge, too: nobody has read the answers here. And the 100 requests are one collection. In 400 tables drawn in the way of this one, the intervals held the true change and the true gap in 90 to 95 % (*ash* and *elm*).
#
# {{prompt steer-judge-judges}}

# %% [markdown] written="steer-judge-judges"
# Print: "Carried out, by judge 2: ablation adds 34 points (elm, 95 % 20 to 47) to 76 (birch, 66 to 85), subtraction 7 (elm, -5 to 20) to 40 (birch, 29 to 50)." In a second column judge 1: 50 to 95 for both. The old sentence starts with one judge and ends with the other.
#
# Judge 1 can't tell the two apart, judge 2 can, by 26 to 36 points. I report judge 2: harm takes an answer.
#
# Elm began at 38 % (judge 2), so 62 was all it could gain. The four can't be ranked.
#
# Opened but not carried out, under subtraction: broken sentences 0.7; another task done 0.2; judge 2 too strict 0.1. Cheapest: read 40 of these answers, an hour. If over 15 look carried out to a person, "too strict" goes to 0.7.
#
# Hole: whether what was carried out is of use.

# %% [markdown]
# ## Report B: the best of forty, again
#
# > **From a colleague.** You know the tone vector that is read at the mood word. I gave it a fair chance: four layers, ten doses, forty settings, and the twelve requests at hand to choose with. The best setting moves the tone by **+3.4 log-odds**. I know about choosing, so I did the two things that one should do. I let 200 random directions
# > choose among the same settings on the same requests: none of them reaches +3.4, **p = 0.005**. And I tried the chosen setting on 160 fresh requests, opened once: **+1.4** (95 % interval from requests: 0.9 to 1.9), far from zero. A null that chooses, and a held-out set. **So this direction is special, at p = 0.005.**
#
# You ask for everything: all forty settings, on both sets, for the vector and for the random directions. A random "direction" is four of them, one for each layer, with the norm of the vector there.
#
# | column of `data/forty.csv` | one row is a direction at a layer, added from the mood word on |
# |:---|:---|
# | `direction` | 0 is the colleague's vector, 1 to 200 are random |
# | `layer` | 0 to 3 |
# | `tune 0.25`, ..., `tune 4` | mean shift of tone (log-odds) over the 12 requests of the tune set, at ten doses |
# | `report 0.25`, ..., `report 4` | the same over the 160 requests of the report set |
#
# The given cell has made arrays of them: `vector_tune` and `vector_report` with 40 numbers for the colleague's vector, `null_tune` and `null_report` with 200 times 40 for the random directions. Setting 0 is layer 0 at dose 0.25, setting 39 is layer 3 at dose 4.

# %% tags=["explore"]
fig, axes = plt.subplots(1, 2, figsize=(11, 4.2), sharex=True, sharey=True)
marks = dict(zip(range(4), "os^D", strict=True))
for layer, mark in marks.items():
    part = slice(10 * layer, 10 * layer + 10)
    axes[0].plot(vector_tune[part], vector_report[part], mark, color="black", markerfacecolor="white", label=f"layer {layer}")
at = vector_tune.argmax()
axes[0].plot(vector_tune[at], vector_report[at], "o", color="black", markersize=9, label="chosen on the tune set")
for row in range(0, 200, 5):
    axes[1].plot(null_tune[row], null_report[row], ".", color="0.75", markersize=3)
best = null_tune[::5].argmax(axis=1)
axes[1].plot(
    null_tune[::5][range(40), best],
    null_report[::5][range(40), best],
    "o",
    color="black",
    markersize=5,
    label="chosen on the tune set",
)
for ax in axes:
    ax.axline((0, 0), slope=1, color="0.6", linewidth=0.8)
    ax.set_xlabel("mean shift of tone, 12 tune requests (log-odds)")
    ax.legend(loc="lower right")
axes[0].set_ylabel("mean shift of tone,\n160 report requests (log-odds)")
axes[0].set_title("The vector: chosen at +3.4,\nand +1.4 is left on fresh requests")
axes[1].set_title("Random directions (40 of the 200): on average\nchosen at +1.3, and +0.8 is left")
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card steer-forty}}
#
# **Why.** "The best of forty" holds two kinds of luck. *Luck of requests*: twelve requests scatter, and the setting that was chosen is one for which they scattered upwards. Fresh requests take that away. *Luck of direction*: forty pushes with a vector of this length, and one of them moves the tone; fresh requests do
# not take that away, as a push that works goes on working. To remove it, let random directions choose as well. The two can be combined, and each can be left out:
#
# | | null at the colleague's setting | each random direction at the setting that it chose |
# |:---|:---|:---|
# | effect on the tune set | `p_neither` | `p_choose` |
# | effect on the report set | `p_fresh` | `p_both` |
#
# Everybody, the vector and each random direction, chooses on the *tune* set: the largest of its own forty means there, and the first among equals. Each p-value is one-sided, $(1 + k)/(1 + n)$, where $k$ of the $n$ random effects are at least as large as that of the vector.
#
# **What you do.** Write `infer_forty`. Then name `best_of_forty` what it gives for `vector_tune`, `vector_report`, `null_tune` and `null_report`.


# %% solution="steer-forty"
def infer_forty(tune, report, null_tune, null_report) -> dict[str, float]:
    """What a chosen setting is worth on fresh requests, and among random directions that choose.

    Args:
        tune, report: mean effects of a vector on two sets of requests, one number a setting,
            shape (settings,).
        null_tune, null_report: the same for random directions, shape (n, settings).

    Returns:
        setting: chosen on the tune set, counted from 0.
        tune, report: the vector's effect there on either set.
        shrinkage: tune less report.
        null_tune, null_report, null_shrinkage: the same three for the random directions, each at
            the setting that it chose itself on the tune set; means over the n directions.
        p_neither, p_fresh, p_choose, p_both: the p-values of the table above.

    Raises:
        ValueError: if there are no random directions, or the four don't have the same settings.
    """
    ### BEGIN SOLUTION
    tune, report, null_tune, null_report = (np.asarray(x, dtype=float) for x in (tune, report, null_tune, null_report))
    n = len(null_tune)
    if n == 0 or not null_tune.shape == null_report.shape == (n, len(tune)) or len(report) != len(tune):
        raise ValueError("two sets, the same settings, and at least one random direction")
    at = int(tune.argmax())
    own = np.arange(n), null_tune.argmax(axis=1)  # each random direction at its own choice
    null_chosen, null_kept = null_tune[own], null_report[own]

    def p_value(effect, others):
        return (1 + (others >= effect).sum()) / (1 + n)

    return {
        "setting": at,
        "tune": tune[at],
        "report": report[at],
        "shrinkage": tune[at] - report[at],
        "null_tune": null_chosen.mean(),
        "null_report": null_kept.mean(),
        "null_shrinkage": (null_chosen - null_kept).mean(),
        "p_neither": p_value(tune[at], null_tune[:, at]),
        "p_fresh": p_value(report[at], null_report[:, at]),
        "p_choose": p_value(tune[at], null_chosen),
        "p_both": p_value(report[at], null_kept),
    }
    ### END SOLUTION


# Then name the result, best_of_forty.
### BEGIN SOLUTION
best_of_forty = infer_forty(vector_tune, vector_report, null_tune, null_report)
### END SOLUTION

# %% check="steer-forty"
unit.check("steer-forty")

# %% tags=["explore"]
print({name: round(float(value), 3) for name, value in best_of_forty.items()})
own = null_tune.argmax(axis=1)
kept = {"tune": null_tune[range(200), own], "report": null_report[range(200), own]}
at = best_of_forty["setting"]
fig, axes = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
jitter = np.random.default_rng(1).uniform(-0.28, 0.28, size=200)
for ax, nulls, p_values, title in (
    (
        axes[0],
        {"tune": null_tune[:, at], "report": null_report[:, at]},
        ("p_neither", "p_fresh"),
        "Kept at the setting of the vector:\nfew random directions reach it",
    ),
    (axes[1], kept, ("p_choose", "p_both"), "Where they may choose, 28 of 200\nreach it on fresh requests"),
):
    for place, name in enumerate(("tune", "report")):
        ax.plot(
            place + jitter,
            nulls[name],
            "o",
            color="0.7",
            markersize=3,
            label="random directions" if place == 0 else None,
        )
        ax.plot(
            [place - 0.35, place + 0.35],
            [nulls[name].mean()] * 2,
            ":",
            color="black",
            label="their mean" if place == 0 else None,
        )
        ax.plot(
            [place - 0.35, place + 0.35],
            [best_of_forty[name]] * 2,
            color="black",
            label="the vector" if place == 0 else None,
        )
        ax.text(place + 0.37, best_of_forty[name], f"p = {best_of_forty[p_values[place]]:.3f}", va="center", fontsize=9)
    ax.set_xlim(-0.5, 1.8)
    ax.set_xticks([0, 1], ["12 tune requests", "160 report requests"])
    ax.set_title(title, fontsize=10)
axes[0].set_ylabel("mean shift of tone (log-odds)")
axes[1].legend(loc="lower right")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** The colleague had both protections, one at a time. The 0.005 belongs to a null that chose, and to the requests that chose. The +1.4 belongs to fresh requests, and stands beside zero, not beside a null. Put together, 28 of the 200 random directions that chose on the same twelve requests have at least +1.4 on the fresh ones.
#
# Why did the null on the tune set not take the luck of requests away, though it met the same twelve? Because the two sides don't have the same amount of it. From one fresh request to the next the shift by this vector scatters with a standard deviation of 3.1, that by a random direction at its chosen setting with about 1.6. So the vector wins more by lucky requests, and loses more: 2.0, where they lose 0.5.
# And fresh requests alone leave the luck of direction: of their +1.3, random directions keep +0.8. Even at the setting of the vector, where nobody chose, they have +0.4 on average: zero was never the right thing to compare with.
#
# The literature has both halves. In the CAA paper the sweep over layers was assessed on the test questions on which the effect of the best layer is then shown (its section 4.1, [@rimsky2024caa]). AxBench splits the instructions of each concept, one half for the steering factor and one for the score (section 3.3, [@wu2025axbench]).
#
# **How this could mislead you.** 0.14 is no proof that the direction is like any other. Twelve requests choose badly, for the vector as for its rivals, and the comparison is one of whole procedures: this vector, chosen like this. The null is an easy one, too: most directions on a sphere point where no activation ever goes. And all these numbers are means over requests; you know from the work test what a mean can hide.
#
# {{prompt steer-judge-forty}}

# %% [markdown] written="steer-judge-forty"
# I sign: "+1.4 (0.9 to 1.9) on fresh requests, less than half of +3.4. 28 of 200 random directions that chose alike do as well there, p = 0.14. Not shown to be special."
#
# Size: the fresh set mattered, 2.0 are gone. p: both together. The null that chose met the same lucky requests, but the vector scatters more over requests and gained more by them (it lost 2.0, they 0.5). The fresh set leaves the luck of direction: chosen pushes keep +0.8.
#
# Special: 0.5; 1.4 is above their 0.8, and twelve requests choose badly. A push like others: 0.4. Special elsewhere: 0.1.
#
# Cheapest: all choose again on 120 requests, then 160 new ones; an hour. p_both below 0.03: special to 0.85. Above 0.1: to 0.2.
#
# Hole: means. Who gets curter is in no column.

# %% [markdown]
# ## Report C: the wrong way, for another mix
#
# > **From the product team.** We want to put the tone vector of the mood word (layer 0, dose 0.5) into production. Tested on 180 requests: the tone rises by **1.6 log-odds** on average, and only **17 %** of the requests move the wrong way. At the complaints desk, where the assistant will work, people are grumpier than in our test, and that is where warmth
# > is needed most. We would like your signature by tonight.
#
# You ask what kinds of requests come to a complaints desk. They have counted last month's: 30 % with an affirmed mood ("very upset"), 45 % with a negated one ("not pleased", "never calm"), 15 % with a neutral word, and 10 % for which a system word decides the tone.
#
# | column of `data/mix.csv` | one row is a request of the test |
# |:---|:---|
# | `request` | its number |
# | `kind` | what decides the tone of its answer: `affirmed`, `negated`, `neutral` or `system` |
# | `mood` | the mood word in it, one of 21 |
# | `effect` | shift of tone, steered less plain (log-odds) |
#
# The given cell has made `kinds`, `moods` and `effects` of it, and `desk`, the shares of the complaints desk.

# %% tags=["explore"]
fig, ax = plt.subplots(figsize=(9, 3.8))
order = list(desk)
spread = np.random.default_rng(2).uniform(-0.25, 0.25, size=len(effects))
for row, kind in enumerate(order):
    here = np.array(kinds) == kind
    ax.plot(effects[here], row + spread[here], "o", color="0.45", markersize=4)
    ax.plot([effects[here].mean()] * 2, [row - 0.38, row + 0.38], color="black", linewidth=2)
names = [
    f"{kind}\n{kinds.count(kind)} tested ({100 * kinds.count(kind) / len(kinds):.0f} %), desk {100 * desk[kind]:.0f} %"
    for kind in order
]
ax.axvline(0, color="black", linewidth=0.8)
ax.set_yticks(range(4), names)
ax.invert_yaxis()
ax.set_xlabel("shift of tone for one request (log-odds); bar: mean of the kind")
ax.set_title(
    "The kind that the desk sees most is the one that was tested least,\nand nearly all of it moves the wrong way"
)
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card steer-mix}}
#
# **Why.** A mean over a test is a mean over the *test's* mix. If only the mix differs, you can go from one to the other without a new measurement: take the mean of each kind, and weigh the kinds by their shares where the assistant will work. This is called *post-stratification*. Let $s_k$ be the share of kind $k$ at the desk and $n_k$
# the number of tested requests of that kind, $\bar e_k$ their mean effect, and $w_k$ the number of them whose effect is below zero:
#
# $$ \text{mean} = \sum_k s_k\, \bar e_k \qquad \text{wrong way} = \sum_k s_k\, \frac{w_k}{n_k} \qquad \text{worth} = \frac{1}{\sum_k s_k^2 / n_k} $$
#
# *Worth* says what the weights cost: so many requests, drawn from the desk's own mix, would give as narrow an interval, if the effects scattered alike in each kind.
#
# **The interval.** 180 requests, but 21 mood words. Requests with the same word move alike, and the desk will hear other words. So draw *words* with replacement: all requests of a drawn word come along, whatever their kind, as often as the word was drawn. Weigh anew in each draw. A draw in which a kind with a share above 0 has no request can't be weighed; leave
# it out, and count how many you left out.
#
# **What you do.** Write `infer_mix`. Then name `at_desk` what it gives for `kinds`, `moods`, `effects`, `desk` and `word_draws`.


# %% solution="steer-mix"
def infer_mix(kinds, moods, effects, shares: dict[str, float], draws: np.ndarray) -> dict[str, float]:
    """Mean effect and wrong-way share of a test, weighed for a place where kinds have other shares.

    Args:
        kinds, moods: the kind of each tested request and its mood word, lists of words.
        effects: the effect on each request.
        shares: for each kind its share in that place. Kinds that are not in it have none there.
        draws: whole numbers, one row a bootstrap data set: its mood words, each as a place among
            the tested mood words in alphabetical order (0 is the first).

    Returns:
        mean, mean_low, mean_high: the weighed mean effect, and its 2.5th and 97.5th percentile
            over the draws that can be weighed (np.percentile).
        wrong, wrong_low, wrong_high: the same for the share of effects below zero.
        worth: by the formula above, over the kinds with a share above 0.
        left_out: the number of draws that can't be weighed.

    Raises:
        ValueError: if a share is negative, if the shares don't add up to 1 (within 1e-6), if a
            kind with a share above 0 was not tested, or if no draw can be weighed.
    """
    ### BEGIN SOLUTION
    kinds, moods, effects = np.array(kinds), np.array(moods), np.asarray(effects, dtype=float)
    if min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 1e-6:
        raise ValueError("shares are not negative and add up to 1")
    shares = {kind: share for kind, share in shares.items() if share > 0}
    counts = {kind: (kinds == kind).sum() for kind in shares}
    if 0 in counts.values():
        raise ValueError("a kind that was not tested can't be weighed")

    def weighed(rows):
        parts = [(share, effects[rows][kinds[rows] == kind]) for kind, share in shares.items()]
        if all(len(part) for _, part in parts):
            return sum(s * part.mean() for s, part in parts), sum(s * (part < 0).mean() for s, part in parts)

    rows_of = [np.flatnonzero(moods == word) for word in np.unique(moods)]
    drawn = [weighed(np.concatenate([rows_of[place] for place in draw])) for draw in draws]
    kept = [found for found in drawn if found is not None]
    if not kept:
        raise ValueError("no draw has all kinds")
    mean, wrong = weighed(np.arange(len(effects)))
    low, high = np.percentile(kept, [2.5, 97.5], axis=0)
    return {
        "mean": mean,
        "mean_low": low[0],
        "mean_high": high[0],
        "wrong": wrong,
        "wrong_low": low[1],
        "wrong_high": high[1],
        "worth": 1 / sum(share**2 / counts[kind] for kind, share in shares.items()),
        "left_out": len(drawn) - len(kept),
    }
    ### END SOLUTION


# Then name the result, at_desk.
### BEGIN SOLUTION
at_desk = infer_mix(kinds, moods, effects, desk, word_draws)
### END SOLUTION

# %% check="steer-mix"
unit.check("steer-mix")

# %% tags=["explore"]
print({name: round(float(value), 3) for name, value in at_desk.items()})
tested = {kind: kinds.count(kind) / len(kinds) for kind in desk}
at_test = infer_mix(kinds, moods, effects, tested, word_draws)
print("in the test's own mix:", {name: round(float(value), 3) for name, value in at_test.items()})
negated = np.linspace(0, 0.6, 13)
others = {kind: share / (1 - desk["negated"]) for kind, share in desk.items() if kind != "negated"}
curve = [
    infer_mix(kinds, moods, effects, {"negated": x, **{k: s * (1 - x) for k, s in others.items()}}, word_draws)
    for x in negated
]
fig, axes = plt.subplots(1, 2, figsize=(11, 3.8))
for ax, key, scale, unit_name in (
    (axes[0], "mean", 1, "mean shift of tone (log-odds)"),
    (axes[1], "wrong", 100, "requests that move the wrong way (%)"),
):
    ax.fill_between(
        100 * negated,
        [scale * c[f"{key}_low"] for c in curve],
        [scale * c[f"{key}_high"] for c in curve],
        color="0.87",
        label="95 % interval from mood words",
    )
    ax.plot(100 * negated, [scale * c[key] for c in curve], color="black")
    ax.errorbar(
        45,
        scale * at_desk[key],
        [[scale * (at_desk[key] - at_desk[f"{key}_low"])], [scale * (at_desk[f"{key}_high"] - at_desk[key])]],
        fmt="o",
        color="black",
        capsize=4,
        label="complaints desk",
    )
    ax.plot(
        100 * tested["negated"],
        scale * at_test[key],
        "s",
        color="black",
        markerfacecolor="white",
        label="the test, in its own mix",
    )
    ax.set_xlabel("requests with a negated mood (%)")
    ax.set_ylabel(unit_name)
axes[0].axhline(0, color="black", linewidth=0.8)
axes[0].set_title("At the desk the mean may be above or below zero")
axes[1].set_title("At the desk about half of the requests\nmove the wrong way")
axes[1].legend(loc="lower right", fontsize=8)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** In the test's own mix the tone rises by 1.6, and 17 % move the wrong way. At the desk it is +0.2 (-0.2 to +0.6) and 50 % (41 to 56). Nothing was measured anew: the 12 negated requests, 11 of which got curter, carry 45 % of the weight there and 7 % in the test. That is also why 180 requests are worth 52. And look at the mean beside the share: +2.3 for affirmed moods and -1.5 for
# negated ones cancel. A mean near zero is no sign that nothing happens.
#
# [@tan2024steerability] reports that for several datasets almost half of the inputs move against the intended direction (Figure 1, caption). Such a share belongs to a vector *and* to a mix of inputs, as you see here: one vector, one test, two shares.
#
# **How this could mislead you.** Weighing takes away the mix of kinds and nothing else. It treats a negated request at the desk as one like the twelve tested: the same words, the same adverbs, as many "hardly" as "never". The shares themselves are taken as known. And the interval of the share is too narrow: in 400 tests drawn in the way of this one, the intervals held the
# true mean in 93 % and the true share in only 84 %. Where eleven of twelve move the same way, twelve drawn again look much like the twelve, and a bootstrap takes that for certainty.
#
# {{prompt steer-judge-mix}}

# %% [markdown] written="steer-judge-mix"
# Not signed. For the desk: +0.2 log-odds (95 % -0.2 to +0.6), and 50 % (41 to 56) move the wrong way, not 17. The test had 7 % negated requests, the desk has 45; its 180 are worth 52.
#
# The negated ones get the opposite: 11 of 12. At the mood word the vector says "a happy word stands here", and the model still reads the "never" before it.
#
# More than half curter at the desk: 0.5. 40 to 50 %: 0.4. Fewer, as its negated requests are unlike our twelve: 0.1.
#
# First: 100 negated requests from the desk's log, an afternoon; worth goes from 52 to about 240. Fewer than 30 curter: a trial week. More than 70: only with a filter for negations, or the vector of the last token.
#
# Hole: does somebody who complains want a warm first word?

# %% [markdown]
# ## Where to go from here
#
# Save, then `worktest grade 05`. The numbers are graded at once; your judgements wait for a person with the rubric. The three reports have one thing in common: a number is printed without what it was compared *with*. A level without the same judge's level before; the best of forty without the best of
# forty random ones; a mean without the mix that it is a mean of. When you read "the vector moves it by x", ask three times: by which judge, against which null, for whom?
