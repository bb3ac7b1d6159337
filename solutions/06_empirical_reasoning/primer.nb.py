# %% [markdown]
# # Statistics primer: how sure may you be?
#
# You will be shown a table and asked what it says about a model. Before you can weigh explanations, you have to know what chance alone could have
# done. That is a small set of tools: an interval for a share, a bound after zero failures, a paired comparison, a clustered one, a plan for how
# many items to buy, and a correction for having tried many things.
#
# Each section goes the same way: why it matters for a claim about safety, what you write, a look at what it does where the truth is known, what
# that means, and how it could still mislead you. The results here are simulated. That is on purpose: only where the truth is known can you see
# how often a method misses it.
#
# It takes about three hours with all exercises, or an hour and a half if you have met intervals before. Nothing is timed. `world.py` draws the
# data, and you can read it in five minutes.
#
# **Words.** A *rate* is the chance that belongs to the model and the kind of task: you never see it. A *share* is what you counted: 8 of 10. An
# *interval* is a rule that gives two ends for each data set. It is a 95 % interval if, over many repetitions, 95 of 100 of them hold the true
# rate. This percentage is the *coverage*. A *standard error* (SE) is the standard deviation that an estimate has over repetitions.

# %% locked="emp-primer-setup"
import math

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

import worktest

unit = worktest.open_unit()
world = unit.world
journal = unit.journal

# %% [markdown]
# ## Predict first
#
# Three guesses, each with an interval and how sure you are that it holds the truth (0.8 for 80 %). They cost no points. The first entry counts,
# later ones stand in your journal as revisions.

# %% yours="primer-predict"
# A model fails with a rate of 1 %. You test it on 100 items and print share plus or minus 1.96 standard errors.
# In which share of such evaluations does this 95 % interval hold the true 1 %?
journal.predict("coverage-normal", value=0.85, interval=(0.7, 0.94), confidence=0.8)
# An agent benchmark: 50 tasks, 10 runs of each, half of them pass; two runs of a task have a correlation of 0.5.
# You treat the 500 runs as independent. In which share of such evaluations does the 95 % interval hold the true rate?
journal.predict("coverage-naive", value=0.8, interval=(0.65, 0.92), confidence=0.8)
# Twenty settings that are in truth exactly as good as the baseline, all run once on the same 200 items. In which share
# of such sweeps is at least one of them better than the baseline with p below 0.05?
journal.predict("best-of-twenty", value=0.4, interval=(0.2, 0.65), confidence=0.8)
### RELEASED AS
# # A model fails with a rate of 1 %. You test it on 100 items and print share plus or minus 1.96 standard errors.
# # In which share of such evaluations does this 95 % interval hold the true 1 %?
# journal.predict("coverage-normal", value=..., interval=(..., ...), confidence=...)
# # An agent benchmark: 50 tasks, 10 runs of each, half of them pass; two runs of a task have a correlation of 0.5.
# # You treat the 500 runs as independent. In which share of such evaluations does the 95 % interval hold the true rate?
# journal.predict("coverage-naive", value=..., interval=(..., ...), confidence=...)
# # Twenty settings that are in truth exactly as good as the baseline, all run once on the same 200 items. In which share
# # of such sweeps is at least one of them better than the baseline with p below 0.05?
# journal.predict("best-of-twenty", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## 1. A share and its interval
#
# {{card emp-interval}}
#
# **Why.** Dangerous behaviour is rare, we hope. So the shares that matter for safety lie near 0 (it broke a rule) or near 1 (it refused, the
# monitor caught it). The interval that everybody knows, share plus or minus 1.96 standard errors, is at its worst just there.
#
# **What you do.** Write both. With $\hat p = k/n$ and $z$ the number of standard deviations that holds the wanted share of a normal
# distribution in the middle (1.96 for 95 %),
# the *normal interval* is
#
# $$ \hat p \pm z \sqrt{\hat p (1 - \hat p) / n} $$
#
# and Wilson's ([@wilson1927]) is
#
# $$ \frac{\hat p + \frac{z^2}{2n} \;\pm\; z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}} $$
#
# The normal one asks how far the share may lie from $\hat p$, and uses the spread that it would have *if $\hat p$ were the truth*. Wilson asks of
# every possible rate $p$: would $\hat p$ lie within $z$ standard errors of it, with the spread that belongs to *this* $p$? The rates that answer
# yes are the interval.


# %% solution="emp-interval"
def normal_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Normal interval (low, high) of a share: `k` in `n`. Not clipped: low may lie below 0.

    Raises:
        ValueError: if n is below 1, or k does not lie between 0 and n.
    """
    ### BEGIN SOLUTION
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} in {n} is no share")
    z = stats.norm.ppf(0.5 + confidence / 2)
    half = z * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half
    ### END SOLUTION


def wilson_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson interval (low, high) of a share: `k` in `n`.

    Raises:
        ValueError: if n is below 1, or k does not lie between 0 and n.
    """
    ### BEGIN SOLUTION
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} in {n} is no share")
    z, share = stats.norm.ppf(0.5 + confidence / 2), k / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return centre - half, centre + half
    ### END SOLUTION


# %% check="emp-interval"
unit.check("emp-interval")

# %% [markdown]
# **Look.** Five counts out of 100 first. Then the coverage. It needs no simulation here: of 100 items 0, 1, ..., 100 can fail, the binomial
# distribution says how likely each count is, and you look which of the 101 intervals hold the truth.


# %% tags=["explore"]
def coverage_of(interval, rate: float, n: int = 100) -> float:
    """The chance that the interval from n independent items holds the rate."""
    holds = [low <= rate <= high for low, high in (interval(k, n) for k in range(n + 1))]
    return float(stats.binom.pmf(np.arange(n + 1), n, rate)[holds].sum())


print("of 100     normal                 Wilson")
for k in (0, 1, 2, 50, 99):
    print(
        f"{k:6d}     "
        + "     ".join("{:7.3f} to {:6.3f}".format(*f(k, 100)) for f in (normal_interval, wilson_interval))
    )
