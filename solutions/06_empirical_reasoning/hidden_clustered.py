"""Held-back checks of unit 06's primer: clustered errors, planning."""

import math

import numpy as np
from scipy import stats

from worktest.checks import check, expect

# emp-clustered --------------------------------------------------------------------------------------------------


def _data(rng, sizes):
    """Scores with a part that belongs to the cluster, and the cluster of each row, mixed up."""
    clusters = np.repeat(rng.choice(900, size=len(sizes), replace=False), sizes)
    level = dict(zip(np.unique(clusters), rng.normal(0, 2, len(sizes)), strict=True))
    scores = np.array([level[c] for c in clusters]) + rng.normal(size=len(clusters)) + 0.3
    order = rng.permutation(len(scores))
    return scores[order], clusters[order]


def _clustered(scores, clusters):
    residuals = scores - scores.mean()
    return math.sqrt(sum(residuals[clusters == c].sum() ** 2 for c in np.unique(clusters))) / len(scores)


def _error(answer, scores, clusters):
    got = answer.call("clustered_error", scores, clusters)
    expect.true(isinstance(got, dict), "Give back a dict.", expected="a dict", got=expect.describe(got))
    return got


@check("emp-clustered")
def fresh_clusters(answer, rng):
    """is right for clusters of any size, in any order"""
    scores, clusters = _data(rng, rng.permutation([1, 2, 3, 5, 8, 13]))
    got = _error(answer, scores, clusters)
    says = "The square root of the sum over clusters of squared sums of residuals, over n."
    look = "rows that lie apart but belong together; means in place of sums; the residual from the cluster's own mean"
    expect.close(got.get("clustered"), _clustered(scores, clusters), says, rtol=1e-4, atol=1e-8, look=look)
    expect.close(got.get("mean"), scores.mean(), "The mean is that of all rows, not of the clusters' means.", rtol=1e-4)


@check("emp-clustered")
def naive_beside_it(answer, rng):
    """gives the naive error that knows no clusters"""
    scores, clusters = _data(rng, [2, 4, 3])
    want = scores.std(ddof=1) / math.sqrt(len(scores))
    for labels in (clusters, np.arange(len(scores)) % 4):
        got = _error(answer, scores, labels)
        expect.close(
            got.get("naive"), want, "Standard deviation with n - 1, over the root of n.", rtol=1e-4, look="ddof"
        )


@check("emp-clustered")
def each_row_alone(answer, rng):
    """falls back to the naive error where every row is a cluster"""
    scores = rng.normal(size=int(rng.integers(5, 9))) * 3
    got = _error(answer, scores, rng.permutation(len(scores)) + 50)
    want = math.sqrt(((scores - scores.mean()) ** 2).sum()) / len(scores)
    says = "With one row in each cluster the squared residuals are added up, over n, nothing else."
    expect.close(
        got.get("clustered"), want, says, rtol=1e-4, look="a correction for few clusters that nobody asked for"
    )
    expect.equal(got.get("n_clusters"), len(scores), "As many clusters as rows.", expected="the number of clusters")


@check("emp-clustered")
def copies_know_nothing_new(answer, rng):
    """doesn't get smaller when each row is written down several times"""
    scores, times = rng.normal(size=int(rng.integers(4, 9))), int(rng.integers(3, 7))
    want = math.sqrt(((scores - scores.mean()) ** 2).sum()) / len(scores)
    got = _error(answer, np.repeat(scores, times), np.repeat(np.arange(len(scores)), times))
    says = "Copies of the same row in one cluster add nothing: the clustered error stays what it was with one of each."
    expect.close(got.get("clustered"), want, says, rtol=1e-4)


@check("emp-clustered")
def opposite_runs_cancel(answer, rng):
    """can be smaller than the naive error"""
    high = rng.uniform(0.5, 3, size=int(rng.integers(3, 7)))
    scores, clusters = np.concatenate([high, -high]), np.tile(np.arange(len(high)), 2)
    got = _error(answer, scores, clusters)
    says = "Rows of a cluster that differ in opposite directions cancel: the clustered error may be below the naive."
    expect.close(got.get("clustered"), 0.0, says, atol=1e-6, look="absolute values; the larger of two errors")


@check("emp-clustered")
def clusters_with_names(answer, rng):
    """takes words as clusters, and whole numbers as scores"""
    words = ["mail", "shop", "bank", "wiki"]
    clusters = [words[i] for i in rng.permutation(np.repeat(np.arange(4), [3, 4, 5, 6]))]
    scores = np.array([int(word in ("mail", "bank")) for word in clusters])
    scores[int(rng.integers(18))] ^= 1
    got = _error(answer, scores, clusters)
    want = _clustered(scores.astype(float), np.array(clusters))
    expect.close(got.get("clustered"), want, "A cluster may be called anything, words included.", rtol=1e-4)
    expect.equal(got.get("n_clusters"), 4, "Count the different names.", expected="the number of clusters")


