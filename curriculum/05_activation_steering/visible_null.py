"""Visible checks of unit 05: random directions, the p-value, the figure of a sweep."""

import re

import numpy as np

from worktest.checks import check, expect, tensor

# steer-null -----------------------------------------------------------------------------------------------------


@check("steer-null")
def as_long_as_the_vector(answer, rng):
    """draws vectors with exactly the norm of the given one, whose parts take both signs"""
    vector = np.array([3.0, 0.0, 4.0, 0.0, 0.0, 12.0])
    got = answer.call("random_directions", tensor(vector), 40, answer.make("world.generator", 3))
    got = expect.array(got, (40, 6), "Give back one vector a row: (n, d_model).")
    expect.close(
        np.linalg.norm(got, axis=1),
        np.full(40, 13.0),
        "Every random vector has the norm of `vector`, not only on average: a longer one moves more, whatever its "
        "direction.",
        rtol=1e-3,
        look="the norm of each row, along the last dimension",
    )
    expect.true(
        bool(((got > 0).any(0) & (got < 0).any(0)).all()),
        "A direction may point anywhere: each of its parts is positive as often as negative.",
        expected="both signs in every column",
        got="a column with one sign alone",
        look="which distribution the numbers are drawn from, and whether they depend on `vector`",
    )


@check("steer-null")
def all_from_the_generator(answer, rng):
    """draws from the generator it was given, and goes on with it"""
    vector, source = tensor(np.ones(5)), answer.make("world.generator", 4)
    one = answer.call("random_directions", vector, 3, source)
    two = expect.array(answer.call("random_directions", vector, 3, source), (3, 5), "One vector a row.")
    again = answer.call("random_directions", vector, 3, answer.make("world.generator", 4))
    says = "A generator with the same seed must give the same vectors, or nobody can repeat your null."
    expect.close(again, expect.array(one, (3, 5), "One vector a row."), says, look="`generator=generator`")
    expect.true(
        not np.allclose(one, two),
        "A second call must go on with new vectors.",
        expected="other vectors than before",
        got="the same once more",
        look="a seed inside the function",
    )


@check("steer-null")
def both_sides_and_itself(answer, rng):
    """counts what lies as far on either side, and the effect itself"""
    got = answer.call("p_value", 0.5, [0.1, -0.75, 0.5, -0.25, 0.4, 0.0, 0.6, -0.3, 0.2])
    expect.close(
        got,
        0.4,
        "Count the null effects that are at least as far from zero as the effect, to either side and ties included. "
        "Then the effect itself counts as one more draw, above and below.",
        look="`abs` on both, >= and not >, and the two ones in (1 + k) / (1 + n)",
    )


@check("steer-null")
def nothing_to_compare_with(answer, rng):
    """refuses an empty null"""
    answer.raises("p_value", 0.5, [], says="Without a null effect there is nothing to compare with: raise ValueError.")


# steer-figure ---------------------------------------------------------------------------------------------------

DOSES = [0.25, 0.5, 1.0, 2.0]
EFFECTS = np.array([[0.2, 0.4, 0.6, 0.0], [0.9, 0.5, 0.7, 1.1], [1.0, 2.0, 2.5, 1.5], [1.0, 4.0, 3.0, 2.0]])
OTHER = np.array([[0.0, -0.1, 0.1, 0.0], [0.2, -0.2, 0.1, 0.1], [-0.5, 0.3, 0.4, 0.2], [-0.9, 0.8, 0.1, 0.4]])
NULL = np.array(
    [[0.0, 0.01, -0.02, 0.05, 0.3], [0.1, -0.1, 0.0, 0.2, 0.9], [0.3, -0.1, 0.2, 0.0, 1.2], [1, 0, 0, 2, -0.5]]
)
LABELS = ["other concept", "random directions", "steered concept"]


def _series(figure):
    labels = [str(bars["label"]) for bars in figure.errorbars]
    expect.true(
        sorted(labels) == LABELS,
        "There must be three calls of `ax.errorbar`, labelled 'steered concept', 'other concept', 'random directions'.",
        expected="three series with these labels",
        got=f"{len(labels)} series: {labels}",
    )
    return {str(bars["label"]): bars for bars in figure.errorbars}


def _sweep(answer):
    return answer.figure("draw_sweep", DOSES, list(EFFECTS), list(OTHER), NULL, "dose", "A test sweep")


@check("steer-figure")
def means_and_a_median(answer, rng):
    """puts means of the effects and medians of the null over the doses"""
    middles = {
        "steered concept": EFFECTS.mean(1),
        "other concept": OTHER.mean(1),
        "random directions": [0.01, 0.1, 0.2, 0],
    }
    for label, bars in _series(_sweep(answer)).items():
        says = f"{label!r}: there is one point for each dose, and it stands above its dose."
        expect.close(sorted(bars.get("x", [])), DOSES, says, atol=0.02, look="the numbers in `across`, not 0, 1, 2")
        expect.close(
            bars.get("y", []),
            middles[label],
            f"{label!r}: the height is the mean over requests, for the null the median over random directions.",
            atol=1e-4,
            look="which argument goes with which label, and the axis of the mean: a row is a dose",
        )


@check("steer-figure")
def two_kinds_of_bars(answer, rng):
    """has intervals of a mean for the effects, and a range of directions for the null"""
    series = _series(_sweep(answer))
    for label, values in (("steered concept", EFFECTS), ("other concept", OTHER)):
        half = 1.96 * values.std(1, ddof=1) / 2  # four requests
        expect.close(
            [sorted(y for _, y in segment) for segment in series[label]["segments"]],
            np.column_stack([values.mean(1) - half, values.mean(1) + half]),
            f"{label!r}: the bars are 1.96 standard errors of the mean long, to either side.",
            atol=2e-4,
            look="the standard deviation (with n - 1) is not yet the standard error; n counts requests",
        )
    expect.close(
        [sorted(y for _, y in segment) for segment in series["random directions"]["segments"]],
        np.percentile(NULL, [2.5, 97.5], axis=1).T,
        "'random directions': the bars end at the 2.5th and 97.5th percentile. They show where single directions lie, "
        "so they are no interval of a mean, and they need not be symmetric.",
        atol=2e-4,
        look="`yerr` takes two rows of distances from the point, downwards and upwards, not the ends themselves",
    )


@check("steer-figure")
def says_what_it_shows(answer, rng):
    """names its axes, its unit and its series, and has the finding as its title"""
    figure = _sweep(answer)
    expect.true(
        "dose" in figure.xlabel,
        "The horizontal axis has the name that is passed as `what`.",
        expected="`what`",
        got=repr(figure.xlabel),
    )
    expect.true(
        re.search("log.?odds", figure.ylabel.lower()) is not None,
        "Name the upright axis with its unit: shifts are measured in log-odds.",
        expected="a label with the word log-odds",
        got=repr(figure.ylabel),
    )
    expect.equal(figure.title, "A test sweep", "The title is the finding that the caller passes.", expected="`finding`")
    expect.true(
        sorted(figure.legend) == LABELS,
        "The legend must name the three series, each once; call `ax.legend()`.",
        expected="the three labels",
        got=str(figure.legend),
    )
