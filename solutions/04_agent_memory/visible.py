"""Visible checks of unit 04. You may read them; they are the same kind of thing as the held-back ones."""

import numpy as np

from worktest.checks import check, expect

# mem-recall -----------------------------------------------------------------------------------------------------

# three places, then "unknown"; the first four questions have an answer in the context, the others have none
PROBS = [
    [0.90, 0.05, 0.03, 0.02],
    [0.30, 0.45, 0.15, 0.10],
    [0.10, 0.10, 0.20, 0.60],
    [0.05, 0.90, 0.03, 0.02],
    [0.85, 0.05, 0.05, 0.05],
    [0.02, 0.03, 0.05, 0.90],
    [0.40, 0.30, 0.20, 0.10],
    [0.05, 0.05, 0.85, 0.05],
    [0.10, 0.20, 0.10, 0.60],
]
TRUTH = [0, 1, 2, 0, 1, 1, 2, 2, 0]
KNOWN = [True] * 4 + [False] * 5
RATES = "Give back a dictionary with the keys 'recall' and 'confident_absent'."


def _rates(got):
    keys = sorted(map(str, got)) if isinstance(got, dict) else []
    expect.true(keys == ["confident_absent", "recall"], RATES, expected="these two keys", got=f"the keys {keys}")
    return got


@check("mem-recall")
def each_share_has_its_own_questions(answer, rng):
    """counts recall among the known questions, and confident places among the others"""
    for form in (np.asarray, list):
        got = _rates(answer.call("recall_rates", form(PROBS), form(TRUTH), form(KNOWN)))
        expect.close(
            got["recall"],
            2 / 4,
            "Four questions have an answer in the context. The model names the right place for two; for a third "
            "it says that it doesn't know, and that is no recall.",
            look="the denominator, and whether the column of 'unknown' takes part in the argmax",
        )
        expect.close(
            got["confident_absent"],
            2 / 5,
            "Five questions have no answer in the context. Count those where a place is the most probable answer, with "
            "at least the threshold. To be sure of 'unknown' is no confabulation.",
            look="the last column, the denominator, and whether a place that happens to be right is left out",
        )


@check("mem-recall")
def at_least_the_threshold(answer, rng):
    """takes the threshold that it is given, and counts what lies exactly on it"""
    probs = [[0.5, 0.25, 0.125, 0.125], [0.125, 0.75, 0.0625, 0.0625], [0.0625, 0.375, 0.3125, 0.25]]
    says = "An answer with at least the probability `threshold` is confident. One that lies exactly on it is."
    for threshold, want in ((0.5, 2 / 3), (0.75, 1 / 3), (0.25, 1.0)):
        got = _rates(answer.call("recall_rates", probs, [0, 0, 0], [False] * 3, threshold))
        expect.close(got["confident_absent"], want, says, look=">= or >, and whether `threshold` is used at all")


@check("mem-recall")
def a_share_of_nothing(answer, rng):
    """gives None where there is no question to take a share of"""
    got = _rates(answer.call("recall_rates", PROBS[:4], TRUTH[:4], KNOWN[:4]))
    says = "All questions are known, so there is no share of the others: None. It is neither 0 nor NaN."
    expect.true(got["confident_absent"] is None, says, expected="None", got=str(got["confident_absent"]))
    expect.close(got["recall"], 2 / 4, "Recall has its four questions all the same.")


# mem-figure -----------------------------------------------------------------------------------------------------

CONFIDENCE, CORRECT = [0.5, 0.75, 0.25, 0.5, 0.9], [False, True, False, True, True]
CURVES = {
    "careful": (np.array([0.9, 0.7, 0.7, 0.4, 0.2]), np.array([True, True, False, True, False])),
    "bold": (np.array([0.99, 0.95, 0.95, 0.8]), np.array([False, True, True, False])),
}
DRAWN = {"careful": ([0.2, 0.6, 0.8, 1.0], [0, 1 / 3, 1 / 4, 2 / 5]), "bold": ([0.25, 0.75, 1.0], [1, 1 / 3, 1 / 2])}


@check("mem-figure")
def a_step_for_each_confidence(answer, rng):
    """answers more and more questions, equally confident ones together"""
    got = answer.call("risk_coverage", CONFIDENCE, CORRECT)
    expect.true(isinstance(got, list | tuple | np.ndarray) and len(got) == 2, "Give back two things: (coverage, risk).")
    look = "whether you go from the most confident down, and how many entries there are: two questions tie"
    says = "Coverage is the share of all five questions that is answered, from the strictest threshold to none."
    expect.close(got[0], [0.2, 0.4, 0.8, 1.0], says, look=look)
    says = "Risk is the share of the *answered* questions that is wrong, at the same thresholds."
    expect.close(got[1], [0.0, 0.0, 0.25, 0.4], says, look="the denominator; wrong or right; whether `correct` follows")


@check("mem-figure")
def without_questions_no_curve(answer, rng):
    """refuses to draw a curve of nothing"""
    answer.raises("risk_coverage", [], [], says="There are no questions, so there is no share of them: ValueError.")


@check("mem-figure")
def a_line_for_each_curve(answer, rng):
    """draws coverage across and risk upwards, one labelled line for each curve"""
    figure = answer.figure("draw_risk_coverage", CURVES, "A test")
    lines = {line["label"]: line for line in figure.lines}
    for name, (coverage, risk) in DRAWN.items():
        says = f"There must be a line labelled {name!r}: a name in `curves` is the label of its line."
        expect.true(name in lines, says, expected="a line for each name", got=f"lines labelled {sorted(lines)}")
        says = f"{name!r}: coverage goes across and risk upwards, one point for each threshold."
        look = "which of the two comes first, and whether each line is made from its own pair"
        expect.close(lines[name]["x"], coverage, says, look=look)
        expect.close(lines[name]["y"], risk, says, look=look)


@check("mem-figure")
def says_what_it_shows(answer, rng):
    """names both axes and the curves, shows the whole range, and has the finding as its title"""
    figure = answer.figure("draw_risk_coverage", CURVES, "A test")
    for label, word in ((figure.xlabel, "coverage"), (figure.ylabel, "risk")):
        expect.true(word in label.lower(), f"One axis is {word}: say so in its label.", got=repr(label))
    expect.equal(figure.title, "A test", "The title is the finding that the caller passes.", expected="`finding`")
    says = "The legend must have the name of each curve; call `ax.legend()`."
    expect.true(set(CURVES) <= set(figure.legend), says, expected="the names", got=str(figure.legend))
