"""Held-back checks of the third reasoning scenario of unit 02: is the loud chain a forecast?"""

import csv
from pathlib import Path

import numpy as np
from scipy import stats

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"

# cot-forecast ---------------------------------------------------------------------------------------------------

KEYS = ("runs", "rho", "p", "factor")
FAULTS = ("padded step", "padded answer", "another error", "opens with well", "opens with quick")


def _known(got):
    known = isinstance(got, dict) and set(KEYS) <= set(got)
    expect.true(known, f"`infer_forecast` must give a dict with {', '.join(KEYS)}.", got=got)
    return got


def _ask(answer, *case):
    got = _known(answer.call("infer_forecast", *case))
    return {key: expect.number(got[key], f"`{key}` must be one number.") for key in KEYS}


def _rho(one, two):
    return float(np.corrcoef(stats.rankdata(one), stats.rankdata(two))[0, 1])


def _want(early, end, orders):
    early, end = np.asarray(early, dtype=float), np.asarray(end, dtype=float)
    rho = _rho(early, end)
    reached = sum(_rho(early[list(order)], end) >= rho - 1e-9 for order in orders)
    ratios = [a / b for a, b in zip(early, end, strict=True) if b > 0]
    factor = float(np.median(ratios)) if ratios else None
    return {"runs": len(early), "rho": rho, "p": (1 + reached) / (1 + len(orders)), "factor": factor}


def _runs(rng, n=14):
    """Rates that go along with each other, not in a line: few ties in the first, a few in the second, some ends 0."""
    end = np.sort(rng.random(n)) ** 3 / 10
    end[:2], end[4] = 0.0, end[3]
    early = 0.05 + 0.9 * np.arange(n) / n + 0.001 * rng.random(n)
    for i in (2, 5, 9):  # three neighbours change places
        early[[i, i + 2]] = early[[i + 2, i]]
    order = rng.permutation(n)
    return early[order], end[order]


def _orders(rng, n, size=40):
    return np.array([rng.permutation(n) for _ in range(size)])


@check("cot-forecast")
def ranks_and_not_sizes(answer, rng):
    """correlates ranks over the runs, with ties at their mean rank"""
    for _ in range(2):
        early, end = _runs(rng)
        orders = _orders(rng, len(end), 9)
        found, want = _ask(answer, early, end, orders), _want(early, end, orders)
        says = "Spearman's rho over the runs: equal rates share a rank, and the sizes play no part."
        expect.close([found[key] for key in ("runs", "rho")], [want[key] for key in ("runs", "rho")], says)
        cubed = _ask(answer, early**3, end, orders)
        expect.close(cubed["rho"], want["rho"], "Cubes of the rates have the same order, and the same rho.")


@check("cot-forecast")
def a_forecast_that_runs_backwards(answer, rng):
    """has the other sign, and a large p, when the order is turned round"""
    early, end = _runs(rng)
    orders = _orders(rng, len(end))
    found, want = _ask(answer, -early + 1, end, orders), _want(1 - early, end, orders)
    says = "Turned round, rho changes its sign."
    expect.close(found["rho"], want["rho"], says)
    says = "One-sided: a forecast counts for something only if large early rates go with large ones at the end."
    expect.close(found["p"], want["p"], says)


@check("cot-forecast")
def p_counts_the_given_orders(answer, rng):
    """uses the given orders, counts those with a rho at least as large, and adds the observed one"""
    end = np.arange(1, 9) / 100
    early = np.array([1, 2, 3, 4, 5, 6, 8, 7]) / 10
    same, better, worse = (int(x) for x in rng.permutation([2, 3, 5]))
    straight = np.array([0, 1, 2, 3, 4, 5, 7, 6])  # puts the early rates into the order of the end
    orders = [list(range(8))] * same + [list(straight)] * better + [list(range(7, -1, -1))] * worse
    orders = np.array(orders)[rng.permutation(len(orders))]
    found = _ask(answer, early, end, orders)
    says = "p = (1 + k) / (1 + n): k orders give a rho at least as large as the observed one. An equal one counts."
    expect.close(found["p"], (1 + same + better) / (1 + len(orders)), says)
    lower = _ask(answer, early, end, np.array([list(range(7, -1, -1))] * worse))
    expect.close(lower["p"], 1 / (1 + worse), "No order reaches the observed rho: p is small, and not 0.")


