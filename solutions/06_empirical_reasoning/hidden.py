"""Held-back checks of unit 06's primer: intervals, zero failures, paired comparisons."""

import math

import numpy as np
from scipy import stats

from worktest.checks import check, expect

# emp-interval ---------------------------------------------------------------------------------------------------


def _ends(answer, name, *args, **kwargs):
    return expect.array(answer.call(name, *args, **kwargs), (2,), "Two ends: (low, high).")


def _wilson(k, n, confidence=0.95):
    interval = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
    return np.array([interval.low, interval.high])


@check("emp-interval")
def fresh_wilson(answer, rng):
    """has Wilson's interval for fresh counts"""
    for n in (int(rng.integers(5, 12)), int(rng.integers(30, 80)), int(rng.integers(150, 400))):
        k = int(rng.integers(1, n // 3 + 1))
        says = "Wilson's interval: centre and half width by the formula, for any k and n."
        expect.close(_ends(answer, "wilson_interval", k, n), _wilson(k, n), says, look="n = 10 is not always n")


@check("emp-interval")
def fresh_normal(answer, rng):
    """has the normal interval for fresh counts, unclipped"""
    n = int(rng.integers(40, 200))
    for k, size in ((1, n), (n - 1, n), (int(rng.integers(3, 7)), 11)):
        half = stats.norm.ppf(0.975) * math.sqrt(k / size * (1 - k / size) / size)
        says = "The normal interval is the share plus or minus z standard errors, also where that leaves 0 to 1."
        expect.close(_ends(answer, "normal_interval", k, size), [k / size - half, k / size + half], says)


@check("emp-interval")
def any_confidence(answer, rng):
    """widens with the confidence"""
    n = int(rng.integers(20, 60))
    k = int(rng.integers(2, n // 2))
    for confidence in (float(rng.uniform(0.5, 0.7)), float(rng.uniform(0.97, 0.995))):
        says = "z follows from the confidence: half of what is left over lies on either side."
        look = "a z of 1.96 whatever the confidence; the quantile at confidence in place of 0.5 + confidence / 2"
        got = _ends(answer, "wilson_interval", k, n, confidence=confidence)
        expect.close(got, _wilson(k, n, confidence), says, look=look)
        half = stats.norm.ppf(0.5 + confidence / 2) * math.sqrt(k / n * (1 - k / n) / n)
        got = _ends(answer, "normal_interval", k, n, confidence=confidence)
        expect.close(got, [k / n - half, k / n + half], says, look=look)


@check("emp-interval")
def none_and_all(answer, rng):
    """stays within 0 and 1 at both ends, and has a width there"""
    n = int(rng.integers(8, 60))
    for k in (0, n):
        says = "With none or all of n, one end of Wilson's interval is exactly 0 or 1, and the other end lies inside."
        expect.close(_ends(answer, "wilson_interval", k, n), _wilson(k, n), says, atol=1e-7)
        says = "With none or all of n the normal interval is a point."
        expect.close(_ends(answer, "normal_interval", k, n), [k / n, k / n], says, atol=1e-9)


@check("emp-interval")
def turned_round(answer, rng):
    """turns round when failures are counted in place of passes"""
    n = int(rng.integers(15, 50))
    k = int(rng.integers(1, n // 3))
    for name in ("normal_interval", "wilson_interval"):
        low, high = _ends(answer, name, k, n)
        says = "An interval for n - k of n is the one for k of n, seen from the other end."
        expect.close(_ends(answer, name, n - k, n), [1 - high, 1 - low], says, atol=1e-8)
        expect.true(low < k / n < high, "The share lies inside its interval.", got="a share outside")


@check("emp-interval")
def many_and_few_items(answer, rng):
    """works for one item and for a million"""
    for k, n in ((0, 1), (1, 1), (int(rng.integers(10, 90)), 1_000_000)):
        says = "The same formula holds for one item and for a million."
        expect.close(_ends(answer, "wilson_interval", k, n), _wilson(k, n), says, atol=1e-9, rtol=1e-3)


@check("emp-interval")
def refuses_impossible_counts(answer, rng):
    """refuses counts that can't be"""
    n = int(rng.integers(3, 30))
    for name in ("normal_interval", "wilson_interval"):
        for k, size in ((n + 1, n), (-int(rng.integers(1, 5)), n), (0, 0), (0, -n)):
            says = "k lies between 0 and n, and n is 1 or more. Anything else is a ValueError."
            answer.raises(name, k, size, says=says)


# emp-zero -------------------------------------------------------------------------------------------------------


@check("emp-zero")
def fresh_bounds(answer, rng):
    """has the exact bound for small and large n"""
    for n in (int(rng.integers(2, 9)), int(rng.integers(20, 90)), int(rng.integers(500, 5000)), 300_000):
        want = -math.expm1(math.log(0.05) / n)
        says = "The bound p solves (1 - p)^n = 0.05."
        expect.close(answer.call("upper_bound", n), want, says, rtol=1e-4, atol=0, look="3 / n is near it, but not it")


@check("emp-zero")
def bounds_at_any_confidence(answer, rng):
    """follows the confidence"""
    n = int(rng.integers(10, 200))
    for confidence in (float(rng.uniform(0.5, 0.8)), float(rng.uniform(0.97, 0.999))):
        want = -math.expm1(math.log(1 - confidence) / n)
        says = "At another confidence, 0.05 becomes 1 - confidence, all of it on one side."
        look = "a 0.05 that is written into the function; half of what is left over, as in a two-sided interval"
        expect.close(answer.call("upper_bound", n, confidence), want, says, rtol=1e-4, atol=0, look=look)
        rate = -math.expm1(math.log(1 - confidence) / (n - 0.6))
        expect.equal(answer.call("rollouts_needed", rate, confidence), n, says, look=look)


@check("emp-zero")
def just_enough_rollouts(answer, rng):
    """needs exactly so many rollouts, and not one less"""
    for n in (int(rng.integers(4, 9)), int(rng.integers(30, 300)), int(rng.integers(2000, 60_000))):
        for part in (0.2, 0.7):
            rate = -math.expm1(math.log(0.05) / (n - part))
            expect.equal(
                answer.call("rollouts_needed", rate),
                n,
                "The smallest whole number for which (1 - rate)^n is at most 5 %.",
                expected="a whole number that is just enough",
                look="rounded up, not to the nearest and not down; the exact logarithm, not 3 / rate",
            )


@check("emp-zero")
def rare_behaviours(answer, rng):
    """stays exact for very rare behaviours"""
    rate = float(rng.uniform(1, 9)) * 1e-7
    got = expect.number(answer.call("rollouts_needed", rate), "One whole number.")
    want = math.log(0.05) / math.log1p(-rate)
    says = "A rate of less than one in a million takes millions of rollouts, and not a round number of them."
    expect.close(got, want, says, rtol=1e-5, atol=1.0)
    n = int(rng.integers(10_000, 90_000))
    got = answer.call("chance_hidden", rate, n)
    expect.close(1 - got, -math.expm1(n * math.log1p(-rate)), "The chance to stay hidden is near 1.", rtol=1e-3, atol=0)


@check("emp-zero")
def hidden_chances(answer, rng):
    """multiplies the chances of n rollouts"""
    for _ in range(3):
        rate, n = float(rng.uniform(0.01, 0.3)), int(rng.integers(2, 30))
        says = "Every one of n rollouts has to go well: (1 - rate) to the power of n."
        expect.close(answer.call("chance_hidden", rate, n), (1 - rate) ** n, says, rtol=1e-5)
    for rate, n, want in ((0.0, 7, 1.0), (1.0, 7, 0.0), (0.4, 0, 1.0)):
        says = "What never happens stays hidden, what always happens does not, and no rollout shows nothing."
        expect.close(answer.call("chance_hidden", rate, n), want, says)


@check("emp-zero")
def refuses_no_rollouts(answer, rng):
    """refuses fewer than one rollout, and rates that are none"""
    answer.raises("upper_bound", -int(rng.integers(1, 9)), says="Fewer than one rollout: raise ValueError.")
    for rate in (0.0, 1.0, -float(rng.uniform(0.1, 0.9)), 1 + float(rng.uniform(0.1, 3))):
        says = "A rate that can be ruled out lies strictly between 0 and 1. Anything else is a ValueError."
        answer.raises("rollouts_needed", rate, says=says)


# emp-paired -----------------------------------------------------------------------------------------------------


def _scores(rng, both, only_a, only_b, neither):
    """Scores of two models with these counts, in random order."""
    a = np.repeat([1, 1, 0, 0], [both, only_a, only_b, neither])
    b = np.repeat([1, 0, 1, 0], [both, only_a, only_b, neither])
    order = rng.permutation(len(a))
    return a[order], b[order]


def _compared(answer, a, b, **kwargs):
    got = answer.call("compare_paired", a, b, **kwargs)
    expect.true(isinstance(got, dict), "Give back a dict.", expected="a dict", got=expect.describe(got))
    return got


def _counts(rng):
    """both, only a, only b, neither: different numbers, with more for a."""
    return int(rng.integers(20, 40)), int(rng.integers(12, 18)), int(rng.integers(5, 9)), int(rng.integers(10, 19))


@check("emp-paired")
def fresh_difference_and_error(answer, rng):
    """has difference, paired error and interval for fresh items"""
    a, b = _scores(rng, *_counts(rng))
    d = a - b
    for one, two, sign in ((a, b, 1), (b, a, -1)):
        got, se = _compared(answer, one, two), d.std(ddof=1) / math.sqrt(len(d))
        middle, half = sign * d.mean(), stats.norm.ppf(0.975) * se
        expect.close(got.get("difference"), middle, "The difference is a less b, with its sign.")
        says = "The standard error is that of the mean of the differences, item by item, with n - 1."
        expect.close(got.get("se"), se, says, rtol=1e-5, look="two separate errors put together; ddof")
        says = "The interval goes z standard errors to either side."
        expect.close([got.get("low"), got.get("high")], [middle - half, middle + half], says)


@check("emp-paired")
def fresh_discordant_pairs(answer, rng):
    """counts what only one of the two passed"""
    both, only_a, only_b, neither = _counts(rng)
    a, b = _scores(rng, both, only_a, only_b, neither)
    for one, two, counts in ((a, b, (only_a, only_b)), (b, a, (only_b, only_a))):
        got = _compared(answer, one, two)
        says = "only_a: a passed and b did not. only_b: the other way round."
        expect.equal(got.get("only_a"), counts[0], says, look="all items that a passed, also those of both")
        expect.equal(got.get("only_b"), counts[1], says)


@check("emp-paired")
def fresh_mcnemar(answer, rng):
    """has the exact two-sided p-value"""
    both, only_a, only_b, neither = _counts(rng)
    a, b = _scores(rng, both, only_a, only_b, neither)
    want = stats.binomtest(only_a, only_a + only_b).pvalue
    for one, two in ((a, b), (b, a)):
        says = "p is the exact two-sided binomial p-value of the discordant items. It doesn't depend on who is a."
        look = "one side alone; the chi-squared form; all items in place of the discordant ones; mid-p"
        expect.close(_compared(answer, one, two).get("p"), want, says, rtol=1e-4, atol=1e-7, look=look)


@check("emp-paired")
def agreement_is_silent(answer, rng):
    """doesn't change p when items are added on which both agree"""
    both, only_a, only_b, neither = _counts(rng)
    before = _compared(answer, *_scores(rng, both, only_a, only_b, neither))
    after = _compared(answer, *_scores(rng, both + 200, only_a, only_b, neither + 200))
    says = "Items on which the two agree say nothing about which is better: p stays."
    expect.close(after.get("p"), before.get("p"), says, rtol=1e-6)
    n, more = both + only_a + only_b + neither, both + only_a + only_b + neither + 400
    says = "The difference is a share of all items, so it shrinks when items are added on which both agree."
    expect.close(after.get("difference"), (only_a - only_b) / more, says)
    expect.close(before.get("difference"), (only_a - only_b) / n, says)


@check("emp-paired")
def no_discordant_item(answer, rng):
    """gives p = 1 where the models never differ, or differ evenly"""
    same = rng.permutation(np.repeat([0, 1], [int(rng.integers(3, 9)), int(rng.integers(3, 9))]))
    got = _compared(answer, same, same)
    expect.close(got.get("p"), 1.0, "Without a discordant item there is no coin to throw: p is 1.", look="0 throws")
    expect.close([got.get("se"), got.get("low"), got.get("high")], [0, 0, 0], "No difference, no spread.", atol=1e-6)
    each = int(rng.integers(2, 7))
    got = _compared(answer, *_scores(rng, 5, each, each, 5))
    expect.close(got.get("p"), 1.0, "As many for a as for b: nothing is closer to a fair coin. p can't pass 1.")


@check("emp-paired")
def another_confidence(answer, rng):
    """widens the interval with the confidence, and leaves the rest alone"""
    a, b = _scores(rng, *_counts(rng))
    d = a - b
    for confidence in (float(rng.uniform(0.5, 0.7)), float(rng.uniform(0.97, 0.995))):
        got, se = _compared(answer, a, b, confidence=confidence), d.std(ddof=1) / math.sqrt(len(d))
        half = stats.norm.ppf(0.5 + confidence / 2) * se
        says = "z follows from the confidence. The standard error does not."
        expect.close([got.get("low"), got.get("high")], [d.mean() - half, d.mean() + half], says)
        expect.close(got.get("se"), se, says, rtol=1e-5)


@check("emp-paired")
def refuses_unpaired_items(answer, rng):
    """refuses other lengths and a single item"""
    n = int(rng.integers(3, 20))
    a = rng.integers(0, 2, size=n)
    for one, two in ((a, a[:-1]), (a[:1], a), (a[:1], a[:1]), (a[:0], a[:0])):
        says = "Two models need the same items, two or more. Anything else is a ValueError."
        answer.raises("compare_paired", one, two, says=says)