rates = np.geomspace(0.001, 0.5, 120)
fig, ax = plt.subplots(figsize=(8, 4))
ax.plot(100 * rates, [100 * coverage_of(normal_interval, r) for r in rates], ":", color="0.45", label="normal")
ax.plot(100 * rates, [100 * coverage_of(wilson_interval, r) for r in rates], color="black", label="Wilson")
ax.axhline(95, color="0.7", linewidth=0.8)
ax.set_xscale("log")
ax.set_xticks([0.1, 0.3, 1, 3, 10, 50], ["0.1", "0.3", "1", "3", "10", "50"])
ax.set_ylim(0, 103)
ax.set_xlabel("true rate (%)")
ax.set_ylabel("intervals that hold it (%; 100 items)")
ax.set_title("Near 0 the normal interval misses far more often than it says")
ax.legend()
fig.tight_layout()
plt.show()
journal.measure("coverage-normal", coverage_of(normal_interval, 0.01), unit="coverage at a rate of 1 %, 100 items")
print(f"at 1 %: normal {coverage_of(normal_interval, 0.01):.3f}, Wilson {coverage_of(wilson_interval, 0.01):.3f}")

# %% [markdown]
# **What it means.** At a rate of 1 % the "95 %" interval holds the truth in 63 % of evaluations. The reason is in the first row: nothing failed,
# the estimated spread is zero, and the interval is the point 0. That happens to 37 % of evaluations at this rate. With 99 failures its upper end
# lies above 1. Both are symptoms of one fault: the spread is taken from the estimate. Wilson's interval stays between 0 and 1 and near 95 %, not
# exactly: counts come in whole numbers, so the coverage jumps. [@brown2001interval] shows that the erratic coverage of the normal interval goes
# further than textbooks say, and recommends Wilson's, or one other, for small $n$ (abstract). [@bowyer2025clt] says the same of evaluations of
# language models: below a few hundred items, error bars from the central limit theorem are mostly too small (abstract).
#
# **How it could mislead you.** An interval speaks of chance among items that were drawn independently from one kind of task. It knows nothing of
# a judge that errs, of items that leaked, or of users who ask other things. And Wilson's may lie under 95 %, too: at 1 % it is 92 %, and at a
# rate of 0.17 % it dips to 84 %, before the next jump.

# %% [markdown]
# ## 2. Nothing went wrong
#
# {{card emp-zero}}
#
# **Why.** "No failure in 3,000 rollouts" is the best result that a safety evaluation can have, and the one that is most often read as "it does
# not happen". The question is: which rates could have stayed hidden?
#
# **What you do.** If the rate is $p$, then $n$ independent rollouts all go well with probability $(1-p)^n$. A rate is *ruled out* at 95 % if that
# probability is at most 5 %. The largest rate that is not ruled out, the one-sided upper bound, solves $(1-p)^n = 0.05$:
#
# $$ p_{\max} = 1 - 0.05^{1/n} \approx 3/n $$
#
# The second form is the *rule of three* ([@hanley1983]). It comes from $-\ln 0.05 = 2.996$. In general 0.05 is 1 - confidence. Write the bound,
# the number of rollouts that a rate needs, and the chance that a rate stays hidden. Use the exact forms, not 3.


# %% solution="emp-zero"
def upper_bound(n: int, confidence: float = 0.95) -> float:
    """The largest rate that 0 failures in n independent rollouts leave possible (one-sided).

    Raises:
        ValueError: if n is below 1.
    """
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError("no rollouts, no bound")
    return 1 - (1 - confidence) ** (1 / n)
    ### END SOLUTION


def rollouts_needed(rate: float, confidence: float = 0.95) -> int:
    """The smallest n whose 0 failures would rule out `rate` and everything above it.

    Raises:
        ValueError: if the rate does not lie strictly between 0 and 1.
    """
    ### BEGIN SOLUTION
    if not 0 < rate < 1:
        raise ValueError(f"a rate of {rate} needs no test, or can't be ruled out")
    return math.ceil(math.log(1 - confidence) / math.log1p(-rate))
    ### END SOLUTION


def chance_hidden(rate: float, n: int) -> float:
    """The probability that a behaviour with this rate shows up in none of n rollouts."""
    ### BEGIN SOLUTION
    return (1 - rate) ** n
    ### END SOLUTION


# %% check="emp-zero"
unit.check("emp-zero")

# %% tags=["explore"]
print("rollouts   upper bound     3 / n     failures that are possible in a million uses")
for n in (10, 30, 100, 300, 1000, 3000, 10_000):
    print(f"{n:8,d}{upper_bound(n):14.5f}{3 / n:10.5f}{1e6 * upper_bound(n):15,.0f}")
print()
for rate in (0.01, 0.001, 0.0001):
    print(
        f"rate {rate:g}: needs {rollouts_needed(rate):,} rollouts; hidden in 3,000 with {chance_hidden(rate, 3000):.3f}"
    )

# The same 3,000 rollouts, but 100 of each of 30 prompts. One prompt in twenty makes the model fail, at a rate of 20 %.
draw = world.generator(2)
failures = np.array([world.rare_failures(30, 100, draw).sum() for _ in range(4000)])
hidden = int((failures == 0).sum())
print(
    f"\n30 prompts, 100 rollouts each, true rate 1 %: no failure in {hidden / 4000:.3f} of 4,000 evaluations"
    " ({:.3f} to {:.3f}).".format(*wilson_interval(hidden, 4000))
)
print(f"If the 3,000 were independent, that would be {chance_hidden(0.01, 3000):.0e}.")

# %% [markdown]
# **What it means.** Zero of 3,000 leaves 0.1 % possible. That is a strong sentence about a model that is used a hundred times, and a weak one
# about a model that is used a million times: up to a thousand failures. To halve the bound you have to double the rollouts. Nobody tests their
# way down to one in a billion.
#
# **How it could mislead you.** Look at the last two lines. The behaviour has a rate of 1 %, ten times the bound, and one evaluation in five
# sees nothing at all. The rollouts are many, but the prompts are thirty, and whether it happens is decided by the prompt. The bound that holds
# for prompts is that of 30: 9.5 % of prompts may be bad. Ask what was drawn independently, and put *that* number into the formula. The bound is
# also about the prompts that were drawn: an attacker draws others.

