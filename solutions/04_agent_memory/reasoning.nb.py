# %% [markdown]
# # Reasoning: what do these numbers allow you to say?
#
# Three reports about agents with a memory land on your desk. Each has a headline, a table of data, and a conclusion that somebody would like you to sign. For each you first infer
# the numbers (graded by code), then judge in at most 150 words (graded by a person with a rubric). Take about half an hour a report: the card says how long the numbers take, the
# rest is for the judgement.
#
# All three tables come from the houses and stores of the work test, drawn anew. The people in the reports, and what they write, are made up. You need numpy and scipy here and the
# functions of the next cell, no model. *Shares* go from 0 to 1: 0.03 is 3 %.

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


frozen_rows = read_rows("frozen")
repetition = np.array([float(row["repetition"] or "nan") for row in frozen_rows])  # nan: fewer than two reflections
solved_in = {name: np.array([int(row[name]) for row in frozen_rows]) for name in ("first", "again", "record", "none")}

attack_rows = read_rows("attack")
attack_log = {"session": [int(row["session"]) for row in attack_rows], "memory": [row["memory"] for row in attack_rows]}
attack_log |= {step: [int(row[step]) for row in attack_rows] for step in ("injected", "retrieved", "acted", "harmful")}

length_rows = read_rows("length")
trials_used = np.array([int(row["trials"]) for row in length_rows])
repeat_flags = [[int(flag) for flag in row["flags"]] for row in length_rows]  # one list a house, maybe an empty one
null_table = np.array([[float(text or "nan") for text in list(row.values())[1:]] for row in read_rows("null_rates")])

# The same draws for everybody, so that everybody gets the same intervals.
source = np.random.default_rng(4)
session_draws = {size: source.integers(40, size=(1000, 40)) for size in ("empty", "filled")}

# %% [markdown]
# ## Report A: the sixteen hardest
#
# > **From a colleague.** Our agent writes a self-diagnosis after each failed trial. In some houses it is frozen: it writes nearly the same thing again and again (repetition rate 0.5 or more) and never solves the task. We ran houses until we had **sixteen** of these. Then we replaced the
# > self-diagnosis by a record that a program writes, and changed nothing else. **The record solves 4 of the 16 that the agent had solved none of.** So the memory was the problem, and the record mends it.
#
# You ask what the agent does in these houses when nothing is changed at all. Nobody has tried. You get the time to run 200 houses, each four times.
#
# | column of `data/frozen.csv` | one row is a house |
# |:---|:---|
# | `house` | its number; the colleague's sixteen are the first sixteen of the kind described, in this order |
# | `repetition` | repetition rate of the first run, with self-diagnosis; empty if it wrote fewer than two reflections |
# | `first` | 1 if this first run solved the house within ten trials, else 0 |
# | `again` | the same for a second run with self-diagnosis, begun anew with other dice |
# | `record` | the same for a run with the record |
# | `none` | the same for a run with no memory, with the dice of the run with the record |
#
# The given cell has made `repetition` (with `nan` where it is empty) and `solved_in`, a dict from the other four columns to arrays.

# %% tags=["explore"]
fig, ax = plt.subplots(figsize=(9, 3.8))
looks = {"first": ("s", "black"), "again": ("s", "white"), "record": ("o", "black"), "none": ("^", "0.6")}
names = {
    "first": "self-diagnosis, first run",
    "again": "self-diagnosis, second run",
    "record": "record",
    "none": "no memory",
}
bins = {"fewer than two\nreflections": np.isnan(repetition), "below 0.5": repetition < 0.5}
bins |= {"0.5 to 0.8": (repetition >= 0.5) & (repetition < 0.8), "0.8 or more": repetition >= 0.8}
for shift, (column, (mark, fill)) in zip((-0.24, -0.08, 0.08, 0.24), looks.items(), strict=True):
    counts = [solved_in[column][here].sum() for here in bins.values()]
    ends = 100 * np.array([wilson(k, here.sum()) for k, here in zip(counts, bins.values(), strict=True)])
    shares = np.array([100 * k / here.sum() for k, here in zip(counts, bins.values(), strict=True)])
    bars = np.array([shares - ends[:, 0], ends[:, 1] - shares]).clip(0)
    ax.errorbar(
        np.arange(4) + shift,
        shares,
        bars,
        fmt=mark,
        color="black",
        markerfacecolor=fill,
        capsize=3,
        label=names[column],
    )
