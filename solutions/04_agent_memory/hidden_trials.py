"""Held-back checks of unit 04: what reflections repeat and claim, and which houses are solved when."""

import difflib
import math
import string

import numpy as np
from scipy import stats

from worktest.checks import check, expect

ROOMS = ["hall", "kitchen", "pantry", "bath", "study", "cellar", "bedroom", "attic", "garage"]
PLACES = [f"{room}-{piece}" for room in ROOMS for piece in ("drawer", "shelf")]
INNER = {"pen": "opened", "hat": "that", "key": "monkeys", "nail": "snails", "comb": "combined", "hammer": "hammering"}
"""Targets, and a word that holds each of them without being it."""

# mem-reflect ----------------------------------------------------------------------------------------------------


def _rate(answer, texts, *threshold):
    return answer.call("repetition_rate", texts, *threshold)


def _ratio(one, two):
    return difflib.SequenceMatcher(None, one, two).ratio()


def _alphabets(rng):
    """Two halves of the letters: texts of the one have nothing in common with texts of the other."""
    letters = rng.permutation(list(string.ascii_lowercase))
    return letters[:13].tolist(), letters[13:].tolist()


def _unlike(rng, n):
    """Texts that share no letter with each other; at most eight."""
    letters = rng.permutation(list(string.ascii_lowercase))
    return ["".join(rng.choice(letters[3 * i : 3 * i + 3], size=20)) for i in range(n)]


@check("mem-reflect")
def repetitions_of_any_earlier_one(answer, rng):
    """counts each repetition once, of whichever earlier reflection, for any number of them"""
    for _ in range(3):
        kinds = _unlike(rng, int(rng.integers(3, 6)))
        order = [*range(len(kinds)), *rng.integers(0, len(kinds), size=int(rng.integers(4, 9)))]
        order[-1] = 0  # far from the last one like it
        again = len(order) - len(kinds)
        expect.close(
            _rate(answer, [kinds[i] for i in order]),
            again / (len(order) - 1),
            "Each reflection after the first either repeats at least one earlier one or doesn't: it counts once or not "
            "at all.",
            look="pairs in place of reflections; the last one only; later ones; what you divide by",
        )


@check("mem-reflect")
def later_ones_do_not_count(answer, rng):
    """does not count a reflection because a later one repeats it"""
    first, second, third = _unlike(rng, 3)
    says = "The second reflection was new when it was written. That it comes again later changes nothing about it."
    expect.close(_rate(answer, [first, second, third, second]), 1 / 3, says, look="the slice of earlier texts")
    expect.close(_rate(answer, [first, second, second, third, third]), 2 / 4, says, look="the slice of earlier texts")


@check("mem-reflect")
def at_least_the_threshold(answer, rng):
    """counts a similarity exactly at the threshold, for any threshold"""
    one, two = _alphabets(rng)
    for same in (1, 3, 6, 7):  # of eight letters: the ratio is exactly a number of eighths
        earlier, later = "".join(one[:8]), "".join(one[:same] + two[: 8 - same])
        says = "A reflection repeats if the similarity is at least the threshold, whatever the threshold is."
        look = ">= against >; the argument `threshold` against a number that you wrote"
        expect.close(_rate(answer, [earlier, later], same / 8), 1.0, says, look=look)
        expect.close(_rate(answer, [earlier, later], same / 8 + 0.01), 0.0, says, look=look)
    earlier, later = "".join(one[:10]), "".join(one[:8] + two[:2])  # 0.8
    says = "Without a threshold in the call it is the one of the docstring."
    expect.close(_rate(answer, [earlier, later]), 0.0, says)
    expect.close(_rate(answer, [earlier, "".join(one[:9] + two[:1])]), 1.0, says)


@check("mem-reflect")
def order_of_the_letters(answer, rng):
    """looks at the order of letters and words, not only at which ones there are"""
    words = ["".join(rng.choice(list(string.ascii_lowercase), size=int(rng.integers(6, 9)))) for _ in range(6)]
    words[0], words[-1] = "aaabbbccc", "xxxyyyzzz"
    earlier, later = " ".join(words), " ".join(words[::-1])
    expect.true(_ratio(earlier, later) < 0.8, "the check's own texts are too much alike")
    says = "The same words in another order have the same letters, but `ratio()` sees the order."
    look = "`ratio` against `quick_ratio`; sets or counts of words or letters"
    expect.close(_rate(answer, [earlier, later]), 0.0, says, look=look)
    half = "".join(one * 2 for one in _alphabets(rng)[0])
    says = "A short text within a long one, or a shared beginning, isn't yet nearly the same text."
    expect.close(_rate(answer, [half, half[:13]]), 0.0, says, look=look)
    changed = [letter.upper() if i % 6 == 3 else letter for i, letter in enumerate(half)]
    says = "A few letters are capitals in one of the two: as texts they are still nearly the same."
    expect.close(_rate(answer, [half + half, "".join(changed) + half]), 1.0, says, look=look)