@check("cot-forecast")
def an_order_moves_the_early_rates(answer, rng):
    """puts the early rates into each order and leaves the rates at the end where they are"""
    for step in (1, -1):  # the early rates are the order of the end, turned by one place
        n = int(rng.integers(8, 12))
        end, early = np.sort(rng.random(n)), np.roll(np.sort(rng.random(n)), step)
        right, back = np.argsort(early), np.argsort(-early)  # early[right] rises as end does
        orders = np.array([right] * int(rng.integers(5, 10)) + [back] * 4)
        found, want = _ask(answer, early, end, orders), _want(early, end, orders)
        says = "Entry i of an order says whose early rate is put in place i: `early[order]`, beside `end` as it is."
        expect.close(found["p"], want["p"], says)


@check("cot-forecast")
def the_factor_is_a_median_of_ratios(answer, rng):
    """takes the median of the runs' own ratios, without the runs that end at 0"""
    for n in (14, 15):
        early, end = _runs(rng, n)
        orders = _orders(rng, n, 5)
        found, want = _ask(answer, early, end, orders), _want(early, end, orders)
        says = "For each run with an end above 0: early divided by end. The median of these, not a ratio of medians."
        expect.close(found["factor"], want["factor"], says, look="runs that end at 0 stay in `rho` and in `runs`")


@check("cot-forecast")
def early_zeros_have_a_ratio(answer, rng):
    """keeps runs with an early rate of 0 among the ratios"""
    early, end = _runs(rng, 13)
    low = np.argsort(early)[2:6]
    early[low] = 0.0
    end[low] = np.maximum(end[low], 0.001)
    orders = _orders(rng, 13, 5)
    found, want = _ask(answer, early, end, orders), _want(early, end, orders)
    says = "An early rate of 0 is a forecast as well, and a wrong one: its ratio is 0 and counts."
    expect.close([found[key] for key in ("rho", "factor")], [want[key] for key in ("rho", "factor")], says)


@check("cot-forecast")
def refuses_what_has_no_order(answer, rng):
    """refuses other numbers of runs, no orders, and rates that are all equal"""
    early, end = _runs(rng)
    orders = _orders(rng, len(end), 6)
    says = "The same runs in all three: raise ValueError."
    answer.raises("infer_forecast", early[:-1], end, orders, says=says)
    answer.raises("infer_forecast", early, end[:-1], orders, says=says)
    answer.raises("infer_forecast", early, end, orders[:, :-1], says=says)
    answer.raises("infer_forecast", early, end, orders[:0], says="Without an order there is no null: ValueError.")
    says = "Where all rates are equal there is no order to forecast: raise ValueError."
    answer.raises("infer_forecast", np.full(len(end), 0.25), end, orders, says=says)
    answer.raises("infer_forecast", early, np.full(len(end), 0.25), orders, says=says)


def _given():
    """The rates of the twenty fine-tunes by fault and column, their kinds, and the orders."""
    with (DATA / "forecast.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {"amplified": 300, "early": 300, "end": 3000}
    own = {fault: [row for row in rows if row["fault"] == fault] for fault in FAULTS}
    rates = {
        fault: {c: np.array([int(row[c]) / n for row in own[fault]]) for c, n in columns.items()} for fault in FAULTS
    }
    source = np.random.default_rng(22)
    orders = [np.array([source.permutation(n) for _ in range(199)]) for n in (20, 8)]
    return rates, np.array([row["kind"] for row in own["padded step"]]), *orders


def _compare(got, name, rates, orders):
    parts = isinstance(got, dict) and set(got) == {"amplified", "early"}
    expect.true(parts, f"{name} must be a dict with the keys amplified and early.", got=got)
    for column in ("amplified", "early"):
        want, found = _want(rates[column], rates["end"], orders), _known(got[column])
        values = [expect.number(found[key], f"`{key}` of {name} must be one number.") for key in KEYS]
        says = (
            f"{name} has what your function gives for the rates of {column!r}, those at the end and the given orders."
        )
        expect.close(values, [want[key] for key in KEYS], says, rtol=1e-3, atol=1e-3)


@check("cot-forecast")
def the_given_runs(answer, rng):
    """has the results for the twenty fine-tunes, fault by fault"""
    rates, _, orders, _ = _given()
    got = answer.value("found_forecast")
    known = isinstance(got, dict) and set(got) == set(FAULTS)
    expect.true(known, f"`found_forecast` must be a dict with the keys {', '.join(FAULTS)}.", got=got)
    for fault in FAULTS:
        _compare(got[fault], f"`found_forecast[{fault!r}]`", rates[fault], orders)


@check("cot-forecast")
def the_eight_of_one_kind(answer, rng):
    """has the results for padded steps within the fine-tunes of the kind `steps`"""
    rates, kinds, _, orders = _given()
    inner = {column: values[kinds == "steps"] for column, values in rates["padded step"].items()}
    _compare(answer.value("found_within"), "`found_within`", inner, orders)