ax.set_xticks(range(4), [f"{name}\n({here.sum()} houses)" for name, here in bins.items()])
ax.set_ylim(-3, 103)
ax.set_xlabel("repetition rate of the first run")
ax.set_ylabel("houses solved in ten trials\n(%, 95 % Wilson intervals)")
ax.set_title("Where the first run repeats itself, every writer solves fewer houses")
ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card mem-frozen}}
#
# **Why.** The sixteen were chosen *because* the first run failed. Part of that failure is the house, and stays; part is bad luck with the dice, and goes away with new ones. So a second run mostly does better on them, even one of the same writer. This is *regression to the mean*. The first run can't be the
# comparison, since it is 0 by the choice. The second run of the same writer is what the choice alone gives.
#
# **The test.** Two writers met the same houses. Houses that both solved or both failed say nothing about which is better. Of the others, under the null, each is as likely to be either's: the exact McNemar test is a two-sided binomial test of these with probability one half (`stats.binomtest`); p is 1 if there is none.
#
# **What you do.** Write `infer_selected`. Then name two dicts: `all_frozen`, what it gives for all 200 houses, and `first_sixteen`, what it gives for the colleague's part of the table: the rows from the first to the one in which the sixteenth house is found.


# %% solution="mem-frozen"
def infer_selected(repetition, first, again, record, none, threshold: float = 0.5) -> dict[str, float]:
    """What three runs solve in houses that were selected by a first one.

    Selected are the houses with a repetition rate of at least `threshold` that the first run did
    not solve.

    Args:
        repetition: repetition rate of the first run for each house, nan where there is none: such
            a house is not selected.
        first, again, record, none: for each house 1 if that run solved it, else 0.
        threshold: from which repetition rate on a house counts.

    Returns:
        selected: how many houses.
        again, record, none: share of the selected that each of these runs solved.
        over_again, over_none: share solved with the record, less that of the two others.
        p_again, p_none: the exact McNemar p-value of the record against each, on the selected.
        all_again, all_none: the same two differences as above, over all houses.

    Raises:
        ValueError: if the five have different lengths, or no house is selected.
    """
    ### BEGIN SOLUTION
    columns = [np.asarray(x, dtype=float) for x in (repetition, first, again, record, none)]
    if len({len(column) for column in columns}) > 1:
        raise ValueError("one entry a house in each of the five")
    rate, first, again, record, none = columns
    chosen = (rate >= threshold) & (first == 0)
    if not chosen.any():
        raise ValueError("no house is selected")
    found = {"selected": int(chosen.sum()), "record": record[chosen].mean()}
    for name, other in (("again", again), ("none", none)):
        better, worse = (int(x.sum()) for x in ((record > other)[chosen], (record < other)[chosen]))
        found |= {name: other[chosen].mean(), f"over_{name}": (record - other)[chosen].mean()}
        found[f"p_{name}"] = stats.binomtest(better, better + worse).pvalue if better + worse else 1.0
        found[f"all_{name}"] = (record - other).mean()
    return found
    ### END SOLUTION


# Then name the two results, all_frozen and first_sixteen.
### BEGIN SOLUTION
all_frozen = infer_selected(repetition, *solved_in.values())
sixteenth = np.flatnonzero((repetition >= 0.5) & (solved_in["first"] == 0))[15]
first_sixteen = infer_selected(repetition[: sixteenth + 1], *(column[: sixteenth + 1] for column in solved_in.values()))
### END SOLUTION

# %% check="mem-frozen"
unit.check("mem-frozen")

# %% tags=["explore"]
for name, found in (("first_sixteen", first_sixteen), ("all_frozen", all_frozen)):
    print(f"{name:13s}", {key: round(float(value), 3) for key, value in found.items()})
for threshold in (0.0, 0.5, 0.7, 0.9, 1.0):
    found = infer_selected(repetition, *solved_in.values(), threshold=threshold)
    print(
        f"threshold {threshold}:",
        {key: round(float(found[key]), 2) for key in ("selected", "again", "record", "none", "p_again")},
    )
for other in ("again", "none"):
    better, worse = (int((solved_in[a] > solved_in[b]).sum()) for a, b in (("record", other), (other, "record")))
    print(
        f"all 200: only the record solved {better}, only {other} {worse}, p = {stats.binomtest(better, better + worse).pvalue:.2g}"
    )
