"""Held-back checks of unit 04: what a model knows and says, risk against coverage."""

import numpy as np

from worktest.checks import check, expect

# mem-recall -----------------------------------------------------------------------------------------------------

RATES = "Give back a dictionary with the keys 'recall' and 'confident_absent'."


def _rates(answer, *args):
    got = answer.call("recall_rates", *args)
    keys = sorted(map(str, got)) if isinstance(got, dict) else []
    expect.true(keys == ["confident_absent", "recall"], RATES, expected="these two keys", got=f"the keys {keys}")
    return got


def _row(rng, places, best, top):
    """A row of probabilities in 1024ths whose largest is ``top`` (of 1024) in column ``best``; no other is as large.

    ``top`` must leave less than itself, or be more than an even share.
    """
    rest = 1024 - top
    others = np.full(places, rest // places)
    others[: rest - others.sum()] += 1
    row = np.insert(rng.permutation(others), best, top)
    assert (np.delete(row, best) < top).all() and row.sum() == 1024
    return row / 1024


def _place(rng, places, other_than=()):
    return int(rng.choice([place for place in range(places) if place not in other_than]))


@check("mem-recall")
def fresh_tables(answer, rng):
    """counts both shares in fresh tables of any width"""
    for places, form in ((18, np.asarray), (int(rng.integers(5, 9)), list), (int(rng.integers(20, 26)), np.asarray)):
        rows = []  # (truth, known, best column, top)
        for known, right, wrong, unknown in ((True, 7, 4, 3), (False, 2, 5, 4)):
            for _ in range(right):
                truth = _place(rng, places)
                rows.append((truth, known, truth, int(rng.integers(880, 1000))))
            for _ in range(wrong):
                truth = _place(rng, places)
                rows.append((truth, known, _place(rng, places, {truth}), int(rng.integers(880, 1000))))
            for _ in range(unknown):
                rows.append((_place(rng, places), known, places, int(rng.integers(880, 1000))))
            rows += [(0, known, _place(rng, places, {0}), int(rng.integers(400, 700))) for _ in range(2)]
        rows = [rows[i] for i in rng.permutation(len(rows))]
        probs = np.array([_row(rng, places, best, top) for _, _, best, top in rows])
        got = _rates(answer, form(probs.tolist()), form([r[0] for r in rows]), form([r[1] for r in rows]))
        look = "the denominators; the last column, wherever it is; which of the two groups is which"
        expect.close(got["recall"], 7 / 16, "The known questions alone: most probable answer against truth.", look=look)
        says = "The other questions alone: the share answered with a place, at 0.8 or more where no threshold is given."
        expect.close(got["confident_absent"], 7 / 13, says, look=look)


@check("mem-recall")
def unknown_is_no_place(answer, rng):
    """neither recalls nor confabulates where 'unknown' is the most probable answer"""
    places = int(rng.integers(4, 9))
    truth = [_place(rng, places) for _ in range(8)]
    probs = np.zeros((8, places + 1))
    for row, place in zip(probs, truth, strict=True):
        row[place], row[-1] = 0.4375, 0.5625
    flags = np.array([True, True, False, True, False, False, True, True])
    got = _rates(answer, probs, truth, flags, 0.25)
    says = "The model says 'unknown' each time. That the true place comes second is no recall: nobody hears it."
    expect.close(got["recall"], 0.0, says)
    says = "The model says 'unknown' each time, so it states no place, whatever the threshold."
    expect.close(got["confident_absent"], 0.0, says, look="the best place may pass the threshold without being said")


@check("mem-recall")
def a_lucky_guess_is_a_guess(answer, rng):
    """counts a confident place without a source, right or wrong"""
    places, lucky = int(rng.integers(4, 9)), int(rng.integers(2, 10))
    truth = [_place(rng, places) for _ in range(11)]
    said = [place if i < lucky else places for i, place in enumerate(truth)]
    probs = np.array([_row(rng, places, best, 900) for best in said])
    got = _rates(answer, probs, truth, np.zeros(11, dtype=bool))
    says = "The context says nothing about these things. A place that happens to be right is as made up as another."
    expect.close(got["confident_absent"], lucky / 11, says, look="whether the truth is used for more than recall")


@check("mem-recall")
def recall_needs_no_confidence(answer, rng):
    """counts a right answer as recalled at any probability"""
    places, n = int(rng.integers(4, 9)), int(rng.integers(5, 9))
    truth = np.array([_place(rng, places) for _ in range(n)])
    probs = np.array([_row(rng, places, place, 512) for place in truth])
    truth[0] = _place(rng, places, {int(truth[0])})
    for threshold in (0.25, 0.75, 0.9375):
        got = _rates(answer, probs, truth, [True] * n, threshold)
        says = "Recall asks which answer is the most probable. The threshold belongs to the other share."
        expect.close(got["recall"], (n - 1) / n, says)


@check("mem-recall")
def exactly_on_the_threshold(answer, rng):
    """counts an answer on the threshold, and none below it, for any threshold"""
    places = int(rng.integers(4, 9))
    on, below, above = (int(k) for k in rng.integers(1, 5, size=3))
    for top in (512, 768, 896):
        tops = [top] * on + [top - 1] * below + [top + 1] * above
        probs = np.array([_row(rng, places, _place(rng, places), t) for t in tops])
        got = _rates(answer, rng.permutation(probs), [0] * len(tops), [False] * len(tops), top / 1024)
        says = "At least the threshold: what lies exactly on it counts, what lies below it does not."
        expect.close(got["confident_absent"], (on + above) / len(tops), says, look="> and >=; rounded probabilities")


@check("mem-recall")
def shares_of_nothing(answer, rng):
    """gives None for a share of no questions, and the other share as ever"""
    places, n = int(rng.integers(4, 9)), int(rng.integers(3, 7))
    truth = [_place(rng, places) for _ in range(n)]
    probs = np.array([_row(rng, places, place, 1000) for place in truth])
    says = "A share of no questions is None: not 0, which says that there were some; not NaN, which spreads."
    for flag, empty, full in ((True, "confident_absent", "recall"), (False, "recall", "confident_absent")):
        got = _rates(answer, probs, truth, np.full(n, flag))
        expect.true(got[empty] is None, says, expected="None", got=str(got[empty]))
        expect.close(got[full], 1.0, "The other share has its questions.")
    got = _rates(answer, np.zeros((0, places + 1)), np.zeros(0, dtype=int), np.zeros(0, dtype=bool))
    expect.true(got["recall"] is None and got["confident_absent"] is None, says, expected="None twice", got=str(got))


@check("mem-recall")
def refuses_different_lengths(answer, rng):
    """refuses rows, truths and flags of different numbers with a ValueError"""
    places, n = int(rng.integers(4, 9)), int(rng.integers(3, 7))
    probs = np.array([_row(rng, places, _place(rng, places), 900) for _ in range(n)])
    truth, known = np.zeros(n, dtype=int), np.arange(n) % 2 == 0
    says = "Every question has one row, one truth and one flag. Different numbers mean a mix-up: raise ValueError."
    for args in ((probs, truth[:1], known), (probs, truth, known[:-1]), (probs[:-1], truth, known)):
        answer.raises("recall_rates", *args, says=says)
        answer.raises("recall_rates", *(list(map(np.ndarray.tolist, args))), says=says)


# mem-figure -----------------------------------------------------------------------------------------------------

PAIR = "Give back two things of equal length: (coverage, risk)."


def _expect_curve(got, coverage, risk, says, look=""):
    expect.true(isinstance(got, list | tuple | np.ndarray) and len(got) == 2, PAIR)
    expect.close(got[0], coverage, f"Coverage: {says}", look=look)
    expect.close(got[1], risk, f"Risk: {says}", look=look)


def _reference(confidence, correct):
    coverage, risk = [], []
    for threshold in sorted(set(confidence), reverse=True):
        answered = [c for value, c in zip(confidence, correct, strict=True) if value >= threshold]
        coverage.append(len(answered) / len(confidence))
        risk.append(answered.count(False) / len(answered))
    return coverage, risk


def _questions(rng, n):
    """Confidences in 16ths with ties, and whether right: the most confident right but for one, the others wrong."""
    confidence = np.concatenate([[15, 15, 15, 14, 3, 3, 2, 2], rng.integers(4, 14, size=n - 8)]) / 16
    correct = np.concatenate([[True, True, False, True, False, False, True, False], rng.random(n - 8) < 0.5])
    order = rng.permutation(n)
    return confidence[order], correct[order]


@check("mem-figure")
def fresh_curves(answer, rng):
    """gives coverage and risk for fresh questions with ties"""
    for form in (np.asarray, list):
        for _ in range(2):
            confidence, correct = _questions(rng, int(rng.integers(20, 60)))
            _expect_curve(
                answer.call("risk_coverage", form(confidence.tolist()), form(correct.tolist())),
                *_reference(confidence.tolist(), correct.tolist()),
                "one entry for each confidence that occurs, from the highest down.",
                "both denominators, the direction, and how ties are treated",
            )


@check("mem-figure")
def ties_do_not_depend_on_the_order(answer, rng):
    """answers equally confident questions together, in whichever order they come"""
    right, wrong = int(rng.integers(3, 9)), int(rng.integers(3, 9))
    correct = np.array([True] * right + [False] * wrong + [True])
    confidence = np.array([0.5] * (right + wrong) + [0.75])
    n = len(correct)
    for order in (np.arange(n), np.arange(n)[::-1], rng.permutation(n)):
        says = "at a threshold all questions of this confidence are answered. There are two confidences here."
        got = answer.call("risk_coverage", confidence[order], correct[order])
        _expect_curve(got, [1 / n, 1.0], [0.0, wrong / n], says, "a cumulative sum has a step for every question")


@check("mem-figure")
def one_confidence_one_point(answer, rng):
    """gives one point where all are equally confident, one question included"""
    n = int(rng.integers(4, 12))
    correct = np.arange(n) > 0
    says = "there is one threshold, and at it everything is answered."
    _expect_curve(answer.call("risk_coverage", np.full(n, 0.625), rng.permutation(correct)), [1.0], [1 / n], says)
    _expect_curve(answer.call("risk_coverage", [0.25], [False]), [1.0], [1.0], says)
    _expect_curve(answer.call("risk_coverage", [0.25], [True]), [1.0], [0.0], says)


@check("mem-figure")
def confidences_of_any_size(answer, rng):
    """takes the confidences as thresholds, however near, large or negative they are"""
    near = 1 - 2.0 ** -np.arange(1, 25)  # 0.5, 0.75, ... up to a hair below 1
    for confidence in (near, rng.permutation(40) - 55.25, rng.permutation(150) / 128):
        confidence = rng.permutation(confidence)
        correct = rng.random(len(confidence)) < 0.6
        says = "every confidence that occurs is a threshold. It may be a logit, and two may be very near to each other."
        got = answer.call("risk_coverage", confidence, correct)
        _expect_curve(got, *_reference(confidence.tolist(), correct.tolist()), says, "a fixed grid; rounding")


@check("mem-figure")
def refuses_no_questions(answer, rng):
    """refuses an empty list or array with a ValueError"""
    for empty in ([], np.zeros(0)):
        answer.raises("risk_coverage", empty, np.zeros(0, dtype=bool), says="No questions, no curve: raise ValueError.")


def _curves(rng, k):
    """Curves of different lengths, none of which comes near risk 0 or 1 at the end, or coverage 0."""
    curves = {}
    for i in range(k):
        n = 4 * int(rng.integers(6, 12)) + i
        confidence = np.concatenate([np.full(n // 2, 0.9), rng.integers(4, 12, size=n - n // 2) / 16])
        curves[f"way {i} of {rng.integers(100, 999)}"] = (rng.permutation(confidence), np.arange(n) % 3 > 0)
    return curves


def _expect_lines(figure, curves, says):
    for name, (confidence, correct) in curves.items():
        lines = [line for line in figure.lines if line["label"] == name]
        expect.true(len(lines) == 1, f"One line has the label {name!r}: {says}", got=f"{len(lines)} such lines")
        coverage, risk = _reference(confidence.tolist(), correct.tolist())
        expect.close(lines[0]["x"], coverage, f"Coverage goes across: {says}", look="which of the two comes first")
        expect.close(lines[0]["y"], risk, f"Risk goes upwards: {says}", look="whether a line is made of its own pair")


@check("mem-figure")
def draws_every_curve(answer, rng):
    """draws one curve, and many"""
    for k in (1, 3, int(rng.integers(9, 14))):
        curves = _curves(rng, k)
        says = "each entry of `curves` is one line, however many there are."
        _expect_lines(answer.figure("draw_risk_coverage", curves, "Fresh"), curves, says)


@check("mem-figure")
def draws_on_the_axes_it_is_given(answer, rng):
    """draws on the axes that it is given, and on a figure of its own otherwise"""
    curves = _curves(rng, 2)
    given = answer.figure("draw_risk_coverage", curves, "Given", answer.make("world.one_of_two_axes"))
    says = "with `ax` given, draw on it and give it back. It is part of a larger figure."
    expect.true(given.axes == 2, says.capitalize(), expected="the axes that were passed", got="those of another figure")
    _expect_lines(given, curves, says)
    expect.equal(given.title, "Given", "Title, labels and legend belong on these axes as well.")
    own = answer.figure("draw_risk_coverage", curves, "Own")
    expect.true(own.axes == 1, "Without `ax` the figure has this one plot.", got=f"{own.axes} plots")
    _expect_lines(own, curves, "without `ax`, draw on new axes.")


@check("mem-figure")
def names_and_range(answer, rng):
    """takes title and names from its arguments, and shows risk from 0 to 1 whatever the curves are"""
    curves, finding = _curves(rng, 3), f"Finding {rng.integers(10, 99)},\nwith two lines"
    figure = answer.figure("draw_risk_coverage", curves, finding)
    expect.equal(figure.title, finding, "The title must be the argument `finding`.", expected="the finding passed")
    names = [name for name in figure.legend if name in curves]
    says = "The legend must have the name of every curve, each once."
    expect.equal(sorted(names), sorted(curves), says, expected="the names in `curves`")
    low, high = figure.ylim
    says = "Risk is a share, and two plots are compared: show it from 0 to 1, not from the lowest to the highest point."
    whole = -0.1 <= low <= 0 and 1 <= high <= 1.1
    expect.true(whole, says, expected="an upright axis from 0 to 1", got=f"{low:.2g} to {high:.2g}")
    for label, word in ((figure.xlabel, "coverage"), (figure.ylabel, "risk")):
        expect.true(word in label.lower(), f"Name the axis that shows {word}.", got=repr(label))
