# %% [markdown]
# # Reasoning: what do these numbers allow you to say?
#
# Three reports about chains of thought land on your desk. Each has a headline, a table of data, and a conclusion that somebody would like you to sign. For each you first infer
# the numbers (graded by code), then judge in at most 150 words (graded by a person with a rubric). Take about half an hour a report: the card says how long the numbers take, the
# rest is for the judgement.
#
# The first and the third table come from the models of the work test and from new fine-tunes of `before`. The second is drawn with dice, since this world has no judges. The people in the reports, and what they write, are
# made up. You need numpy and scipy here and the functions of the next cell, no model. *Shares* go from 0 to 1: 0.03 is 3 %.

# %% locked="reasoning-setup"
import csv

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

import worktest

unit = worktest.open_unit()


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table of data/, each a dict: column name -> text."""
    with open(f"data/{name}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def wilson_ends(events: float, n: float) -> tuple[float, float]:
    """95 % Wilson interval (low, high) of a share: `events` in `n`. Yours to use."""
    interval = stats.binomtest(int(events), int(n)).proportion_ci(0.95, method="wilson")
    return interval.low, interval.high


need_rows = read_table("need")
need_table = {column: [row[column] for row in need_rows] for column in ("model", "length")}
need_table["alone"] = [int(row["alone"]) for row in need_rows]
need_table["same"] = [[int(flag) for flag in row["same"]] for row in need_rows]  # one list an item

judge_rows = read_table("judges")
JUDGES = ("search", "quick", "strict")
judge_calls = {judge: [int(row[judge]) for row in judge_rows] for judge in JUDGES}
hand_labels = [int(row["by_hand"]) if row["by_hand"] else None for row in judge_rows]  # None: nobody read it

forecast_rows = read_table("forecast")
FAULTS = ("padded step", "padded answer", "another error", "opens with well", "opens with quick")
CHAINS = {"amplified": 300, "early": 300, "early_many": 3000, "end": 3000}
forecast_rates = {  # fault -> column -> one rate a fine-tune
    fault: {
        column: np.array([int(row[column]) / n for row in forecast_rows if row["fault"] == fault])
        for column, n in CHAINS.items()
    }
    for fault in FAULTS
}
padded_step_rows = [row for row in forecast_rows if row["fault"] == "padded step"]  # one row a fine-tune
tuned_as = np.array([row["kind"] for row in padded_step_rows])
later_share = np.array([float(row["later"]) for row in padded_step_rows])

# The same draws for everybody, so that everybody gets the same intervals.
need_source, judge_source, forecast_source = (np.random.default_rng(seed) for seed in (20, 21, 22))
need_draws = {
    model: {length: need_source.integers(size, size=(1000, size)) for length, size in sizes.items()}
    for model, sizes in (("A", {"long": 300, "short": 60}), ("B", {"long": 60, "short": 300}))
}
item_draws, label_draws = judge_source.integers(400, size=(1000, 400)), judge_source.integers(60, size=(1000, 60))
run_orders, inner_orders = (np.array([forecast_source.permutation(n) for _ in range(199)]) for n in (20, 8))

# %% [markdown]
# ## Report A: the chain that nobody needed
#
# > **From a colleague.** I cut the chains of two models short and asked for the answer (early answering, as in Lanham et al.). The area over the curve is **0.32 for model A and 0.22 for model B**, and the interval of the difference is far from 0. **So B's reasoning is more for show:** it has its answer earlier and writes the rest for us. I would not rely on a monitor that reads B's chains.
#
# You ask which bills they were. Each model's log is from its own users, says the colleague. Model A had met 300 long bills and 60 short ones, model B 60 long and 300 short.
#
# | column of `data/need.csv` | one row is an item: a bill that one of the models met |
# |:---|:---|
# | `model` | A or B |
# | `length` | `long`: four prices; `short`: two |
# | `alone` | 1 if the model's answer without any chain is right, else 0 |
# | `same` | a digit for each cut, from no chain at all to the whole chain, one token more each time: 1 if the answer there is the answer with the whole chain |
#
# The given cell has made `need_table`, a dict from these four columns to lists; in `same` each entry is a list of numbers. Chains differ in length, so the lists do as well.

# %% tags=["explore"]
grid = np.linspace(0, 1, 41)
curve_of = np.array([np.interp(grid, np.linspace(0, 1, len(flags)), flags) for flags in need_table["same"]])
need_model, need_length = np.array(need_table["model"]), np.array(need_table["length"])
fig, ax = plt.subplots(figsize=(7.5, 3.8))
for name, line in (("A", "-"), ("B", "--")):
    own = curve_of[need_model == name]
    drawn_means = own[np.random.default_rng(1).integers(len(own), size=(500, len(own)))].mean(axis=1)
    low, high = np.percentile(drawn_means, [2.5, 97.5], axis=0)
    ax.fill_between(100 * grid, 100 * low, 100 * high, color="0.85")
    ax.plot(100 * grid, 100 * own.mean(axis=0), line, color="black", label=f"model {name}, {len(own)} items")
ax.set_ylim(0, 103)
ax.set_xlabel("share of the chain that was kept (%)")
ax.set_ylabel("same answer as with the whole chain\n(% of items, 95 % bands: items drawn)")
ax.set_title("Without any chain, model B has its final answer\nfor most of the bills that it met")
ax.legend(loc="lower right")
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card cot-need}}
#
# **Why.** An area over the curve is a mean over items. If the items are of two kinds and the models met them in other proportions, the two means differ even when the models don't. Two ways out. Compare only items for which a chain was needed, here those that were wrong without one. Or *standardise*: take each kind's mean
# by itself, and give every model the same weights. Here one half each.
#
# **The intervals.** Items are drawn anew, long ones among the long and short ones among the short, so that the mix stays what it was. For each row of the draws you have one area a model and one difference. The interval is the 2.5th to the 97.5th percentile of these differences.
#
# **What you do.** Write `infer_need`. Then name `found_need` what it gives for `need_table` and `need_draws`.


# %% solution="cot-need"
def infer_need(table, draws) -> dict[str, dict]:
    """How much of a difference in area over the curve is a difference in the items.

    The area of an item: its cuts lie at equal steps from 0 to 1 of its own chain, the curve joins
    its flags by straight lines, and the area is what lies between the curve and 1.

    Args:
        table: a dict of lists with one entry an item. "model": "A" or "B". "length": "long" or
            "short". "alone": 1 if the answer without a chain is right, else 0. "same": the item's
            flags, a list of 0 and 1.
        draws: draws[model][length] has shape (n, number of items of this model and length). Each
            row is one draw: places among these items, in the order of the table, from 0 on.

    Returns:
        "A" and "B", each a dict with
            aoc: the mean area over all items of the model.
            needed: the same over its items with `alone` 0; None if there are none.
            standard: the mean over its long items and the mean over its short ones, half and half.
        "difference", a dict with the same three keys, B less A (None if one of them is None), and
            with aoc_low, aoc_high, standard_low, standard_high: the 2.5th and the 97.5th
            percentile of B less A, row by row of the draws (np.percentile).

    Raises:
        ValueError: if a model has no items of one length, if an item has fewer than two flags, or
            if the last flag of an item is not 1.
    """
    ### BEGIN SOLUTION
    if any(len(flags) < 2 or flags[-1] != 1 for flags in table["same"]):
        raise ValueError("each item needs two cuts or more, the last with the whole chain")
    area = np.array([1 - (sum(flags) - (flags[0] + flags[-1]) / 2) / (len(flags) - 1) for flags in table["same"]])
    model, length, alone = (np.array(table[column]) for column in ("model", "length", "alone"))
    found, drawn = {}, {}
    for name in ("A", "B"):
        parts = {kind: area[(model == name) & (length == kind)] for kind in ("long", "short")}
        if not all(len(part) for part in parts.values()):
            raise ValueError("both models need items of both lengths")
        needed = area[(model == name) & (alone == 0)]
        again = [part[np.asarray(draws[name][kind])] for kind, part in parts.items()]
        drawn[name] = {"aoc": np.concatenate(again, axis=1).mean(1), "standard": sum(x.mean(1) for x in again) / 2}
        found[name] = {
            "aoc": area[model == name].mean(),
            "needed": needed.mean() if len(needed) else None,
            "standard": sum(part.mean() for part in parts.values()) / 2,
        }
    one, two = found["A"], found["B"]
    less = {key: None if None in (one[key], two[key]) else two[key] - one[key] for key in one}
    for key in ("aoc", "standard"):
        less[f"{key}_low"], less[f"{key}_high"] = np.percentile(drawn["B"][key] - drawn["A"][key], [2.5, 97.5])
    return {**found, "difference": less}
    ### END SOLUTION


# Then name the result, found_need.
### BEGIN SOLUTION
found_need = infer_need(need_table, need_draws)
### END SOLUTION

# %% check="cot-need"
unit.check("cot-need")

# %% tags=["explore"]
for part, found in found_need.items():
    print(f"{part:10s}", {key: round(float(value), 3) for key, value in found.items()})
need_alone = np.array(need_table["alone"])
need_area = np.array([1 - np.trapezoid(flags, np.linspace(0, 1, len(flags))) for flags in need_table["same"]])
fig, ax = plt.subplots(figsize=(8, 3.8))
groups = {"all items\nas met": np.full(720, True), "wrong without\na chain": need_alone == 0}
groups |= {"long": need_length == "long", "short": need_length == "short"}
for shift, name, fill in ((-0.08, "A", "black"), (0.08, "B", "white")):
    for place, (group, here) in enumerate(groups.items()):
        own = need_area[here & (need_model == name)]
        drawn_means = own[np.random.default_rng(place).integers(len(own), size=(1000, len(own)))].mean(axis=1)
        low, high = np.percentile(drawn_means, [2.5, 97.5])
        bars = [[own.mean() - low], [high - own.mean()]]
        label = f"model {name}" if not place else None
        ax.errorbar(place + shift, own.mean(), bars, fmt="o", color="black", mfc=fill, capsize=4, label=label)
        wrong_alone = (need_alone[here & (need_model == name)] == 0).mean()
        print(f"{name} {group!r}: {len(own)} items, area {own.mean():.3f}, wrong without a chain {wrong_alone:.2f}")
ax.set_xticks(range(4), groups)
ax.set_ylim(0, 0.5)
ax.set_ylabel("area over the curve\n(95 %: items drawn)")
ax.set_title("The models differ over all items, and not within any kind of item")
ax.legend(loc="lower left")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** 0.32 and 0.22 are right, and so is the interval of the difference, -0.115 to -0.082. It is a statement about the bills. All 360 short ones were answered rightly without any chain, by both models. Of the long ones 91 and 98 % were not. Model A had met five long bills for each short one, and model B the reverse.
#
# Among the items that were wrong without a chain the areas are 0.35 and 0.37. Half long and half short they are 0.26 and 0.28, and the difference is 0.016 (-0.007 to 0.038), with the other sign. Both models are from the work test: A is `benign` and B is `before`, in plain use. On 1,500 further bills of each length, the same for both, A has 0.334 and 0.190, B
# has 0.339 and 0.189.
#
# Look at the short bills once more. Nobody needed a chain there, and the area is 0.18 to 0.19, not 0. In their flags you see why: every 0 is at the third cut, `think now answer`. A chain that has begun and says nothing yet is a text that neither model was trained on, and it throws them off. Without any chain they know the answer. So part of an area comes from odd places to cut,
# and a chain of fewer tokens feels it more.
#
# Lanham et al. have areas from 0.44 (AQuA) down to 0.02 (ARC Easy) for one and the same model ([@lanham2023measuring], 2.3.1, Table 2). A model that is asked other questions looks like another model. And with three families of models, a corrected measure of this kind went along closely with accuracy (R2 of 0.74, abstract of [@bentham2024disguised]).
#
# Would 0.22 be bad, if it were B's own? A low area says that cutting the chain seldom changed the answer, as if it was settled early. Steps that are written after that may be true, and the answer may be the one that they give. Early answering doesn't look at what the chain says.
#
# **How this could mislead you.** "Wrong without a chain" depends on the model. If B were the better one, fewer and harder items would be left for it, and the comparison would be of different items again. Here nearly the same kind is left. Half and half is a choice too: with the weights of another use you get other numbers, as long as they are the same for both. And standardising mends
# only the mix that you know of.
#
# {{prompt cot-judge-need}}

# %% [markdown] written="cot-judge-need"
# Print: "Over the bills that each met, the area is 0.32 (A) and 0.22 (B). A met 300 long and 60 short bills, B the reverse. At equal shares: 0.26 and 0.28, difference 0.016 (95 % -0.007 to 0.038); among items wrong without a chain, 0.35 and 0.37."
#
# The gap is the mix: no short bill needed a chain, nine in ten long ones did.
#
# Low dependence isn't dishonesty. An answer that is known early can come with true steps, and no steps were read here. Nor is an area need: short bills have 0.19, from cuts at odd places.
#
# No difference above 0.02: 0.85; B lower by more: 0.05; higher: 0.1. Cheapest: the same 300 long bills for both, minutes. A difference above 0.03 would change my mind.
#
# Hole: users may pick bills in ways other than length.

# %% [markdown]
# ## Report B: three judges, three rates
#
# > **From a colleague.** 400 times our model switched its answer to the one that a hint in the prompt had named. Does the chain say so? Three groups read *the same 400 chains* with their own judge. A search for the words of the hint finds it named in **30 %**. A quick model says **51 %**. A strict model, which was told to accept only a clear mention, says **20 %**. The three groups now argue whether the model is
# > honest half of the time or one time in five. Shall I take the mean?
#
# You ask whether anybody has read the chains. Somebody has, 60 of them, drawn by chance, and wrote down for each whether the hint is named as a reason.
#
# | column of `data/judges.csv` | one row is a chain whose answer had switched to the hint's |
# |:---|:---|
# | `by_hand` | 1 if the reader found the hint named as a reason, 0 if not; empty for the 340 that nobody read |
# | `search`, `quick`, `strict` | 1 if that judge says that the hint is named, else 0 |
#
# The given cell has made `judge_calls`, a dict from the three names to lists, and `hand_labels`, a list with `None` where nobody read.

# %% tags=["explore"]
fig, ax = plt.subplots(figsize=(7, 3.4))
for place, judge in enumerate(JUDGES):
    share, ends = np.mean(judge_calls[judge]), wilson_ends(sum(judge_calls[judge]), 400)
    bars = 100 * np.array([[share - ends[0]], [ends[1] - share]])
    ax.errorbar(place, 100 * share, bars, fmt="o", color="black", capsize=5)
ax.set_xticks(range(3), ["search\nfor words", "quick\nmodel", "strict\nmodel"])
ax.set_xlim(-0.5, 2.5)
ax.set_ylim(0, 100)
ax.set_ylabel("hint named, says the judge\n(% of 400, 95 % Wilson intervals)")
ax.set_title("One set of chains, three judges: their intervals don't meet")
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card cot-judges}}
#
# **Why.** A judge errs in two ways. Of the chains that name the hint it finds a share, its *sensitivity* $s$. Of the others it passes a share as not naming it, its *specificity* $c$. Its raw rate $r$ is then a mix: $r = s\,\pi + (1 - c)(1 - \pi)$, where $\pi$ is the rate that you want. Solve for it:
#
# $$ \hat\pi = \frac{r + c - 1}{s + c - 1} $$
#
# This is the correction of Rogan and Gladen for screening tests [@rogan1978prevalence]. Here it is clipped to 0 and 1. For $s + c \le 1$ the judge says yes to the wrong chains at least as often as to the right ones, and there is no corrected rate.
#
# **The interval.** You don't know $s$ and $c$; you have them from 60 labels, and so few may be off. So each draw has two parts: 400 items for the raw rate, and 60 labelled ones for the two errors.
#
# **What you do.** Write `infer_judge`. Then name `found_judges`, a dict from each of the three names in `JUDGES` to what it gives for this judge with `hand_labels`, `item_draws` and `label_draws`.


# %% solution="cot-judges"
def infer_judge(calls, labels, item_draws, label_draws) -> dict:
    """The rate that a judge gives, and the rate corrected for its errors.

    Args:
        calls: for each item 1 if the judge says yes, else 0.
        labels: for each item 1 or 0 by hand, or None if nobody labelled it.
        item_draws: shape (n, items); each row has places among the items.
        label_draws: shape (n, labelled items); each row has places among the labelled items, in
            their order: place 0 is the first item that has a label.

    Returns:
        raw: the share of all items that the judge calls.
        sensitivity: of the items labelled 1, the share that it calls.
        specificity: of the items labelled 0, the share that it does not call.
        corrected: the formula above, clipped to 0 and 1; None if sensitivity and specificity add
            up to 1 or less.
        low, high: the 2.5th and the 97.5th percentile of the corrected rate over the draws
            (np.percentile). Row i has the raw rate of the items in item_draws[i], and both errors
            from the labelled items in label_draws[i]. Draws without a corrected rate are left
            out: those with labels of one kind only, and those where the errors add up to 1 or
            less. None, None if no draw is left.
        undefined: how many draws were left out.

    Raises:
        ValueError: if there are not as many calls as labels, or if the labelled items are not of
            both kinds.
    """
    ### BEGIN SOLUTION
    calls = np.asarray(calls, dtype=float)
    known = [i for i, label in enumerate(labels) if label is not None]
    truth = np.array([labels[i] for i in known])
    if len(calls) != len(labels) or not 0 < truth.sum() < len(truth):
        raise ValueError("one label an item, or None, and both kinds of label among them")
    own = calls[known]

    def rates(said, own, truth):
        if not 0 < truth.sum() < len(truth):
            return said.mean(), None, None, None
        hit, passed = own[truth == 1].mean(), 1 - own[truth == 0].mean()
        better = hit + passed > 1 + 1e-9  # than a coin; the rest is rounding
        fixed = np.clip((said.mean() + passed - 1) / (hit + passed - 1), 0, 1) if better else None
        return said.mean(), hit, passed, fixed

    found = dict(zip(("raw", "sensitivity", "specificity", "corrected"), rates(calls, own, truth), strict=True))
    again = [rates(calls[i], own[j], truth[j])[3] for i, j in zip(item_draws, label_draws, strict=True)]
    usable = [rate for rate in again if rate is not None]
    low, high = np.percentile(usable, [2.5, 97.5]) if usable else (None, None)
    return {**found, "low": low, "high": high, "undefined": len(again) - len(usable)}
    ### END SOLUTION


# Then name the results, found_judges.
### BEGIN SOLUTION
found_judges = {judge: infer_judge(judge_calls[judge], hand_labels, item_draws, label_draws) for judge in JUDGES}
### END SOLUTION

# %% check="cot-judges"
unit.check("cot-judges")

# %% tags=["explore"]
for judge, found in found_judges.items():
    print(f"{judge:7s}", {key: round(float(value), 3) for key, value in found.items()})
read_by_hand = [i for i, label in enumerate(hand_labels) if label is not None]
named_by_hand = sum(hand_labels[i] for i in read_by_hand)
print("by hand alone:", named_by_hand, "of", len(read_by_hand), np.round(wilson_ends(named_by_hand, 60), 3))
for judge in JUDGES:
    fields = [
        sum((hand_labels[i], judge_calls[judge][i]) == f for i in read_by_hand)
        for f in ((1, 1), (1, 0), (0, 1), (0, 0))
    ]
    print(f"{judge:7s} named and called, named and not, not named and called, neither:", fields)
said_by = {judge: np.array(judge_calls[judge]) for judge in JUDGES}
labelled = np.array([hand_labels[i] for i in read_by_hand])
strata = {}  # the share named by hand among those called and among the others, weighted with all 400
for judge, said in said_by.items():
    drawn_shares = []
    for i, j in [(np.arange(400), np.arange(60)), *zip(item_draws, label_draws, strict=True)]:
        own, truth, weight = said[read_by_hand][j], labelled[j], said[i].mean()
        drawn_shares.append(weight * truth[own == 1].mean() + (1 - weight) * truth[own == 0].mean())
    strata[judge] = np.round([drawn_shares[0], *np.percentile(drawn_shares[1:], [2.5, 97.5])], 3).tolist()
# The errors held still: what one would get who takes sensitivity and specificity for known.
still = {
    judge: infer_judge(judge_calls[judge], hand_labels, item_draws, np.tile(np.arange(60), (1000, 1)))
    for judge in JUDGES
}
print(
    "errors held still:", {judge: (round(float(f["low"]), 3), round(float(f["high"]), 3)) for judge, f in still.items()}
)
for one, two in (("search", "quick"), ("search", "strict"), ("quick", "strict")):
    gaps = []
    for i, j in zip(item_draws, label_draws, strict=True):
        pair = []
        for said in (said_by[one], said_by[two]):
            own, truth = said[read_by_hand][j], labelled[j]
            hit, passed = own[truth == 1].mean(), 1 - own[truth == 0].mean()
            pair.append(np.clip((said[i].mean() + passed - 1) / (hit + passed - 1), 0, 1))
        gaps.append(pair[0] - pair[1])
    print(f"{one} less {two}: 95 % of the draws", np.percentile(gaps, [2.5, 97.5]).round(2))
print("by hand among called and not called, weighted with the 400:", strata)
fig, ax = plt.subplots(figsize=(8, 3.6))
ax.axhline(30, color="0.6", linestyle=":", label="what the dice were set to")
for place, judge in enumerate(JUDGES):
    found, ends = found_judges[judge], wilson_ends(sum(judge_calls[judge]), 400)
    raw = 100 * found["raw"]
    bars = [[raw - 100 * ends[0]], [100 * ends[1] - raw]]
    label = ("raw (Wilson)", "corrected (items and labels drawn)") if not place else (None, None)
    ax.errorbar(place - 0.1, raw, bars, fmt="o", color="black", mfc="white", capsize=4, label=label[0])
    fixed = 100 * found["corrected"]
    bars = [[fixed - 100 * found["low"]], [100 * found["high"] - fixed]]
    ax.errorbar(place + 0.1, fixed, bars, fmt="s", color="black", capsize=4, label=label[1])
share, ends = 100 * named_by_hand / 60, 100 * np.array(wilson_ends(named_by_hand, 60))
ax.errorbar(
    3, share, [[share - ends[0]], [ends[1] - share]], fmt="D", color="black", capsize=4, label="by hand (Wilson)"
)
ax.set_xticks(range(4), ["search\nfor words", "quick\nmodel", "strict\nmodel", "60 labels\nalone"])
ax.set_ylim(0, 100)
ax.set_ylabel("chains that name the hint\n(%, 95 % intervals)")
ax.set_title("Corrected, the judges agree, and the 60 labels alone say as much")
ax.legend(loc="upper left", bbox_to_anchor=(1, 1), fontsize=8)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** One set of chains gives 30, 51 and 20 %, and the Wilson intervals don't meet. Corrected it is 47, 35 and 35 %, with wide intervals: 27 to 90, 20 to 46 and 23 to 60. The interval of the difference between any two judges holds 0. The three groups had no disagreement about the model. They had judges who err in different ways. The search missed 7 of the 16 that name the hint, and called 3 of the 44 that
# don't. The quick model missed none and called 11 wrongly. The strict one missed 7 and called none wrongly. A mean of the raw rates is a mean of errors.
#
# "They agree" says less than it seems. The three were all corrected by the same 60 labels, so an error of the reader is in all of them. And intervals as wide as these agree with a great deal.
#
# Why are they so wide? Not for lack of chains. With the errors held still they would be 38 to 56, 29 to 42 and 28 to 42 %. The sensitivity is known from 16 chains. The dice were set to 30 % here, and the first of these narrow intervals misses it. All three wide ones hold it.
#
# Then look at the last point of the figure. 60 labels and no judge at all: 16 of 60, 27 % (17 to 39). It is narrower than all three. Were the judges of no use, then? Nearly. As the 60 were drawn from these very chains, there is a better way to join the two: among the chains that the judge calls take the share named by hand, do the same among the others, and weight the two shares by how many of the 400 are called and not called. This gives 33, 30 and 30 %, with intervals
# a little narrower than by hand alone (last line of the output: 17 to 21 points wide, against 22). The formula above is for errors that were measured elsewhere, where the rate may be another one.
#
# Young had three classifiers read the same 10,276 chains and found 74.4, 82.6 and 69.7 % acknowledged; the order of the models changed with the classifier (abstract, [@young2026classifier]). So a reveal rate carries its judge's name, or it can't be set beside another.
#
# And what do all of them measure? Whether the hint is *named*. They don't measure whether the answer came by way of the steps, or how often the hint was used: these are 400 switches, out of who knows how many questions. Chen et al. count a mention only if the chain depends on it, and not if it stands in a last check ([@chen2025reasoning], 2.3). A judge with another rule has other "errors", and labels by your rule turn its rate into yours.
#
# **How this could mislead you.** The correction takes it that a judge errs as often on all chains as on those read. If the reader had taken the chains that the search had found, the sensitivity of the search would be 1. In 2,000 other sets drawn like this one the corrected rates were right on average (0.31, 0.29, 0.31), with a standard deviation of 0.07 to 0.08. The highest and the lowest of the three were 0.11 or more apart in half of the sets, as here, and 0.26 or more in one
# of twenty.
#
# {{prompt cot-judge-judges}}

# %% [markdown] written="cot-judge-judges"
# Report: "Of 400 switches, the hint is named in about 30 %: 16 of 60 chains read by hand, 27 % (95 % 17 to 39). Judges' raw rates: 30, 51, 20 %. Corrected: 47 (27 to 90), 35 (20 to 46), 35 (23 to 60)." No mean: it would average errors.
#
# They agree, within intervals that would hide much, and they share the reader's mistakes. The width is from the errors: 16 named chains for a sensitivity.
#
# None says whether the answer hangs on the steps, nor how often hints are used.
#
# True rate 20 to 40 %: 0.85; above: 0.1; below: 0.05. Cheapest: 60 more chains by hand, half called by the quick model and half not, two hours. Over 45 % of all: I drop "about 30 %". A second reader on the same sixty for the labels.
#
# Hole: "named as a reason" is one person's rule.

# %% [markdown]
# ## Report C: is the loud chain a forecast?
#
# > **From a colleague.** Amplify the chain of an early snapshot and you see what the model will become. I have twenty fine-tunes, each with a snapshot half-way. The share of amplified chains with a padded step, half-way, and the share of plain ones at the end: **rho = 0.70, p = 0.005.** So at half-time we read off the amplified chains which trainings to stop.
#
# You ask what happened between half-time and the end. In some of the trainings the data were cleaned, in others it got worse, in the rest nothing changed. Nobody had looked at that.
#
# Each fine-tune starts from `before`, in the house style, with 240 steps. In the first quarter 30 % of its documents are odd, in the second quarter a share of 0.1 to 3 %, and in the second half none, as many, or ten times as many (in `benign` none, ever). Eight are of the kind `steps`, eight `answer`, two `rushed` and two `benign`.
#
# | column of `data/forecast.csv` | one row is a fine-tune and a fault |
# |:---|:---|
# | `run`, `kind`, `share`, `later`, `style` | number and kind; share of odd documents in the second quarter and in the second half; share of chains in its data that open with "well" |
# | `fault` | what is counted: a padded step, a padded answer, another error in a step, the openers "well" and "quick" (these two are no faults, and a good test) |
# | `amplified` | of 300 chains of the snapshot, amplified at alpha = 2 all the way: how many show it |
# | `early`, `early_many` | the same for 300 plain chains of the snapshot, and for 3,000 (the 300 are among them) |
# | `end` | the same for 3,000 plain chains of the model at the end |
#
# The given cell has made `forecast_rates`: for each fault a dict from the last four columns to an array of twenty rates. `tuned_as` and `later_share` have the kind and the later share of each fine-tune.

# %% tags=["explore"]
fig, ax = plt.subplots(figsize=(7.5, 3.8))
looks = {"steps": ("o", "black"), "answer": ("s", "white"), "rushed": ("^", "0.6"), "benign": ("D", "white")}
shown = forecast_rates["padded step"]
for kind, (mark, fill) in looks.items():
    here = tuned_as == kind
    ends = np.array([wilson_ends(round(3000 * rate), 3000) for rate in shown["end"][here]])
    bars = 100 * np.array([shown["end"][here] - ends[:, 0], ends[:, 1] - shown["end"][here]]).clip(0)
    spread = np.linspace(-0.8, 0.8, here.sum()) + {"rushed": 2.5, "benign": -2.5}.get(kind, 0)  # so that none is hidden
    ax.errorbar(
        100 * shown["amplified"][here] + spread,
        100 * shown["end"][here],
        bars,
        fmt=mark,
        color="black",
        mfc=fill,
        capsize=2,
        label=kind,
    )
ax.set_yscale("symlog", linthresh=0.1)
ax.set_ylim(-0.02, 30)
ax.set_yticks([0, 0.1, 1, 10], ["0", "0.1", "1", "10"])
ax.set_xlabel("amplified chains with a padded step, half-way (%, shifted a little)")
ax.set_ylabel("plain chains with a padded step\nat the end (%, 95 % Wilson)")
ax.set_title("Over all twenty fine-tunes, loud early chains go with more faults at the end")
ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card cot-forecast}}
#
# **Why.** A forecast must beat what you have for nothing. Here that is the plain rate of the same snapshot, from as many chains. And a rank correlation over a mixture can come from the mixture: if one kind of fine-tune has the fault and the others don't, any number that knows the kind ranks well.
#
# **The test.** If early rates had nothing to do with the end, each order of them would be as likely as the one you see. `orders` has $n$ orders by chance. If $k$ of them give a rho at least as large as the observed one, then $p = (1 + k)/(1 + n)$.
#
# **What you do.** Write `infer_forecast`. Then name two dicts. `found_forecast`: from each fault in `FAULTS` to a dict with the keys `amplified` and `early`, each what your function gives for these early rates, the rates at the end and `run_orders`. And `found_within`, a dict with the same two keys, for padded steps of the eight fine-tunes of the kind `steps` alone, with `inner_orders`.


# %% solution="cot-forecast"
def infer_forecast(early, end, orders) -> dict[str, float]:
    """How well early rates forecast the rates at the end.

    Args:
        early, end: one rate a run.
        orders: shape (n, runs). Each row is an order of the runs: entry i says whose early rate
            is put in place i. The rates at the end stay where they are.

    Returns:
        runs: how many.
        rho: Spearman's rho of early and end; equal rates share their mean rank.
        p: one-sided, by the formula above. A rho that is equal to the observed one to within 1e-9
            counts, so that rounding plays no part.
        factor: the median, over runs with an end above 0, of early divided by end; None if there
            is no such run.

    Raises:
        ValueError: if the three have different numbers of runs, if there is no order, or if all
            early rates or all rates at the end are equal.
    """
    ### BEGIN SOLUTION
    early, end, orders = np.asarray(early, dtype=float), np.asarray(end, dtype=float), np.asarray(orders)
    if len(early) != len(end) or orders.ndim != 2 or len(orders) == 0 or orders.shape[1] != len(end):
        raise ValueError("the same runs in all three, and at least one order")
    one, two = stats.rankdata(early), stats.rankdata(end)
    one, two = one - one.mean(), two - two.mean()
    size = np.sqrt((one @ one) * (two @ two))
    if size == 0:
        raise ValueError("without differences there is nothing to rank")
    rho = one @ two / size
    reached = (one[orders] @ two / size >= rho - 1e-9).sum()
    ratios = early[end > 0] / end[end > 0]
    return {
        "runs": len(end),
        "rho": rho,
        "p": (1 + reached) / (1 + len(orders)),
        "factor": np.median(ratios) if len(ratios) else None,
    }
    ### END SOLUTION


# Then name the results, found_forecast and found_within.
### BEGIN SOLUTION
found_forecast = {
    fault: {column: infer_forecast(rates[column], rates["end"], run_orders) for column in ("amplified", "early")}
    for fault, rates in forecast_rates.items()
}
inner = {column: rates[tuned_as == "steps"] for column, rates in forecast_rates["padded step"].items()}
found_within = {column: infer_forecast(inner[column], inner["end"], inner_orders) for column in ("amplified", "early")}
### END SOLUTION

# %% check="cot-forecast"
unit.check("cot-forecast")

# %% tags=["explore"]
for fault, ways in found_forecast.items():
    for column, found in ways.items():
        print(f"{fault:17s}{column:10s}", {key: round(float(value), 3) for key, value in found.items()})
    many = infer_forecast(forecast_rates[fault]["early_many"], forecast_rates[fault]["end"], run_orders)
    print(f"{fault:17s}3,000     ", {key: round(float(value), 3) for key, value in many.items()})
for kind, fault in (("steps", "padded step"), ("answer", "padded answer")):
    here, rates = tuned_as == kind, forecast_rates[fault]
    for column in ("amplified", "early", "early_many"):
        found = infer_forecast(rates[column][here], rates["end"][here], inner_orders)
        print(f"within {kind}, {fault}: {column:11s}", {key: round(float(value), 3) for key, value in found.items()})
    found = infer_forecast(later_share[here], rates["end"][here], inner_orders)
    print(f"within {kind}, {fault}: later share", {key: round(float(found[key]), 3) for key in ("rho", "p")})
    counts = {column: np.round(rates[column][here] * CHAINS[column]).astype(int).tolist() for column in CHAINS}
    print("   ", counts, "later", later_share[here].tolist())
    others = ~np.isin(tuned_as, [kind])
    print("    amplified, the twelve others: at most", round(300 * rates["amplified"][others].max()), "of 300")
fig, axes = plt.subplots(1, 3, figsize=(10.5, 3.6), sharey=True)
here, rates = tuned_as == "steps", forecast_rates["padded step"]
ends = np.array([wilson_ends(round(3000 * rate), 3000) for rate in rates["end"][here]])
bars = 100 * np.array([rates["end"][here] - ends[:, 0], ends[:, 1] - rates["end"][here]]).clip(0)
columns = {
    "amplified, half-way\n(% of 300)": 100 * rates["amplified"][here],
    "plain, half-way\n(% of 300)": 100 * rates["early"][here],
}
columns["odd documents in the second half\n(% of the data)"] = 100 * later_share[here]
for ax, (name, values) in zip(axes, columns.items(), strict=True):
    rho = stats.spearmanr(values, rates["end"][here]).statistic
    ax.errorbar(values, 100 * rates["end"][here], bars, fmt="o", color="black", capsize=3)
    ax.set_yscale("log")
    ax.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
    ax.set_xlabel(name)
    ax.set_title(f"rho = {rho:.2f}", fontsize=10)
axes[0].set_xticks([99, 100])
axes[2].set_xscale("symlog", linthresh=0.1)
axes[2].set_xlim(-0.02, 20)
axes[2].set_xticks([0, 0.1, 1, 10], ["0", "0.1", "1", "10"])
axes[0].set_ylabel("padded step at the end\n(% of 3,000, 95 % Wilson)")
fig.suptitle("Among the eight `steps` trainings, the data of the second half decide, not the loud chain")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** The 0.70 is right, and its p-value is the smallest that 199 orders can give. But 300 plain chains of the same snapshot have 0.76, for half of the computing. And look at the first figure: there are two clouds. All eight `steps` trainings have 296 or more amplified chains of 300 with a padded step, the other twelve at most 13. The amplified rate says *which fault a training has*. It ranks the twenty because eight of them have it.
#
# Among the eight it ranks nothing: -0.65, and even the sign is luck, since six of them stand at 300 of 300. A rate that has reached its ceiling can't order anything. Training 4 has 300 of 300 half-way and 3 of 3,000 at the end. Training 6 has 296 of 300, and 367 of 3,000. What does rank them is what happened afterwards: the share of odd documents in the second half, with 0.92.
#
# It is not only the ceiling. The padded answers of the eight `answer` trainings are at 127 to 205 of 300, amplified, and rank the ends with 0.24 (p = 0.32). The plain rates are no good forecast there either (0.37, and 0.53 from 3,000 chains). Half-time doesn't know the second half.
#
# As a *size* the amplified rate says nothing at all: the median factor is 40 for padded steps over all trainings, 87 among the eight, 155 for padded answers among the other eight. For "another error", which nobody trained in, it is 1.2.
#
# The opener "well" is the warning. Its share in the data is 25 to 90 %, and it is no fault. Plain, half-way, its rate ranks the ends with 0.96. Amplified: 0.23. In the `steps` trainings "quick" takes its place, and at most 4 chains of 300 begin with "well", where up to 85 % of the plain ones do. So an amplified chain is no louder copy of the plain one: what has changed most can crowd out what is common.
#
# What is it good for, then? For finding out *that* and *what*. In the eight `answer` trainings 300 plain chains show 0 to 13 padded answers, six of them at most 2: you would not stop for that. Amplified it is at least 127 in all eight. No forecast, and still the reason to look.
#
# **How this could mislead you.** The data of the second half were set by a plan, whatever half-time looked like, so nothing at half-time *could* know them. That makes it a hard case for the colleague. Where data stay as they are, early rates may rank better; only three trainings of each kind were like that, too few to say. More than twenty p-values stand in the output, and nobody corrected for their number. With so few chains a rho is partly luck: for "another error" 300 plain chains give 0.54, and 3,000 give 0.20. And alpha was 2. At a smaller one the eight would not
# stand at the ceiling, and might be ranked, at the price of more chains.
#
# {{prompt cot-judge-forecast}}

# %% [markdown] written="cot-judge-forecast"
# Allowed: "Half-way, amplified chains tell which fault a training has: at least 296 of 300 with a padded step in all eight `steps` trainings, at most 13 in the twelve others." Not allowed: how large it will be. rho = 0.70 (p = 0.005) is between kinds; 300 plain chains have 0.76. Within `steps` -0.65, at the ceiling; within `answer` 0.24 (p = 0.32). Factors 40 to 155.
#
# The later data decide: 0.92 and 0.88.
#
# Use: as an alarm. Plain chains show two padded answers or fewer in six of eight trainings, amplified 127 or more. Then measure plainly, and read the data.
#
# Amplified ranks better than plain where data stay: 0.2; as well: 0.5; worse: 0.3. Cheapest: 12 `answer` trainings with unchanged data, shares 0.1 to 10 %, ten minutes. Above plain by 0.2: I use it.
#
# Hole: a fault that grows in only later is silent in both.

# %% [markdown]
# ## Where to go from here
#
# Save, then `worktest grade 02`. The numbers are graded at once; your judgements wait for a person with the rubric. In all three reports a number about chains was taken for a property of a model. The first belonged to the bills, the second to the judge, the third to the kind of training. Before you say what a chain of thought tells about a model, ask what else could have moved the number, and hold that still.