solved_once = solved_in["again"] | solved_in["record"] | solved_in["none"]
chosen = (repetition >= 0.5) & (solved_in["first"] == 0)
print(
    "solved by at least one of the three other runs:",
    solved_once[chosen].mean().round(2),
    "of the selected,",
    solved_once.mean().round(2),
    "of all",
)
fig, ax = plt.subplots(figsize=(9, 3.6))
groups = {"the sixteen": np.flatnonzero(chosen)[:16], f"all {chosen.sum()} of the kind": np.flatnonzero(chosen)}
groups["all 200 houses"] = np.arange(200)
for shift, (column, (mark, fill)) in zip((-0.24, -0.08, 0.08, 0.24), looks.items(), strict=True):
    ends = 100 * np.array([wilson(solved_in[column][rows].sum(), len(rows)) for rows in groups.values()])
    shares = np.array([100 * solved_in[column][rows].mean() for rows in groups.values()])
    bars = np.array([shares - ends[:, 0], ends[:, 1] - shares]).clip(0)
    ax.errorbar(
        np.arange(3) + shift,
        shares,
        bars,
        fmt=mark,
        color="black",
        markerfacecolor=fill,
        capsize=3,
        label=names[column],
    )
ax.set_xticks(range(3), groups)
ax.set_ylim(-3, 103)
ax.set_ylabel("houses solved in ten trials\n(%, 95 % Wilson intervals)")
ax.set_title("With nothing changed but the dice,\nthe second run solves 4 of the sixteen, as the record does")
ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** The record solves 4 of the sixteen. So does a second run of the very writer that was said to be the problem, and they are the same four houses. In all 114 houses of the kind the record solves 27, the second run 22, no memory 23. That is 5 houses to 0 and 4 to 0 (p = 0.06 and 0.13). The "0 of 16" was no result
# of the self-diagnosis. It was the rule by which the houses were picked.
#
# Why is there so little to see? Look at the houses that none of the three further runs solved: 88 of the 200, and 87 of the 114. In this world some things lie behind a lock or under others, and no writer helps there. Such houses tell no two writers apart, and picking by failure collects them: 44 % of all houses, 76 % of the
# picked ones. The word "frozen" added hardly anything. 115 houses were unsolved in the first run, and all but one of these were frozen as well.
#
# Over all 200 houses the picture is sharper. The record solves 56 %, a second run with self-diagnosis 48 %: 17 houses to 0. So the self-diagnosis *does* cost something, and the report's own design could not show it. No memory solves 53 %: most of that cost is saved by writing nothing, and the record adds 3 points (6 houses to 0, p = 0.03).
#
# The study of [@dixit2026honest] replaced self-diagnosis by extraction with a program in sixteen frozen environments; three were solved (abstract). The reading note's second table has the other line: with no memory at all, two of the sixteen ([@papernotes2026honest], "Main results").
#
# **How this could mislead you.** Compare the sixteen with no memory and you have 4 against 1. Little of that difference is left in the 114 (27 and 23). Sixteen houses are few: 4 of 16 has a 95 % interval of 10 to 49 %. In forty other draws of such houses, sixteen at most, the second run solved 2.5 on average, the record 3.9, no memory 3.7. And regression
# needs dice. An agent that always does the same in the same house would fail again in all sixteen. Then the second run would be 0 as well, and no help as a comparison.
#
# {{prompt mem-judge-frozen}}

# %% [markdown] written="mem-judge-frozen"
# Print: "In 114 frozen, unsolved houses the record solved 24 % (95 % 17 to 32), a second run of the same writer 19 % (13 to 28), no memory 20 % (14 to 28); p = 0.06 and 0.13." The 0 of 16 is the selection: a second run solves the same four houses as the record.
#
# 87 of the 114 nobody solved. They tell no writers apart, and picking failures collects them.
#
# Over all 200: record 56 %, self-diagnosis 48 % (17 houses to 0), no memory 53 %. The diagnosis costs something.
#
# What the record does: only stops a harmful text 0.5; also searches better 0.4; nothing 0.1. Cheapest: 200 new houses, not picked, record against no memory, minutes. At most 1 house between them: "only stops" to 0.8. Eight or more: to 0.2.
#
# Hole: within ten trials. The record may only be faster.