# %% [markdown]
# ## 3. Two models on the same items
#
# {{card emp-paired}}
#
# **Why.** "The new monitor is four points better." Both monitors saw the same items, and some items are hard for everybody. This common part
# cancels in the difference, item by item, if you let it. Two separate intervals keep it in, twice.
#
# **What you do.** Let $d_i = a_i - b_i$ be the difference on item $i$, which is -1, 0 or 1. The difference of the shares is the mean $\bar d$,
# and its *paired* standard error is ([@miller2024], section 4.2)
#
# $$ \mathrm{SE} = \sqrt{\frac{1}{n}\cdot\frac{1}{n-1}\sum_i (d_i - \bar d)^2} $$
#
# The items on which the models agree say nothing about which is better. The *discordant* ones do: `only_a` items that only A passed, `only_b`
# that only B passed. If the models were alike, each discordant item would be a fair coin. That is the idea of McNemar's test ([@mcnemar1947]). In
# its exact form, $p$ is the two-sided binomial p-value of `only_a` heads in `only_a + only_b` throws. If there is no discordant item, $p$ is 1.


# %% solution="emp-paired"
def compare_paired(a, b, confidence: float = 0.95) -> dict[str, float]:
    """Compare two models on the same items.

    Args:
        a, b: the scores, 0 or 1, of the two models, lists or arrays; place i in both is the same item.
        confidence: of the interval.

    Returns:
        difference: share passed by a less share passed by b.
        se: its paired standard error.
        low, high: difference plus or minus z times se, z being the normal quantile.
        only_a, only_b: how many items only a passed, only b passed.
        p: exact two-sided McNemar p-value.

    Raises:
        ValueError: if the two differ in length, or there are fewer than two items.
    """
    ### BEGIN SOLUTION
    a, b = np.asarray(a, dtype=int), np.asarray(b, dtype=int)
    if len(a) != len(b) or len(a) < 2:
        raise ValueError("a paired comparison needs two or more items, the same for both")
    d = a - b
    se = d.std(ddof=1) / math.sqrt(len(d))
    half = stats.norm.ppf(0.5 + confidence / 2) * se
    only_a, only_b = int((d == 1).sum()), int((d == -1).sum())
    p = stats.binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0
    return {
        "difference": d.mean(),
        "se": se,
        "low": d.mean() - half,
        "high": d.mean() + half,
        "only_a": only_a,
        "only_b": only_b,
        "p": p,
    }
    ### END SOLUTION


# %% check="emp-paired"
unit.check("emp-paired")

# %% [markdown]
# **Look.** A monitor that is better by four points in truth, on 200 items. First one evaluation. Then a thousand of them at each of five sizes:
# how often does each of three readings say "better"?

# %% tags=["explore"]
SKILLS = (1.3, 1.0)  # in log-odds; over many items the two pass about 69 and 65 %
many = world.pass_rates(400_000, world.generator(1), SKILLS).mean(axis=0)
one = world.answer_items(world.pass_rates(200, world.generator(3), SKILLS), world.generator(4))
found = compare_paired(one[:, 0], one[:, 1])
print(f"in truth {100 * many[0]:.1f} and {100 * many[1]:.1f} %, difference {100 * (many[0] - many[1]):.1f} points")
print("one evaluation:", {name: round(float(value), 3) for name, value in found.items()})
for name, column in (("A", one[:, 0]), ("B", one[:, 1])):
    print(
        f"    {name} alone: {column.mean():.3f} ({{:.3f}} to {{:.3f}})".format(*wilson_interval(int(column.sum()), 200))
    )

SIZES, REPEATS = (100, 200, 400, 800, 1600), 1000
draw = world.generator(5)
seen = {"paired interval without 0": [], "unpaired interval without 0": [], "two intervals apart": []}
for n in SIZES:
    means, paired, single = [], [], []
    for _ in range(REPEATS):
        scores = world.answer_items(world.pass_rates(n, draw, SKILLS), draw)
        d = scores[:, 0] - scores[:, 1]
        means.append(d.mean())
        paired.append(d.std(ddof=1) / math.sqrt(n))
        single.append(scores.std(axis=0, ddof=1) / math.sqrt(n))
    means, paired, single = np.array(means), np.array(paired), np.array(single)
    seen["paired interval without 0"].append(int((means > 1.96 * paired).sum()))
    seen["unpaired interval without 0"].append(int((means > 1.96 * np.sqrt((single**2).sum(axis=1))).sum()))
    seen["two intervals apart"].append(int((means > 1.96 * single.sum(axis=1)).sum()))
fig, ax = plt.subplots(figsize=(8, 4))
for (name, hits), style in zip(seen.items(), ("o-", "s--", "^:"), strict=True):
    ends = 100 * np.array([wilson_interval(k, REPEATS) for k in hits])
    middle = np.array(hits) / REPEATS * 100
    ax.errorbar(
        SIZES,
        middle,
        [middle - ends[:, 0], ends[:, 1] - middle],
        fmt=style,
        color="black",
        markerfacecolor="white",
        capsize=3,
        label=name,
    )
    print(f"{name:28s}" + "".join(f"{n:7d} items {h / REPEATS:.2f}" for n, h in zip(SIZES, hits, strict=True)))
ax.set_xscale("log")
ax.set_xticks(SIZES, [str(n) for n in SIZES])
ax.minorticks_off()
ax.set_ylim(0, 100)
ax.set_xlabel("items (the same for both models)")
ax.set_ylabel("evaluations that say 'A is better' (%)")
ax.set_title(
    "A true gain of four points is missed by most evaluations with 200 items,\nand by nearly all that compare two intervals"
)
ax.legend()
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** With 200 items, and a monitor that *is* four points better, 18 % of evaluations say so if they compare item by item, 8 % if
# they treat the two as separate samples, and 1 % if they ask whether two intervals overlap. Pairing costs nothing and finds more. Waiting until
# two intervals no longer overlap is a much harder test than the one you want. But not even pairing makes 200 items enough: see section 5.
#
# In the one evaluation that is printed, 42 items speak for A and 37 for B. The other 121 are silent. The difference is +2.5 points, and the
# interval goes from -6 to +11: it holds "no better" and "eight points better" alike.
#
# **How it could mislead you.** "Not significant" is the normal outcome here, in four evaluations of five. It is no evidence that the monitors are
# alike. The interval says that more honestly than the p-value does. The exact McNemar test is careful to a fault with few discordant items:
# [@fagerland2013] (abstract) finds that it doesn't perform well in any scenario they tried, and recommends the mid-p version. And an item on
# which both are right by luck is counted as agreement.