@check("mem-reflect")
def nothing_to_repeat(answer, rng):
    """gives None where there are fewer than two reflections, and a share of one where there are two"""
    for texts in ([], _unlike(rng, 1)):
        says = "With fewer than two reflections nothing could be repeated: that is no rate of 0, it is no rate."
        expect.true(_rate(answer, texts) is None, says, expected="None", got=_rate(answer, texts))
    one, two = _unlike(rng, 2)
    expect.close(_rate(answer, [one, one]), 1.0, "Of two reflections one can be a repetition.", look="the divisor")
    expect.close(_rate(answer, [one, two]), 0.0, "Of two reflections one can be a repetition. Here it is none.")
    house = answer.make("world.House", 1, "mug", "hall-shelf", "none")
    got = answer.call("truth_rates", answer.make("world.make_reflections", []), house)
    says = "Without reflections both shares are of nothing."
    expect.true(isinstance(got, list | tuple) and list(got) == [None, None], says, expected="None, twice", got=got)


def _pair(answer, rows, target, place, obstacle):
    house = answer.make("world.House", 7, target, place, obstacle)
    got = answer.call("truth_rates", answer.make("world.make_reflections", rows), house)
    return expect.array(got, (2,), "Give back two shares, (mentioned, true).").astype(float)


@check("mem-reflect")
def mentioned_as_a_word(answer, rng):
    """finds the target at any end of a sentence, and in no other word"""
    target = str(rng.choice(list(INNER)))
    other = str(rng.choice([thing for thing in INNER if thing != target]))
    have = [f"Find a {target}", f"({target}, I think)", f"Yes: {target}; no.", f"{target.capitalize()} first!"]
    lack = [f"I {INNER[target]} nothing.", f"Find the {other}.", f"So {INNER[target]}, then.", "Nothing at all"]
    for yes, no in ((4, 1), (1, 4), (3, 0), (0, 2)):
        chosen = [*rng.choice(have, yes, replace=False), *rng.choice(lack, no, replace=False)]
        if yes == 1:
            chosen[0] = have[3]
        if no == 1:
            chosen[-1] = lack[0]
        rows = [[str(text), "opened", "hall-drawer"] for text in rng.permutation(chosen)]
        expect.close(
            _pair(answer, rows, target, "attic-shelf", "none")[0],
            yes / (yes + no),
            "A text mentions the target if it has it as a word, whatever stands before and behind it, small or at the "
            "beginning of a sentence.",
            look="`in` on a string finds parts of words; `split` leaves full stops and brackets at a word; capitals",
        )


@check("mem-reflect")
def each_claim_against_the_house(answer, rng):
    """judges each kind of claim by the house, and by nothing else"""
    for obstacle in ("none", "locked", "buried"):
        target, other = (str(thing) for thing in rng.choice(list(INNER), 2, replace=False))
        place, elsewhere = (str(p) for p in rng.choice(PLACES, 2, replace=False))
        claims = [
            ("object", target, True),
            ("object", other, False),
            ("place", place, True),
            ("place", elsewhere, False),
            ("locked", place, obstacle == "locked"),
            ("locked", elsewhere, False),
            ("opened", elsewhere, True),
        ]
        for kind, value, holds in claims:
            # what the text says must not matter: every claim once with the target in it and once without
            for text in (f"About the {target} in {place}.", "I don't know."):
                says = f'A claim of the kind "{kind}" in a house with the obstacle "{obstacle}": the docstring says '
                says += "when it holds. The text may speak of the right thing and the claim be false, and the reverse."
                got = _pair(answer, [[text, kind, value]], target, place, obstacle)
                expect.close(got[1], float(holds), says, look="`value` against the house; for a lock both conditions")


