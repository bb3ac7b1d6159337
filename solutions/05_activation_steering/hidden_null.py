"""Held-back checks of unit 05: random directions, the p-value, the figure of a sweep."""

import math
import re

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

# steer-null -----------------------------------------------------------------------------------------------------

RARE = 1e-9  # a right answer loses a test of its distribution once in a thousand million times


def _drawn(answer, rng, vector, n):
    source = answer.make("world.generator", int(rng.integers(10**6)))
    got = answer.call("random_directions", tensor(vector), n, source)
    return expect.array(got, (n, len(vector)), "One vector a row: (n, d_model).").astype(float)


@check("steer-null")
def norms_of_any_vector(answer, rng):
    """has the norm of the vector in every row, for any size and number"""
    for size, n in ((2, 5), (int(rng.integers(3, 40)), 1), (64, int(rng.integers(2, 30)))):
        vector = rng.normal(size=size) * rng.uniform(0.05, 20)
        norms = np.linalg.norm(_drawn(answer, rng, vector, n), axis=1)
        says = "All random vectors are exactly as long as `vector`, whatever its length and the number of dimensions."
        look = "a norm that is right only on average; the norm of the whole matrix in place of each row's"
        expect.close(norms, np.full(n, np.linalg.norm(vector)), says, rtol=1e-3, look=look)
    got = _drawn(answer, rng, np.zeros(6), 3)
    expect.close(got, np.zeros((3, 6)), "A vector of length zero has random companions of length zero.")


@check("steer-null")
def uniform_in_the_plane(answer, rng):
    """prefers no angle in two dimensions"""
    angle = rng.uniform(0, 2 * math.pi)
    got = _drawn(answer, rng, 3 * np.array([math.cos(angle), math.sin(angle)]), 10_000)
    turns = np.arctan2(got[:, 1], got[:, 0]) / (2 * math.pi)
    for fold in (1, 4):  # the second finds corners: numbers drawn from a cube gather along its diagonals
        expect.true(
            stats.kstest(turns * fold % 1, "uniform").pvalue > RARE,
            "In two dimensions every angle must be as likely as any other.",
            expected="angles spread evenly over the circle",
            got="more at some angles than at others",
            look="numbers from a cube, or of one sign, in place of normal ones",
        )


@check("steer-null")
def knows_nothing_of_the_vector(answer, rng):
    """leaves the direction of `vector` out: neither orthogonal to it nor near it"""
    vector = rng.normal(size=3)
    got = _drawn(answer, rng, vector, 3000)
    cosines = got @ vector / (np.linalg.norm(got, axis=1) * np.linalg.norm(vector))
    expect.true(
        stats.kstest(cosines, stats.uniform(-1, 2).cdf).pvalue > RARE,
        "In three dimensions the cosine with any fixed vector is uniform from -1 to 1, with `vector` as well. Only its "
        "length is kept.",
        expected="cosines of vectors drawn without looking at the direction of `vector`",
        got="cosines that gather somewhere",
        look="orthogonal vectors, noise added to `vector`, its numbers shuffled or with other signs",
    )


@check("steer-null")
def uniform_in_many_dimensions(answer, rng):
    """spreads over all dimensions alike, and draws the rows one by one"""
    size, n = int(rng.integers(8, 16)), 1500
    vector = rng.normal(size=size) * np.geomspace(1, 20, size)
    got = _drawn(answer, rng, vector, n) / np.linalg.norm(vector)
    part = stats.beta((size - 1) / 2, (size - 1) / 2, loc=-1, scale=2)  # one coordinate of a point on the sphere
    for i in range(size):
        expect.true(
            stats.kstest(got[:, i], part.cdf).pvalue > RARE,
            "No dimension may be larger than another, nor spread in another way than on a sphere.",
            expected="coordinates of points that lie uniformly on a sphere",
            got="a column that is spread otherwise",
            look="noise that is scaled by the numbers of `vector`; a cube; a few directions that come again",
        )
    neighbours = stats.kstest((got[1:] * got[:-1]).sum(1)[::2], part.cdf).pvalue
    says = "Each direction is drawn for itself: its cosine with the one before is spread as between strangers."
    expect.true(neighbours > RARE and len(np.unique(got[:, 0])) > 0.95 * n, says, got="rows that depend on each other")


@check("steer-null")
def no_other_source_of_randomness(answer, rng):
    """gives with each seed its own vectors, the same ones each time, and goes on from call to call"""
    vector = tensor(rng.normal(size=6))
    one, two = (int(seed) for seed in rng.choice(10**6, 2, replace=False))

    def draw(source, n=4):
        return expect.array(answer.call("random_directions", vector, n, source), (n, 6), "One vector a row.")

    source = answer.make("world.generator", one)
    first, second = draw(source), draw(source)
    other = draw(answer.make("world.generator", two))
    draw(answer.make("world.generator", two), 3)  # whatever else has been drawn in between
    again = draw(answer.make("world.generator", one))
    expect.close(again, first, "The same seed must give the same vectors, whatever was drawn in between.")
    says = "Another generator must give other vectors, and the same one must go on with new ones."
    apart = not np.allclose(first, other) and not np.allclose(first, second)
    expect.true(apart, says, got="the same vectors", look="a generator of your own, or a seed that is set inside")


