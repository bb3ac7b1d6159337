"""Held-back checks of the second reasoning scenario of unit 02: three judges, three rates."""

import csv
from pathlib import Path

import numpy as np

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"

# cot-judges -----------------------------------------------------------------------------------------------------

RATES = ("raw", "sensitivity", "specificity", "corrected")
KEYS = (*RATES, "low", "high", "undefined")


def _known(got):
    known = isinstance(got, dict) and set(KEYS) <= set(got)
    expect.true(known, f"`infer_judge` must give a dict with {', '.join(KEYS)}.", got=got)
    return got


def _ask(answer, *case):
    """The result with every entry a number."""
    got = _known(answer.call("infer_judge", *case))
    return {key: expect.number(got[key], f"`{key}` must be one number.") for key in KEYS}


def _rates(said, own, truth):
    """Raw, sensitivity, specificity, corrected; None where there is none."""
    raw, ones = sum(said) / len(said), sum(truth)
    if ones in (0, len(truth)):
        return raw, None, None, None
    hit = sum(a * b for a, b in zip(own, truth, strict=True)) / ones
    passed = sum((1 - a) * (1 - b) for a, b in zip(own, truth, strict=True)) / (len(truth) - ones)
    if hit + passed <= 1 + 1e-9:
        return raw, hit, passed, None
    return raw, hit, passed, min(max((raw + passed - 1) / (hit + passed - 1), 0.0), 1.0)


def _want(calls, labels, item_draws, label_draws):
    places = [i for i, label in enumerate(labels) if label is not None]
    own, truth = [calls[i] for i in places], [labels[i] for i in places]
    found = dict(zip(RATES, _rates(calls, own, truth), strict=True))
    again = [
        _rates([calls[k] for k in i], [own[k] for k in j], [truth[k] for k in j])[3]
        for i, j in zip(item_draws, label_draws, strict=True)
    ]
    usable = [x for x in again if x is not None]
    low, high = np.percentile(usable, [2.5, 97.5]) if usable else (None, None)
    return {**found, "low": low, "high": high, "undefined": len(again) - len(usable)}


def _case(rng, groups):
    """Calls and labels in mixed order from counts: (label, call) -> how many; the label may be None."""
    pairs = [pair for pair, n in groups.items() for _ in range(n)]
    pairs = [pairs[i] for i in rng.permutation(len(pairs))]
    return [call for _, call in pairs], [label for label, _ in pairs]


def _good(rng):
    """A judge with few errors, more of one kind than of the other, and another rate where nobody labelled."""
    hit, passed = (int(x) for x in (rng.integers(20, 23), rng.integers(27, 29)))
    groups = {(1, 1): hit, (1, 0): 24 - hit, (0, 0): passed, (0, 1): 36 - passed}
    called = int(rng.integers(24, 34))
    return _case(rng, {**groups, (None, 1): called, (None, 0): 80 - called})


def _draws(rng, labels, n=40):
    known = sum(label is not None for label in labels)
    return rng.integers(len(labels), size=(n, len(labels))), rng.integers(known, size=(n, known))


@check("cot-judges")
def raw_is_over_all_items(answer, rng):
    """takes the raw rate over all items, labelled or not"""
    calls, labels = _good(rng)
    found = _ask(answer, calls, labels, *_draws(rng, labels, 4))
    says = "`raw` is the share of all items that the judge calls, not of those that somebody read."
    expect.close(found["raw"], sum(calls) / len(calls), says)


@check("cot-judges")
def errors_against_the_labels(answer, rng):
    """takes sensitivity among labels 1 and specificity among labels 0"""
    for _ in range(2):
        calls, labels = _good(rng)
        draws = _draws(rng, labels, 4)
        found, want = _ask(answer, calls, labels, *draws), _want(calls, labels, *draws)
        says = (
            "Sensitivity: of the items labelled 1, the share called. Specificity: of those labelled 0, the share not."
        )
        look = "the denominator is a kind of label, not a kind of call; an item without a label is no 0"
        keys = ("sensitivity", "specificity")
        expect.close([found[key] for key in keys], [want[key] for key in keys], says, look=look)


@check("cot-judges")
def the_corrected_rate(answer, rng):
    """corrects the raw rate of all items by both errors"""
    for _ in range(2):
        calls, labels = _good(rng)
        draws = _draws(rng, labels, 4)
        found, want = _ask(answer, calls, labels, *draws), _want(calls, labels, *draws)
        says = "The formula above, with the raw rate of all items, and both errors in it."
        expect.close(found["corrected"], want["corrected"], says)


@check("cot-judges")
def cut_off_at_both_ends(answer, rng):
    """clips the corrected rate to 0 and 1, in each draw too"""
    extra = int(rng.integers(0, 3))
    for often, end in ((0, 0.0), (1, 1.0)):
        groups = {(1, 1): 20 + extra, (1, 0): 4, (0, 0): 20, (0, 1): 4 + extra, (None, often): 400}
        calls, labels = _case(rng, groups)
        draws = _draws(rng, labels, 12)
        found, want = _ask(answer, calls, labels, *draws), _want(calls, labels, *draws)
        says = "A rate lies between 0 and 1: what comes out below or above is clipped, here and in every draw."
        keys = ("corrected", "low", "high")
        expect.close(found["corrected"], end, says)
        expect.close([found[key] for key in keys], [want[key] for key in keys], says)