@check("emp-clustered")
def refuses_one_cluster(answer, rng):
    """refuses one cluster, no rows, and rows without a cluster"""
    n = int(rng.integers(3, 12))
    scores = rng.normal(size=n)
    for values, clusters in (
        (scores, np.full(n, 7)),
        (scores[:-1], np.arange(n)),
        (scores, np.arange(n - 1)),
        (scores[:0], np.arange(0)),
    ):
        says = "Every score needs its cluster, and there have to be two clusters. Anything else is a ValueError."
        answer.raises("clustered_error", values, clusters, says=says)


# emp-power ------------------------------------------------------------------------------------------------------


def _z(alpha=0.05, power=0.8):
    return stats.norm.isf(alpha / 2) + stats.norm.isf(1 - power)


def _effect_for(n, variance, part, **levels):
    """An effect for which `n` items are just enough: n - part would be exact."""
    return _z(**levels) * math.sqrt(variance / (n - part))


UP = "The number of items is rounded up to the next whole number."


@check("emp-power")
def just_enough_items(answer, rng):
    """rounds up, and not to the nearest"""
    for n in (int(rng.integers(3, 9)), int(rng.integers(100, 900)), int(rng.integers(5000, 20_000))):
        for part in (0.2, 0.7):
            between = float(rng.uniform(0.02, 0.2))
            got = answer.call("items_needed", _effect_for(n, between, part), between)
            expect.equal(got, n, UP, expected="a whole number that is just enough", look="math.ceil; z not rounded")


@check("emp-power")
def noise_within_items(answer, rng):
    """adds the noise of both models, each over its own answers"""
    between, a, b = (float(x) for x in rng.uniform([0.01, 0.1, 0.05], [0.03, 0.2, 0.09]))
    k_a, k_b, n = int(rng.integers(2, 5)), int(rng.integers(6, 12)), int(rng.integers(200, 600))
    variance = between + a / k_a + b / k_b
    says = "The variance of an item's measured difference: between, plus each model's noise over its number of answers."
    look = "both over the same k; k squared; the noise of one model left out; between over k as well"
    got = answer.call("items_needed", _effect_for(n, variance, 0.5), between, a, b, k_a, k_b)
    expect.equal(got, n, says, expected="another whole number", look=look)
    got = answer.call("detectable_effect", n, between, a, b, k_a, k_b)
    expect.close(got, _effect_for(n, variance, 0), says, rtol=1e-5, look=look)


@check("emp-power")
def other_levels(answer, rng):
    """follows alpha and power"""
    for alpha, power in ((float(rng.uniform(0.001, 0.02)), 0.8), (0.05, float(rng.uniform(0.9, 0.97))), (0.1, 0.5)):
        n, between = int(rng.integers(100, 400)), float(rng.uniform(0.05, 0.1))
        effect = _effect_for(n, between, 0.5, alpha=alpha, power=power)
        says = "z of alpha / 2, as a false alarm may come from either side, plus z of 1 - power."
        look = "alpha not halved; a power of 80 % or an alpha of 5 % written into the function"
        got = answer.call("items_needed", effect, between, alpha=alpha, power=power)
        expect.equal(got, n, says, expected="another whole number", look=look)
        got = answer.call("detectable_effect", n, between, alpha=alpha, power=power)
        expect.close(got, _effect_for(n, between, 0, alpha=alpha, power=power), says, rtol=1e-5, look=look)


@check("emp-power")
def four_times_for_half(answer, rng):
    """finds half the effect with four times the items"""
    n, between, within = int(rng.integers(20, 90)), float(rng.uniform(0.01, 0.05)), float(rng.uniform(0.05, 0.2))
    one = expect.number(answer.call("detectable_effect", n, between, within, within), "One number.")
    four = expect.number(answer.call("detectable_effect", 4 * n, between, within, within), "One number.")
    expect.close(
        one / four, 2.0, "The effect goes down with the root of the number of items.", rtol=1e-6, look="the root"
    )
    want = _effect_for(n, between + 2 * within, 0)
    expect.close(one, want, "With one answer each, the noise of both models counts in full.", rtol=1e-5)


@check("emp-power")
def effects_of_either_sign(answer, rng):
    """plans for a drop as for a gain"""
    n, between = int(rng.integers(50, 300)), float(rng.uniform(0.05, 0.2))
    got = answer.call("items_needed", -_effect_for(n, between, 0.5), between)
    expect.equal(got, n, "A drop of four points takes as many items as a gain of four.", expected="the same number")
    answer.raises("items_needed", 0.0, between, says="An effect of 0 can't be found: raise ValueError.")


@check("emp-power")
def a_plan_keeps_its_promise(answer, rng):
    """gives a number whose detectable effect is the one planned for"""
    between, within, k = float(rng.uniform(0.01, 0.02)), float(rng.uniform(0.1, 0.2)), int(rng.integers(2, 9))
    n = int(rng.integers(200, 900))
    effect = _effect_for(n, between + 2 * within / k, 0.5)
    got = answer.call("items_needed", effect, between, within, within, k, k)
    says = "The plan for an effect must be able to find this effect, and one item less must not."
    expect.equal(got, n, says, expected="the smallest number that finds the effect")
    found = expect.number(answer.call("detectable_effect", got, between, within, within, k, k), "One number.")
    less = expect.number(answer.call("detectable_effect", got - 1, between, within, within, k, k), "One number.")
    expect.true(found <= effect < less, says, expected="an effect between the two", got="one outside")
