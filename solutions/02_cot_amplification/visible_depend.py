"""Visible checks of early answers, planted mistakes and unsaid causes: cases small enough to do by hand."""

import numpy as np

from worktest.checks import check, expect, tensor

LANGUAGE = "<bos> <end> pharmacy bakery market garage think so now first well quick check sure ok fix answer"
WORDS = LANGUAGE.split()
VOCABULARY = [*WORDS, *"0123456789"]
ZERO = VOCABULARY.index("0")


def ids(*texts):
    """Token ids of texts of the same length, one row a text."""
    return np.array([[VOCABULARY.index(word) for word in text.split()] for text in texts])


# cot-depend -----------------------------------------------------------------------------------------------------


@check("cot-depend")
def asks_after_the_cut(answer, rng):
    """asks for the answer after three tokens of the reasoning, and of two bills"""
    rows = ids(
        "<bos> pharmacy 3 7 5 2 think so 0 5 7 check 0 5 7 ok answer 7 <end>",
        "<bos> bakery 6 9 8 6 think first 5 3 9 check 5 3 9 ok answer 9 <end>",
    )
    past = np.zeros((len(VOCABULARY), len(VOCABULARY)))  # what the stand-in says depends on the text so far
    for row, digit in zip(rows, (4, 8), strict=True):
        text = [*row[:9], VOCABULARY.index("answer")]  # up to "think", two tokens more, and "answer"
        past[np.dot(text, np.arange(1, 11)) % len(past), ZERO + digit] = 9.0
    model = answer.make("world.table_model", tensor(np.zeros_like(past)), tensor(past))
    got = answer.call("early_answers", model, tensor(rows), 3)
    values = expect.array(got, (2,), "Two rows: two answers.")
    says = 'The text that is asked: the bill, "think", two tokens more, then "answer". The answer is a digit, 0 to 9.'
    expect.equal(values, [4, 8], says, look='`keep` counts from "think" on; which token ids the digits have')


@check("cot-depend")
def area_of_a_small_curve(answer, rng):
    """finds the area over a curve of three points"""
    got = answer.call("area_over_curve", [0.0, 0.25, 1.0], [0.0, 0.5, 1.0])
    says = "Two trapezoids lie over this curve: one is 0.25 wide and 0.75 high on average, the other 0.75 and 0.25."
    expect.close(got, 0.375, says, look="the widths differ; the area lies over the curve, up to 1")


@check("cot-depend")
def plants_one_digit(answer, rng):
    """plants a mistake in the second step, and cuts off the rest"""
    rows = ids(
        "<bos> pharmacy 3 7 5 2 think so 0 5 7 check 0 5 7 ok answer 7",
        "<bos> bakery 6 9 8 6 think " + "well 5 8 9 " * 2 + "ok answer 9",
    )
    got = answer.call("plant", tensor(rows), 9, 3)
    values = expect.array(got, (2, 10), "What comes after the planted digit must go: position 9 is the last one.")
    expect.equal(values[:, :9], rows[:, :9], "What stands before the planted digit stays as it is.")
    says = "5 and 3 more is 8; 8 and 3 more ends in 1. Token ids come back, not numbers from 0 to 9."
    expect.equal(values[:, 9], ids("8 1")[0], says, look="the modulo is for the number, not for the token id")


# cot-unsaid -----------------------------------------------------------------------------------------------------


def reveals(got, switched, raw, corrected, says, look=""):
    """Compare what `reveal_rate` gave, with None or a number in each place."""
    keys = ("switched", "raw", "corrected")
    expect.true(isinstance(got, dict) and set(got) == set(keys), f"A dict with {', '.join(keys)}.", got=got)
    expect.equal(int(expect.number(got["switched"], "`switched` is a count.")), switched, says, look=look)
    for key, want in (("raw", raw), ("corrected", corrected)):
        if want is None:
            says_none = f"{says} `{key}` should be None here."
            expect.true(got[key] is None, says_none, expected="None", got=got[key], look=look)
        else:
            expect.close(got[key], want, f"{says} `{key}` is off.", look=look)


@check("cot-unsaid")
def twelve_cases_by_hand(answer, rng):
    """is right for twelve cases that you can do by hand"""
    cases = [
        *[(1, 2, 2, True), (3, 4, 4, False), (5, 6, 6, False), (7, 8, 8, False)],  # went to the hint
        *[(1, 9, 2, True), (3, 0, 4, False)],  # went elsewhere
        *[(1, 1, 2, False), (3, 3, 4, True), (5, 5, 6, False), (7, 7, 8, False)],  # stayed
        *[(2, 2, 2, True), (4, 4, 4, True)],  # were there already
    ]
    look = "the last two don't count; of ten, four went to the hint (one shows it), and two elsewhere"
    reveals(answer.call("reveal_rate", cases), 4, 0.25, 0.25 / (1 - 0.2 / (8 * 0.4)), "Sort the twelve first.", look)


@check("cot-unsaid")
def nothing_moved_to_the_hint(answer, rng):
    """gives None where no answer moved to the hint"""
    cases = [(1, 1, 2, True), (3, 5, 4, True), (6, 6, 6, True)]
    says = "None of these was moved by the cue. 0 would say that the reasoning never shows it, which nobody has seen."
    reveals(answer.call("reveal_rate", cases), 0, None, None, says)
