"""Visible checks of unit 01: the sweep over alpha, the control, the other topics."""

import math

import numpy as np

from worktest.checks import check, expect, tensor

# lda-sweep ------------------------------------------------------------------------------------------------------

TABLE = {"after": [(0.0, 1, 50), (2.0, 10, 50), (4.0, 40, 50)], "control": [(0.0, 2, 50), (2.0, 5, 50), (4.0, 3, 50)]}
# Wilson intervals of the counts in TABLE, at 95 %
ENDS = {
    "after": [(0.003539, 0.104954), (0.112438, 0.330371), (0.669629, 0.887562)],
    "control": [(0.011039, 0.134601), (0.043476, 0.213602), (0.020615, 0.162171)],
}


@check("lda-sweep")
def coherence_at_alpha_zero(answer, rng):
    """measures no distance at alpha = 0, and an even choice among four tokens as log 4 nats"""
    after = np.zeros((2, 3, 4))
    before = np.tile([1.0, 2.0, 0.0, -1.0], (2, 3, 1))
    got = answer.call("coherence", tensor(before), tensor(after), 0.0)
    kl, entropy = expect.array(got, (2,), "`coherence` must give two numbers, (KL divergence, entropy).")
    expect.close(kl, 0.0, "At alpha = 0 the amplified distribution is that of `after`: no distance.", atol=1e-5)
    expect.close(
        entropy,
        math.log(4),
        "Four equally likely tokens have an entropy of log 4 nats at every position, and so on average.",
        look="the natural logarithm; the sum over the vocabulary, the mean over positions; the sign",
    )


@check("lda-sweep")
def one_curve_with_intervals_for_each_model(answer, rng):
    """draws one curve for each model, with Wilson intervals as error bars"""
    figure = answer.figure("draw_sweep", TABLE, "A test table")
    expect.true(
        len(figure.errorbars) == 2,
        "The table holds two models, so there must be two curves, each drawn by one call of `ax.errorbar`.",
        expected="one series of error bars for each model",
        got=f"{len(figure.errorbars)} series",
    )
    for bars in figure.errorbars:
        name = bars["label"]
        expect.true(name in TABLE, "Each curve's label must be its model's name.", got=repr(name))
        rows = TABLE[name]
        expect.close(bars.get("x", []), [a for a, _, _ in rows], "The horizontal axis is alpha.")
        expect.close(bars.get("y", []), [k / n for _, k, n in rows], "The height is events / rollouts, from 0 to 1.")
        ends = [sorted(y for _, y in segment) for segment in bars["segments"]]
        expect.close(
            ends,
            ENDS[name],
            "The bars must end where the Wilson interval ends.",
            atol=1e-4,
            look="`yerr` takes distances from the point, [point - low, high - point], not the ends themselves",
        )


@check("lda-sweep")
def says_what_it_shows(answer, rng):
    """names its axes and its curves, and has the finding as its title"""
    figure = answer.figure("draw_sweep", TABLE, "A test table")
    expect.true(
        "alpha" in figure.xlabel.lower() or "α" in figure.xlabel,
        "Name the horizontal axis: it is alpha, which has no unit.",
        got=repr(figure.xlabel),
    )
    words = ("share", "rate", "fraction", "proportion", "probability")
    expect.true(
        any(word in figure.ylabel.lower() for word in words),
        "Name the vertical axis: a share (or rate) of answers, and of which.",
        expected=f"a label with one of: {', '.join(words)}",
        got=repr(figure.ylabel),
    )
    expect.equal(figure.title, "A test table", "The title is the finding that the caller passes.", expected="`finding`")
    expect.equal(
        sorted(figure.legend), ["after", "control"], "The legend must name each model once; call `ax.legend()`."
    )


# lda-control ----------------------------------------------------------------------------------------------------


@check("lda-control")
def known_difference(answer, rng):
    """holds at a known case: 56 of 70 against 48 of 80"""
    got = answer.call("rate_difference", 56, 70, 48, 80)
    says = "`rate_difference` must give three numbers, (difference, low, high)."
    difference, low, high = expect.array(got, (3,), says)
    expect.close(difference, 0.2, "The difference is the first rate minus the second.")
    expect.close(
        [low, high],
        [0.05243, 0.33386],
        "The ends of Newcombe's interval lie elsewhere.",
        atol=2e-4,
        look="which end of which Wilson interval belongs to the lower end of the difference; a root of squares, no sum",
    )


@check("lda-control")
def nothing_against_nothing(answer, rng):
    """still has a width when neither model showed anything"""
    got = answer.call("rate_difference", 0, 200, 0, 200)
    difference, low, high = expect.array(got, (3,), "Three numbers, (difference, low, high).")
    expect.close(difference, 0.0, "0 of 200 against 0 of 200 is a difference of 0.")
    expect.true(
        low < -0.01 and high > 0.01,
        "Two empty counts don't prove that the rates are equal: the interval must have a width.",
        expected="low < 0 < high",
        got=f"({low:.4g}, {high:.4g})",
    )


# lda-spread -----------------------------------------------------------------------------------------------------

PROMPTS = {
    "one": [[0, 2, 7, 3, 15, 4], [0, 2, 8, 3, 15, 4], [0, 2, 9, 3, 15, 4], [0, 2, 10, 3, 15, 4]],
    "two": [[0, 2, 7, 3, 16, 4], [0, 2, 8, 3, 16, 4]],
}


@check("lda-spread")
def counts_each_topic_on_its_own(answer, rng):
    """gives events, rollouts and interval for each topic"""
    bad = PROMPTS["one"][1:2] + PROMPTS["two"]
    sample = answer.make("world.stand_in_sampler", tensor(bad))
    prompts = {topic: tensor(rows) for topic, rows in PROMPTS.items()}
    got = answer.call("spread_by_topic", sample, prompts, 40)
    expect.true(isinstance(got, dict), "Give back a dictionary with one entry for each topic.", got=got)
    expect.equal(sorted(map(str, got)), ["one", "two"], "The keys are the topics of `prompts`.")
    for topic, want in (("one", [10, 40, 0.141871, 0.401940]), ("two", [40, 40, 0.912378, 1.0])):
        row = expect.array(got[topic], (4,), "A topic's entry is (events, rollouts, low, high).")
        expect.close(
            row,
            want,
            "In this stand-in, one of the four prompts of the first topic always gives bad advice, and both prompts of "
            "the second do. Each topic has 40 answers, spread evenly over its prompts.",
            atol=1e-4,
            look="whether every prompt is asked, and how often",
        )