# %% [markdown]
# ## 4. Runs that belong together
#
# {{card emp-clustered}}
#
# **Why.** Agent benchmarks run each task several times. Reading tests ask five questions about one text. Red teams send forty variants of one
# jailbreak. Rows that share something rise and fall together, and 500 such rows know less than 500 independent ones. [@miller2024] (Table 4)
# found clustered standard errors of up to 3.05 times the naive ones, on a reading test, for real models.
#
# **What you do.** Take each row's residual, score less mean. Add up the residuals *within each cluster*, square these sums, and add the squares:
#
# $$ \mathrm{SE}_{\text{clustered}} = \frac{1}{n} \sqrt{\sum_c \left( \sum_{i \in c} (s_i - \bar s) \right)^2} $$
#
# Residuals that agree within a cluster add up before they are squared. That is the whole trick. This is the form of Miller's equation 8. Beside
# it comes the naive one, $\sqrt{\mathrm{Var}(s)/n}$ with $n-1$ in the variance (equation 1).


# %% solution="emp-clustered"
def clustered_error(scores, clusters) -> dict[str, float]:
    """The mean of the scores with its naive and its cluster-robust standard error.

    Args:
        scores: numbers, one a row; a list or an array, as `clusters`.
        clusters: for each row the cluster that it belongs to: whole numbers or words, in any order.

    Returns:
        mean: of all scores. naive, clustered: the two standard errors.
        n_clusters: how many clusters there are.

    Raises:
        ValueError: if the two differ in length, or there are fewer than two clusters.
    """
    ### BEGIN SOLUTION
    scores = np.asarray(scores, dtype=float)
    names, place = np.unique(clusters, return_inverse=True)
    if len(scores) != len(place) or len(names) < 2:
        raise ValueError("each score needs its cluster, and one cluster alone has no spread")
    sums = np.bincount(place, weights=scores - scores.mean())
    return {
        "mean": scores.mean(),
        "naive": scores.std(ddof=1) / math.sqrt(len(scores)),
        "clustered": math.sqrt((sums**2).sum()) / len(scores),
        "n_clusters": len(names),
    }
    ### END SOLUTION


# %% check="emp-clustered"
unit.check("emp-clustered")


# %% tags=["explore"]
def coverage_clustered(n_tasks: int, runs: int, icc: float, seed: int, repeats: int = 1000) -> dict[str, int]:
    """How many of `repeats` 95 % intervals hold the true rate of 50 %: with the naive and with the clustered error."""
    draw, holds = world.generator(seed), {"naive": 0, "clustered": 0}
    for _ in range(repeats):
        error = clustered_error(*world.clustered_scores(n_tasks, runs, draw, 0.5, icc))
        for kind in holds:
            holds[kind] += abs(error["mean"] - 0.5) <= 1.96 * error[kind]
    return holds