@check("cot-judges")
def a_judge_who_knows_nothing(answer, rng):
    """gives None where sensitivity and specificity add up to 1 or less"""
    for ones, zeros in ((8, 8), (4, 6)):  # called of 16 labelled 1, called of 16 labelled 0
        groups = {
            (1, 1): ones,
            (1, 0): 16 - ones,
            (0, 1): 16 - zeros if ones == 8 else 14,
            (0, 0): 8 if ones == 8 else 2,
        }
        calls, labels = _case(rng, {**groups, (None, 1): int(rng.integers(20, 30)), (None, 0): 30})
        got = _known(answer.call("infer_judge", calls, labels, *_draws(rng, labels, 5)))
        says = "Such a judge says yes to items labelled 0 as often as to those labelled 1, or more often: None."
        expect.true(got["corrected"] is None, says, expected="None", got=got["corrected"])
        _want_rates = _want(calls, labels, [], [])
        for key in RATES[:3]:
            expect.close(got[key], _want_rates[key], f"`{key}` exists for such a judge all the same.")


@check("cot-judges")
def both_samples_are_redrawn(answer, rng):
    """redraws the items and the labelled sample together, row by row"""
    calls, labels = _good(rng)
    draws = _draws(rng, labels, int(rng.integers(50, 80)))
    found, want = _ask(answer, calls, labels, *draws), _want(calls, labels, *draws)
    says = "In each row: the raw rate of the drawn items, corrected with the errors of the labelled items as drawn."
    look = "with one of the two held still the interval is too narrow"
    expect.close([found[key] for key in ("low", "high")], [want[key] for key in ("low", "high")], says, look=look)


@check("cot-judges")
def places_among_the_labelled(answer, rng):
    """reads a draw of labels as places among the labelled items, in their order"""
    calls, labels = _good(rng)
    places = [i for i, label in enumerate(labels) if label is not None]
    kind = {
        pair: [k for k, i in enumerate(places) if (labels[i], calls[i]) == pair]
        for pair in ((1, 1), (1, 0), (0, 0), (0, 1))
    }
    for missed, wrongly in ((1, 2), (2, 1)):
        row = (kind[1, 1] * 2)[: 20 - missed] + (kind[1, 0] * 2)[:missed]
        row += (kind[0, 0] * 2)[: 40 - wrongly] + (kind[0, 1] * 2)[:wrongly]
        items = np.tile(rng.permutation(len(labels)), (2, 1))
        found = _ask(answer, calls, labels, items, np.array([row, row]))
        want = _want(calls, labels, items, [row, row])
        says = "Place 0 of a draw of labels is the first item that has a label, and so on; the others are not counted."
        expect.close([found["low"], found["high"]], [want["low"], want["high"]], says)


@check("cot-judges")
def draws_that_give_nothing(answer, rng):
    """leaves out and counts the draws that have no corrected rate"""
    calls, labels = _good(rng)
    places = [i for i, label in enumerate(labels) if label is not None]
    ones = [k for k, i in enumerate(places) if labels[i] == 1]
    wrong = [k for k, i in enumerate(places) if labels[i] != calls[i]]
    items, own = _draws(rng, labels, 12)
    bad = int(rng.integers(2, 5))
    own[:bad] = rng.choice(ones, size=(bad, own.shape[1]))
    own[bad] = np.resize(wrong, own.shape[1])
    found, want = _ask(answer, calls, labels, items, own), _want(calls, labels, items, own)
    says = "A draw without labels of both kinds, or in which the errors add up to too much, has no corrected rate."
    keys = ("undefined", "low", "high")
    expect.close([found[key] for key in keys], [want[key] for key in keys], says, look="leave it out, and count it")
    got = _known(answer.call("infer_judge", calls, labels, items[: bad + 1], own[: bad + 1]))
    says = "If no draw has a corrected rate there is no interval: None, twice."
    expect.true(got["low"] is None and got["high"] is None, says, expected="None")
    expect.close(got["undefined"], bad + 1, "`undefined` is the number of draws without a corrected rate.")


@check("cot-judges")
def refuses_what_has_no_errors(answer, rng):
    """refuses other numbers of calls and labels, and labels of one kind"""
    calls, labels = _good(rng)
    draws = _draws(rng, labels, 3)
    answer.raises("infer_judge", calls[:-1], labels, *draws, says="One label an item (or None): raise ValueError.")
    answer.raises("infer_judge", calls, [*labels, None], *draws, says="One call for each label: raise ValueError.")
    for kind in (0, 1):
        only = [None if label is None else kind for label in labels]
        says = "With labels of one kind, one of the two errors can't be known: raise ValueError."
        answer.raises("infer_judge", calls, only, *draws, says=says)
    answer.raises("infer_judge", calls, [None] * len(labels), *draws, says="Without labels there is no correction.")


@check("cot-judges")
def the_given_judges(answer, rng):
    """has the results for the three judges of the report"""
    with (DATA / "judges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    labels = [int(row["by_hand"]) if row["by_hand"] else None for row in rows]
    source = np.random.default_rng(21)
    draws = source.integers(400, size=(1000, 400)), source.integers(60, size=(1000, 60))
    got = answer.value("found_judges")
    known = isinstance(got, dict) and set(got) == {"search", "quick", "strict"}
    expect.true(known, "`found_judges` must be a dict with the keys search, quick and strict.", got=got)
    says = "`found_judges` has what your function gives for each judge, `hand_labels` and the given draws."
    for judge, found in got.items():
        want = _want([int(row[judge]) for row in rows], labels, *draws)
        own = [expect.number(_known(found)[key], f"`{key}` of {judge} must be one number.") for key in KEYS]
        expect.close(own, [want[key] for key in KEYS], says, rtol=0, atol=1e-3)