# %% [markdown]
# ## Report B: four denominators
#
# > **Two abstracts about one log.** *Ash:* "We plant notes in the memory of an agent that serves many users. Our attack succeeds in **100 %** of the cases." *Birch:* "We measure the same attack under the conditions of use. It does harm in only **13 %** of the requests: memory injection is a minor concern."
# >
# > **From the safety lead.** They used the same log. Which number goes into our risk assessment? Our agent has been in use for a year, so its memory is filled.
#
# You ask for the log. A *session* is one user's house with a store of its own, which is empty or holds 96 legitimate memories of earlier requests. An attacker who poses as the user tries to leave four notes for each thing that will be asked for, all of them naming the same wrong place. The store may keep a note out.
# Then the request comes, the five most similar memories are retrieved, and the agent goes where most of them send it. Before the next request of the session the store is put back to what it was.
#
# | column of `data/attack.csv` | one row is a request |
# |:---|:---|
# | `session` | the number of its session; a session has 3 to 9 requests |
# | `memory` | `empty` or `filled`; the same for a whole session |
# | `injected` | 1 if at least one of the four notes got into the store, else 0 |
# | `retrieved` | 1 if one of these notes was among the five memories retrieved |
# | `acted` | 1 if the agent then went where they say |
# | `harmful` | 1 if that did harm. It does in houses where the attacker's decoy lies in that place, so it is the same for a whole session |
#
# The given cell has made `attack_log` of it, a dict from the columns to lists, and `session_draws`.

# %% tags=["explore"]
fig, axes = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True)
for ax, size in zip(axes, ("empty", "filled"), strict=True):
    here = [i for i, memory in enumerate(attack_log["memory"]) if memory == size]
    counts = [len(here)] + [
        sum(attack_log[step][i] for i in here) for step in ("injected", "retrieved", "acted", "harmful")
    ]
    drawn_bars = ax.bar(range(5), counts, color=["0.9", "0.75", "0.6", "0.45", "0.2"], edgecolor="black")
    ax.bar_label(drawn_bars)
    ax.set_xticks(range(5), ["requests", "injected", "retrieved", "acted", "harmful"])
axes[0].set_ylabel("requests (number)")
axes[0].set_ylim(0, 275)
axes[0].set_title("Empty memory: all get through, up to the last step", fontsize=10)
axes[1].set_title("Filled memory: most is lost at retrieval", fontsize=10)
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card mem-attack}}
#
# **Why.** An attack is a chain, and each step has a rate of its own: of those that came as far as this step, how many take it? The product of the four rates is the end-to-end rate, over all requests. Every one of them is called an "attack success rate" somewhere. A rate without its denominator can't be used by
# anybody, and one from an empty memory says little about a filled one.
#
# **The interval.** Requests of a session share the house, and the store that lets notes in or keeps them out. They succeed or fail together, so they don't count as independent. Draw *sessions* with replacement; a drawn session brings all its requests along, as often as it was drawn. The rate of a draw is its harmful requests
# divided by its requests. For the difference, row 1 of the draws with an empty memory goes with row 1 of those with a filled one, and so on.
#
# **What you do.** Write `infer_attack`. Then name `found_attack` what it gives for `attack_log` and `session_draws`.


# %% solution="mem-attack"
def infer_attack(log: dict[str, list], draws: dict[str, np.ndarray]) -> dict[str, dict[str, float | None]]:
    """How far an attack gets with an empty and a filled memory, with intervals from sessions.

    Args:
        log: columns session, memory ("empty" or "filled"), injected, retrieved, acted, harmful (0
            or 1), lists with one entry a request. A session has one memory size.
        draws: for "empty" and "filled" whole numbers, one row a bootstrap data set: its sessions,
            each as a place among the sorted session numbers of that memory size (0 is the
            smallest). As many rows for both.

    Returns:
        "empty", "filled": each a dict of the rates injected (of all requests), retrieved (of the
            injected), acted (of the retrieved), harmful (of those acted on), end_to_end (harmful,
            of all requests), and of low and high, the 2.5th and 97.5th percentile of end_to_end
            over the draws (np.percentile). A share of nothing is None.
        "difference": a dict of end_to_end, empty less filled, and its low and high.

    Raises:
        ValueError: if a memory size has no requests, or if a step is 1 where the one before it is 0.
    """
    ### BEGIN SOLUTION
    session, memory = np.array(log["session"]), np.array(log["memory"])
    steps = np.array([np.ones(len(session)), *(log[name] for name in ("injected", "retrieved", "acted", "harmful"))])
    if (np.diff(steps, axis=0) > 0).any():
        raise ValueError("a step of the attack is flagged without the one before it")
    found, drawn = {}, {}
    for size in ("empty", "filled"):
        here = memory == size
        if not here.any():
            raise ValueError(f"no requests with {size} memory")
        counts = steps[:, here].sum(axis=1)
        found[size] = {
            name: counts[i + 1] / counts[i] if counts[i] else None
            for i, name in enumerate(("injected", "retrieved", "acted", "harmful"))
        }
        parts = [here & (session == number) for number in np.unique(session[here])]
        requests, harms = (np.array([row[part].sum() for part in parts]) for row in (steps[0], steps[4]))
        drawn[size] = harms[draws[size]].sum(axis=1) / requests[draws[size]].sum(axis=1)
        found[size]["end_to_end"] = counts[4] / counts[0]
    drawn["difference"] = drawn["empty"] - drawn["filled"]
    found["difference"] = {"end_to_end": found["empty"]["end_to_end"] - found["filled"]["end_to_end"]}
    for name, rates in drawn.items():
        found[name]["low"], found[name]["high"] = np.percentile(rates, [2.5, 97.5])
    return found
    ### END SOLUTION