correlations = (0, 0.1, 0.25, 0.5, 0.75, 0.9)
by_correlation = [coverage_clustered(50, 10, icc, 10 + i) for i, icc in enumerate(correlations)]
few = {n: coverage_clustered(n, 500 // n, 0.5, 20 + n) for n in (5, 10, 20, 50)}
fig, axes = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
for ax, across, results in ((axes[0], correlations, by_correlation), (axes[1], range(4), list(few.values()))):
    for kind, style in (("naive", "s--"), ("clustered", "o-")):
        middle = np.array([r[kind] for r in results]) / 10
        ends = 100 * np.array([wilson_interval(int(r[kind]), 1000) for r in results])
        ax.errorbar(
            across,
            middle,
            [middle - ends[:, 0], ends[:, 1] - middle],
            fmt=style,
            color="black",
            markerfacecolor="white",
            capsize=3,
            label=kind,
        )
    ax.axhline(95, color="0.7", linewidth=0.8)
axes[0].set_ylim(0, 103)
axes[0].set_xlabel("correlation of two runs of one task (50 tasks, 10 runs each)")
axes[0].set_ylabel("intervals that hold the true rate (%)")
axes[0].set_title("The naive interval is right only\nwhere runs of a task have nothing in common")
axes[0].legend()
axes[1].set_xticks(range(4), [f"{n} tasks" for n in few])
axes[1].set_xlabel("500 runs in all, correlation 0.5")
axes[1].set_title("With few tasks the clustered one\nis too narrow as well")
fig.tight_layout()
plt.show()
naive = int(by_correlation[3]["naive"])
journal.measure(
    "coverage-naive", naive / 1000, wilson_interval(naive, 1000), "coverage, 50 tasks of 10 runs, correlation 0.5"
)
print(
    {icc: (int(r["naive"]) / 10, int(r["clustered"]) / 10) for icc, r in zip(correlations, by_correlation, strict=True)}
)
print({n: (int(r["naive"]) / 10, int(r["clustered"]) / 10) for n, r in few.items()})

# %% [markdown]
# **What it means.** At a correlation of 0.5 the naive interval holds the truth in 58 % of evaluations, and a correlation of 0.1 brings it down to
# 84 % already. Ten runs of a task are worth few independent ones: with $m$ runs and correlation $\rho$ the variance grows by $1 + (m-1)\rho$,
# here 5.5, so 500 runs are worth about 90. The clustered interval stays between 93 and 95 % without being told the correlation.
#
# **How it could mislead you.** The right panel. With 5 tasks of 100 runs each the clustered interval holds the truth in 86 % only: five sums are
# too few to know their spread, and "500 runs" hides this. Report the number of clusters beside the number of rows. And somebody has to say what a
# cluster is: the task, the text, the person who wrote the items. Where two of these could be the cluster, the coarser one is the careful choice,
# as long as there are enough of them. If the models are compared on the same clustered items, put the *differences* into the function
# ([@miller2024], equation 8).
#
# Miller's own equation 4 starts from the naive error, which has $n-1$ in it where equation 8 has $n$. For a few hundred rows you won't see it.

# %% [markdown]
# ## 5. How many items, before you run it
#
# {{card emp-power}}
#
# **Why.** An evaluation that could not have seen the effect has not shown that there is none. "We found no significant drop in safety" is worth
# something only if a drop that you care about would have been found. That can be worked out before a single token is paid for.
#
# **What you do.** Four things decide ([@miller2024], section 5, equations 9 and 10): the smallest difference $\delta$ that you want to find, how
# much the true difference varies *between* items ($\omega^2$), how much the answers of each model vary *within* an item ($\sigma_A^2$,
# $\sigma_B^2$), and how many answers $K$ you draw for each item.
#
# $$ n = \frac{(z_{\alpha/2} + z_\beta)^2 \,(\omega^2 + \sigma_A^2/K_A + \sigma_B^2/K_B)}{\delta^2} $$
#
# rounded up. Here $\alpha$ is the false alarm rate that you allow, counted on both sides, the *power* $1-\beta$ is the chance to find a
# difference of size $\delta$, and $z_q$ cuts off a share $q$ at the top of the normal distribution. Turned round, the same formula gives the
# smallest difference that $n$ items can find with that power.


# %% solution="emp-power"
def items_needed(
    effect: float,
    between: float,
    within_a: float = 0.0,
    within_b: float = 0.0,
    k_a: int = 1,
    k_b: int = 1,
    alpha: float = 0.05,
    power: float = 0.8,
) -> int:
    """The number of items for a paired comparison that finds a difference of `effect`.

    Args:
        effect: the difference of the mean scores, as a share (0.04 for four points), of either sign.
        between: variance over items of the true difference.
        within_a, within_b: mean variance of one answer around its item's rate, for each model.
        k_a, k_b: answers that each model gives to every item.
        alpha: two-sided false alarm rate.
        power: the chance to find the difference.

    Raises:
        ValueError: if the effect is 0.
    """
    ### BEGIN SOLUTION
    if effect == 0:
        raise ValueError("no number of items finds a difference of nothing")
    z = stats.norm.isf(alpha / 2) + stats.norm.isf(1 - power)
    return math.ceil(z**2 * (between + within_a / k_a + within_b / k_b) / effect**2)
    ### END SOLUTION


def detectable_effect(
    n: int,
    between: float,
    within_a: float = 0.0,
    within_b: float = 0.0,
    k_a: int = 1,
    k_b: int = 1,
    alpha: float = 0.05,
    power: float = 0.8,
) -> float:
    """The smallest difference that n items find with this power; arguments as above."""
    ### BEGIN SOLUTION
    z = stats.norm.isf(alpha / 2) + stats.norm.isf(1 - power)
    return z * math.sqrt((between + within_a / k_a + within_b / k_b) / n)
    ### END SOLUTION


# %% check="emp-power"
unit.check("emp-power")

# %% [markdown]
# **Look.** You plan with a pilot: 300 items, ten answers each from the two monitors of section 3. The variance of an item's mean difference holds
# some within-item noise, which is taken off again. Then the plan is tried out: does it have the power that it promised?

# %% tags=["explore"]
PILOT, K = 300, 10
pilot_rates = world.pass_rates(PILOT, world.generator(6), SKILLS)
pilot = world.answer_items(pilot_rates, world.generator(7), k=K)
within = (pilot * (1 - pilot) * K / (K - 1)).mean(axis=0)
between = (pilot[:, 0] - pilot[:, 1]).var(ddof=1) - within.sum() / K
print(f"pilot: between items {between:.4f}, within {within[0]:.3f} and {within[1]:.3f}")
plans = {k: items_needed(0.04, between, *within, k, k) for k in (1, 2, 5, 10)}
draw = world.generator(8)
for k, n in plans.items():
    hits = 0
    for _ in range(400):
        scores = world.answer_items(world.pass_rates(n, draw, SKILLS), draw, k)
        d = scores[:, 0] - scores[:, 1]
        hits += abs(d.mean()) > 1.96 * d.std(ddof=1) / math.sqrt(n)
    print(
        f"K = {k:2d}: {n:5d} items, {2 * k * n:6,d} answers; power in 400 tries {hits / 400:.2f}"
        " ({:.2f} to {:.2f})".format(*wilson_interval(int(hits), 400))
    )

sizes = np.geomspace(50, 5000, 60)
fig, ax = plt.subplots(figsize=(8, 4))
for k, style in ((1, "-"), (2, "--"), (10, ":")):
    curve = [100 * detectable_effect(n, between, *within, k, k) for n in sizes]
    ax.plot(sizes, curve, style, color="black", label=f"{k} answer{'s' if k > 1 else ''} to each item")
ax.axhline(4, color="0.6", linewidth=0.8)
ax.plot(200, 4, "o", color="black", markerfacecolor="white")
ax.annotate("four points on 200 items", (200, 4), xytext=(-10, -16), textcoords="offset points", ha="right", fontsize=9)
ax.set_xscale("log")
ax.set_yscale("log")
ax.set_xticks([50, 100, 200, 500, 1000, 2000, 5000], ["50", "100", "200", "500", "1000", "2000", "5000"])
ax.set_yticks([1, 2, 4, 8, 16], ["1", "2", "4", "8", "16"])
ax.minorticks_off()
ax.set_xlabel("items")
ax.set_ylabel("smallest difference found\nwith 80 % power (points)")
ax.set_title("To find half the difference you pay for four times the items")
ax.legend()
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** To find four points with 80 % power takes 1,411 items with one answer each, or 201 with ten. Section 3 had 200 items with one
# answer: a plan for missing it. The reason is in the pilot: the difference varies little between items (variance 0.0135), and single answers vary
# a lot (0.13 and 0.14). More answers to the same item wear that part down, and never the part between items. Nothing is free: ten answers to 201
# items are 4,020 answers, one answer to 1,411 items is 2,822. Resampling pays where items are dear and answers cheap. The plans held what they
# promised, and a little more: this pilot saw slightly too much noise.
#
# **How it could mislead you.** The plan is as good as its pilot, and a pilot of 300 items has noise of its own. Choose $\delta$ as the smallest
# difference that you *care* about, not as the one that the pilot showed. If items come in clusters, all the variances have to be the clustered
# ones (appendix C of the paper).
#
# Check the numbers that you plan with, too. [@miller2024] (first version, section 5) takes $\omega^2 = 1/9$, $\delta = 0.03$ and arrives at about
# 969 items. The $1/9$ comes from section 4.2: rates of two models uniform between 0 and 1, variance $1/12$ each, correlation 0.5. But then
# $\omega^2 = 1/12 + 1/12 - 2 \cdot 0.5 \cdot 1/12 = 1/12$. Put that into your function: 727 items. The formula is right, the example is not. A
# number in a good paper is still worth two minutes of your time.

# %% yours="primer-items"
journal.decide(
    "items",
    choice="300 items, ten answers each",
    alternatives=["200 items, one answer each", "1,500 items, one answer each", "200 items, ten answers each"],
    because="Good items are what I can't get more of, and the pilot says that most of the noise lies within items; 300 leaves room for a pilot that was lucky.",
    would_change_my_mind="A pilot in which the two models differ much more from item to item: then more answers to the same item buy nothing.",
)
### RELEASED AS
# # A colleague has a new monitor that may be four points better. Items cost an hour of a person for every twenty, answers are
# # nearly free. How many items would you pay for, and how many answers to each?
# journal.decide(
#     "items",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## 6. Twenty settings
#
# {{card emp-many}}
#
# **Why.** Somebody tried prompts, layers, thresholds and seeds, and shows you the best. Each single test may be honest. The best of many is a
# different thing from the one that you would have named beforehand, in two ways: a small p-value turns up more often, and the number that belongs
# to it is too large.
#
# **What you do.** Two functions, one for each. *Holm's* procedure ([@holm1979]) keeps the chance of even one false alarm among $m$ tests at most
# at $\alpha$, whichever of the hypotheses are true. As adjusted p-values: sort the p-values upwards, multiply the smallest by $m$, the next by
# $m-1$, ..., the last by 1. An adjusted value must not be smaller than the one before it, nor larger than 1. Then put them back into the old
# order.
#
# The second: how well does the best of $m$ settings do if all have the *same* rate $p$ and each gets $n$ items of its own? With $F$ the
# cumulative binomial distribution of one setting's count, the best count is at most $k$ with probability $F(k)^m$, so its mean, as a share of
# $n$, is
#
# $$ \frac{1}{n} \sum_{k=0}^{n-1} \left( 1 - F(k)^m \right) $$


# %% solution="emp-many"
def holm_adjusted(p_values) -> np.ndarray:
    """Holm's adjusted p-values, in the order of `p_values`, a list or an array.

    Raises:
        ValueError: if there are none, or one does not lie between 0 and 1.
    """
    ### BEGIN SOLUTION
    p = np.asarray(p_values, dtype=float)
    if len(p) == 0 or not ((p >= 0) & (p <= 1)).all():
        raise ValueError("p-values lie between 0 and 1")
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1)
    return adjusted
    ### END SOLUTION


def expected_best(settings: int, n: int, rate: float) -> float:
    """Mean share that the best of `settings` equal settings passes, each on n items of its own.

    `rate` is the pass rate of them all.
    """
    ### BEGIN SOLUTION
    below = stats.binom.cdf(np.arange(n), n, rate)
    return float((1 - below**settings).sum() / n)
    ### END SOLUTION


# %% check="emp-many"
unit.check("emp-many")

# %% [markdown]
# **Look.** Twenty settings that are in truth as good as the baseline, all on the same 200 items. 2,000 such sweeps: how often does the best one
# have p < 0.05, alone and after Holm? How far ahead is it, and how far on 200 fresh items?

# %% tags=["explore"]
SWEEPS, N = 2000, 200
draw = world.generator(9)
alarms, after_holm, first, fresh = 0, 0, [], []
for _ in range(SWEEPS):
    scores = world.equal_settings(N, 20, draw)
    gains = scores[:, 1:] - scores[:, :1]
    z = gains.mean(axis=0) / (gains.std(axis=0, ddof=1) / math.sqrt(N))
    p = 2 * stats.norm.sf(np.abs(z))
    alarms += bool(((p < 0.05) & (z > 0)).any())
    after_holm += bool(((holm_adjusted(p) < 0.05) & (z > 0)).any())
    first.append(gains.mean(axis=0).max())
    again = world.equal_settings(N, 1, draw)  # the winner is as good as any: fresh items, fresh answers
    fresh.append((again[:, 1] - again[:, 0]).mean())
first, fresh = 100 * np.array(first), 100 * np.array(fresh)
journal.measure(
    "best-of-twenty", alarms / SWEEPS, wilson_interval(alarms, SWEEPS), "share of sweeps with a false winner"
)
for name, k in (("p < 0.05 for at least one of twenty", alarms), ("the same after Holm", after_holm)):
    print(f"{name:38s}{k / SWEEPS:.3f} ({{:.3f}} to {{:.3f}})".format(*wilson_interval(k, SWEEPS)))
print(f"the best, on its own items {first.mean():+.1f} points; on fresh items {fresh.mean():+.1f}")
print(
    "best of m with items of their own, 200 items, rate 0.65: "
    + ", ".join(f"m = {m}: {expected_best(m, 200, 0.65):.3f}" for m in (1, 5, 20, 100))
)
fig, ax = plt.subplots(figsize=(8, 4))
bins = np.arange(-13.25, 13.26, 0.5)
ax.hist(fresh, bins, color="0.8", edgecolor="0.6", label="the same setting on fresh items")
ax.hist(first, bins, histtype="step", color="black", linewidth=1.5, label="best of twenty, where it was chosen")
for values, style in ((fresh, ":"), (first, "--")):
    ax.axvline(values.mean(), color="black", linestyle=style)
ax.set_xlabel("lead over the baseline (points; in truth 0; lines: means)")
ax.set_ylabel("sweeps (of 2,000)")
ax.set_title("The best of twenty equal settings leads where it was chosen, and nowhere else")
ax.legend(fontsize=8)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** In 23 % of sweeps at least one of twenty settings is "significantly better", and none is. After Holm it is 2 %. (The 5 % that
# Holm promises count both sides. We looked at the upper one.) You may have expected 40 %, $1 - 0.975^{20}$. That would be so for twenty
# independent tests. These share the baseline and the items, so they rise and fall together. Holm needs no independence; it is only a little
# stricter than necessary here.
#
# The size is the other half. The best leads by 4.9 points where it was chosen, and by nothing on fresh items. Holm does not mend that: a p-value
# can be corrected, the estimate of a chosen setting has to be measured again. If every setting has items of its own, as in the function, the best
# of twenty with a true rate of 65 % shows 71 %.
#
# **How it could mislead you.** Twenty is the number that you know of. The settings that somebody dropped last week count as well, and so do the
# metrics, the judges and the stopping times. And a correction for twenty makes each single test weaker: name the one comparison that matters
# beforehand, and it needs none.

# %% [markdown]
# ## 7. All of it in one picture
#
# {{card emp-figure}}
#
# **Why.** A leaderboard of bare numbers invites you to read the first line. A *forest plot* shows each setting's lead with its interval, and
# which leads hold after the correction. One look tells how much of the order is noise.
#
# **What you do.** Sort the settings by their lead, the largest first, and draw one point with its interval for each, side by side. Filled points
# for those whose adjusted p-value is below 0.05, open ones for the others, and a line at zero.


# %% solution="emp-figure"
def draw_leads(names, leads, lows, highs, adjusted, finding: str, ax=None):
    """Draw the lead of each setting over the baseline, the largest first.

    Args:
        names: the settings, m words.
        leads, lows, highs: lead over the baseline and the ends of its interval, in points; lists
            or arrays, as `adjusted`.
        adjusted: adjusted p-values.
        finding: what the plot shows, in a few words; becomes the title.
        ax: the axes to draw on; None makes a new figure.

    Returns:
        The axes. Settings stand at 0, 1, ..., m - 1 from left to right, the largest lead at 0, with
            their names as tick labels. Two `ax.errorbar` series without a line between points:
            "holds after correction" (adjusted p below 0.05) and "does not"; an empty one is left
            out. The upright axis has a label with the unit, points; a line lies at 0; there
            is a legend.
    """
    ### BEGIN SOLUTION
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4))
    order = np.argsort(-np.asarray(leads, dtype=float), kind="stable")
    leads, lows, highs, adjusted = (np.asarray(x, dtype=float)[order] for x in (leads, lows, highs, adjusted))
    place = np.arange(len(leads))
    for mask, label, fill in (
        (adjusted < 0.05, "holds after correction", "black"),
        (adjusted >= 0.05, "does not", "white"),
    ):
        if mask.any():
            bars = [(leads - lows)[mask], (highs - leads)[mask]]
            ax.errorbar(
                place[mask], leads[mask], bars, fmt="o", color="black", markerfacecolor=fill, capsize=3, label=label
            )
    ax.axhline(0, color="0.6", linewidth=0.8)
    ax.set_xticks(place, [names[i] for i in order])
    ax.set_xlabel("setting")
    ax.set_ylabel("lead over the baseline (points)")
    ax.set_title(finding)
    ax.legend()
    return ax
    ### END SOLUTION


