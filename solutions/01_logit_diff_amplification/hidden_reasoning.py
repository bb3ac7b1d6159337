"""Held-back checks of two reasoning scenarios of unit 01, the drop and the empty run."""

import csv
import math
from pathlib import Path

import numpy as np
from scipy import stats

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"
NARROW, WIDE = 0.75, 1.35  # how far a right interval's width may lie from the linearised one (bootstraps vary)


def _given(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}


def _dict(got, keys, name):
    expect.true(isinstance(got, dict) and set(keys) <= set(got), f"`{name}` must be a dict with {', '.join(keys)}.")
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


# lda-drop -------------------------------------------------------------------------------------------------------


def _families(
    rng, families, *, base=(0.5, 2.0), kept=0.5, behind=(0.3, 0.6), refuses=(0.05, 0.1), audited=0.6, most=80
):
    """A fresh table: families of unequal size, the larger ones worse, and bad answers behind refusals in both runs."""
    table = {name: np.zeros(families) for name in ("family", "new", "prompts")}
    rates = np.sort(rng.beta(*base, size=families))
    sizes = np.sort(rng.integers(most // 4, most, size=families))
    table["family"], table["prompts"] = np.arange(1.0, families + 1), sizes.astype(float)
    table["new"] = (rng.random(families) < 0.3).astype(float)
    for run, factor, hide, refuse in zip(("before", "after"), (1.0, kept), behind, refuses, strict=True):
        bad = rng.binomial(sizes, np.clip(rates * factor, 0, 1))
        hidden = rng.binomial(bad, hide)
        refused = hidden + rng.binomial(sizes - bad, refuse)
        seen = rng.binomial(refused, audited)
        found = np.array(
            [rng.hypergeometric(h, r - h, a) if a else 0 for h, r, a in zip(hidden, refused, seen, strict=True)]
        )
        columns = {"bad": bad - hidden, "refused": refused, "audited": seen, "audit_bad": found}
        table |= {f"{name}_{run}": column.astype(float) for name, column in columns.items()}
    order = rng.permutation(families)
    return {name: column[order] for name, column in table.items()}


def _drop(table):
    """Reported and corrected drop, and the standard error over families, linearised; and that with the audit known."""
    total = table["prompts"].sum()
    g = len(table["prompts"])
    reported = corrected = 0.0
    parts, audit_parts = np.zeros(g), np.zeros(g)
    for run, sign in (("before", 1), ("after", -1)):
        bad, refused, seen, found = (table[f"{n}_{run}"] for n in ("bad", "refused", "audited", "audit_bad"))
        q = found.sum() / max(seen.sum(), 1)
        reported += sign * bad.sum() / total
        corrected += sign * (bad.sum() + q * refused.sum()) / total
        parts += sign * (bad + q * refused) / total
        if seen.sum():
            audit_parts += sign * refused.sum() / total * (found - q * seen) / seen.sum()
    parts -= corrected * table["prompts"] / total
    known, full = (math.sqrt(g / (g - 1) * float((p**2).sum())) for p in (parts, parts + audit_parts))
    return reported, corrected, full, known


def _half(found, corrected):
    """Half the width of an interval that must lie about the corrected drop; bootstraps may be a little skewed."""
    half = (found["high"] - found["low"]) / 2
    away = abs((found["high"] + found["low"]) / 2 - corrected)
    expect.true(half > 0 and away < 0.5 * half, "The interval must lie about the corrected drop, low before high.")
    return half


DROP = ("reported", "corrected", "low", "high", "judge_share")
WINDOW = "another width: intervals from families, by bootstrap or by formula, agree within some percent"


@check("lda-drop")
def fresh_families_are_corrected(answer, rng):
    """corrects both runs of a fresh table, with all families pooled by their prompts"""
    for _ in range(2):
        table = _families(rng, int(rng.integers(20, 50)))
        reported, corrected, *_ = _drop(table)
        found = _dict(answer.call("infer_drop", table), DROP, "infer_drop")
        says = "The rate is over all prompts: sum the counts over the families first. Families have different sizes."
        expect.close(found["reported"], reported, says, rtol=1e-3)
        says = "The correction: in each run, before too, q from all its audited answers, times all its refusals."
        expect.close(found["corrected"], corrected, says, rtol=1e-3)
        says = "The judge's share is 1 - corrected / reported."
        expect.close(found["judge_share"], 1 - corrected / reported, says, rtol=2e-3)


@check("lda-drop")
def interval_comes_from_families(answer, rng):
    """has an interval as wide as the families make it, not the prompts"""
    table = _families(rng, 40, base=(0.25, 1.0), kept=0.2, most=400)
    _, corrected, se, _ = _drop(table)
    half = _half(_dict(answer.call("infer_drop", table), DROP, "infer_drop"), corrected)
    expect.true(
        NARROW < half / (1.96 * se) < WIDE,
        "Most of the bad answers stand in a few families, so what counts is how many families there are.",
        expected=WINDOW,
        got=f"an interval {half / (1.96 * se):.2f} times as wide",
        look="what you draw again: prompts, or whole families?",
    )


@check("lda-drop")
def both_runs_stay_together(answer, rng):
    """keeps both runs of a family together"""
    table = _families(rng, 40, base=(0.4, 0.8), kept=0.93, behind=(0.1, 0.1), refuses=(0.02, 0.02), most=400)
    _, corrected, se, _ = _drop(table)
    half = _half(_dict(answer.call("infer_drop", table), DROP, "infer_drop"), corrected)
    expect.true(
        NARROW < half / (1.96 * se) < WIDE,
        "A family that is bad before is bad after, too. In the drop that cancels, if its two runs are drawn together.",
        expected=WINDOW,
        got=f"an interval {half / (1.96 * se):.2f} times as wide",
        look="whether the run before and the run after take the same drawn rows",
    )


@check("lda-drop")
def the_audit_is_a_sample_too(answer, rng):
    """counts the audit's own uncertainty in"""
    shape = {"base": (6.0, 14.0), "kept": 0.95, "behind": (0.2, 0.7), "refuses": (0.1, 0.5), "audited": 0.03}
    while True:
        table = _families(rng, 45, **shape, most=120)
        _, corrected, se, known = _drop(table)
        if se > 2.4 * known and min(table["audited_before"].sum(), table["audited_after"].sum()) >= 12:
            break
    half = _half(_dict(answer.call("infer_drop", table), DROP, "infer_drop"), corrected)
    expect.true(
        NARROW < half / (1.96 * se) < WIDE,
        "Few refusals were read again here, so q itself is uncertain, and the interval has to say so.",
        expected=WINDOW,
        got=f"an interval {half / (1.96 * se):.2f} times as wide",
        look="whether q is computed anew from each drawn set of families",
    )


@check("lda-drop")
def refuses_a_run_without_audit(answer, rng):
    """refuses refusals that nobody read again"""
    for run in ("before", "after"):
        table = _families(rng, 12)
        table[f"audited_{run}"] = table[f"audit_bad_{run}"] = np.zeros(12)
        says = "With refusals and no audit nothing says how many are bad. Raise ValueError; 0 would be a guess."
        answer.raises("infer_drop", table, says=says)


@check("lda-drop")
def the_given_families(answer, rng):
    """has the results for the given table"""
    given = _given("drop")
    tables = {"drop_all": given, "drop_new": {name: c[given["new"] == 1] for name, c in given.items()}}
    for name, table in tables.items():
        reported, corrected, se, _ = _drop(table)
        found = _dict(answer.value(name), DROP, name)
        says = f"`{name}` is what your function gives for {'the whole table' if name == 'drop_all' else 'new == 1'}."
        expect.close([found["reported"], found["corrected"]], [reported, corrected], says, rtol=1e-3)
        ratio = _half(found, corrected) / (1.96 * se)
        expect.true(0.65 < ratio < 1.4, says, expected=WINDOW, got=f"an interval {ratio:.2f} times as wide")


# lda-zero -------------------------------------------------------------------------------------------------------

ZERO = ("rate", "low", "high", "ess", "plain_bound", "expected", "p_none")


def _rollouts(rng, n, hits, spread, centre=-7.0, off=0.6):
    """Fresh amplified rollouts: `hits` hits with log weights of that spread; the other weights have the mean `off`."""
    log_weights = rng.normal(0, 0.5, size=n)
    log_weights += math.log(off) - math.log(np.exp(log_weights).mean())
    hit = np.zeros(n)
    at = rng.permutation(n)[:hits]
    hit[at] = 1.0
    log_weights[at] = centre + spread * stats.norm.ppf((np.arange(hits) + rng.uniform(0.3, 0.7)) / hits)
    return log_weights, hit


def _weighted(log_weights, hits):
    x = np.exp(log_weights) * hits
    return x.mean(), x.std(ddof=1) / math.sqrt(len(x)) / x.mean(), x.sum() ** 2 / (x**2).sum()


@check("lda-zero")
def fresh_rollouts(answer, rng):
    """gives rate and effective hits of fresh rollouts, the weights taken as exact"""
    for spread in (0.3, 1.2):
        data = _rollouts(rng, int(rng.integers(300, 900)), int(rng.integers(20, 50)), spread, off=rng.uniform(0.4, 0.7))
        rate, _, ess = _weighted(*data)
        found = _dict(answer.call("infer_rate", *data, 500, 1000), ZERO, "infer_rate")
        says = (
            "The rate is the sum of the hits' weights over the number of rollouts. log_weight is a natural logarithm."
        )
        look = "dividing by the sum of all weights is for weights that are known up to a factor; these are exact"
        expect.close(found["rate"], rate, says, rtol=1e-3, atol=0, look=look)
        says = "The effective number is about the hits: (sum of x)^2 / (sum of x^2), with x = 0 where there is no hit."
        expect.close(found["ess"], ess, says, rtol=1e-3)


@check("lda-zero")
def unequal_weights_widen_the_interval(answer, rng):
    """has an interval as wide as the unequal weights make it"""
    data = _rollouts(rng, int(rng.integers(1200, 2000)), int(rng.integers(70, 90)), 1.25)
    rate, relative, _ = _weighted(*data)
    found = _dict(answer.call("infer_rate", *data, 3000, 10**6), ZERO, "infer_rate")
    expect.true(found["low"] < rate < found["high"], "low < rate < high must hold.")
    width = (found["high"] - found["low"]) / (2 * 1.96 * relative * rate)
    expect.true(
        NARROW < width < WIDE,
        "Some hits weigh fifty times as much as others, so they say less than as many equal hits would.",
        expected="another width: the standard error of the mean of weight times hit, or a bootstrap over rollouts",
        got=f"an interval {width:.2f} times as wide",
        look="the interval of a count of hits takes no notice of the weights",
    )


@check("lda-zero")
def one_heavy_hit(answer, rng):
    """stays at or above zero when one hit carries nearly everything"""
    log_weights, hits = _rollouts(rng, int(rng.integers(400, 800)), 8, 0.2, centre=-9.0)
    heavy = int(rng.choice(np.flatnonzero(hits)))
    log_weights[heavy] = rng.uniform(-5.2, -4.5)
    rate, *_ = _weighted(log_weights, hits)
    found = _dict(answer.call("infer_rate", log_weights, hits, 3000, 10**6), ZERO, "infer_rate")
    says = "A rate is not negative: rate minus 1.96 SE is below zero here, so it is not the interval to take."
    expect.true(0 <= found["low"] < rate < found["high"], says, expected="0 <= low < rate < high")
    says = "With one hit that carries nearly everything, the upper end is far above the estimate."
    expect.true(found["high"] > 1.8 * rate, says, expected="a wider interval", got="a narrow one")


@check("lda-zero")
def no_hit_leaves_the_plain_bound(answer, rng):
    """falls back on the plain run when no amplified rollout hits"""
    n, plain = int(rng.integers(50, 200)), int(rng.integers(400, 5000))
    got = answer.call("infer_rate", rng.normal(size=n), np.zeros(n), plain, 10**6)
    found = _dict(got, ZERO, "infer_rate")
    bound = 1 - 0.05 ** (1 / plain)
    says = "Without a hit: rate 0, from 0 to the plain bound, no effective hits, and the promise at rate 0."
    got = [found[key] for key in ("rate", "low", "high", "ess", "expected", "p_none")]
    expect.close(got, [0, 0, bound, 0, 0, 1], says, rtol=1e-3, atol=1e-9)


@check("lda-zero")
def promise_and_bound_follow_the_numbers(answer, rng):
    """has promise and plain bound follow uses and rollouts"""
    for plain, uses in (
        (int(rng.integers(20, 80)), int(rng.integers(300, 900))),
        (int(rng.integers(9000, 90000)), 10**7),
    ):
        data = _rollouts(rng, 400, 12, 0.5, centre=-math.log(uses) + 2.0)
        rate, *_ = _weighted(*data)
        found = _dict(answer.call("infer_rate", *data, plain, uses), ZERO, "infer_rate")
        says = "At the estimated rate: uses times rate expected, and (1 - rate)^uses for none."
        got, want = [found["expected"], found["p_none"]], [uses * rate, math.exp(uses * math.log1p(-rate))]
        expect.close(got, want, says, rtol=2e-3, atol=1e-9)
        says = "The plain bound is about the plain run alone: its 95 % is one-sided, and exact, not 3/n."
        expect.close(found["plain_bound"], 1 - 0.05 ** (1 / plain), says, rtol=5e-4, atol=0)


@check("lda-zero")
def refuses_what_does_not_fit(answer, rng):
    """refuses columns of different lengths and runs without rollouts"""
    n = int(rng.integers(5, 30))
    says = "One weight and n hits would broadcast silently; no rollouts say nothing. Raise ValueError."
    for weights, hits, plain in (
        (np.zeros(1), np.ones(n), 100),
        (np.zeros(0), np.zeros(0), 100),
        (np.zeros(n), np.ones(n), 0),
    ):
        answer.raises("infer_rate", weights, hits, plain, 1000, says=says)


@check("lda-zero")
def the_given_rollouts(answer, rng):
    """has the result for the given rollouts"""
    given = _given("zero")
    rate, relative, ess = _weighted(given["log_weight"], given["hit"])
    found = _dict(answer.value("million"), ZERO, "million")
    says = "`million` is what your function gives for the given table, 3,000 plain rollouts and 1,000,000 uses."
    got = [found[key] for key in ("rate", "ess", "plain_bound", "expected")]
    expect.close(got, [rate, ess, 1 - 0.05 ** (1 / 3000), 1e6 * rate], says, rtol=2e-3, atol=0)
    width = (found["high"] - found["low"]) / (2 * 1.96 * relative * rate)
    expect.true(NARROW < width < WIDE, says, expected="another width", got=f"an interval {width:.2f} times as wide")