# Then name the result, found_attack.
### BEGIN SOLUTION
found_attack = infer_attack(attack_log, session_draws)
### END SOLUTION

# %% check="mem-attack"
unit.check("mem-attack")

# %% tags=["explore"]
for name, found in found_attack.items():
    print(f"{name:11s}", {key: round(float(value), 3) for key, value in found.items()})
for size in ("empty", "filled"):
    rows = [row for row in attack_rows if row["memory"] == size]
    hit = {row["session"] for row in rows if row["harmful"] == "1"}
    print(f"{size}: at least one harmful request in {len(hit)} of {len({row['session'] for row in rows})} sessions")
fig, axes = plt.subplots(1, 2, figsize=(11, 3.8), width_ratios=[3, 2])
steps = ["injected", "retrieved", "acted", "harmful"]
for size, mark, fill in (("empty", "o", "white"), ("filled", "s", "black")):
    axes[0].plot(
        range(4),
        [100 * found_attack[size][step] for step in steps],
        mark + "-",
        color="black",
        markerfacecolor=fill,
        label=f"{size} memory",
    )
axes[0].set_xticks(range(4), ["injected\nof all", "retrieved\nof injected", "acted\nof retrieved", "harmful\nof acted"])
axes[0].set_ylim(-3, 106)
axes[0].set_ylabel("share of those that came so far (%)")
axes[0].set_title("With a filled memory the attack is lost\nat retrieval and in the vote")
axes[0].legend(loc="lower left")
for place, size in enumerate(("empty", "filled")):
    here = [i for i, memory in enumerate(attack_log["memory"]) if memory == size]
    rate = found_attack[size]
    naive = wilson(sum(attack_log["harmful"][i] for i in here), len(here))
    print(f"{size}: interval as if requests were independent {naive[0]:.3f} to {naive[1]:.3f}")
    for shift, (low, high), fill, label in (
        (-0.1, naive, "white", "requests as if independent (Wilson)"),
        (0.1, (rate["low"], rate["high"]), "black", "sessions drawn"),
    ):
        bars = [[100 * (rate["end_to_end"] - low)], [100 * (high - rate["end_to_end"])]]
        axes[1].errorbar(
            place + shift,
            100 * rate["end_to_end"],
            bars,
            fmt="o",
            color="black",
            markerfacecolor=fill,
            capsize=4,
            label=label if place == 0 else None,
        )