@check("mem-reflect")
def two_shares_of_all(answer, rng):
    """gives both shares of all reflections, the true of those that mention nothing as well"""
    target, other = (str(thing) for thing in rng.choice(list(INNER), 2, replace=False))
    counts = rng.permutation([1, 2, 4, 6])
    rows = []
    for (says_it, holds), count in zip(((1, 1), (1, 0), (0, 1), (0, 0)), counts, strict=True):
        text = f"I want the {target}." if says_it else "Better luck next time."
        rows += [[text, "object", target if holds else other]] * int(count)
    rows = [rows[i] for i in rng.permutation(len(rows))]
    says = "Both are shares of all reflections: what is mentioned may be false, and what is true need not be mentioned."
    want = [(counts[0] + counts[1]) / 13, (counts[0] + counts[2]) / 13]
    expect.close(_pair(answer, rows, target, "hall-shelf", "none"), want, says, look="which is first; two counts apart")


# mem-writers ----------------------------------------------------------------------------------------------------


def _wilson(k, n, confidence):
    z = stats.norm.ppf((1 + confidence) / 2)
    middle, half = (k + z * z / 2) / (n + z * z), z * math.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return [middle - half, middle + half]


def _table(answer, solved_at, trials, *confidence):
    got = answer.call("solved_by", solved_at, trials, *confidence)
    return expect.array(got, (trials, 3), "Give back one row (share, low, high) for each trial.").astype(float)


def _times(rng, n, trials):
    """Some solved in the first trial, some in the last, some never, the others in between."""
    times = [1, trials, None, None, *(int(at) for at in rng.integers(1, trials + 1, size=n))]
    return [times[i] for i in rng.permutation(len(times))]


@check("mem-writers")
def fresh_shares(answer, rng):
    """gives the share of all houses solved by each trial, for fresh houses"""
    for trials in (int(rng.integers(3, 7)), int(rng.integers(8, 14))):
        times = _times(rng, int(rng.integers(4, 30)), trials)
        want = [sum(at is not None and at <= trial for at in times) / len(times) for trial in range(1, trials + 1)]
        expect.close(
            _table(answer, times, trials)[:, 0],
            want,
            "After trial t a house counts as solved if its number is t or less; all houses are the divisor, the never "
            "solved ones included.",
            look="trials are counted from 1; None is never, not early",
        )


@check("mem-writers")
def wilson_at_any_confidence(answer, rng):
    """has the ends of Wilson's interval, at the confidence that is asked for"""
    trials = int(rng.integers(3, 7))
    times = _times(rng, int(rng.integers(4, 16)), trials)
    rows = [sum(at is not None and at <= trial for at in times) for trial in range(1, trials + 1)]
    for confidence in ((), (0.8,), (0.99,)):
        want = [_wilson(k, len(times), *(confidence or (0.95,))) for k in rows]
        expect.close(
            _table(answer, times, trials, *confidence)[:, 1:],
            want,
            "low and high are the ends of Wilson's interval for the share of all houses, at the `confidence` passed.",
            look='`method="wilson"`; the argument `confidence`; how many houses the interval is of',
        )


@check("mem-writers")
def none_or_all_solved(answer, rng):
    """has an interval where no house or every house was solved, and for a single house"""
    for n in (1, int(rng.integers(2, 9)), 40):
        trials = int(rng.integers(2, 5))
        for times, k in (([None] * n, 0), ([1] * n, n)):
            got = _table(answer, times, trials)
            says = "The row of each trial is the same here: nothing is solved at any time, or all at once."
            expect.close(got[:, 0], [k / n] * trials, says)
            says = "A share of 0 or 1 has an interval too. It gets narrower with the number of houses, never empty."
            expect.close(got[:, 1:], [_wilson(k, n, 0.95)] * trials, says, look="the normal interval has no width here")


@check("mem-writers")
def houses_of_no_number(answer, rng):
    """refuses a list without houses, and lists of different lengths, with a ValueError"""
    answer.raises("solved_by", [], int(rng.integers(1, 9)), says="No houses, no share of them: raise ValueError.")
    n = int(rng.integers(3, 9))
    flags = [bool(x) for x in rng.integers(0, 2, size=n)]
    for one, two in ((flags, flags[:-1]), (flags[:-2], flags), (flags, flags[:1])):
        says = "The test is about pairs of houses: with lists of different lengths they aren't the same houses. Raise "
        answer.raises("paired_test", one, two, says=says + "ValueError.")


