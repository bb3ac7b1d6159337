"""Held-back checks of unit 05: effects one by one, and the share that moves the wrong way."""

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

# steer-effect ---------------------------------------------------------------------------------------------------


def _odds(logits, positive, negative):
    p = np.exp(logits - logits.max(-1, keepdims=True))
    return np.log(p[..., positive].sum(-1) / p[..., negative].sum(-1))


def _share(answer, effects, *args, **kwargs):
    got = answer.call("wrong_way", effects, *args, **kwargs)
    return expect.array(got, (3,), "Three numbers: (share, low, high).")


def _effects(rng, below, above, zero=0):
    """Effects of which `below` lie below zero, in random order."""
    parts = [-rng.uniform(0.01, 3, below), rng.uniform(0.01, 6, above), np.zeros(zero)]
    return rng.permutation(np.concatenate(parts))


@check("steer-effect")
def log_odds_of_any_shape(answer, rng):
    """is right for logits with any number of dimensions, and sides of any size"""
    for shape in ((13,), (5, 13), (2, 3, 13)):
        logits, ids = 2 * rng.normal(size=shape), rng.permutation(13)
        k, m = int(rng.integers(1, 4)), int(rng.integers(4, 7))
        for positive, negative in ((ids[:k], ids[k : k + m]), (ids[k : k + m], ids[:k])):
            got = answer.call("log_odds", tensor(logits), tensor(positive), tensor(negative))
            expect.close(
                got,
                _odds(logits, positive, negative),
                "For each row: the log of the summed probabilities of one side over those of the other.",
                rtol=1e-3,
                atol=2e-4,
                look="means in place of sums, which differ when the sides differ in size; the last dimension",
            )


@check("steer-effect")
def other_tokens_have_no_say(answer, rng):
    """does not change when tokens on neither side, or all logits together, go up"""
    logits, ids = rng.normal(size=(4, 12)), rng.permutation(12)
    positive, negative, rest = ids[:3], ids[3:6], ids[6:]
    for other in (0.0, float(rng.uniform(2, 4)), -float(rng.uniform(2, 4))):
        moved = logits + rng.normal(size=(4, 1))
        moved[:, rest] += other
        got = answer.call("log_odds", tensor(moved), tensor(positive), tensor(negative))
        expect.close(
            got,
            _odds(logits, positive, negative),
            "Odds of one side against the *other side*: tokens on neither have no part in it.",
            rtol=1e-3,
            atol=2e-4,
            look="`negative` is not everything else; logits are not probabilities",
        )


@check("steer-effect")
def improbable_sides(answer, rng):
    """stays a number when both sides are too improbable for a float"""
    logits, ids = rng.normal(size=(3, 9)), rng.permutation(9)
    positive, negative = ids[:3], ids[3:7]
    far = logits.copy()
    far[:, ids[8]] += 130.0  # a strong dose can do that: another word has nearly all of the probability
    far[0] += 100.0
    got = answer.call("log_odds", tensor(far), tensor(positive), tensor(negative))
    expect.close(
        got,
        _odds(logits, positive, negative),
        "When another token takes all the probability, both sides round to 0 and their quotient is lost, while their "
        "log-odds are as they were.",
        rtol=1e-3,
        atol=5e-4,
        look="stay among logs: `exp` or `softmax` first and `log` afterwards loses it",
    )


@check("steer-effect")
def fresh_shares_and_intervals(answer, rng):
    """is right for random effects and any confidence"""
    for _ in range(4):
        below, above = (int(n) for n in rng.integers(1, 40, 2))
        confidence = float(rng.choice([0.5, 0.8, 0.9, 0.99]))
        for level, arguments in ((0.95, ()), (confidence, (confidence,))):
            got = _share(answer, _effects(rng, below, above), *arguments)
            want = stats.binomtest(below, below + above).proportion_ci(level, method="wilson")
            says = "The share is a count of effects below zero over the number of effects."
            expect.close(got[0], below / (below + above), says)
            says = "The interval must be Wilson's, at the confidence that was asked for, 0.95 without one."
            look = "which quantile belongs to a two-sided interval; the number 1.96; n, not n - 1"
            expect.close(got[1:], [want.low, want.high], says, rtol=1e-3, look=look)


@check("steer-effect")
def zero_is_not_the_wrong_way(answer, rng):
    """counts effects of exactly zero among all, and not among those that went wrong"""
    below, above, zero = (int(n) for n in rng.integers(3, 9, 3))
    got = _share(answer, _effects(rng, below, above, zero))
    n = below + above + zero
    says = "An effect of exactly zero is one of the effects, and did not move the wrong way."
    expect.close(got[0], below / n, says, look="<= in place of <; zeros left out of the number of effects")
    want = stats.binomtest(below, n).proportion_ci(0.95, method="wilson")
    expect.close(got[1:], [want.low, want.high], "The interval is that of the same count.", rtol=1e-3)


@check("steer-effect")
def nobody_and_everybody(answer, rng):
    """keeps a width when none or all went wrong, and stays within 0 and 1"""
    for n in (1, int(rng.integers(3, 12)), int(rng.integers(40, 90))):
        for below in (0, n):
            got = _share(answer, _effects(rng, below, n - below))
            want = stats.binomtest(below, n).proportion_ci(0.95, method="wilson")
            says = "None of a few does not mean never: Wilson's interval has a width here, and one end at 0 or 1."
            expect.close(got, [below / n, want.low, want.high], says, rtol=1e-3, look="the simple interval p +- z s.e.")
            expect.true(got[1] >= 0 and got[2] <= 1, "Low and high are clipped to [0, 1], also after rounding.")


@check("steer-effect")
def size_does_not_count(answer, rng):
    """asks on which side of zero an effect lies, not how far, nor how it compares with the mean"""
    below, above = (int(n) for n in rng.integers(4, 9, 2))
    effects = _effects(rng, below, above)
    first = _share(answer, effects)
    for other in (100 * effects, np.where(effects > 0, 50 * effects, effects), 1e-4 * effects):
        says = "Stretch the effects, one side or both: as many as before lie below zero."
        expect.close(_share(answer, other), [below / (below + above), *first[1:]], says, look="the mean, or a margin")


@check("steer-effect")
def refuses_no_effects(answer, rng):
    """refuses an empty array with a ValueError, at any confidence"""
    for confidence in (0.95, float(rng.uniform(0.5, 0.9))):
        says = "No effects, no share: raise ValueError."
        answer.raises("wrong_way", np.zeros(0), confidence, says=says)