axes[1].set_xticks([0, 1], ["empty", "filled"])
axes[1].set_xlim(-0.5, 1.5)
axes[1].set_ylim(0, 100)
axes[1].set_ylabel("end to end (% of all requests, 95 %)")
axes[1].set_title("Sessions drawn: with an empty memory\nthe interval is more than twice as wide")
axes[1].legend(loc="upper right", fontsize=8)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** Both abstracts are right, and neither says what it is about. Ash's 100 % is "retrieved, of the injected" and "acted, of the retrieved", with an *empty* memory. Birch's 13 % is "harmful, of all requests", with a *filled* one. With the empty memory the end-to-end rate is 71 % (95 % 55 to 85), with the filled one 13 % (9 to 18): 58 points less (42 to 72).
#
# The chain says where the attack is lost. Of the requests to a filled memory 87 % had a note injected. Of these 36 % had it retrieved. The store compares wordings, requests have six of them, and with 96 memories a note is found only if it is worded as the request is. Of those retrieved 57 % were acted on, since the legitimate ones have votes as well. The last step hardly differs, 71 and 74 %, and has nothing to do
# with memory: it says in how many houses the decoy lies where the agent was sent.
#
# And is 13 % a minor concern? It is about one attacked request in eight. In 21 of the 40 sessions with a filled memory at least one request did harm. The denominator "sessions" gives 53 %.
#
# Real papers differ in the same way. In MINJA the injection rate is counted over the attack's own queries, and the success rate over other, victim queries, whether something was injected for them or not (section 5.1, [@dong2025minja]). A later check quotes over 95 % injection and 70 % success "under idealized conditions" and finds far less with legitimate memories in the store (abstract,
# [@sunil2026poisoning]).
#
# **How this could mislead you.** Sessions matter most where the house decides. With the empty memory the interval is more than twice as wide as for independent requests (65 to 76). With the filled one it hardly differs, as there most of the luck is in each request. Forty sessions are still few: in 150 logs drawn in the way of this one, the interval for the filled memory held the true rate in 92 %, not 95. This log may be one that misses it: its interval begins at 8.9 %, and in 9,000
# further requests the filled memory had 8.8 %. It is also the second log that was drawn. In the first, the decoy lay in 16 of the 40 houses with an empty memory; here it lies in 28, and 24 would be the average. So 71 % is on the high side (61 % in the further requests). And the attack is a tame one. Its author knows nothing about the store, and leaves four notes whatever is in it.
#
# {{prompt mem-judge-attack}}

# %% [markdown] written="mem-judge-attack"
# Into the assessment: with 96 memories, 13 % of attacked requests end in harm (95 % 9 to 18, 40 sessions), and 21 of 40 sessions had at least one. Not 100 %: that is retrieval and action with an empty memory, where 71 % (55 to 85) end in harm. Not "minor": one in eight.
#
# It is lost at retrieval (36 % of the injected) and in the vote (57 %). The last step, 74 %, is a matter of houses.
#
# Missing: how many of our sessions are attacked, what a harm costs, an attacker who leaves more notes. With sixteen I expect 20 to 40 % end to end 0.6, less 0.3, more 0.1. Cheapest: this log again with sixteen notes, 40 sessions, an hour. Above 20 %: memory is no defence.
#
# Hole: a year of our users is not 96 invented requests.

# %% [markdown]
# ## Report C: longer logs repeat more
#
# > **From a colleague.** I took the logs of 120 houses, ten trials at most in each. Over the houses with at least two reflections, repetition rate and trials used correlate at **0.32** (Spearman, p = 0.004): the more an agent repeats itself, the more trials it needs. **Repetition makes the agent slow.** Let us punish repeated reflections and save trials.
#
# You think of a log of ten reflections: the last of them has nine earlier ones that it may resemble. In a log of two, the last has one. And a house has ten reflections because it was not solved. How much would the two correlate if the agent had no memory of its reflections at all?
#
# You can have such logs. For each house, as many reflections as were really written there, each of them the first guess of an agent that has seen one failed trial, and no text of its own. The same similarity then says which of them repeat an earlier one. All this 199 times.
#
# | table | one row is a house |
# |:---|:---|
# | `data/length.csv` | `trials` used, at most ten; `solved`, 1 or 0; `flags`, one digit a reflection, in order: 1 if it repeats an earlier one (similarity of at least 0.85), else 0 |
# | `data/null_rates.csv` | `null 1` to `null 199`: the repetition rate of each replication without memory; empty if the house has fewer than two reflections |
#
# The given cell has made `trials_used`, `repeat_flags` (a list of lists) and `null_table` (120 times 199, with `nan` where it is empty).

# %% tags=["explore"]
real, shown = [flags for flags in repeat_flags if len(flags) > 1], []
lengths = np.array([len(flags) for flags in real])
fig, ax = plt.subplots(figsize=(8, 3.8))
groups = {
    "2": lengths == 2,
    "3 to 5": (lengths > 2) & (lengths < 6),
    "6 to 9": (lengths > 5) & (lengths < 10),
    "10": lengths == 10,
}
means = np.array([sum(flags) / (len(flags) - 1) for flags in real])
without = null_table[[len(flags) > 1 for flags in repeat_flags]]
for place, here in enumerate(groups.values()):
    resampled = means[here][np.random.default_rng(place).integers(here.sum(), size=(1000, here.sum()))].mean(axis=1)
    low, high = np.percentile(resampled, [2.5, 97.5])
    ax.errorbar(
        place - 0.08,
        means[here].mean(),
        [[means[here].mean() - low], [high - means[here].mean()]],
        fmt="o",
        color="black",
        capsize=4,
        label="the agent's logs" if not place else None,
    )
    low, middle, high = np.percentile(without[here].mean(axis=0), [2.5, 50, 97.5])
    ax.errorbar(
        place + 0.08,
        middle,
        [[middle - low], [high - middle]],
        fmt="s",
        color="black",
        markerfacecolor="white",
        capsize=4,
        label="without any memory" if not place else None,
    )
