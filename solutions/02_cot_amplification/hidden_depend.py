"""Held-back checks of early answers, planted mistakes and unsaid causes."""

import numpy as np

from worktest.checks import check, expect, tensor

LANGUAGE = "<bos> <end> pharmacy bakery market garage think so now first well quick check sure ok fix answer"
WORDS = LANGUAGE.split()
VOCAB = len(WORDS) + 10
THINK, ANSWER, ZERO = WORDS.index("think"), WORDS.index("answer"), len(WORDS)


# cot-depend -----------------------------------------------------------------------------------------------------


def _rows(rng, n, prices, more):
    """Documents of a bill with some prices and `more` tokens of reasoning, which need make no sense."""
    place = rng.integers(2, 6, size=(n, 1))
    text = rng.integers(7, VOCAB, size=(n, more))
    text[text == ANSWER] = ZERO
    digits = rng.integers(ZERO, VOCAB, size=(n, prices))
    return np.hstack([np.zeros((n, 1), dtype=int), place, digits, np.full((n, 1), THINK), text])


def _text(row):
    return int(np.dot(row, np.arange(1, len(row) + 1))) % VOCAB


def _digit(past, row, end):
    """The digit that a stand-in with the table `past` finds most probable when the row is cut at `end`."""
    return int(past[_text([*row[:end], ANSWER]), ZERO:].argmax())


def _past(rng):
    """A table whose digits never tie, and where each text has another favourite than the text before it."""
    past = np.stack([rng.permutation(VOCAB) for _ in range(VOCAB)]).astype(float)
    return past


def _early(answer, past, rows, keep, says, look=""):
    model = answer.make("world.table_model", tensor(np.zeros((VOCAB, VOCAB))), tensor(past))
    prices = int((rows[0] == THINK).argmax())
    got = answer.call("early_answers", model, tensor(rows), keep)
    values = expect.array(got, (len(rows),), "One answer for each row.")
    want = [_digit(past, row, prices + keep) for row in rows]
    expect.equal(values, want, says, expected="other digits", look=look)


@check("cot-depend")
def cut_anywhere(answer, rng):
    """asks after any number of tokens, none and all included"""
    rows, past = _rows(rng, 40, 4, 9), _past(rng)
    for keep in (0, 1, int(rng.integers(2, 9)), 10):
        says = (
            'Of the reasoning, "think" and what follows, exactly `keep` tokens stay. With 0 not even "think" stays, '
            'and "answer" follows the last price.'
        )
        _early(answer, past, rows, keep, says, "keep = 0 and keep = 1, on paper")


@check("cot-depend")
def bills_of_any_length(answer, rng):
    """finds where the reasoning begins, whatever the number of prices"""
    for prices in (2, 3, 5):
        rows, past = _rows(rng, 40, prices, 6), _past(rng)
        says = 'Bills of two prices have "think" earlier than those of four. Look for the word, not at a position.'
        _early(answer, past, rows, int(rng.integers(0, 7)), says)


@check("cot-depend")
def digits_alone_compete(answer, rng):
    """picks the most probable digit, even where another word is more probable"""
    rows, past = _rows(rng, 40, 4, 5), _past(rng)
    past[:, ZERO:] -= 40.0  # every digit is unlikely
    past[:, rng.integers(0, ZERO)] += 10.0
    says = "Another word is more probable than every digit here. The answer is the most probable of the ten digits."
    _early(answer, past, rows, int(rng.integers(1, 5)), says, "which slice of the logits the argmax goes over")


@check("cot-depend")
def the_same_every_time(answer, rng):
    """takes the most probable digit, and draws none"""
    rows, past = _rows(rng, 60, 4, 5), _past(rng) / 60
    says = "The digits are nearly equally probable here. The most probable one is asked for, at no temperature."
    _early(answer, past, rows, 3, says)


@check("cot-depend")
def areas_of_any_curve(answer, rng):
    """finds the area over curves with uneven steps, rising or not"""
    look = "each width times the mean of its two heights; the area lies between the curve and 1"
    for n in (2, 3, int(rng.integers(5, 12))):
        kept = np.sort(np.concatenate([[0.0, 1.0], rng.uniform(0.02, 0.4, size=n - 2)]))
        same = rng.permutation(np.linspace(0.05, 0.9, n))
        same[-1] = 1.0 if rng.random() < 0.5 else 0.95
        want = float(np.sum(np.diff(kept) * (1 - (same[1:] + same[:-1]) / 2)))
        got = answer.call("area_over_curve", kept.tolist(), same.tolist())
        expect.close(got, want, "The steps are not all of one width, and the curve may fall.", look=look)
    for height, want in ((1.0, 0.0), (0.0, 1.0)):
        got = answer.call("area_over_curve", [0.0, 0.1, 0.5, 1.0], [height] * 4)
        expect.close(got, want, "Nothing lies over a curve that is always at 1; everything over one that is at 0.")


