"""Held-back checks of unit 06's primer: the bootstrap that is repaired."""

import math

import numpy as np

from worktest.checks import check, expect

DRAWS = 3000  # of ten tasks one is drawn four times or more in 1.28 %: 2.5 % in the sample is out of reach


def _interval(answer, a, b, tasks, seed, draws=DRAWS, **kwargs):
    source = answer.make("world.generator", int(seed))
    got = answer.call("cluster_bootstrap", a, b, tasks, draws, source, **kwargs)
    return expect.array(got, (2,), "Two ends: (low, high).").astype(float)


def _clusters(rng, n_tasks, runs):
    """Rows with a large part that belongs to the task: a, b, tasks in random order, and the clustered error."""
    tasks = np.repeat(np.arange(n_tasks), runs)
    d = 3 + rng.normal(0, 2, n_tasks)[tasks] + rng.normal(0, 0.5, n_tasks * runs)
    b = rng.normal(0, 5, n_tasks * runs)
    sums = np.bincount(tasks, d - d.mean())
    error = math.sqrt((sums**2).sum()) / len(d)
    order = rng.permutation(len(d))
    return (b + d)[order], b[order], tasks[order], d.mean(), error


@check("emp-debug")
def as_wide_as_the_clustered_error(answer, rng):
    """is as wide as clusters make it"""
    for n_tasks, runs in ((int(rng.integers(35, 50)), 6), (int(rng.integers(60, 90)), 1)):
        a, b, tasks, middle, error = _clusters(rng, n_tasks, runs)
        low, high = _interval(answer, a, b, tasks, rng.integers(10**6), 2000)
        ratio = (high - low) / (2 * 1.96 * error)
        says = "With as many tasks as there are, drawn with replacement, the mean has about the clustered error."
        look = "rows drawn in place of tasks; repeated tasks that count once; too few tasks in a data set"
        expect.true(0.86 < ratio < 1.12, says, expected="an interval of another width", got="", look=look)
        expect.true(abs((low + high) / 2 - middle) < 0.5 * error, "It lies around the mean difference, a less b.")


@check("emp-debug")
def one_task_in_ten(answer, rng):
    """counts a task as often as it was drawn, be it the first or the last"""
    runs = int(rng.integers(2, 5))
    tasks, none = rng.permutation(np.repeat(np.arange(10), runs)), np.zeros(10 * runs, int)
    first, last = (tasks == 0).astype(int), (tasks == 9).astype(int)
    says = "A task counts as often as it was drawn: not at all, once, or several times."
    expect.close(_interval(answer, first, none, tasks, rng.integers(10**6)), [0, 0.3], says, atol=1e-9)
    says = "Exchange a and b, and the interval lies on the other side of 0. Every task may be drawn, the last one too."
    expect.close(_interval(answer, none, last, tasks, rng.integers(10**6)), [-0.3, 0], says, atol=1e-9)


@check("emp-debug")
def large_and_small_tasks(answer, rng):
    """takes the mean over all rows of a data set, whatever the size of its tasks"""
    small, large = int(rng.integers(1, 3)), int(rng.integers(5, 9))
    sizes = np.full(10, small)
    odd = int(rng.integers(10))
    sizes[odd] = large
    tasks = np.repeat(np.arange(10), sizes)
    a = (tasks == odd).astype(int)
    want = 3 * large / (3 * large + 7 * small)
    got = _interval(answer, a, np.zeros(len(a), int), tasks, rng.integers(10**6))
    says = "A drawn task brings all of its rows, and the mean is over rows: a large task weighs more."
    expect.close(
        got, [0, want], says, rtol=1e-6, atol=1e-9, look="the mean of the tasks' means; a fixed number of rows"
    )


@check("emp-debug")
def inner_intervals(answer, rng):
    """follows the confidence"""
    tasks, odd = np.arange(10), int(rng.integers(10))
    a = (tasks == odd).astype(int)
    # of ten tasks one is drawn at most 0, 1, 2 times with probability 0.349, 0.736, 0.930: all ends are far from these
    for confidence, want in ((float(rng.uniform(0.65, 0.8)), [0, 0.2]), (float(rng.uniform(0.38, 0.394)), [0, 0.1])):
        got = _interval(answer, a, np.zeros(10, int), tasks, rng.integers(10**6), 4000, confidence=confidence)
        says = "At a lower confidence the percentiles move inwards: 50 plus and minus half of it."
        expect.close(got, want, says, atol=1e-9, look="2.5 and 97.5 whatever the confidence")


@check("emp-debug")
def tasks_with_names(answer, rng):
    """takes words as tasks, in any order"""
    words = np.array([f"task {i}" for i in rng.choice(90, size=10, replace=False)])
    tasks = rng.permutation(np.repeat(words, 3))
    a = (tasks == words[4]).astype(int)
    got = answer.call(
        "cluster_bootstrap", a, np.zeros(30, int), [str(t) for t in tasks], DRAWS, answer.make("world.generator", 3)
    )
    says = "A task may be called anything, and its rows may lie anywhere."
    expect.close(got, [0, 0.3], says, atol=1e-9, look="rows of a task taken as neighbours; names used as places")


@check("emp-debug")
def all_from_the_generator(answer, rng):
    """draws from the generator it is given, and from nothing else"""
    a, b, tasks, _, _ = _clusters(rng, 20, 3)
    seed = int(rng.integers(10**6))
    one, two = _interval(answer, a, b, tasks, seed, 300), _interval(answer, a, b, tasks, seed, 300)
    expect.close(two, one, "With the same seed the same interval must come out.", rtol=1e-9, atol=1e-12, look="rng")
    other = _interval(answer, a, b, tasks, seed + 1, 300)
    expect.true(not np.allclose(one, other), "Another seed gives other data sets.", got="the same interval again")


@check("emp-debug")
def refuses_other_lengths(answer, rng):
    """refuses lists that don't belong together, and a single task"""
    n = int(rng.integers(4, 12))
    ones, tasks, source = np.ones(n, int), np.arange(n) // 2, answer.make("world.generator", 1)
    for a, b, t in (
        (ones, ones[1:], tasks),
        (ones[1:], ones, tasks),
        (ones, ones, tasks[1:]),
        (ones, ones, np.zeros(n, int)),
        (ones[:1], ones, tasks),
    ):
        says = "a, b and tasks belong together row by row, with two tasks or more. Anything else is a ValueError."
        answer.raises("cluster_bootstrap", a, b, t, 20, source, says=says)