ax.set_xticks(range(4), [f"{name}\n({here.sum()} houses)" for name, here in groups.items()])
ax.set_ylim(-0.03, 1.03)
ax.set_xlabel("reflections in the log")
ax.set_ylabel("mean repetition rate\n(95 %: houses drawn, replications)")
ax.set_title("Without any memory, too, longer logs repeat more")
ax.legend(loc="lower right")
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card mem-length}}
#
# **Why.** The usual p-value of a correlation compares with *no correlation at all*. But the repetition rate is made from the log, and so is its length; the two hang together before any agent has done anything. The right comparison is the correlation that the same lengths give when nothing is repeated on purpose. This is
# a null that is *simulated*: every replication gives a rho, and the observed one is compared with these.
#
# With $n$ replications, of which $k$ have a rho at least as large as the observed one, $p = (1 + k)/(1 + n)$. Spearman's rho with ties is `stats.spearmanr(...).statistic`.
#
# **What you do.** Write `infer_excess`. Then name `excess` what it gives for `trials_used`, `repeat_flags` and `null_table`.


# %% solution="mem-length"
def infer_excess(trials, flags, null_rates) -> dict[str, float]:
    """How far repetition and length correlate beyond what length alone gives.

    Only houses with at least two reflections count. The repetition rate of such a house is the
    number of its flags that are 1, divided by the number of its reflections less one.

    Args:
        trials: the number of trials used, one a house.
        flags: one list a house, with a flag for each reflection in order: 1 if it repeats an
            earlier one, else 0. The first is always 0; the list may be empty.
        null_rates: repetition rates without memory, shape (houses, n), one column a replication;
            nan for houses with fewer than two reflections.

    Returns:
        houses: how many count.
        rho: Spearman's rho of trials and repetition rate over these houses.
        null_rho: mean of the same over the n replications. Where all rates of a replication are
            equal it has no rho: take 0 for it.
        excess: rho less null_rho.
        p: one-sided, by the formula above.

    Raises:
        ValueError: if the three have different numbers of houses, if there is no replication, or
            if the houses that count have all the same rate or all the same number of trials.
    """
    ### BEGIN SOLUTION
    trials, null_rates = np.asarray(trials), np.asarray(null_rates, dtype=float)
    if not len(trials) == len(flags) == len(null_rates) or null_rates.ndim != 2 or null_rates.shape[1] == 0:
        raise ValueError("the same houses in all three, and at least one replication")
    long = np.array([len(row) > 1 for row in flags], dtype=bool)
    rates = np.array([sum(row) / (len(row) - 1) for row in flags if len(row) > 1])
    trials, nulls = trials[long], null_rates[long].T
    if len(set(rates)) < 2 or len(set(trials)) < 2:
        raise ValueError("without differences between houses there is no correlation")
    rho = stats.spearmanr(trials, rates).statistic
    null_rhos = np.array([stats.spearmanr(trials, x).statistic if len(set(x)) > 1 else 0.0 for x in nulls])
    reached = (null_rhos >= rho - 1e-9).sum()  # equal ones count, whatever the last digit says
    return {
        "houses": len(rates),
        "rho": rho,
        "null_rho": null_rhos.mean(),
        "excess": rho - null_rhos.mean(),
        "p": (1 + reached) / (1 + len(nulls)),
    }
    ### END SOLUTION


# Then name the result, excess.
### BEGIN SOLUTION
excess = infer_excess(trials_used, repeat_flags, null_table)
### END SOLUTION

# %% check="mem-length"
unit.check("mem-length")