def _flags(rng, only_first, only_second, both, neither):
    rows = [(True, False)] * only_first + [(False, True)] * only_second + [(True, True)] * both
    rows += [(False, False)] * neither
    rows = [rows[i] for i in rng.permutation(len(rows))]
    return [one for one, _ in rows], [two for _, two in rows]


def _p(one, two):
    tail = sum(math.comb(one + two, i) for i in range(min(one, two) + 1)) / 2 ** (one + two)
    return min(1.0, 2 * tail)


def _paired(answer, *flags):
    got = answer.call("paired_test", *flags)
    return expect.array(got, (3,), "Give back three numbers: only the first, only the second, p.").astype(float)


@check("mem-writers")
def fresh_pairs(answer, rng):
    """gives both counts and the exact p-value for fresh pairs"""
    for _ in range(3):
        one, two = (int(n) for n in rng.permutation([int(rng.integers(1, 4)), int(rng.integers(6, 12))]))
        flags = _flags(rng, one, two, int(rng.integers(4, 9)), int(rng.integers(10, 16)))
        got = _paired(answer, *flags)
        says = "First the houses that only the first solved, then those that only the second solved."
        expect.close(got[:2], [one, two], says, look="houses that both solved, or neither; which comes first")
        says = "p is the two-sided probability of a split at least as uneven, if each of these houses falls to either "
        look = "one tail; all houses in place of the uneven ones; a chi-square; a test that forgets the pairs"
        expect.close(got[2], _p(one, two), says + "like a coin.", rtol=1e-3, look=look)


@check("mem-writers")
def the_same_houses_matter(answer, rng):
    """depends on which houses are solved by whom, and not on those where the two agree"""
    one, two = int(rng.integers(1, 3)), int(rng.integers(7, 11))
    both, neither = int(rng.integers(2, 6)), int(rng.integers(2, 6))
    for more in (0, 30):
        got = _paired(answer, *_flags(rng, one, two, both + more, neither + more))
        says = "Houses where both succeed or both fail say nothing about the difference: more of them change nothing."
        expect.close(got, [one, two, _p(one, two)], says, rtol=1e-3, look="the number of trials in the binomial test")
        got = _paired(answer, *_flags(rng, one + both, two + both, 0, neither))
        says = "The numbers of solved houses are the same as before, but they are other houses: the test must see that."
        expect.close(got, [one + both, two + both, _p(one + both, two + both)], says, rtol=1e-3)


@check("mem-writers")
def no_disagreement(answer, rng):
    """gives p = 1 where no house tells the two apart or the split is even, and takes arrays and numbers"""
    n = int(rng.integers(3, 9))
    for flags in (_flags(rng, 0, 0, n, n), ([True] * n, [True] * n), ([False], [False])):
        says = "No house was solved by one alone, so nothing speaks against the null: p is 1, not 0 and not NaN."
        expect.close(_paired(answer, *flags), [0, 0, 1.0], says)
    one, two = _flags(rng, n, n, 2, 3)
    says = "An even split is the least surprising of all: p is 1, and never more than 1."
    expect.close(_paired(answer, one, two), [n, n, 1.0], says)
    few = _flags(rng, int(rng.integers(5, 9)), 0, 2, 3)
    says = "Flags may come as an array, or as 0 and 1."
    for form in (np.array, lambda flags: [int(flag) for flag in flags]):
        want = [sum(few[0]) - 2, 0, _p(sum(few[0]) - 2, 0)]
        expect.close(_paired(answer, form(few[0]), form(few[1])), want, says, rtol=1e-3)


@check("mem-writers")
def to_the_last_trial(answer, rng):
    """counts the first and the last trial, and goes on after the last house was solved"""
    n, trials = int(rng.integers(4, 12)), int(rng.integers(4, 9))
    times = [trials] * n
    times[int(rng.integers(n))] = 1
    got = _table(answer, times, trials)[:, 0]
    says = "A house that was solved in the first trial is in the first row, one of the last trial in the last row."
    expect.close(got, [1 / n] * (trials - 1) + [1.0], says, look="`range`: from 1 up to `trials`, both included")
    early = [at if at == 1 else 2 for at in times]
    says = "There are as many rows as trials, although nothing happens in the later ones."
    expect.close(_table(answer, early, trials)[:, 0], [1 / n] + [1.0] * (trials - 1), says)
