"""Visible checks of unit 06's primer: they teach. What they ask is small enough to work out by hand."""

import math

import numpy as np

from worktest.checks import check, expect

# emp-interval ---------------------------------------------------------------------------------------------------


@check("emp-interval")
def two_of_ten(answer, rng):
    """has both intervals of 2 in 10"""
    normal = answer.call("normal_interval", 2, 10)
    half = 1.959964 * math.sqrt(0.2 * 0.8 / 10)
    expect.close(
        normal,
        [0.2 - half, 0.2 + half],
        "The normal interval of 2 in 10 goes equally far to both sides of 0.2, and below 0 on the left.",
        look="the root over p (1 - p) / n, and z = 1.96; it is not clipped",
    )
    z2 = 1.959964**2
    centre, width = (0.2 + z2 / 20) / (1 + z2 / 10), math.sqrt(z2) / (1 + z2 / 10) * math.sqrt(0.016 + z2 / 400)
    expect.close(
        answer.call("wilson_interval", 2, 10),
        [centre - width, centre + width],
        "Wilson's interval of 2 in 10 lies around a centre that is drawn towards one half.",
        look="both terms above the fraction bar are divided by 1 + z^2 / n",
    )


@check("emp-interval")
def nothing_in_twenty(answer, rng):
    """gives the normal interval no width at 0 of 20, and Wilson's a width"""
    expect.close(
        answer.call("normal_interval", 0, 20),
        [0.0, 0.0],
        "With no event the normal interval has no width. That is its fault, and here it should be seen.",
        look="a clip or a correction that hides it",
    )
    low, high = expect.array(answer.call("wilson_interval", 0, 20), (2,), "Two ends: (low, high).")
    expect.close(low, 0.0, "With no event Wilson's interval begins at 0.", atol=1e-9)
    expect.true(
        0.1 < high < 0.25,
        "With no event in 20 Wilson's interval still goes well above 0.",
        expected="an upper end between a tenth and a quarter",
        got=f"{high:.4f}",
        look="the terms with z^2, which don't vanish when the share is 0",
    )


@check("emp-interval")
def no_share_at_all(answer, rng):
    """refuses 0 items, and more events than items"""
    for name in ("normal_interval", "wilson_interval"):
        for k, n in ((0, 0), (5, 4), (-1, 4)):
            answer.raises(name, k, n, says=f"{k} in {n} is no share: raise ValueError.")


# emp-zero -------------------------------------------------------------------------------------------------------


@check("emp-zero")
def one_rollout(answer, rng):
    """leaves nearly everything possible after a single rollout"""
    expect.close(
        answer.call("upper_bound", 1),
        0.95,
        "After one rollout without a failure, a rate p would have stayed hidden with probability 1 - p. All rates are "
        "left for which that is above 5 %.",
        look="the root is the n-th: with n = 1 nothing is left to take a root of",
    )


@check("emp-zero")
def a_coin(answer, rng):
    """knows how many throws rule out a coin"""
    expect.equal(
        answer.call("rollouts_needed", 0.5),
        5,
        "A rate of one half stays hidden in n rollouts with probability one half to the power of n. The smallest n for "
        "which this is at most 5 % is wanted.",
        expected="the smallest number that is enough",
        look="whether you round up; 3 / rate is only the rule of thumb, for small rates",
    )
    says = "Four rollouts have to go well, each with probability one half."
    expect.close(answer.call("chance_hidden", 0.5, 4), 1 / 16, says)


@check("emp-zero")
def nothing_to_test(answer, rng):
    """refuses no rollouts, and rates of 0 and 1"""
    answer.raises("upper_bound", 0, says="Without rollouts there is no bound: raise ValueError.")
    for rate in (0.0, 1.0):
        says = f"No number of rollouts rules out a rate of {rate:g} and nothing else: raise ValueError."
        answer.raises("rollouts_needed", rate, says=says)


# emp-paired -----------------------------------------------------------------------------------------------------


@check("emp-paired")
def eight_items(answer, rng):
    """compares two models on eight items"""
    a, b = [1, 1, 1, 1, 0, 0, 1, 0], [1, 0, 0, 1, 0, 1, 0, 0]
    got = answer.call("compare_paired", np.array(a), np.array(b))
    expect.true(isinstance(got, dict), "Give back a dict.", expected="a dict", got=expect.describe(got))
    expect.equal(got.get("only_a"), 3, "Count the items that a passed and b did not.", look="`only_a`")
    expect.equal(got.get("only_b"), 1, "Count the items that b passed and a did not.", look="`only_b`")
    expect.close(got.get("difference"), 0.25, "The difference is the mean of a less the mean of b.")
    d = np.array(a) - np.array(b)
    expect.close(
        got.get("se"),
        d.std(ddof=1) / math.sqrt(8),
        "The paired standard error is that of the mean of the eight differences.",
        look="n - 1 in the variance, the root of n below; not the root of two variances added up",
    )


@check("emp-paired")
def four_coins(answer, rng):
    """throws a coin for each discordant item"""
    a, b = [1, 1, 1, 1, 0, 0, 1, 0], [1, 0, 0, 1, 0, 1, 0, 0]
    got = answer.call("compare_paired", np.array(a), np.array(b))
    expect.close(
        got.get("p"),
        0.625,
        "Three of four discordant items speak for a. How often are four fair coins at least as uneven, to either side?",
        look="two-sided; only discordant items are thrown, the others are silent",
    )


@check("emp-paired")
def other_items(answer, rng):
    """refuses lists of different length"""
    says = "Two lists of different length can't be the same items: raise ValueError."
    answer.raises("compare_paired", np.array([1, 0, 1]), np.array([1, 0]), says=says)


# emp-clustered --------------------------------------------------------------------------------------------------


@check("emp-clustered")
def two_tasks(answer, rng):
    """adds residuals up within each cluster before it squares them"""
    scores, tasks = np.array([1, 1, 1, 0, 0, 0]), np.array([4, 4, 4, 9, 9, 9])
    got = answer.call("clustered_error", scores, tasks)
    expect.true(isinstance(got, dict), "Give back a dict.", expected="a dict", got=expect.describe(got))
    expect.equal(got.get("n_clusters"), 2, "There are two tasks.", look="how many different ones there are")
    expect.close(got.get("mean"), 0.5, "The mean is that of all rows.")
    expect.close(
        got.get("clustered"),
        math.sqrt(1.5**2 + 1.5**2) / 6,
        "The residuals are one half, three times up and three times down. Within a task they add up to 1.5 and -1.5.",
        look="sum first, square afterwards; one root over the sum of the squares, then divide by the number of rows",
    )
    says = "The naive error is the standard deviation (with n - 1) over the root of n."
    expect.close(got.get("naive"), scores.std(ddof=1) / math.sqrt(6), says)


@check("emp-clustered")
def one_task_only(answer, rng):
    """refuses a single cluster, and rows without one"""
    says = "One cluster says nothing about how clusters differ: raise ValueError."
    answer.raises("clustered_error", np.array([1, 0, 1]), np.array([2, 2, 2]), says=says)
    says = "Each score needs its cluster: raise ValueError where there are fewer of one than of the other."
    answer.raises("clustered_error", np.array([1, 0, 1]), np.array([2, 3]), says=says)