# %% check="emp-figure"
unit.check("emp-figure")

# %% tags=["explore"]
BOARD = [f"s{i:02d}" for i in range(1, 21)]
skills = [1.0] * 21
skills[7] = 1.9  # one setting, s07, is better in truth, by about twelve points
board_rates = world.pass_rates(300, world.generator(12), skills)
board = world.answer_items(board_rates, world.generator(13))
compared = [compare_paired(board[:, i], board[:, 0]) for i in range(1, 21)]
raw = [c["p"] for c in compared]
ax = draw_leads(
    BOARD,
    *([100 * c[key] for c in compared] for key in ("difference", "low", "high")),
    holm_adjusted(raw),
    "Of twenty settings one is better in truth, and one holds",
)
plt.show()
others = np.delete(board_rates, [0, 7], axis=1).mean()
print(
    f"on these 300 items, in truth: baseline {board_rates[:, 0].mean():.3f}, s07 {board_rates[:, 7].mean():.3f}, the others {others:.3f}"
)
print(f"in this run: baseline {board[:, 0].mean():.3f}")
for i in np.argsort(raw)[:5]:
    print(
        f"{BOARD[i]}: lead {100 * compared[i]['difference']:+.1f} points, p {raw[i]:.4f}, after Holm {holm_adjusted(raw)[i]:.3f}"
    )