@check("steer-null")
def fresh_p_values(answer, rng):
    """counts k for random effects and nulls, with ties, on both sides"""
    for form in (list, np.asarray):
        null = rng.integers(-8, 9, size=int(rng.integers(15, 60))) / 4
        for effect in (rng.integers(1, 7) / 4, -rng.integers(5, 7) / 4, rng.uniform(0.1, 1.5)):
            k = int((np.maximum(null, -null) >= max(effect, -effect)).sum())
            expect.close(
                answer.call("p_value", float(effect), form(null.tolist())),
                (1 + k) / (1 + len(null)),
                "p is (1 + k) / (1 + n), where k counts null effects at least as far from zero, to either side.",
                look="a strict >; one side alone; k / n; an effect below zero",
            )


@check("steer-null")
def distances_from_zero(answer, rng):
    """measures how far from zero, not from the middle of the null"""
    shift, spread = float(rng.uniform(2, 4)), float(rng.uniform(0.2, 0.5))
    null = shift + spread * stats.norm.ppf((np.arange(40) + 0.5) / 40)  # all on one side
    for effect, k in ((shift / 8, 40), (-shift / 8, 40), (-2.5 * shift, 0)):
        expect.close(
            answer.call("p_value", effect, rng.permutation(null)),
            (1 + k) / 41,
            "If all random directions push further than the effect, the effect is nothing special, although it lies "
            "far from their middle.",
            look="a mean of the null that is subtracted; a z-score; one side",
        )


@check("steer-null")
def never_zero_and_at_most_one(answer, rng):
    """gives 1 / (1 + n) for the furthest effect, 1 for none at all, and refuses an empty null"""
    n = int(rng.integers(5, 120))
    null = rng.normal(size=n)
    got = answer.call("p_value", 50.0, null)
    expect.close(got, 1 / (1 + n), "With n draws p can't be less than one in n + 1: a few draws prove little.")
    expect.close(answer.call("p_value", 0.0, null), 1.0, "An effect of zero is never further than a random one.")
    expect.close(answer.call("p_value", 0.0, [0.0]), 1.0, "A null of one draw is a null; a tie counts as far.")
    for empty in ([], np.zeros(0)):
        answer.raises("p_value", float(rng.normal()), empty, says="No null effects, no p-value: raise ValueError.")


# steer-figure ---------------------------------------------------------------------------------------------------

LABELS = ["other concept", "random directions", "steered concept"]


def _table(rng, doses, requests, directions):
    """Doses, effects, off-target effects and the means of random directions, which lean to one side."""
    across = np.cumsum(rng.uniform(0.5, 2, doses))
    effects, other = rng.normal(1, 1.5, (doses, requests)), rng.normal(-0.5, 1, (doses, requests))
    return across.tolist(), effects, other, rng.exponential(0.7, (doses, directions)) - 0.3


def _series(figure):
    labels = [str(bars["label"]) for bars in figure.errorbars]
    expect.equal(sorted(labels), LABELS, "There must be three `ax.errorbar` series with the labels of the docstring.")
    return {str(bars["label"]): bars for bars in figure.errorbars}


def _ends(bars):
    return [sorted(y for _, y in segment) for segment in sorted(bars["segments"])]


def _expect_sweep(figure, table, says, look="", only=LABELS):
    """Points and bars of all three series at their places across."""
    across, effects, other, null = table
    for label, bars in _series(figure).items():
        if label not in only:
            continue
        if label == "random directions":
            low, middle, high = np.quantile(null, [0.025, 0.5, 0.975], axis=1)
        else:
            values = effects if label == "steered concept" else other
            middle = values.mean(1)
            error = np.sqrt(((values - middle[:, None]) ** 2).sum(1) / (values.shape[1] - 1) / values.shape[1])
            low, high = middle - 1.96 * error, middle + 1.96 * error
        points = sorted(zip(bars.get("x", []), bars.get("y", []), strict=True))
        near = 0.1 * min(np.diff(across), default=1.0)
        expect.close(
            [x for x, _ in points], across, f"{label!r}: a point above each of `across`.", atol=near, look=look
        )
        expect.close([y for _, y in points], middle, f"{label!r}, the points: {says}", atol=2e-4, look=look)
        expect.close(_ends(bars), np.column_stack([low, high]), f"{label!r}, the bars: {says}", atol=4e-4, look=look)