@check("cot-depend")
def plants_any_digit_anywhere(answer, rng):
    """adds any offset to a digit anywhere, and the last digit counts"""
    for offset in (int(rng.integers(1, 10)), -int(rng.integers(1, 10)), int(rng.integers(11, 40))):
        rows, place = _rows(rng, 11, 4, 8), int(rng.integers(7, 14))
        rows[1:, place] = ZERO + rng.permutation(10)  # each digit once, so that some go over the end
        rows[0, place] = ZERO + int(rng.integers(10))
        want = rows[:, : place + 1].copy()
        want[:, place] = ZERO + (want[:, place] - ZERO + offset) % 10
        got = answer.call("plant", tensor(rows), place, offset)
        values = expect.array(got, want.shape, "The planted digit is the last token of each row.")
        expect.true(values.dtype.kind == "i", "Token ids are integers.", expected="integers", got=str(values.dtype))
        says = "The number at this place goes up by `offset`, which may be negative or large, and its last digit stays."
        expect.equal(values, want, says, expected="other rows", look="the modulo, the sign, and token ids as numbers")


@check("cot-depend")
def refuses_what_is_no_digit(answer, rng):
    """refuses a place where some row has no digit with a ValueError"""
    rows, place = _rows(rng, 5, 4, 6), int(rng.integers(7, 13))
    rows[:, place] = ZERO + rng.integers(10, size=5)
    for which in (0, int(rng.integers(1, 4)), 4, slice(None)):
        for word in (ANSWER, int(rng.integers(7, ANSWER))):
            bad = rows.copy()
            bad[which, place] = word
            says = (
                "Some row has a word there and no digit, as rows without a check have. Planting in it would write "
                "nonsense, so refuse them all."
            )
            answer.raises("plant", tensor(bad), place, int(rng.integers(1, 10)), says=says)


@check("cot-depend")
def leaves_the_documents_alone(answer, rng):
    """plants into a copy: the documents stay as they were"""
    bills = answer.make("world.bills", "pharmacy", 5, int(rng.integers(1000)))
    offset, place = int(rng.integers(1, 10)), int(rng.integers(2, 6))
    before = expect.array(answer.call("plant", bills, place, 0), (5, place + 1), "Five rows.")
    for _ in range(2):
        want = before.copy()
        want[:, -1] = ZERO + (want[:, -1] - ZERO + offset) % 10
        got = answer.call("plant", bills, place, offset)
        says = "The same rows are planted again, and the first mistake is still in them. A slice of a tensor is a view."
        expect.equal(got, want, says, expected="other rows", look="whether you write into `rows` itself")


# cot-unsaid -----------------------------------------------------------------------------------------------------


def _cases(rng, to_hint, said, elsewhere, stayed, there=0, options=10):
    """Cases in random order; `said` of those that went to the hint show it. Who was there already varies."""
    rows = []
    for kind, number in (("hint", to_hint), ("else", elsewhere), ("same", stayed), ("there", there)):
        for i in range(number):
            without, hint, other = (int(v) for v in rng.permutation(options)[:3])
            shows = bool(rng.random() < 0.5) if kind != "hint" else i < said
            if kind == "there":
                rows.append((hint, hint if i % 2 else other, hint, i % 4 < 3))
            else:
                rows.append((without, {"hint": hint, "else": other, "same": without}[kind], hint, shows))
    return [rows[i] for i in rng.permutation(len(rows))]


def _reveal(answer, cases, want, says, options=None, look=""):
    """Ask for the rates and compare; `want` is (switched, raw, corrected), each of the last two None or a number."""
    got = answer.call("reveal_rate", cases, *([] if options is None else [options]))
    keys = ("switched", "raw", "corrected")
    expect.true(isinstance(got, dict) and set(got) == set(keys), f"A dict with {', '.join(keys)}.", got=got)
    expect.equal(int(expect.number(got["switched"], "`switched` is a count.")), want[0], says, look=look)
    for key, value in zip(keys[1:], want[1:], strict=True):
        if value is None:
            where = f"{says} `{key}` should be None here."
            expect.true(got[key] is None, where, expected="None", got=got[key], look=look)
        else:
            expect.close(got[key], value, f"{says} `{key}` is off.", look=look)