# %% [markdown]
# **What it means.** One setting, s07, is better in truth, and it is the only one that holds. Four others have a p-value below 0.05 on their own,
# and in truth they are as good as the baseline. Without the correction you would have reported five.
#
# **How it could mislead you.** All twenty leads are above zero. That looks like a trend, and it is one number: the baseline had a bad draw (60 %
# in this run, where its rate on these items is 63 %), and every lead contains it. Points that share a baseline are not twenty witnesses. The lead
# of s07, 16 points, is larger than the truth, 12: being chosen and being lucky go together. And the intervals are those of single comparisons:
# the filled points are corrected, the bars are not. Say so in the caption.

# %% [markdown]
# ## 8. A colleague's bootstrap
#
# {{card emp-debug}}
#
# **Why.** The colleague compares two agents on a benchmark with several runs of each task. "I know about clusters", they say, "so I draw tasks
# with replacement, take their runs, and repeat this. Percentiles of the mean difference, done. I even tried it on data without any clusters, to
# be sure." Their intervals look fine. You try them where the truth is known.


# %% locked="emp-debug-given"
def colleagues_draw(tasks, rng):
    """The rows of one bootstrap data set: as many tasks as there are, drawn with replacement, and their runs."""
    names = np.unique(tasks)
    drawn = rng.choice(names, size=len(names))
    return np.flatnonzero(np.isin(tasks, drawn))


def colleagues_interval(a, b, tasks, draws, rng, confidence=0.95):
    """Bootstrap interval (low, high) of the mean difference a - b, from `draws` data sets."""
    difference = np.asarray(a) - np.asarray(b)
    means = [difference[colleagues_draw(tasks, rng)].mean() for _ in range(draws)]
    low, high = np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence])
    return low, high


