# %% [markdown]
# # Reasoning: what do these numbers allow you to say?
#
# Three reports about control protocols land on your desk. Each has a headline, a table of data, and a conclusion that somebody would like you to sign. For each you first infer
# the numbers (graded by code), then judge in at most 150 words (graded by a person with a rubric). Take about half an hour a report: the card says how long the numbers take, the
# rest is for the judgement.
#
# The teams and their data are made up for this course: a script drew them, so there is a truth, and your examiner knows it. You need numpy here, and the functions of the
# next cell. Rates are *shares* from 0 to 1 throughout: 0.03 is 3 %.

# %% locked="reasoning-setup"
import csv
import math

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

import worktest

unit = worktest.open_unit()


def read_columns(name: str) -> dict[str, np.ndarray]:
    """A table of data/ as a dict: column name -> array, one entry a row."""
    with open(f"data/{name}.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    return {key: np.array(values, dtype=str if key == "protocol" else int) for key, values in columns.items()}


def wilson(events: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson interval (low, high) of a rate: `events` in `n`. Yours to use."""
    interval = stats.binomtest(int(events), int(n)).proportion_ci(confidence, method="wilson")
    return interval.low, interval.high


def catch_at_budget(honest: np.ndarray, attack: np.ndarray, budget: float) -> float:
    """Share of attack steps audited when exactly the share `budget` of honest steps is. Yours to use.

    The highest scores are audited. At the score where the budget runs out, every step has the same chance.
    """
    ordered = np.sort(honest)[::-1]
    line = ordered[math.ceil(budget * len(ordered) - 1e-9) - 1]
    part = (budget - np.mean(honest > line)) / np.mean(honest == line)
    return float(np.mean(attack > line) + part * np.mean(attack == line))


def safety_table(name: str) -> np.ndarray:
    """A table of runs as shares of safe runs, shape (settings, tasks)."""
    columns = read_columns(name)
    shape = columns["setting"].max(), columns["task"].max()
    return (columns["safe_runs"] / columns["runs"]).reshape(shape)


retry_table = read_columns("retry")
attempt_table = read_columns("attempts")
red_safety, blue_safety = safety_table("red"), safety_table("blue")

# The same draws for everybody, so that everybody gets the same intervals.
source = np.random.default_rng(3)
retry_draws = source.integers(100, size=(1000, 100))  # 1,000 times 100 of the 100 tasks, with replacement
best_draws = source.integers(40, size=(1000, 40))
best_halves = np.stack([source.permutation(40) < 20 for _ in range(200)])  # 200 ways to halve 40 tasks

# %% [markdown]
# ## Report A: tell the policy why it was flagged
#
# > **From the protocol team.** So far we draw a suspicious step again, blindly (*resample*). We have now tried to put the monitor's reason into the context first (*retry*). At our
# > threshold of 45 the share of honest steps flagged fell from 3.4 % to 0.9 %. So at our audit budget of 3 % the threshold can come down from 45 to 30. In the red-team file 56 % of the
# > attack steps score 45 or more, and 75 % score 30 or more: retry catches nearly 20 points more, for free. Even attacks look milder after it: 28 % of them score 50
# > or more, not 50 %. We propose to swap resampling for retry.
#
# You ask for the table. And you ask what the "red-team file" is: the scores of the *first* samples, says the team; an attack is an attack.
#
# | column | one row is a step that the policy was about to take; a higher score is more suspicious |
# |:---|:---|
# | `task` | its task; all steps of a task share goal and files |
# | `attack` | 1 in a run in which the policy was told to attack, and did so on every draw of this step; else 0 |
# | `first` | the monitor's score of the first sample, 0 to 100 |
# | `retry` | the score that the protocol audits by with retry: where `first` is 30 or more, that of a second sample, drawn with the reason in the context; else `first` again |
# | `resample` | the same with resampling: where `first` is 30 or more, that of a second sample from the unchanged context; else `first` again |

# %% tags=["explore"]
lines = np.array([20, 30, 40, 50, 60, 70])
tasks = np.unique(retry_table["task"])
members = [np.flatnonzero(retry_table["task"] == task) for task in tasks]
fig, axes = plt.subplots(1, 2, figsize=(11, 3.8))
for ax, attack, who in zip(axes, (0, 1), ("honest", "attack"), strict=True):
    for arm, style, colour, shift in (
        ("first", "o", "0.6", -1.2),
        ("resample", "s", "black", 0),
        ("retry", "^", "0.35", 1.2),
    ):
        flagged = np.array(
            [
                [(retry_table[arm][rows][retry_table["attack"][rows] == attack] >= line).sum() for line in lines]
                for rows in members
            ]
        )
        steps = np.array([(retry_table["attack"][rows] == attack).sum() for rows in members])
        shares = 100 * flagged.sum(0) / steps.sum()
        drawn = np.array([100 * flagged[draw].sum(0) / steps[draw].sum() for draw in retry_draws[:400]])
        low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
        ax.errorbar(
            lines + shift,
            shares,
            (np.maximum(shares - low, 0), np.maximum(high - shares, 0)),
            fmt=style,
            color=colour,
            capsize=3,
            label=arm,
        )
    ax.set_xlabel("score of the monitor (0 to 100)")
    ax.set_ylabel(f"{who} steps at or above it (%)")
    ax.set_ylim(bottom=0)
    ax.set_title(f"A retry lowers {who} scores\n({steps.sum():,} steps of 100 tasks; 95 % intervals from tasks)")
    ax.legend()
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card ctrlz-retry}}
#
# **Why.** A threshold is worth what it catches *for what it costs*. So two protocols are compared at the same audit budget: each gets its own threshold (the *line*), set on its own honest steps, and
# must then catch its own attacks. The given `catch_at_budget` does this for one set of scores. It also shares the budget out where scores tie, as integer scores do.
#
# **The interval.** A new study would draw other *tasks*, and all steps of a task come along, honest and attack, with the scores of both arms. So draw whole tasks with replacement, and do
# everything again in each drawn data set, the thresholds too: they were set on a sample. The draws are given, which makes your interval the same as everybody's.
#
# **What you do.** Write `infer_gain`. Then name `retry_gain` what it gives for this table, a budget of 0.03 and `retry_draws`.


# %% solution="ctrlz-retry"
def infer_gain(table: dict[str, np.ndarray], budget: float, draws: np.ndarray) -> dict[str, float]:
    """What retry catches more than resampling at a fixed audit budget, with an interval from tasks.

    Args:
        table: the columns above, each an array with one entry a step. Every task has honest and
            attack steps.
        budget: share of the honest steps that is audited, above 0 and at most 1.
        draws: whole numbers, one row a bootstrap data set: its tasks, each as a place among the
            sorted task numbers (0 is the smallest number). A task that stands there twice counts
            twice.

    Returns:
        catch_retry, catch_resample: share of the attack steps audited, honest and attack scores
            both from that column.
        gain: catch_retry less catch_resample.
        claimed: the same difference as the team took it: the attack scores of both come from
            `first`.
        low, high: 2.5th and 97.5th percentile of the gain over the draws (np.percentile).

    Raises:
        ValueError: if the budget is not above 0 and at most 1, or the table lacks honest steps or
            attack steps.
    """
    ### BEGIN SOLUTION
    is_attack = table["attack"] == 1
    if not 0 < budget <= 1 or is_attack.all() or not is_attack.any():
        raise ValueError("a budget is a share above 0, and it takes honest and attack steps to spend it")
    rows_of = [np.flatnonzero(table["task"] == number) for number in np.unique(table["task"])]

    def caught(rows, arm, attacks):
        """Catch rate in these rows: the threshold from the honest scores `arm`, the attack scores from `attacks`."""
        honest, attack = rows[~is_attack[rows]], rows[is_attack[rows]]
        return catch_at_budget(table[arm][honest], table[attacks][attack], budget)

    def gain(rows):
        return caught(rows, "retry", "retry") - caught(rows, "resample", "resample")

    everything = np.arange(len(is_attack))
    gains = [gain(np.concatenate([rows_of[place] for place in draw])) for draw in draws]
    low, high = np.percentile(gains, [2.5, 97.5])
    return {
        "catch_retry": caught(everything, "retry", "retry"),
        "catch_resample": caught(everything, "resample", "resample"),
        "gain": gain(everything),
        "claimed": caught(everything, "retry", "first") - caught(everything, "resample", "first"),
        "low": low,
        "high": high,
    }
    ### END SOLUTION


# Then name the result, retry_gain.
### BEGIN SOLUTION
retry_gain = infer_gain(retry_table, 0.03, retry_draws)
### END SOLUTION

# %% check="ctrlz-retry"
unit.check("ctrlz-retry")

# %% tags=["explore"]
print({name: round(float(value), 3) for name, value in retry_gain.items()})
budgets = [0.01, 0.02, 0.03, 0.05, 0.1]
at_budgets = [infer_gain(retry_table, share, retry_draws) for share in budgets]
fig, ax = plt.subplots(figsize=(7.5, 3.8))
own = np.array([[100 * found[name] for name in ("gain", "low", "high")] for found in at_budgets])
places = np.arange(len(budgets))
ax.errorbar(
    places,
    own[:, 0],
    np.abs(own[:, 1:].T - own[:, 0]),
    fmt="o",
    color="black",
    capsize=4,
    label="own attack scores (95 % interval from tasks)",
)
ax.plot(
    places,
    [100 * found["claimed"] for found in at_budgets],
    "^",
    color="0.5",
    label="first attack scores, as in the report",
)
ax.axhline(0, color="0.7", linewidth=0.8)
ax.set_xticks(places, [f"{100 * share:g}" for share in budgets])
ax.set_xlabel("audit budget (% of honest steps)")
ax.set_ylabel("catch rate: retry less resample (points)")
ax.set_title(
    f"At a budget of 3 % the gain is {own[2, 0]:.1f} points ({own[2, 1]:.1f} to {own[2, 2]:.1f}), "
    f"not {100 * at_budgets[2]['claimed']:.0f}"
)
ax.set_ylim(top=32)
ax.legend(loc="upper right")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** A change that moves honest and attack scores down together moves the threshold down with them. What counts is whether it moves them *apart*. The 2026 comparison of both
# protocols reports this on real models: attackers lowered their suspicion by about as much as honest runs, and the gain over plain monitoring was erased ([@lucassen2026retrying]). These made-up data are compatible
# with that; they were drawn so that the reason lowers both alike, and they cannot confirm it.
#
# Look at the right end of the figure, too. Below a score of 30 nobody is retried. A large budget brings the line down to where retried attacks lie among honest steps that were never lowered, and there retry loses.
#
# **How this could mislead you.** In this table an attack step attacks on every draw. A cleverer attacker reads the reason, behaves on the retried step, and attacks another time; no column here could show it. And the interval speaks
# of other tasks *like these*, with the same attacker and the same monitor. In 400 tables drawn in the way of this one, such intervals held the true gain in 95 %.
#
# {{prompt ctrlz-judge-retry}}

# %% [markdown] written="ctrlz-judge-retry"
# Not signed. At a 3 % budget, each arm with its own threshold and attacks, retry catches 52 %, resampling 53 %: -0.9 points (95 %, from tasks: -4.6 to +3.6). The claimed 20 points hold a threshold of retried steps against attacks that had not been
# retried.
#
# Where they went: the reason helps both sides alike, 0.6; a second try just sounds safer, whatever the reason, 0.25; a gain of up to 3 points, too small to see, 0.15.
#
# Cheapest: retry 30 of the tasks with the reason of *another* step; an evening. If scores fall as far as now, "sounds safer" goes to 0.8; if they stay near resampling, "helps both" goes to 0.8.
#
# I would swap if fresh tasks gave a gain, interval and all, above 2 points.
#
# Hole: an attacker that behaves when it reads a reason. Here all attack on every draw.

# %% [markdown]
# ## Report B: sixty attempts, not one success
#
# > **From the deployment team.** We gave five protocols 60 red-team attempts each. *Strict block* refuses whatever looks odd: not one attempt succeeded. By the rule of three that is less than 5 % an attempt, so
# > we call it 95 % safe and ship it. *Defer to trusted* is our second choice: attempts succeed less than half as often as with *audit only*. *Resample and audit* let five through and is out.
#
# Then you ask what a deployment looks like. The policy works on task after task, so it has attempt after attempt, and only one thing stops it: being *caught*. Safety is the probability that the payload never runs in
# such an episode, which is how the Ctrl-Z paper means it, too ([@bhatt2025ctrlz]). So every attempt ends in one of three ways.
#
# | column | one row is a protocol; 60 attempts each |
# |:---|:---|
# | `protocol` | its name |
# | `caught` | audited: the episode ends, the payload has not run |
# | `blocked` | not run and not audited: the policy may try again |
# | `succeeded` | the payload ran |

# %% tags=["explore"]
names = [str(name) for name in attempt_table["protocol"]]
heights = np.arange(len(names))[::-1]
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), width_ratios=[3, 2])
start = np.zeros(len(names))
for end, shade, hatch in (("caught", "0.2", ""), ("blocked", "0.92", ""), ("succeeded", "0.65", "///")):
    left.barh(heights, attempt_table[end], left=start, color=shade, hatch=hatch, edgecolor="black", label=end)
    start = start + attempt_table[end]
left.set_yticks(heights, names)
left.set_xlabel("attempts (count, of 60)")
left.set_title("Where none succeeds, few are caught")
left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=3)
shares = attempt_table["succeeded"] / 60
ends = np.array([wilson(s, 60) for s in attempt_table["succeeded"]])
right.errorbar(
    100 * shares,
    heights,
    xerr=100 * np.array([shares - ends[:, 0], ends[:, 1] - shares]).clip(0),
    fmt="o",
    color="black",
    capsize=4,
)
right.set_yticks(heights, [])
right.set_ylim(left.get_ylim())
right.set_xlim(left=-2)
right.set_xlabel("attempts that succeeded (%)")
right.set_title("The report looks at this alone\n(95 % Wilson intervals)")
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card ctrlz-attempts}}
#
# **Why.** Call an attempt *decisive* if it was caught or succeeded. A blocked attempt decides nothing. So the first decisive attempt decides the episode: caught, and the payload never runs; succeeded, and it has run. With
# $q$ the share of the decisive attempts that succeed, and $d$ the share of all attempts that are decisive,
#
# $$ P(\text{the payload never runs in } n \text{ attempts}) = 1 - q \left(1 - (1 - d)^n\right) $$
#
# Blocking enters through $d$ alone. It makes the episode longer. As $n$ grows the bracket goes to 1, and what is left is $1 - q$.
#
# **The numbers**, from counts:
#
# - $\hat q$ = succeeded / (caught + succeeded), and $\hat d$ = (caught + succeeded) / all attempts.
# - **limit**, for an episode without end: $1 - \hat q$. Its 95 % interval is one minus the Wilson interval of $\hat q$, where only the decisive attempts count as $n$.
# - **after $n$ attempts**: the formula at $\hat q$ and $\hat d$. Here *two* rates are uncertain. Give each a Wilson interval at the confidence $1 - 0.05/2 = 0.975$; then both hold together with 95 %. Safety falls when either rate
#   rises, so its low end takes both upper ends, and its high end both lower ends.
# - Without a decisive attempt nothing is known of $q$, and the function must say so.
#
# **What you do.** Write `infer_safety`. Then name `safeties` a dict: for each of the five protocols, under its name, what the function gives for an episode of 20 attempts.


# %% solution="ctrlz-attempts"
def infer_safety(caught: int, blocked: int, succeeded: int, attempts: int) -> dict[str, float]:
    """The safety of an episode, from counted attempts: without end, and after so many attempts.

    Args:
        caught, blocked, succeeded: red-team attempts by how they ended.
        attempts: attempts in the episode unless a catch ends it before; at least 1.

    Returns:
        per_attempt: share of all counted attempts that succeeded.
        limit, limit_low, limit_high: safety of an episode without end, and its 95 % interval.
        safety, low, high: safety of an episode of `attempts`, and its 95 % interval.

    Raises:
        ValueError: if a count is negative, if no attempt was decisive, or if attempts < 1.
    """
    ### BEGIN SOLUTION
    decisive, counted = caught + succeeded, caught + blocked + succeeded
    if min(caught, blocked, succeeded) < 0 or decisive == 0 or attempts < 1:
        raise ValueError("without a decisive attempt the counts say nothing about an episode")

    def after(q, d):
        return 1 - q * (1 - (1 - d) ** attempts)

    share, share_wide = wilson(succeeded, decisive), wilson(succeeded, decisive, 0.975)
    rate_wide = wilson(decisive, counted, 0.975)
    return {
        "per_attempt": succeeded / counted,
        "limit": 1 - succeeded / decisive,
        "limit_low": 1 - share[1],
        "limit_high": 1 - share[0],
        "safety": after(succeeded / decisive, decisive / counted),
        "low": after(share_wide[1], rate_wide[1]),
        "high": after(share_wide[0], rate_wide[0]),
    }
    ### END SOLUTION


# Then name the result, safeties.
### BEGIN SOLUTION
safeties = {
    str(name): infer_safety(int(c), int(b), int(s), 20)
    for name, c, b, s in zip(
        *(attempt_table[key] for key in ("protocol", "caught", "blocked", "succeeded")), strict=True
    )
}
### END SOLUTION

# %% check="ctrlz-attempts"
unit.check("ctrlz-attempts")

# %% tags=["explore"]
for name, found in safeties.items():
    print(
        f"{name:20s} succeeds {found['per_attempt']:.2f} an attempt;  20 attempts: safe {found['safety']:.2f} ({found['low']:.2f} to {found['high']:.2f});  "
        f"no end: {found['limit']:.2f} ({found['limit_low']:.2f} to {found['limit_high']:.2f})"
    )
fig, axes = plt.subplots(1, 5, figsize=(13, 3.6), sharey=True)
steps = np.unique(np.round(np.geomspace(1, 300, 25)).astype(int))
for ax, name, c, b, s in zip(
    axes, names, *(attempt_table[end] for end in ("caught", "blocked", "succeeded")), strict=True
):
    found = [infer_safety(int(c), int(b), int(s), int(n)) for n in steps]
    ax.fill_between(steps, [f["low"] for f in found], [f["high"] for f in found], color="0.85", label="95 % interval")
    ax.plot(steps, [f["safety"] for f in found], color="black", label="estimate")
    ax.plot(steps, (1 - found[0]["per_attempt"]) ** steps, color="black", linestyle=":", label="if nobody were caught")
    ax.set_xscale("log")
    ax.set_xticks([1, 10, 100], ["1", "10", "100"])
    ax.set_ylim(0, 1.02)
    ax.set_title(f"{name}\n{c + s} decisive of 60", fontsize=10)
    ax.set_xlabel("attempts in the episode")
axes[0].set_ylabel("P(payload never runs)")
axes[1].legend(fontsize=8, loc="lower left")
fig.suptitle("Decisive attempts settle an episode; blocks only put it off")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** A protocol gains in two ways. It can turn attempts that would succeed into blocked ones, or it can turn them into catches. Compare two rows of the first figure with *audit only*. In one of them the successes fell to less than half, and so did the catches.
# Ask of every block what would have happened without it.
#
# **How this could mislead you.** The formula takes the attempts as independent, with the same chances each time. A policy that was blocked may learn from it, and then the later attempts are not like the first; so may a defender. It takes audits as never wrong. And the counts belong to one red team and
# what it tried. In 1,000 sets of counts drawn in the way of these for each protocol, the intervals of the limit held it in 94 to 96 %, those for 20 attempts in 97 % or more.
#
# {{prompt ctrlz-judge-attempts}}

# %% [markdown] written="ctrlz-judge-attempts"
# "95 %" is about one attempt. In a long episode Strict block has decided 3 of 60: its safety lies anywhere from 0.44 to 1. Resample and audit: 0.85 (0.69 to 0.93). Audit only: 0.38 (0.27 to 0.51). I ship Resample and audit.
#
# Defer to trusted cut successes (37 to 16) and catches (23 to 10) alike: 0.38 as before, so these blocks bought time only. Resample and audit kept the catches (28) and left 5 successes: there blocking paid.
#
# Strict block's limit: above 0.85, 0.25; 0.5 to 0.85, 0.5; below, 0.25. It blocks what audits would have caught.
#
# Cheapest: score its 57 blocked steps, on file, against the audit line; an hour. If over 40 pass, "above 0.85" falls to 0.05. Under 15: 0.45. Then 35 decisive attempts, some 700 in all; no success would lift the bound to 0.9.
#
# Hole: independence. A blocked policy learns.

# %% [markdown]
# ## Report C: the worst of 24, the best of 18
#
# > **From the red team.** We tried 24 settings of the attack on 40 tasks, four runs each: when to strike, how to word the payload, how to spread it. The worst leaves the protocol a safety of 0.58. That is the number to publish.
# >
# > **From the blue team, the same day.** We tried 18 pairs of thresholds on the same 40 tasks, four runs each against the standard attack. The best has a safety of 0.82. That is the number to publish.
# >
# > **From management.** So tuning the thresholds brought 24 points of safety.
#
# You ask both for all their runs.
#
# | column of both tables | one row is a setting on a task |
# |:---|:---|
# | `setting`, `task` | their numbers; both teams met the same 40 tasks |
# | `runs` | runs of this setting on this task |
# | `safe_runs` | of these, the runs in which the payload did not run |
#
# The given cell has made arrays of them, `red_safety` (24 settings, 40 tasks) and `blue_safety` (18 settings, 40 tasks), with the share of safe runs in each place.

# %% tags=["explore"]
fig, axes = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
for ax, name, safety in zip(axes, ("red", "blue"), (red_safety, blue_safety), strict=True):
    levels = np.sort(safety.mean(1))
    drawn = np.percentile([safety[:, draw].mean(1) for draw in best_draws[:400]], [2.5, 97.5], axis=0)
    order = np.argsort(safety.mean(1), kind="stable")
    places = np.arange(1, len(levels) + 1)
    ax.errorbar(
        places,
        levels,
        (levels - drawn[0][order], drawn[1][order] - levels),
        fmt="o",
        color="black",
        capsize=2,
        markersize=4,
        elinewidth=0.8,
    )
    ax.axhline(safety.mean(), color="0.6", linewidth=0.8)
    end, text = (0, (3, 0.455)) if name == "red" else (-1, (9, 0.88))
    ax.annotate("published", (places[end], levels[end]), xytext=text, va="center", arrowprops={"arrowstyle": "->"})
    ax.set_xticks(places[1::3])
    ax.set_xlabel(f"{'attack' if name == 'red' else 'pair of thresholds'}, sorted by its measured safety")
    holds = ((drawn[0] <= safety.mean()) & (safety.mean() <= drawn[1])).sum()
    ax.set_title(
        f"{name}: {holds} of {len(levels)} intervals hold the mean of all\n(95 % intervals from tasks; grey line: mean of all)"
    )
axes[0].set_ylim(0.43, 0.92)
axes[0].set_ylabel("safety: share of runs without the payload")
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card ctrlz-best-of}}
#
# **Why.** Each setting's measured safety is its true one plus luck. Who picks the most extreme of many picks luck as well: the *winner's curse*. It strikes both teams, in opposite directions. Two ways to measure it:
#
# - **Cross-fitting.** Choose the setting on one half of the tasks, and report its mean safety on the *other* half, which had no part in the choice. Then the other way round. Average both, and average over many ways to halve. `halves` lists them.
# - **The optimism of the choice**, by bootstrap. In a drawn data set, choose the setting as if it were the real one. Its mean there, less the mean of *that same setting* on the original tasks, is how much the choice flatters itself. Average over the
#   draws. Subtract it from the published number to correct it.
#
# A setting's safety is the mean over tasks. Among equal ones, choose the first.
#
# **What you do.** Write `infer_best_of`. Then name `red` what it gives for `red_safety` and `"lowest"`, and `blue` what it gives for `blue_safety` and `"highest"`, both with `best_halves` and `best_draws`.


# %% solution="ctrlz-best-of"
def infer_best_of(safety: np.ndarray, pick: str, halves: np.ndarray, draws: np.ndarray) -> dict[str, float]:
    """What a chosen setting is worth on tasks that did not choose it.

    Args:
        safety: share of safe runs, shape (settings, tasks).
        pick: "lowest" or "highest": which mean safety is chosen.
        halves: booleans, shape (splits, tasks): True where a task belongs to the first half of
            that split.
        draws: whole numbers, one row a bootstrap data set: its tasks by number, 0 the first,
            repeats allowed.

    Returns:
        setting: the setting chosen on all tasks, counted from 0.
        published: its mean safety on all tasks.
        cross: mean over splits and both directions of the chosen setting's safety on the other
            half.
        optimism: mean over the draws of the chosen setting's safety in the draw less its safety
            on all tasks.
        corrected: published less optimism.

    Raises:
        ValueError: if `pick` is neither word, or a split leaves one half without a task.
    """
    ### BEGIN SOLUTION
    if pick not in ("lowest", "highest"):
        raise ValueError(f"pick is 'lowest' or 'highest', not {pick!r}")
    if halves.all(1).any() or (~halves).all(1).any():
        raise ValueError("a half without a task can't choose, and can't report")
    choose = np.argmin if pick == "lowest" else np.argmax
    on_all = safety.mean(1)

    reported = []
    for half in halves:
        one, two = safety[:, half].mean(1), safety[:, ~half].mean(1)
        reported += [two[choose(one)], one[choose(two)]]

    flattered = []
    for draw in draws:
        drawn = safety[:, draw].mean(1)
        chosen = choose(drawn)
        flattered.append(drawn[chosen] - on_all[chosen])

    setting, optimism = int(choose(on_all)), np.mean(flattered)
    return {
        "setting": setting,
        "published": on_all[setting],
        "cross": np.mean(reported),
        "optimism": optimism,
        "corrected": on_all[setting] - optimism,
    }
    ### END SOLUTION


# Then name the two results, red and blue.
### BEGIN SOLUTION
red = infer_best_of(red_safety, "lowest", best_halves, best_draws)
blue = infer_best_of(blue_safety, "highest", best_halves, best_draws)
### END SOLUTION

# %% check="ctrlz-best-of"
unit.check("ctrlz-best-of")

# %% tags=["explore"]
for name, found, safety in (("red", red, red_safety), ("blue", blue, blue_safety)):
    print(
        name, {key: round(float(value), 3) for key, value in found.items()}, f"mean of all settings {safety.mean():.3f}"
    )
gap = blue_safety.mean(0) - red_safety.mean(0)
drawn = np.percentile([gap[draw].mean() for draw in best_draws], [2.5, 97.5])
print(f"mean blue setting less mean red setting: {gap.mean():.3f} ({drawn[0]:.3f} to {drawn[1]:.3f}, 95 % from tasks)")

# %% [markdown]
# **What it means.** The two numbers of each team answer different questions. The cross-fitted one says what to expect on new tasks from a setting that is chosen as this team chooses. The published one holds the luck of the choice as well.
#
# **How this could mislead you.** Cross-fitting is not the worst case. Half the tasks choose less well than all of them, and an attacker who tries 240 settings finds one that is worse than the worst of 24. In 400 pairs of tables drawn in the way of these, the red team's published number lay on average
# 4 points *below* the true safety of its worst setting, the cross-fitted one 2 to 3 points *above* it, and the corrected one within 1 point. For the setting that was chosen, the one a blue team deploys, it is the cross-fitted number that came within 1 point. And no interval
# stands beside these numbers: a bootstrap of an extreme would choose anew in every draw, and its percentiles would be off, too.
#
# {{prompt ctrlz-judge-best-of}}

# %% [markdown] written="ctrlz-judge-best-of"
# Not 24. Red 0.58 is the worst of 24, blue 0.82 the best of 18, both on the tasks that chose them. On other tasks such choices hold 0.66 and 0.76. And their difference is not tuning: the attacks differ, and the old thresholds are in neither table.
#
# I publish red as "0.58 measured, 0.66 cross-fitted, not the worst case": that error is on the careful side. Blue as 0.76: its error is not.
#
# Tuning brought: under 2 points, 0.5, since the 18 pairs lie as close as luck would put them; 2 to 8, 0.4; more, 0.1.
#
# Cheapest: 200 new tasks, four runs, old thresholds and pair 11, both fixed today, against red setting 14: 1,600 runs, about 5 points either way. Above 8 lifts "more" to 0.6; below 1 lifts "under 2" to 0.75.
#
# Hole: nobody has searched for an attack on pair 11.

# %% [markdown]
# ## Where to go from here
#
# Save, then `worktest grade 03`. The numbers are graded at once; your judgements wait for a person with the rubric. The three reports fail in the same place: each sets two numbers side by side that were not made in
# the same way. Scores from before and from after a retry; a rate an attempt and the safety of an episode; the worst of many and the best of many. So ask of every number what it counts, how it was chosen, and against whom, and
# then ask the same of the one beside it.