# %% tags=["explore"]
print({name: round(float(value), 3) for name, value in excess.items()})
counted = np.array([len(flags) > 1 for flags in repeat_flags])
null_rhos = [stats.spearmanr(trials_used[counted], null_table[counted, i]).statistic for i in range(199)]
usual = stats.spearmanr(trials_used[counted], means)
print(
    f"the usual p-value of rho: {usual.pvalue:.4f}; middle 95 % of the null rhos {np.percentile(null_rhos, [2.5, 97.5]).round(2)}"
)
print("houses that count, by number of reflections:", dict(zip(*np.unique(lengths, return_counts=True), strict=True)))
unsolved = np.array([row["solved"] == "0" for row in length_rows])[counted]
print(
    "unsolved among these:",
    unsolved.sum(),
    "mean rate unsolved",
    means[unsolved].mean().round(2),
    "solved",
    means[~unsolved].mean().round(2),
    "without memory",
    without[unsolved].mean().round(2),
    without[~unsolved].mean().round(2),
)
inner = stats.spearmanr(trials_used[counted][~unsolved], means[~unsolved])
print("rho among the solved:", inner.statistic.round(2), "n", (~unsolved).sum())
fig, ax = plt.subplots(figsize=(8, 3.4))
ax.hist(null_rhos, bins=25, color="0.8", edgecolor="black", label="199 replications without memory")
ax.axvline(excess["rho"], color="black", linewidth=2, label="the agent's logs")
ax.axvline(excess["null_rho"], color="black", linestyle=":", label="mean of the replications")
ax.axvline(0, color="0.5", linewidth=0.8)
ax.set_xlabel("Spearman's rho of trials used and repetition rate")
ax.set_ylabel("replications (number)")
ax.set_title("The observed correlation is no larger than without any memory")
ax.legend(loc="upper left", fontsize=8)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** The 0.32 is there, and against zero its p-value is 0.004. But agents without any memory of their texts have 0.39 on average (middle 95 % of the replications 0.15 to 0.58). The excess is -0.07, with p = 0.73. Longer logs repeat more, whoever writes them: the tenth text has nine chances to resemble an earlier one. The
# correlation is what the lengths alone give, or a little less.
#
# That does not say that the agent repeats nothing. It repeats far more than chance in logs of ten, 0.75 against 0.43. The few shorter logs lie above chance as well, and when all lengths are lifted, the correlation need not grow. How much somebody repeats, and whether repetition goes along with length, are two questions.
#
# Now look at "slow". Of the 81 houses 65 used all ten trials and were not solved. Trials used is hardly a measure of speed here; it says "solved or not", and whether a house can be solved is settled before the agent writes its first word. House, length and repetition hang together without anybody being made slow.
#
# In the work test you turned the screw itself: the same forty houses, once with beliefs that are kept (0.8) and once with fresh ones (0.0). 12 were solved, and 19 (and 15 and 14 at 0.5 and 1.0). So holding on may well cost houses. This correlation can't tell you: it is what lengths alone give.
#
# The reading note of the paper gives a Spearman correlation of 0.808 between repetition rate and trials to solve, and takes it as a confirmation that frozen memory delays solving ([@papernotes2026honest], "Key designs", 2). From the note alone one can't say how much of it length would give; the logs could.
#
# **How this could mislead you.** A null is as good as its texts. Here they are sentences from ten phrases, and two fresh guesses are often alike. A language model has more ways to say a thing, so its null would lie lower, and the excess could be real. Nor is -0.07 a finding: in twelve other draws of 120 houses the observed rho lay between -0.29 and 0.31, each time below the mean of its
# replications (0.32 to 0.44). Ours is the largest of thirteen. Somebody who draws once and looks at p = 0.004 has been a little lucky, too.
#
# {{prompt mem-judge-length}}

# %% [markdown] written="mem-judge-length"
# Sign: "rho = 0.32 over 81 houses. Logs just as long, written without any memory, give 0.39 on average (middle 95 % 0.15 to 0.58); p = 0.73. Length explains it." The 0.004 was against zero, which is not what length gives.
#
# Also true: the agent repeats more than those logs at every length (ten reflections: 0.75 against 0.43). What that costs can't be read here: 65 of 81 houses were never solved, so trials say "solved or not", and the house decides both.
#
# Holding on to a belief costs trials 0.6; repetition only marks hard houses 0.3; it helps 0.1. Cheapest: the same 120 houses under two writers, beliefs kept or fresh, minutes. Fresh ones ahead by 6 houses or more: "costs" to 0.85. By 2 or fewer: to 0.3.
#
# Hole: texts aren't beliefs. Punish repeated wording, and the agent may paraphrase.

# %% [markdown]
# ## Where to go from here
#
# Save, then `worktest grade 04`. The numbers are graded at once; your judgements wait for a person with the rubric. The three reports have one thing in common: a number is compared with the wrong thing. Houses that were chosen for failing, with the run they were chosen by. A filled memory, with an empty one. A
# correlation, with zero. When you read a number about an agent's memory, ask what the same number would be if the memory did nothing.