def no_difference(n_tasks, runs, icc, rng):
    """Scores of two equally good agents on the same tasks, and the tasks: (a, b, tasks). The true difference is 0.

    `icc` 0 makes all runs independent; above 0 each agent has tasks of its own that it finds easy.
    """
    a, tasks = world.clustered_scores(n_tasks, runs, rng, 0.5, icc)
    b, _ = world.clustered_scores(n_tasks, runs, rng, 0.5, icc)
    return a, b, tasks


DESIGNS = {
    "50 tasks, 10 runs, correlation 0.5": (50, 10, 0.5),
    "50 tasks, 10 runs, independent": (50, 10, 0.0),
    "200 tasks, 1 run": (200, 1, 0.5),
}


def coverage_table(interval, sets=200, draws=200):
    """Print how many of `sets` 95 % intervals hold the true difference, 0, in each design."""
    for name, design in DESIGNS.items():
        rng, holds = world.generator(30), 0
        for _ in range(sets):
            low, high = interval(*no_difference(*design, rng), draws, rng)
            holds += low <= 0 <= high
        ends = stats.binomtest(int(holds), sets).proportion_ci(0.95, method="wilson")
        print(f"{name:38s}{holds / sets:.3f} ({ends.low:.3f} to {ends.high:.3f})")


# %% [markdown]
# **Look at the symptoms.** Three designs. Somebody who forgot the clusters would have intervals that are too narrow in the first design and right
# in the other two.

# %% tags=["explore"]
coverage_table(colleagues_interval)

# %% [markdown]
# **Choose one diagnostic.** The intervals are too narrow everywhere, also where there is nothing to cluster. So "forgot the clusters" is not it.
# Other causes: too few draws, percentiles at the wrong places, data sets that are too much alike. Take two of them and think of something that
# you could print and that would look different under each. `colleagues_draw(tasks, rng)` gives the rows of one data set. How many are there? How
# often does one task occur?

# %% tags=["explore"] yours="primer-diagnostic"
a, b, tasks = no_difference(50, 10, 0.5, world.generator(31))
for seed in range(3):
    rows = colleagues_draw(tasks, world.generator(seed))
    print(
        len(rows), "rows of", len(tasks), "; runs of a drawn task:", np.unique(np.bincount(tasks[rows], minlength=50))
    )
### RELEASED AS
# # a, b, tasks = no_difference(50, 10, 0.5, world.generator(31))
# # rows = colleagues_draw(tasks, world.generator(0))

# %% [markdown]
# Finish this sentence before you repair anything: "A task that was drawn twice ..., so the data sets ...". Then repair it.


# %% solution="emp-debug"
def cluster_bootstrap(a, b, tasks, draws: int, rng, confidence: float = 0.95) -> tuple[float, float]:
    """Percentile bootstrap interval (low, high) of the mean difference a - b, clustered by task.

    Each bootstrap data set: as many tasks as there are, drawn with replacement; a drawn task
    brings all of its rows, as often as it was drawn. Its estimate is the mean of a - b over all
    rows in it.

    Args:
        a, b: scores of two agents, one a row; lists or arrays, as `tasks`.
        tasks: the task of each row: whole numbers or words, in any order. Tasks may differ in size.
        draws: how many bootstrap data sets.
        rng: a numpy Generator, the only source of randomness.
        confidence: the ends are np.percentile at 50 - 50 * confidence and 50 + 50 * confidence.

    Raises:
        ValueError: if a, b and tasks differ in length, or there are fewer than two tasks.
    """
    ### BEGIN SOLUTION
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float) if len(a) == len(b) else []
    names, place = np.unique(tasks, return_inverse=True)
    if len(difference) != len(place) or len(names) < 2:
        raise ValueError("a, b and tasks belong together row by row, with two or more tasks")
    sums, sizes = np.bincount(place, weights=difference), np.bincount(place)
    drawn = rng.integers(len(names), size=(draws, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence])
    return float(low), float(high)
    ### END SOLUTION


# %% check="emp-debug"
unit.check("emp-debug")

# %% tags=["explore"]
coverage_table(cluster_bootstrap)

# %% [markdown]
# **What it means.** `np.isin` asks *whether* a task was drawn, not how often. A task that was drawn twice brings its runs once, so a data set is
# no sample with replacement but a subset, about 63 % of the tasks. Subsets of one benchmark are more alike than new benchmarks would be: their
# means have about three quarters of the spread that they should have, and intervals hold the truth in 81 to 89 % of evaluations. Repaired, it is
# 91, 94 and 97 %. The first is low partly by chance, and partly in earnest: with 50 tasks a percentile bootstrap is a little narrow. More draws
# don't help there, more tasks do.
#
# **How it could mislead you.** The colleague did test the code, on data without clusters, and found an interval of a plausible width. A width is
# not a coverage. Only where the truth is known can you see that an interval misses, and it takes a few hundred data sets to see that it misses
# 15 % and not 5 %. That was cheap here. It is worth doing for every interval that you write yourself.

# %% [markdown]
# ## What to take along
#
# | somebody says | you ask | you compute |
# |:---|:---|:---|
# | "1 % failed" | of how many, drawn how? | Wilson interval |
# | "nothing failed" | how many *independent* draws? | $1 - 0.05^{1/n}$ for that number |
# | "A is better than B" | the same items? which ones differ? | paired interval, discordant pairs |
# | "500 runs" | of how many tasks? | clustered error, number of clusters |
# | "no significant difference" | which difference would you have found? | smallest detectable difference |
# | "our best setting" | out of how many, and on which items? | Holm, fresh items |
#
# None of these knows whether the judge was right, whether the items leaked, or whether the model noticed that it was tested. They say what chance
# could have done. What is left after that is your field, and the subject of the [timed test](work_test.ipynb).
#
# ## Now on a real model
#
# Everything above was drawn by a program. [Another notebook](real_model.ipynb) takes the clustered error, the paired comparison and the best
# of twelve to an evaluation of a language model that runs on your own machine. It needs `worktest models get smollm2` once, carries no points,
# and takes three quarters of an hour. A project shouldn't rest on a toy alone, and neither should your trust in these tools.
#
# Save, look at your journal (`worktest journal 06`), and grade: `worktest grade 06`.