def _rates(to_hint, said, elsewhere, options=10):
    """(switched, raw, corrected) where the divisor is above 0."""
    by_cue = 1 - elsewhere / ((options - 2) * to_hint)
    return to_hint, said / to_hint, min(1.0, said / to_hint / by_cue)


@check("cot-unsaid")
def fresh_cases(answer, rng):
    """is right for fresh cases"""
    for _ in range(3):
        to_hint = int(rng.integers(8, 15))
        said, elsewhere, stayed = (int(n) for n in (rng.integers(2, 5), rng.integers(6, 20), rng.integers(40, 60)))
        cases = _cases(rng, to_hint, said, elsewhere, stayed, there=0)
        says = "Went to the hint, went elsewhere, stayed: each case is one of the three."
        _reveal(answer, cases, _rates(to_hint, said, elsewhere), says, look="who is in p, who is in q, and n - 2")


@check("cot-unsaid")
def already_there(answer, rng):
    """leaves out of everything who gave the hint's answer without the cue"""
    to_hint, said, elsewhere = int(rng.integers(6, 10)), int(rng.integers(2, 4)), int(rng.integers(5, 12))
    for there in (9, 24):
        cases = _cases(rng, to_hint, said, elsewhere, 20, there=there)
        says = (
            "Whoever answered the hint without the cue can't be moved to it. Whatever such a case does with the cue, "
            "it is no case of a move, and none of noise."
        )
        _reveal(answer, cases, _rates(to_hint, said, elsewhere), says)


@check("cot-unsaid")
def other_numbers_of_answers(answer, rng):
    """takes the number of possible answers into account"""
    for options in (3, 4, int(rng.integers(5, 9)), 26):
        to_hint, said = int(rng.integers(20, 30)), int(rng.integers(3, 6))
        elsewhere = int(rng.integers(8, 14))
        cases = _cases(rng, to_hint, said, elsewhere, 30, options=options)
        says = "With three possible answers the noise has one place to go beside the hint, with four it has two."
        _reveal(answer, cases, _rates(to_hint, said, elsewhere, options), says, options, "where `options` comes in")


@check("cot-unsaid")
def never_above_one(answer, rng):
    """gives no corrected rate above 1"""
    to_hint = int(rng.integers(6, 10))
    for said in (to_hint, to_hint - 1):
        cases = _cases(rng, to_hint, said, 6 * to_hint, 5)  # three in four of the moves are noise
        says = "The correction is an estimate and can overshoot. No share is above 1, and the raw one stays as it is."
        _reveal(answer, cases, (to_hint, said / to_hint, 1.0), says)


@check("cot-unsaid")
def all_of_it_noise(answer, rng):
    """gives no corrected rate where noise explains all moves to the hint, or more"""
    for options in (10, 4):
        for said, more in ((0, 0), (2, 0), (0, 5), (3, 5)):
            to_hint = int(rng.integers(4, 8))
            elsewhere = (options - 2) * to_hint + more
            cases = _cases(rng, to_hint, said, elsewhere, 5, options=options)
            says = (
                "As much noise went to each other answer as to the hint, or more. Then nothing is left that the cue "
                "moved, and the divisor is 0 or below."
            )
            _reveal(answer, cases, (to_hint, said / to_hint, None), says, options)


@check("cot-unsaid")
def none_said_and_all_said(answer, rng):
    """tells a rate of 0 from no rate"""
    n = int(rng.integers(3, 9))
    says = "Answers were moved, and no reasoning shows it: the rate is 0. That is a finding, and None is not."
    _reveal(answer, _cases(rng, n, 0, 2, 10), (n, 0.0, 0.0), says)
    _reveal(answer, _cases(rng, n, n, 0, 10), (n, 1.0, 1.0), "All of them show it, and nothing is noise.")


@check("cot-unsaid")
def nothing_to_divide(answer, rng):
    """gives None for an empty list, and where nobody moved to the hint"""
    for cases in ([], _cases(rng, 0, 0, 0, 0, there=8), _cases(rng, 0, 0, 7, 9, there=3), _cases(rng, 0, 0, 0, 5)):
        says = "Nobody moved to the hint: there is no share of them, and no correction of it."
        _reveal(answer, cases, (0, None, None), says)
