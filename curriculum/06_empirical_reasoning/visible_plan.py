"""Visible checks of unit 06's primer: planning, many settings, the forest plot, the bootstrap."""

import math

import numpy as np

from worktest.checks import check, expect

# emp-power ------------------------------------------------------------------------------------------------------


@check("emp-power")
def five_points(answer, rng):
    """plans for five points at the usual 5 % and 80 %"""
    z = 1.959964 + 0.841621
    expect.equal(
        answer.call("items_needed", 0.05, 0.1),
        math.ceil(z**2 * 0.1 / 0.05**2),
        "With no noise within items: the square of the two z together, times the variance, over the square of the "
        "effect, rounded up.",
        expected="another whole number",
        look="alpha is split between two sides, and the z of the power is added before squaring",
    )


@check("emp-power")
def there_and_back(answer, rng):
    """finds with n items what n items were planned for"""
    effect = answer.call("detectable_effect", 400, 0.02, 0.2, 0.1, 2, 5)
    want = (1.959964 + 0.841621) * math.sqrt((0.02 + 0.2 / 2 + 0.1 / 5) / 400)
    expect.close(
        effect,
        want,
        "The smallest difference that n items find: z times the root of the variance over n.",
        look="each model's noise is divided by its own number of answers",
    )


@check("emp-power")
def no_effect(answer, rng):
    """refuses an effect of nothing"""
    answer.raises("items_needed", 0.0, 0.1, says="No number of items finds a difference of 0: raise ValueError.")


# emp-many -------------------------------------------------------------------------------------------------------


@check("emp-many")
def four_p_values(answer, rng):
    """adjusts four p-values, in their own order"""
    expect.close(
        answer.call("holm_adjusted", [0.03, 0.01, 0.5, 0.02]),
        [0.06, 0.04, 0.5, 0.06],
        "The smallest is multiplied by 4, the next by 3, the next by 2, the last by 1.",
        look="the adjusted value of 0.03 may not fall below that of 0.02; all go back to the places they came from",
    )


@check("emp-many")
def best_of_two_coins(answer, rng):
    """knows how well the better of two coins does"""
    expect.close(
        answer.call("expected_best", 2, 1, 0.5),
        0.75,
        "Two settings with one item each, a coin for both: the better one passes unless both fail.",
        look="F(k) to the power of the number of settings, from k = 0 to n - 1",
    )


@check("emp-many")
def no_p_values(answer, rng):
    """refuses what is no p-value"""
    for values in ([], [0.2, 1.2], [-0.1, 0.5]):
        answer.raises("holm_adjusted", values, says="p-values lie between 0 and 1: raise ValueError otherwise.")


# emp-figure -----------------------------------------------------------------------------------------------------

NAMES = ["ash", "birch", "cedar", "elm"]
LEADS, LOWS, HIGHS, ADJUSTED = [2.0, 9.0, -3.0, 5.0], [-4.0, 3.0, -8.0, -1.5], [7.0, 14.0, 3.0, 12.0], [1, 0.01, 1, 0.2]
LABELS = {"holds after correction", "does not"}


def leads_of(figure):
    """All points of a forest plot by their place: place -> (label, lead, low, high)."""
    found = {}
    for series in figure.errorbars:
        ends = sorted([seg[0][0], *sorted(y for _, y in seg)] for seg in series["segments"])
        points = sorted(zip(series.get("x", []), series.get("y", []), strict=False))
        says = "Each setting has one point and one bar."
        expect.true(len(ends) == len(points), says, expected="as many bars as points", got=f"{len(ends)} bars")
        for (x, y), (_, low, high) in zip(points, ends, strict=True):
            found[round(x)] = (str(series["label"]), y, low, high)
    return found


@check("emp-figure")
def largest_lead_first(answer, rng):
    """sorts the settings by their lead, and their names along with them"""
    figure = answer.figure("draw_leads", NAMES, LEADS, LOWS, HIGHS, ADJUSTED, "a board")
    found = leads_of(figure)
    expect.equal(sorted(found), [0, 1, 2, 3], "Settings stand at 0, 1, 2, 3.", expected="these four places")
    expect.close(
        [found[i][1] for i in range(4)],
        [9.0, 5.0, 2.0, -3.0],
        "From left to right the leads go down.",
        look="one order, taken from the leads, for everything that is drawn",
    )
    texts = {round(place): text for place, text in figure.xticks if abs(place - round(place)) < 1e-6}
    expect.equal(
        [texts.get(i) for i in range(4)],
        ["birch", "elm", "ash", "cedar"],
        "Each name stands below its own lead.",
        expected="the names in the order of the leads",
        look="the names have to be sorted along",
    )


@check("emp-figure")
def bars_end_where_intervals_end(answer, rng):
    """draws each interval from its low to its high end"""
    found = leads_of(answer.figure("draw_leads", NAMES, LEADS, LOWS, HIGHS, ADJUSTED, "a board"))
    expect.equal(sorted(found), [0, 1, 2, 3], "Settings stand at 0, 1, 2, 3.", expected="these four places")
    expect.close(
        [found[i][2:] for i in range(4)],
        [[3, 14], [-1.5, 12], [-4, 7], [-8, 3]],
        "The bars end at the ends of the intervals, which need not lie equally far from the point.",
        look="`yerr` takes two rows of distances from the point, downwards and upwards",
    )


@check("emp-figure")
def two_kinds_and_their_names(answer, rng):
    """tells by the label what holds, and names axis, unit and finding"""
    figure = answer.figure("draw_leads", NAMES, LEADS, LOWS, HIGHS, ADJUSTED, "a board")
    found = leads_of(figure)
    expect.true(
        {s["label"] for s in figure.errorbars} == LABELS and set(figure.legend) == LABELS,
        "There are two series, 'holds after correction' and 'does not', both in the legend.",
        expected="these two labels",
        got=str(sorted(str(s["label"]) for s in figure.errorbars)),
    )
    expect.equal(
        [found[i][0] for i in range(4)],
        ["holds after correction", "does not", "does not", "does not"],
        "Only birch has an adjusted p-value below 0.05.",
        expected="one that holds",
        look="the adjusted values have to be sorted along as well",
    )
    expect.true("points" in figure.ylabel.lower(), "Name the upright axis with its unit, points.", got=figure.ylabel)
    expect.equal(figure.title, "a board", "The title is the finding that the caller passes.", expected="`finding`")


# emp-debug ------------------------------------------------------------------------------------------------------


@check("emp-debug")
def drawn_twice_counts_twice(answer, rng):
    """takes a task's rows as often as the task was drawn"""
    a, tasks = np.array([1, 1] + 18 * [0]), np.repeat(np.arange(10), 2)
    got = answer.call("cluster_bootstrap", a, np.zeros(20, int), tasks, 3000, answer.make("world.generator", 5))
    expect.close(
        got,
        [0.0, 0.3],
        "Of ten tasks one has a difference. How large the mean of a data set is depends on how often this task was "
        "drawn.",
        atol=1e-9,
        look="a task that was drawn twice must bring its rows twice",
    )


@check("emp-debug")
def refuses_what_does_not_fit(answer, rng):
    """refuses lists that don't belong together, and a single task"""
    ones, source = np.ones(4, int), answer.make("world.generator", 1)
    for a, b, tasks in ((ones, ones[:3], [0, 0, 1, 1]), (ones, ones, [0, 1, 1]), (ones, ones, [3, 3, 3, 3])):
        says = "a, b and tasks need one entry a row, and two tasks or more: raise ValueError otherwise."
        answer.raises("cluster_bootstrap", a, b, np.array(tasks), 50, source, says=says)
