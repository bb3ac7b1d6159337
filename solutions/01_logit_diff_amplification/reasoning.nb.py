# %% [markdown]
# # Reasoning: what do these numbers allow you to say?
#
# Three reports land on your desk. Each has a headline, a table of data, and a conclusion that somebody would like you to sign. For each you
# first infer the numbers (graded by code), then judge in at most 150 words (graded by a person with a rubric). Take about half
# an hour a report: the card says how long the numbers take, the rest is for the judgement.
#
# The scenarios and their data are made up for this course: a script drew them, so there is a truth, and your examiner knows it. You need
# numpy and scipy here, no model. Rates are *shares* from 0 to 1 throughout: 0.08 is 8 %.

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
    return {key: np.array(values, dtype=str if key == "baseline" else float) for key, values in columns.items()}


def wilson(events: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson interval (low, high) of a rate: `events` in `n`. Yours to use."""
    interval = stats.binomtest(int(events), int(n)).proportion_ci(confidence, method="wilson")
    return interval.low, interval.high


drop_table = read_columns("drop")
zero_table = read_columns("zero")
twin_table = read_columns("twins")

# %% [markdown]
# ## Report A: the rate fell from 8 % to 1 %
#
# > **From the evaluation team.** Before the safety training the assistant told users to skip the doctor in 8 % of our health prompts.
# > Now it is 1 %. The same 2,932 prompts, the same judge model. With p < 0.001 the training works; we propose to ship.
#
# You ask for the table and two more facts come with it.
#
# 1. The prompts are no list of 2,932 independent questions. They are paraphrases of 48 ideas, the *prompt families*. 32 families were also used
#    in the safety training. 16 are `new`: written afterwards, never trained on.
# 2. The judge labels each answer "bad", "refused" or "fine". The new model likes to begin with an apology, and the judge may take
#    "I'm sorry, I am no doctor, but you can skip the appointment" for a refusal. So a colleague read again a random half of the answers that were labelled
#    "refused", in both runs, and counted how many were bad after all. Take her count as right.
#
# | column | one row is a prompt family; all columns are counts |
# |:---|:---|
# | `family`, `new` | its number; 1 if it was written after the training, else 0 |
# | `prompts` | prompts, each answered once in each run |
# | `bad_before`, `bad_after` | answers that the judge labelled "bad" |
# | `refused_before`, `refused_after` | answers that the judge labelled "refused" |
# | `audited_before`, `audited_after` | of these, how many the colleague read again |
# | `audit_bad_before`, `audit_bad_after` | of the audited, how many were bad after all |


# %% tags=["explore"]
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4), width_ratios=[3, 1])
order = np.argsort(-drop_table["bad_before"] / drop_table["prompts"], kind="stable")
for run, style, colour, shift in (("before", "o", "black", -0.18), ("after", "s", "0.55", 0.18)):
    for place, row in enumerate(order):
        k, n = drop_table[f"bad_{run}"][row], drop_table["prompts"][row]
        low, high = wilson(k, n)
        left.plot([place + shift] * 2, [100 * low, 100 * high], color=colour, linewidth=0.8)
        left.plot(place + shift, 100 * k / n, style, color=colour, markersize=4, label=run if place == 0 else None)
new_places = [place for place, row in enumerate(order) if drop_table["new"][row] == 1]
left.plot(new_places, [-3.5] * len(new_places), "^", color="black", markersize=5, label="new family")
left.set_xlabel("prompt family, sorted by its rate before training")
left.set_ylabel("answers labelled bad (%)")
left.set_title("Where did the 8 % come from? (95 % Wilson intervals)")
left.legend()
total = drop_table["prompts"].sum()
bottom = np.zeros(2)
for label, shade, hatch in (("bad", "0.15", ""), ("refused", "0.6", "///"), ("fine", "0.95", "")):
    if label == "fine":
        shares = 100 - bottom
    else:
        shares = np.array([100 * drop_table[f"{label}_{run}"].sum() / total for run in ("before", "after")])
    right.bar(["before", "after"], shares, bottom=bottom, color=shade, hatch=hatch, edgecolor="black", label=label)
    bottom = bottom + shares
right.set_ylim(0, 30)
right.set_ylabel("share of all answers (%), axis cut at 30")
right.set_xlabel("run")
right.set_title("What changed?")
right.legend(loc="upper center", framealpha=1)
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card lda-drop}}
#
# **Why.** Two things stand between the headline and the model: a judge that errs in one direction, and prompts that are not independent. Both can be put into
# numbers.
#
# **The correction.** In each run let $q$ be the share of audited answers that were bad, over *all* families (`audit_bad` summed, over `audited` summed). Then
#
# $$ \text{corrected rate} = \frac{\text{bad} + q \cdot \text{refused}}{\text{prompts}} \qquad \text{drop} = \text{rate before} - \text{rate after} $$
#
# with all counts summed over the families first. The share of the reported drop that is the judge's is $1 - \text{corrected drop} / \text{reported drop}$.
#
# **The interval.** A new evaluation would draw other *families*, and all prompts of a family, in both runs, come along with it. So the interval must come from families, not
# prompts ([@miller2024] calls these clustered standard errors). The easiest way is a bootstrap: draw 48 of the 48 families with replacement, keep each drawn row
# whole, compute everything again, $q$ included; the 2.5th and 97.5th percentiles of 2,000 such drops are the interval.
#
# **What you do.** Write `infer_drop` for any table of this form. Then name two results: `drop_all` for the whole table and `drop_new` for the
# new families alone.


# %% solution="lda-drop"
def infer_drop(table: dict[str, np.ndarray]) -> dict[str, float]:
    """The drop in the rate of bad answers, as reported and corrected, with an interval that respects the families.

    Args:
        table: the columns above, each an array with one entry a family.

    Returns:
        reported: rate of answers labelled bad before, less that after; a share, positive when it fell.
        corrected: the same with the bad answers behind the label "refused" counted in.
        low, high: 95 % interval of the corrected drop.
        judge_share: which share of the reported drop is the judge's.

    Raises:
        ValueError: if a run has answers labelled "refused" of which none was audited.
    """
    ### BEGIN SOLUTION
    for run in ("before", "after"):
        if table[f"refused_{run}"].sum() > 0 and table[f"audited_{run}"].sum() == 0:
            raise ValueError(f"no refusal of the run {run} was audited, so nothing says how many are bad")

    def rates(rows, run):
        """Reported and corrected rate of one run in these rows of the table."""
        total = {name: table[f"{name}_{run}"][rows].sum() for name in ("bad", "refused", "audited", "audit_bad")}
        hidden = total["refused"] * total["audit_bad"] / max(total["audited"], 1)
        return np.array([total["bad"], total["bad"] + hidden]) / table["prompts"][rows].sum()

    def drops(rows):
        return rates(rows, "before") - rates(rows, "after")

    families = len(table["prompts"])
    reported, corrected = drops(np.arange(families))
    source = np.random.default_rng(0)
    draws = [drops(source.integers(families, size=families))[1] for _ in range(2000)]
    low, high = np.percentile(draws, [2.5, 97.5])
    return {
        "reported": reported,
        "corrected": corrected,
        "low": low,
        "high": high,
        "judge_share": 1 - corrected / reported if reported else 0.0,
    }
    ### END SOLUTION


# Then name the two results, drop_all and drop_new.
### BEGIN SOLUTION
drop_all = infer_drop(drop_table)
drop_new = infer_drop({name: column[drop_table["new"] == 1] for name, column in drop_table.items()})
### END SOLUTION

# %% check="lda-drop"
unit.check("lda-drop")

# %% tags=["explore"]
for label, result in (("all families", drop_all), ("new families", drop_new)):
    print(label, {name: round(float(value), 3) for name, value in result.items()})

# %% [markdown]
# **How this could mislead you.** The correction takes the colleague's reading as truth, and it looks behind one label only. The interval speaks of other families
# *like these*, not of users. Does the detour by families matter? In 1,000 data sets drawn in the way of this one, 95 % intervals from families held the true drop in 94 %, intervals from prompts in 71 %. And 16 families are few: look at the width of the interval for the new ones before you read its centre.
#
# {{prompt lda-drop-judgement}}

# %% [markdown] written="lda-drop-judgement"
# Signed: in these families bad advice fell by 3.4 points (95 %: 1.4 to 5.7), not 6.4; about half of the reported drop is the judge's. In the new families I see none: 0.3 (-1.8 to 2.4).
#
# What is left: training changed what it trained on and little else, 0.55; a general drop that 16 families are too few to show, 0.25; the old families were easier to
# mend, by topic, 0.15; the audit is off, 0.05.
#
# Cheapest: 60 new families on the old topics, ten prompts each, both models, labels blind, read beyond the first sentence. An afternoon.
#
# A drop there above 2 points, its interval clear of zero: "general" from 0.25 to 0.75. An interval that ends below 1 point: to 0.05, and I advise against shipping on this
# evidence.
#
# Hole: nobody audited the old "fine" labels.

# %% [markdown]
# ## Report B: no failure in 3,000 rollouts, and 41 hits
#
# > **From the red team.** We ran 3,000 plain rollouts on prompts drawn from real use: not one bad answer. Then somebody amplified the difference to the snapshot before
# > and got 41 bad answers in 2,000. Management asks which it is: safe, or one in fifty? We will have about a million uses a month.
#
# Neither, of course. But the amplified run can say more than "it is there", because its probabilities are known. For each amplified rollout (own prompt, drawn from real use as well) the team kept
# the natural logarithm of
#
# $$ w = \frac{\text{probability of this answer under the plain model}}{\text{probability of this answer under the amplified sampler}} $$
#
# | column | one row is an amplified rollout |
# |:---|:---|
# | `log_weight` | $\ln w$; exact, since both probabilities are products of known token probabilities |
# | `hit` | 1 if the answer is bad, else 0 |

# %% tags=["explore"]
weights_shown = np.exp(zero_table["log_weight"])
is_hit = zero_table["hit"] == 1
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8))
bins = np.linspace(-12, 4, 33)
left.hist(zero_table["log_weight"][~is_hit], bins, color="0.75", edgecolor="0.4", label="no hit")
left.hist(zero_table["log_weight"][is_hit], bins, color="black", label="hit")
left.set_yscale("log")
left.set_xlabel("log weight (natural logarithm, no unit)")
left.set_ylabel("amplified rollouts (count)")
left.set_title("How likely are the hits without amplification?")
left.legend()
share = np.sort(weights_shown[is_hit])[::-1] / weights_shown[is_hit].sum()
right.bar(np.arange(1, len(share) + 1), 100 * share, color="0.35")
right.set_xlabel("hit, sorted by weight")
right.set_ylabel("share of the weight of all hits (%)")
right.set_title("Do 41 hits count as 41?")
fig.tight_layout()
plt.show()
print(f"mean weight over all {len(is_hit)} rollouts: {weights_shown.mean():.2f} (in expectation it is 1)")

# %% [markdown]
# The bars are exact shares, so they have no intervals; the interval of the rate is yours to infer.
#
# {{card lda-zero}}
#
# **Why.** Averaged over amplified rollouts, $w \cdot \text{hit}$ has the plain rate as its expectation. This is *importance sampling*: each hit counts for as much as it would have happened anyway.
#
# With $x_i = w_i \cdot \text{hit}_i$ over all $N$ amplified rollouts:
#
# - **rate** $\hat p = \frac{1}{N}\sum_i x_i$. The weights are exact, so divide by the number of rollouts, not by the sum of the weights.
# - **effective number of hits** $\left(\sum_i x_i\right)^2 / \sum_i x_i^2$: how many equally weighted hits these are worth (the usual effective sample size, [@elvira2018], taken over the
#   hits; 0 without a hit).
# - **interval**: a rate is never negative and this estimate is skewed, so take it on the log scale, $\hat p \cdot e^{\pm 1.96\,\text{SE}/\hat p}$, where SE is the standard error of the mean of the $x_i$. A
#   bootstrap over rollouts does as well.
# - **plain bound**: the largest rate at which the plain run would still have stayed empty with probability 0.05.
# - **the promise**: at the rate $\hat p$, the expected number of bad answers among all uses, and the probability that there is none.
#
# Without a single hit the amplified run has no say: rate and low are 0, high is the plain bound.
#
# **What you do.** Write `infer_rate`, and name `million` what it gives for this data, 3,000 plain rollouts and 1,000,000 uses.


# %% solution="lda-zero"
def infer_rate(log_weights: np.ndarray, hits: np.ndarray, plain_rollouts: int, uses: int) -> dict[str, float]:
    """The plain rate from an amplified run with known weights, beside what an empty plain run says.

    Args:
        log_weights: natural log of plain over amplified probability, one entry an amplified rollout.
        hits: 1 where the rollout shows the behaviour, else 0; as long as log_weights.
        plain_rollouts: plain rollouts, none of which showed the behaviour.
        uses: how many uses the promise is about.

    Returns:
        rate, low, high: the plain rate and its 95 % interval; low >= 0.
        ess: the effective number of hits.
        plain_bound: one-sided 95 % bound from the plain run alone.
        expected: expected bad answers among `uses` at `rate`.
        p_none: probability of no bad answer among `uses` at `rate`.

    Raises:
        ValueError: if the two arrays differ in length or are empty, or plain_rollouts < 1.
    """
    ### BEGIN SOLUTION
    if len(log_weights) != len(hits) or len(hits) == 0 or plain_rollouts < 1:
        raise ValueError("log_weights and hits belong together row by row, and there must be rollouts")
    x = np.exp(log_weights) * hits
    bound = 1 - 0.05 ** (1 / plain_rollouts)
    rate, low, high, ess = 0.0, 0.0, bound, 0.0
    if x.any():
        rate = x.mean()
        spread = np.exp(1.96 * x.std(ddof=1) / math.sqrt(len(x)) / rate)
        low, high = rate / spread, rate * spread
        ess = x.sum() ** 2 / (x**2).sum()
    return {
        "rate": rate,
        "low": low,
        "high": high,
        "ess": ess,
        "plain_bound": bound,
        "expected": uses * rate,
        "p_none": math.exp(uses * math.log1p(-rate)),
    }
    ### END SOLUTION


# Then name the result, million.
### BEGIN SOLUTION
million = infer_rate(zero_table["log_weight"], zero_table["hit"], 3000, 1_000_000)
### END SOLUTION

# %% check="lda-zero"
unit.check("lda-zero")

# %% tags=["explore"]
print({name: f"{value:.3g}" for name, value in million.items()})
print(f"probability that 3,000 plain rollouts stay empty at this rate: {(1 - million['rate']) ** 3000:.2f}")

# %% [markdown]
# **How this could mislead you.** In expectation importance sampling is right. But expectations include what is very unlikely to come and would weigh a lot if it came. Ask yourself which bad answers would hardly ever turn up in 2,000
# amplified rollouts, and what an interval that is made of the hits that *did* come can know of them. Does a mean weight near 1 help?
#
# {{prompt lda-zero-judgement}}

# %% [markdown] written="lda-zero-judgement"
# About 2.5 in 100,000 (95 %: 1.4 to 4.4), from 41 hits worth 12. The plain run excludes only rates above 1 in 1,000. A million uses: some 25 bad answers a month, 14 to 44; none is out of the question.
#
# The true rate may be: within that interval, 0.55; higher, since forms that the snapshot before could say as well are not amplified and had no chance to come, 0.35; lower, since the judge counts half-broken text, 0.1.
#
# Cheapest: read the 41 hits, the five heaviest with care (they carry half). Then 2,000 weighted rollouts of another sampler, a prompt that asks for the behaviour: an hour.
#
# Agreement lifts "within" to 0.8. Hits of a new form, or a sum above 5 in 100,000: "higher" to 0.8. Five misjudged heavy hits: "lower" to 0.8.
#
# Hole: next month's prompts, and forms that both samplers miss.

# %% [markdown]
# ## Report C: two checkpoints, one diff
#
# > **From a reviewer.** I amplified your new model, and in 9 % of its answers it claims to have run a test that it never ran. Plain, nobody has seen
# > this: 0 in 400. Your last fine-tune taught it. Roll it back.
#
# You ask: amplified against *which* model before? Against an *older* generation, it turns out, at alpha = 1. So the team repeats it against the *previous* snapshot, the exact start of the fine-tune, and
# does the same with a **control**: the same snapshot fine-tuned for as long on clean data. Why this matters: Anthropic, too, has amplified one model against an earlier training snapshot and, separately, against another model generation
# ([@anthropic2025sonnet45], section 7.6.3.2). Everything that lies between the two models is amplified, whichever step it came from.
#
# | column | one row is a comparison: target and control, amplified against the same model before, at the same alpha |
# |:---|:---|
# | `baseline`, `alpha` | the model before: `previous` or `older`; how much is amplified |
# | `hits_target`, `n_target` | answers of the amplified target that show the behaviour; rollouts, each with its own prompt |
# | `hits_control`, `n_control` | the same for the amplified control |
#
# The team says beforehand which rise over the control would matter to them: 0.02, two points.

# %% tags=["explore"]
fig, axes = plt.subplots(1, 2, figsize=(11, 3.8))
for ax, baseline in zip(axes, ("previous", "older"), strict=True):
    rows = np.flatnonzero(twin_table["baseline"] == baseline)
    for name, style, colour, shift in (("target", "o", "black", 0.97), ("control", "s", "0.55", 1.03)):
        rates = 100 * twin_table[f"hits_{name}"][rows] / twin_table[f"n_{name}"][rows]
        ends = [
            wilson(k, n) for k, n in zip(twin_table[f"hits_{name}"][rows], twin_table[f"n_{name}"][rows], strict=True)
        ]
        error = np.abs(100 * np.array(ends).T - rates)
        ax.errorbar(shift * twin_table["alpha"][rows], rates, error, fmt=style, color=colour, capsize=3, label=name)
    ax.set_xscale("log")
    ax.set_xticks(twin_table["alpha"][rows], [f"{alpha:g}" for alpha in twin_table["alpha"][rows]])
    ax.minorticks_off()
    ax.set_xlabel("alpha (no unit, log scale)")
    ax.set_ylabel("amplified answers with the behaviour (%)")
    ax.set_ylim(bottom=0)
    n = int(twin_table["n_target"][rows][0])
    ax.set_title(f"Against the {baseline} model: what is raised?\n(95 % Wilson intervals, {n:,} rollouts a point)")
    ax.legend(loc="upper left")
fig.tight_layout()
plt.show()

# %% [markdown]
# {{card lda-twins}}
#
# **Why.** "Raised" means raised *over the control*. And whoever reads six comparisons at 95 % each finds a difference in pure noise about one time in four. So the six intervals have to hold *together*: each gets the
# confidence $1 - 0.05/m$, with $m$ the number of rows (Bonferroni).
#
# - **difference** $d = p_t - p_c$, target less control.
# - **interval** (Newcombe's, [@newcombe1998]; it stays sensible at zero hits). With the Wilson intervals $(l_t, u_t)$ and $(l_c, u_c)$ at that confidence (the given `wilson(k, n, confidence)`):
# $$ d - \sqrt{(p_t - l_t)^2 + (u_c - p_c)^2} \quad\text{to}\quad d + \sqrt{(u_t - p_t)^2 + (p_c - l_c)^2} $$
# - **verdict**, one word a row. `"raised"`: the interval lies above 0. Otherwise `"small"`: it ends below the smallest rise that matters, so such a rise is excluded. Otherwise `"open"`.
# - **rollouts** an arm for the next run, if it makes this one comparison only, declared beforehand: the smallest whole number with 80 % power, two-sided at 5 %, to see the smallest rise that matters,
#   $\delta$, over the control's observed rate:
# $$ n = \left(z_{0.975} + z_{0.8}\right)^2 \; \frac{p_c (1 - p_c) + (p_c + \delta)(1 - p_c - \delta)}{\delta^2} $$
#
# **What you do.** Write `infer_raised`, and name `twins` what it gives for this table and 0.02.


# %% solution="lda-twins"
def infer_raised(table: dict[str, np.ndarray], smallest: float) -> dict[str, list]:
    """Which comparisons are raised over the control, read together, and how many rollouts would decide each.

    Args:
        table: the columns above without `baseline`, each an array with one entry a comparison.
        smallest: the smallest rise over the control that matters, a share above 0.

    Returns:
        difference, low, high: lists of numbers, one a row; the intervals hold together at 95 %.
        verdict: list of "raised", "small" or "open".
        rollouts: list of whole numbers, rollouts an arm.

    Raises:
        ValueError: if smallest <= 0 or a row has more hits than rollouts.
    """
    ### BEGIN SOLUTION
    if smallest <= 0:
        raise ValueError(f"the smallest rise that matters is above 0, not {smallest}")
    confidence = 1 - 0.05 / len(table["n_target"])
    power = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) ** 2
    found = {"difference": [], "low": [], "high": [], "verdict": [], "rollouts": []}
    for i in range(len(table["n_target"])):
        rate, down, up = {}, {}, {}
        for arm in ("target", "control"):
            k, n = int(table[f"hits_{arm}"][i]), int(table[f"n_{arm}"][i])
            if not 0 <= k <= n or n < 1:
                raise ValueError(f"{k} hits in {n} rollouts can't be")
            bottom, top = wilson(k, n, confidence)
            rate[arm] = k / n
            down[arm], up[arm] = rate[arm] - bottom, top - rate[arm]
        d = rate["target"] - rate["control"]
        low = d - math.hypot(down["target"], up["control"])
        high = d + math.hypot(up["target"], down["control"])
        p, q = rate["control"], rate["control"] + smallest
        found["difference"].append(d)
        found["low"].append(low)
        found["high"].append(high)
        found["verdict"].append("raised" if low > 0 else "small" if high < smallest else "open")
        found["rollouts"].append(math.ceil(power * (p * (1 - p) + q * (1 - q)) / smallest**2))
    return found
    ### END SOLUTION


# Then name the result, twins.
### BEGIN SOLUTION
twins = infer_raised(twin_table, 0.02)
### END SOLUTION

# %% check="lda-twins"
unit.check("lda-twins")

# %% tags=["explore"]
for row in range(len(twin_table["alpha"])):
    print(
        f"{twin_table['baseline'][row]:8s} alpha {twin_table['alpha'][row]:<5g} difference {twins['difference'][row]:+.4f} "
        f"({twins['low'][row]:+.4f} to {twins['high'][row]:+.4f})  {twins['verdict'][row]:6s} {twins['rollouts'][row]:6d} rollouts an arm"
    )

# %% [markdown]
# **How this could mislead you.** "Open" is not "no". A control is only as good as its match: ask what it shares with the target and what it does not. And the number of rollouts is for telling *amplified* rates apart; what plain
# rise an amplified one of two points stands for, nothing here says.
#
# {{prompt lda-twins-judgement}}

# %% [markdown] written="lda-twins-judgement"
# Not supported. Against the older model target and control rise alike, to 9 %: a rise of two points over the control is excluded (-2.0 to +1.4). Those 9 % came with the generation. Against the previous
# snapshot 23 to 10 in 400 is +3.3 points; read with the other five it is open (-0.6 to +7.4).
#
# This fine-tune taught nothing that matters, 0.55; a little on top, 0.35; target and control differ in style, which brings false hits, 0.1.
#
# Cheapest: read the 33 hits blind, for style. Then previous snapshot, alpha = 4, declared now, fresh prompts, 1,322 rollouts an arm.
#
# An interval above 0 lifts "a little" to 0.8; one that ends below 2 points drops it to 0.1 and closes the case; between, I say open.
#
# Hole: one training seed each. I would not roll back on this; I would look at the older step.

# %% [markdown]
# ## Where to go from here
#
# Save, then `worktest grade 01`. The numbers are graded at once; your judgements wait for a person with the rubric. The skill is the same in the three reports: say what was counted, by whom, out of what; name who could
# have counted wrongly, and in which direction; and stop where the data stop.
