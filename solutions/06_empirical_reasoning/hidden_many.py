"""Held-back checks of unit 06's primer: many settings, and the forest plot."""

import numpy as np
from scipy import stats

from worktest.checks import check, expect

# emp-many -------------------------------------------------------------------------------------------------------


def _holm(p):
    order = np.argsort(p)
    steps = np.minimum(np.maximum.accumulate(np.asarray(p)[order] * np.arange(len(p), 0, -1)), 1)
    return steps[np.argsort(order)]


def _adjusted(answer, p):
    return expect.array(answer.call("holm_adjusted", p), (len(p),), "One adjusted value for each p-value, in order.")


@check("emp-many")
def fresh_p_values(answer, rng):
    """adjusts fresh p-values of any number, in their own order"""
    for m in (int(rng.integers(3, 6)), int(rng.integers(8, 15)), 60):
        p = rng.permutation(np.concatenate([rng.uniform(0.0001, 0.02, m // 2), rng.uniform(0.05, 0.9, m - m // 2)]))
        if (np.diff(p) > 0).all():  # sorted by accident: then the order would not be tested
            p = p[::-1].copy()
        says = "Sorted upwards, times m, m - 1, ..., 1, never falling, at most 1, and back into the old order."
        expect.close(_adjusted(answer, p), _holm(p), says, rtol=1e-6, look="times m for all of them is Bonferroni")


@check("emp-many")
def never_falls(answer, rng):
    """never gives a larger p-value a smaller adjusted one"""
    low = float(rng.uniform(0.01, 0.012))
    p = np.array([1.3, 1.05, 1.0, 1.1]) * low  # times 4, 3, 2, 1 these would fall
    got = _adjusted(answer, p)
    says = "An adjusted value is at least as large as the one of the next smaller p-value."
    expect.close(got, np.full(4, 4 * low), says, rtol=1e-6, look="a running maximum, from the smallest p-value upwards")


@check("emp-many")
def at_most_one(answer, rng):
    """gives no value above 1"""
    p = rng.permutation([float(rng.uniform(0.0001, 0.01)), *rng.uniform(0.6, 0.95, 4)])
    got = _adjusted(answer, p)
    expect.close(np.sort(got)[1:], np.ones(4), "An adjusted p-value is still a p-value: 1 is the largest.")
    expect.close(got[p.argmin()], 5 * p.min(), "The smallest is multiplied by the number of tests.", rtol=1e-6)


@check("emp-many")
def one_and_equal_ones(answer, rng):
    """leaves a single p-value alone, and treats equal ones alike"""
    p = float(rng.uniform(0.01, 0.9))
    expect.close(_adjusted(answer, [p]), [p], "One test needs no correction.", rtol=1e-6)
    low, high = float(rng.uniform(0.001, 0.01)), float(rng.uniform(0.3, 0.5))
    got = _adjusted(answer, [high, low, low, 0.0])
    expect.close(
        got, [high, 3 * low, 3 * low, 0.0], "Equal p-values get equal adjusted ones, and 0 stays 0.", rtol=1e-6
    )


@check("emp-many")
def best_of_equal_settings(answer, rng):
    """knows how much the best of equal settings gains by being chosen"""
    for settings in (int(rng.integers(2, 5)), int(rng.integers(10, 30)), 200):
        n, rate = int(rng.integers(20, 200)), float(rng.uniform(0.1, 0.9))
        want = (1 - stats.binom.cdf(np.arange(n), n, rate) ** settings).sum() / n
        says = "The mean of the best share: one minus F(k) to the power of the settings, from k = 0 to n - 1, over n."
        look = "a sum that begins at 1; the share of the most likely count; random draws in place of the sum"
        expect.close(answer.call("expected_best", settings, n, rate), want, says, rtol=1e-6, look=look)


@check("emp-many")
def one_setting_has_its_rate(answer, rng):
    """gives a single setting its own rate, and sure ones theirs"""
    n, rate = int(rng.integers(5, 60)), float(rng.uniform(0.2, 0.8))
    expect.close(answer.call("expected_best", 1, n, rate), rate, "With one setting nothing is chosen.", rtol=1e-6)
    m = int(rng.integers(3, 40))
    for sure in (0.0, 1.0):
        says = "Settings that never pass, or always, have no luck to choose from."
        expect.close(answer.call("expected_best", m, n, sure), sure, says, atol=1e-9)


@check("emp-many")
def refuses_other_numbers(answer, rng):
    """refuses what lies outside 0 to 1, and nothing at all"""
    good = list(rng.uniform(0, 1, 4))
    for values in ([], [*good, 1 + float(rng.uniform(0.01, 3))], [-float(rng.uniform(0.01, 3)), *good]):
        answer.raises("holm_adjusted", values, says="p-values lie between 0 and 1, and there is at least one.")


# emp-figure -----------------------------------------------------------------------------------------------------

HOLDS, NOT = "holds after correction", "does not"


def _board(rng, m):
    """Settings in no order: names, leads, lows, highs, adjusted p-values.

    From the largest lead downwards every second value is below 0.05, so that it shows who forgot to sort something.
    """
    names = [f"p{i}" for i in rng.choice(90, size=m, replace=False)]
    levels = np.where(np.arange(m) % 2 == 0, rng.uniform(0.001, 0.04, m), rng.uniform(0.06, 0.4, m))
    while True:
        leads = rng.permutation(np.arange(m) * 2.0 - m + rng.uniform(0, 1, m))
        adjusted = levels[np.argsort(np.argsort(-leads))]
        if ((adjusted < 0.05) != (levels < 0.05)).any():
            return names, leads, leads - rng.uniform(1, 3, m), leads + rng.uniform(4, 6, m), adjusted


def _points(figure):
    """Place -> (label, lead, low, high)."""
    found = {}
    for series in figure.errorbars:
        points = sorted(zip(series.get("x", []), series.get("y", []), strict=False))
        bars = sorted([seg[0][0], *sorted(y for _, y in seg)] for seg in series["segments"])
        expect.true(len(points) == len(bars), "Each setting has one point and one bar.", got=f"{len(bars)} bars")
        for (x, y), (_, low, high) in zip(points, bars, strict=True):
            found[round(x)] = (str(series["label"]), y, low, high)
    return found


@check("emp-figure")
def fresh_board(answer, rng):
    """puts leads and intervals of a fresh board in order"""
    m = int(rng.integers(5, 12))
    names, leads, lows, highs, adjusted = _board(rng, m)
    found = _points(answer.figure("draw_leads", names, leads, lows, highs, adjusted, "x"))
    expect.equal(sorted(found), list(range(m)), "Settings stand at 0, 1, ..., m - 1.", expected="one place for each")
    order = np.argsort(-leads)
    says = "The largest lead stands at 0, and each lead keeps its own interval."
    got = [found[i][1:] for i in range(m)]
    expect.close(got, np.column_stack([leads, lows, highs])[order], says, atol=1e-3, look="the same order for all")


@check("emp-figure")
def names_go_along(answer, rng):
    """writes each name below its lead"""
    m = int(rng.integers(4, 10))
    names, leads, lows, highs, adjusted = _board(rng, m)
    figure = answer.figure("draw_leads", names, leads, lows, highs, adjusted, "x")
    texts = {round(place): text for place, text in figure.xticks if abs(place - round(place)) < 1e-6}
    want = [names[i] for i in np.argsort(-leads)]
    says = "A tick at each setting's place carries its name."
    expect.equal([texts.get(i) for i in range(m)], want, says, expected="the names, sorted along with the leads")


@check("emp-figure")
def kinds_go_along(answer, rng):
    """keeps each setting's kind when it sorts"""
    m = 2 * int(rng.integers(3, 6))
    names, leads, lows, highs, adjusted = _board(rng, m)
    found = _points(answer.figure("draw_leads", names, leads, lows, highs, adjusted, "x"))
    want = [HOLDS if p < 0.05 else NOT for p in adjusted[np.argsort(-leads)]]
    says = "What holds is decided by the adjusted p-value of that setting: below 0.05."
    got = [found.get(i, ("",))[0] for i in range(m)]
    expect.equal(got, want, says, expected="the two labels, each in its places", look="intervals without 0")


@check("emp-figure")
def one_kind_only(answer, rng):
    """leaves a series out that has no setting"""
    for level, label in ((0.5, NOT), (0.01, HOLDS)):
        m = int(rng.integers(2, 6))
        names, leads, lows, highs, _ = _board(rng, m)
        figure = answer.figure("draw_leads", names, leads, lows, highs, np.full(m, level), "x")
        says = "If all hold, or none does, there is one series, and one line in the legend."
        expect.equal([str(s["label"]) for s in figure.errorbars], [label], says, expected="one series")
        expect.equal(figure.legend, [label], says, expected="one line in the legend")


@check("emp-figure")
def line_at_zero(answer, rng):
    """draws a line at zero, and none through the points"""
    figure = answer.figure("draw_leads", *_board(rng, int(rng.integers(4, 9))), "x")
    flat = [line for line in figure.lines if len(line["y"]) >= 2 and max(abs(y) for y in line["y"]) < 1e-9]
    expect.true(bool(flat), "A line at zero shows who leads at all.", expected="a level line at 0", look="ax.axhline")
    expect.true("points" in figure.ylabel.lower(), "The unit, points, stands at the upright axis.", got=figure.ylabel)


@check("emp-figure")
def says_the_finding_it_got(answer, rng):
    """has the caller's finding as its title"""
    for number in rng.choice(900, size=2, replace=False):
        finding = f"{number} of a thousand"
        figure = answer.figure("draw_leads", *_board(rng, 4), finding)
        expect.equal(figure.title, finding, "The title is what the caller found.", expected="`finding`")


@check("emp-figure")
def draws_where_it_is_told(answer, rng):
    """draws on the axes that it gets, and on a figure of its own otherwise"""
    m = int(rng.integers(3, 7))
    board = _board(rng, m)
    given = answer.figure("draw_leads", *board, "given", answer.make("world.one_of_two_axes"))
    says = "With `ax` given, everything is drawn there: it is part of a larger figure."
    expect.equal(given.axes, 2, says, expected="the axes that were passed", look="`plt.` draws on the current axes")
    expect.equal(sorted(_points(given)), list(range(m)), says, expected="all settings, on these axes")
    expect.equal(given.title, "given", says, expected="the title as well")
    own = answer.figure("draw_leads", *board, "own")
    expect.equal(own.axes, 1, "Without `ax` the figure has this one plot.", expected="one plot")
