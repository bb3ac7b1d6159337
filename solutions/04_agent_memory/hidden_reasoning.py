"""Held-back checks of the first reasoning scenario of unit 04: houses that were picked for failing."""

import csv
from pathlib import Path

import numpy as np
from scipy import stats

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"


def _dict(got, keys, name):
    expect.true(isinstance(got, dict) and set(keys) <= set(got), f"`{name}` must be a dict with {', '.join(keys)}.")
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


def _rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# mem-frozen -----------------------------------------------------------------------------------------------------

RUNS = ("again", "record", "none")
OTHERS = ("again", "none")
KEYS = ("selected", *RUNS, *(f"{key}_{other}" for key in ("over", "p", "all") for other in OTHERS))


def _selected(repetition, first, again, record, none, threshold=0.5):
    picked = [i for i, rate in enumerate(repetition) if rate >= threshold and not first[i]]
    found = {"selected": len(picked), "record": np.mean([record[i] for i in picked])}
    for name, other in (("again", again), ("none", none)):
        pairs = [(int(record[i]), int(other[i])) for i in picked]
        better, worse = pairs.count((1, 0)), pairs.count((0, 1))
        found[name] = np.mean([b for _, b in pairs])
        found[f"over_{name}"] = (better - worse) / len(pairs)
        found[f"p_{name}"] = stats.binomtest(better, better + worse).pvalue if better + worse else 1.0
        found[f"all_{name}"] = np.mean(record) - np.mean(other)
    return found


def _houses(rng, edge=0.5):
    """A table of houses, made so that a wrong rule, pair or base each gives other numbers.

    Columns: repetition, first, again, record, none. Several houses lie on the edge of the rule.
    """
    groups = [  # how many, repetition from and to, first, then patterns of (again, record, none) with their counts
        (
            edge + 0.1,
            1.0,
            0,
            {(0, 1, 0): rng.integers(6, 9), (1, 0, 0): 1, (1, 0, 1): 2, (0, 0, 0): rng.integers(6, 12)},
        ),
        (edge + 0.1, 1.0, 0, {(1, 1, 1): rng.integers(2, 4), (0, 1, 1): 1}),
        (edge, edge, 0, {(0, 1, 0): 2, (0, 1, 1): 1, (0, 0, 0): 1}),
        (edge + 0.1, 1.0, 1, {(1, 0, 1): rng.integers(4, 7), (1, 1, 1): 3}),
        (0.0, edge - 0.1, 0, {(1, 0, 1): rng.integers(3, 6), (1, 0, 0): 2}),
        (0.0, edge - 0.1, 1, {(1, 1, 1): 2, (1, 0, 0): rng.integers(3, 6)}),
        (np.nan, np.nan, 0, {(1, 0, 1): 3, (1, 1, 0): 2}),
        (np.nan, np.nan, 1, {(1, 1, 1): rng.integers(5, 9), (1, 0, 0): 2}),
    ]
    rows = [
        (low + (high - low) * rng.random(), first, *pattern)
        for low, high, first, patterns in groups
        for pattern, count in patterns.items()
        for _ in range(int(count))
    ]
    table = np.array(rows)[rng.permutation(len(rows))]
    return [table[:, 0], *(table[:, i].astype(int) for i in range(1, 5))]


def _ask(answer, *columns, **rule):
    return _dict(answer.call("infer_selected", *columns, **rule), KEYS, "infer_selected")


@check("mem-frozen")
def fresh_houses(answer, rng):
    """selects by both halves of the rule, and gives the three shares of the selected"""
    for _ in range(2):
        columns = _houses(rng)
        found, want = _ask(answer, *columns), _selected(*columns)
        says = (
            "Selected: a repetition rate of at least the threshold, and not solved in the first run. No rate, no house."
        )
        look = "a house exactly at the threshold counts; one without a rate does not"
        expect.close(
            [found[key] for key in ("selected", *RUNS)], [want[key] for key in ("selected", *RUNS)], says, look=look
        )


@check("mem-frozen")
def gains_of_the_record(answer, rng):
    """takes the record less each of the two others, on the selected houses"""
    columns = _houses(rng)
    found, want = _ask(answer, *columns), _selected(*columns)
    says = "`over_again` and `over_none` compare shares of the selected houses: the record less the other run."
    keys = [f"over_{other}" for other in OTHERS]
    look = "the first run is 0 on the selected by the rule, and no comparison"
    expect.close([found[key] for key in keys], [want[key] for key in keys], says, look=look)