@check("steer-figure")
def draws_a_fresh_sweep(answer, rng):
    """draws any sweep that it is given"""
    for _ in range(2):
        table = _table(rng, int(rng.integers(3, 8)), int(rng.integers(10, 60)), int(rng.integers(20, 80)))
        figure = answer.figure("draw_sweep", *table, "dose", "Fresh")
        look = "a variable of the notebook in place of an argument; a number of doses that you took for granted"
        _expect_sweep(figure, table, "they must show the table that was passed.", look)


@check("steer-figure")
def intervals_of_a_mean(answer, rng):
    """shrinks the bars of the effects with the number of requests"""
    table = _table(rng, 4, 3, 25)
    says = "mean and 1.96 standard errors of the mean, with n - 1 in the standard deviation."
    both = ["steered concept", "other concept"]
    for many in (1, 40):  # the same three requests again and again
        again = (table[0], np.repeat(table[1], many, axis=1), np.repeat(table[2], many, axis=1), table[3])
        figure = answer.figure("draw_sweep", *again, "dose", "More requests")
        look = "a standard deviation that is not divided by the root of the number of requests; ddof"
        _expect_sweep(figure, again, says, look, only=both)


@check("steer-figure")
def a_range_of_directions(answer, rng):
    """does not shrink the bars of the null with the number of directions, and takes its median"""
    table = _table(rng, 4, 12, 41)
    for many in (1, 8):
        again = (*table[:3], np.repeat(table[3], many, axis=1))
        figure = answer.figure("draw_sweep", *again, "dose", "More directions")
        says = "median, and 2.5th to 97.5th percentile of the directions: the spread of single ones, at each dose."
        look = "a mean with a standard error; the furthest ones; percentiles over everything"
        _expect_sweep(figure, again, says, look, only=["random directions"])


@check("steer-figure")
def each_series_from_its_own_numbers(answer, rng):
    """keeps effect, other concept and null apart, whatever their signs"""
    for sign in (1, -1):
        across, effects, other, null = _table(rng, 4, 15, 30)
        table = (across, sign * (effects + 6), -sign * (other + 9), sign * null)
        figure = answer.figure("draw_sweep", *table, "dose", "Signs")
        look = "arguments that are exchanged; `abs`"
        _expect_sweep(figure, table, "values below zero are drawn below zero, each under its own label.", look)
        says = "Shifts can be negative: a logarithmic upright axis loses them."
        expect.true(figure.yscale == "linear", says, expected="a linear upright axis", got=figure.yscale)


@check("steer-figure")
def one_dose_or_layers(answer, rng):
    """draws a single dose, and layers counted from 0"""
    table = _table(rng, 1, 9, 30)
    _expect_sweep(answer.figure("draw_sweep", *table, "dose", "One"), table, "a sweep of one dose is a sweep as well.")
    layers = int(rng.integers(3, 7))
    table = (list(range(layers)), *_table(rng, layers, 8, 21)[1:])
    figure = answer.figure("draw_sweep", *table, "layer", "Layers")
    _expect_sweep(figure, table, "layers are drawn as doses are.", "a logarithmic axis, on which layer 0 has no place")


@check("steer-figure")
def draws_on_the_axes_it_is_given(answer, rng):
    """draws on the axes that it is given, and on a figure of its own otherwise"""
    table = _table(rng, 3, 8, 25)
    given = answer.figure("draw_sweep", *table, "dose", "Given", answer.make("world.one_of_two_axes"))
    says = "with `ax` given, draw on it and give it back. It is part of a larger figure."
    expect.true(given.axes == 2, says.capitalize(), expected="the axes that were passed", got="those of another figure")
    _expect_sweep(given, table, says, "`plt.` functions draw on the current axes, which may be others than `ax`")
    own = answer.figure("draw_sweep", *table, "dose", "Own")
    expect.true(own.axes == 1, "Without `ax` the figure has this one plot.", got=f"{own.axes} plots")
    _expect_sweep(own, table, "without `ax`, draw on new axes.")


@check("steer-figure")
def names_follow_the_arguments(answer, rng):
    """takes the title and the name across from its arguments, and names unit and series"""
    table = _table(rng, 3, 8, 25)
    what, finding = f"layer ({rng.integers(100)} requests)", f"Effect {rng.integers(10, 99)},\nnull far below"
    figure = answer.figure("draw_sweep", *table, what, finding)
    expect.true(what in figure.xlabel, "The name across must be `what`.", expected="`what`", got=repr(figure.xlabel))
    expect.equal(figure.title, finding, "The title must be the argument `finding`.", expected="the finding passed")
    says = "The upright axis needs its unit, log-odds, also when the layer is swept."
    expect.true(re.search("log.?odds", figure.ylabel.lower()) is not None, says, got=repr(figure.ylabel))
    expect.equal(sorted(figure.legend), LABELS, "The legend must name the three series, each once.")