@check("mem-frozen")
def exact_pairs(answer, rng):
    """tests pairs of runs on the same selected houses, exactly and on both sides"""
    for _ in range(2):
        columns = _houses(rng)
        found, want = _ask(answer, *columns), _selected(*columns)
        says = (
            "Only selected houses that one of the two solved and the other did not enter the test, with one half each."
        )
        keys = [f"p_{other}" for other in OTHERS]
        expect.close([found[key] for key in keys], [want[key] for key in keys], says, look="two-sided and exact")


@check("mem-frozen")
def the_record_may_be_worse(answer, rng):
    """gives a negative gain and the same p-value when the record loses as many houses as it won"""
    repetition, first, again, record, none = _houses(rng)
    want = _selected(repetition, first, again, record, none)
    turned = _ask(answer, repetition, first, record, again, record)
    says = "With record and second run exchanged, the gain changes its sign."
    expect.close(turned["over_again"], -want["over_again"], says)
    says = "The test is two-sided: with record and second run exchanged, p stays what it was."
    expect.close(turned["p_again"], want["p_again"], says)


@check("mem-frozen")
def the_base_is_all_houses(answer, rng):
    """takes the same differences over all houses, those without a repetition rate too"""
    columns = _houses(rng)
    found, want = _ask(answer, *columns), _selected(*columns)
    says = (
        "`all_again` and `all_none` are differences of shares over all houses: picked or not, with a rate or without."
    )
    keys = [f"all_{other}" for other in OTHERS]
    expect.close([found[key] for key in keys], [want[key] for key in keys], says)


@check("mem-frozen")
def houses_that_agree(answer, rng):
    """gives p = 1 where no house tells the two runs apart"""
    repetition, first, again, record, _ = _houses(rng)
    found = _ask(answer, repetition, first, again, record, record.copy())
    want = _selected(repetition, first, again, record, record)
    says = "Where both runs solve the same houses, the gain is 0 and p is 1."
    keys = ("over_none", "p_none", "all_none", "p_again")
    expect.close([found[key] for key in keys], [want[key] for key in keys], says)


@check("mem-frozen")
def the_threshold_is_an_argument(answer, rng):
    """uses the threshold that it is given, the edge included"""
    edge = float(rng.choice([0.25, 0.375, 0.625, 0.75]))
    columns = _houses(rng, edge)
    keys = ("selected", "record", "p_again")
    for threshold in (edge, 0.0):
        found, want = _ask(answer, *columns, threshold=threshold), _selected(*columns, threshold)
        says = "The rule takes the threshold that was given, and houses just at it. At 0, those without a rate are out."
        expect.close([found[key] for key in keys], [want[key] for key in keys], says)


@check("mem-frozen")
def refuses_what_cannot_be_compared(answer, rng):
    """refuses columns of different lengths, and a rule that selects nothing"""
    columns = _houses(rng)
    says = "One entry a house in each of the five: raise ValueError."
    for short in (1, 4):
        answer.raises("infer_selected", *(c[:-1] if i == short else c for i, c in enumerate(columns)), says=says)
    says = "No house is selected: there is no share of nothing. Raise ValueError; 0 would be a guess."
    answer.raises("infer_selected", columns[0], np.ones(len(columns[0]), dtype=int), *columns[2:], says=says)
    answer.raises("infer_selected", *columns, threshold=1.5, says=says)


@check("mem-frozen")
def the_given_houses(answer, rng):
    """has the results for all 200 houses and for the colleague's sixteen"""
    rows = _rows("frozen")
    repetition = np.array([float(row["repetition"] or "nan") for row in rows])
    columns = [repetition, *(np.array([int(row[name]) for row in rows]) for name in ("first", *RUNS))]
    at = [i for i, rate in enumerate(repetition) if rate >= 0.5 and not columns[1][i]][15]
    for name, part in (("all_frozen", columns), ("first_sixteen", [column[: at + 1] for column in columns])):
        found, want = _dict(answer.value(name), KEYS, name), _selected(*part)
        says = f"`{name}` is what your function gives for its part of the table."
        look = "the colleague's part begins at the first row and ends with the row of the sixteenth house"
        expect.close([found[key] for key in KEYS], [want[key] for key in KEYS], says, rtol=0, atol=1e-3, look=look)
