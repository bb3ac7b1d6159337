"""Held-back checks of the last reasoning scenario of unit 01, which difference is raised."""

import csv
import math
from pathlib import Path

import numpy as np
from scipy import stats

from worktest.checks import check, expect

# lda-twins ------------------------------------------------------------------------------------------------------

TWIN = ("difference", "low", "high", "rollouts")


def _table(rows):
    names = ("hits_target", "n_target", "hits_control", "n_control")
    columns = dict(zip(names, np.array(rows, dtype=float).T, strict=True))
    return {"alpha": np.arange(1.0, len(rows) + 1), **columns}


def _newcombe(row, confidence):
    k, n, j, m = (int(v) for v in row)
    ends = [stats.binomtest(a, b).proportion_ci(confidence, method="wilson") for a, b in ((k, n), (j, m))]
    p, q = k / n, j / m
    return p - q - math.hypot(p - ends[0].low, ends[1].high - q), p - q + math.hypot(ends[0].high - p, q - ends[1].low)


def _ends(rows):
    return np.array([_newcombe(row, 1 - 0.05 / len(rows)) for row in rows])


def _needed(p, delta):
    z = stats.norm.ppf(0.975) + stats.norm.ppf(0.8)
    return z**2 * (p * (1 - p) + (p + delta) * (1 - p - delta)) / delta**2


def _columns(got, rows, name):
    keys = {*TWIN, "verdict"}
    expect.true(isinstance(got, dict) and keys <= set(got), f"`{name}` must be a dict with {', '.join(sorted(keys))}.")
    found = {key: expect.array(got[key], (rows,), f"`{key}` must hold one number a row.") for key in TWIN}
    expect.true(isinstance(got["verdict"], list | tuple), "`verdict` must be a list of words.")
    return {**found, "verdict": list(got["verdict"])}


def _same_ends(found, want, says, look=""):
    """The ends agree within 5 % of the width: enough for Sidak's confidence, too little for another method."""
    room = 0.05 * (want[:, 1] - want[:, 0])
    near = (np.abs(found["low"] - want[:, 0]) <= room) & (np.abs(found["high"] - want[:, 1]) <= room)
    wrong = f"{int((~near).sum())} of {len(want)} rows differ"
    expect.true(bool(near.all()), says, expected="other interval ends", got=wrong, look=look)


@check("lda-twins")
def fresh_rows(answer, rng):
    """gives difference and interval of fresh rows, read together"""
    rows = []
    for _ in range(int(rng.integers(3, 9))):
        n, m = (int(v) for v in rng.integers(60, 400, size=2))
        rows.append((int(rng.integers(4, 9)), n, int(rng.integers(1, 4)), m))
    found = _columns(answer.call("infer_raised", _table(rows), 0.02), len(rows), "infer_raised")
    expect.close(found["difference"], [k / n - j / m for k, n, j, m in rows], "The difference is target less control.")
    says = (
        "Each interval is Newcombe's at the confidence 1 - 0.05/m, m the number of rows. The arms may differ in size."
    )
    _same_ends(found, _ends(rows), says, look="p +- z SE fails at such counts; and z depends on the number of rows")


@check("lda-twins")
def more_rows_widen_every_interval(answer, rng):
    """widens every interval when more comparisons are read together"""
    row = (int(rng.integers(8, 20)), 300, int(rng.integers(4, 8)), 300)
    got, want = [], []
    for m in (1, 12):
        found = _columns(answer.call("infer_raised", _table([row] * m), 0.02), m, "infer_raised")
        got.append(float(found["high"][0] - found["low"][0]))
        low, high = _newcombe(row, 1 - 0.05 / m)
        want.append(high - low)
    times = got[1] / got[0]
    says = "The same row, read as one of twelve, must get an interval about half as wide again as alone."
    expect.true(0.93 < times / (want[1] / want[0]) < 1.07, says, got=f"{times:.2f} times as wide")


@check("lda-twins")
def no_hits_still_have_a_width(answer, rng):
    """gives an interval with a width where neither arm has a hit"""
    n = int(rng.integers(50, 500))
    rows = [(0, n, 0, n), (0, n, 0, 3 * n)]
    found = _columns(answer.call("infer_raised", _table(rows), 0.02), 2, "infer_raised")
    says = "No hit in either arm does not mean that the difference is known to be 0."
    _same_ends(found, _ends(rows), says)


@check("lda-twins")
def three_verdicts(answer, rng):
    """tells raised, small and open apart"""
    n = int(rng.integers(5000, 8000))
    few = int(rng.integers(150, 250))
    rows = [
        (int(0.14 * n), n, int(0.04 * n), n),  # raised far above what matters
        (int(0.06 * n), n, int(0.04 * n), n),  # raised, by less than what matters
        (int(0.05 * n), n, int(0.05 * n), n),  # equal, and many rollouts
        (int(0.02 * n), n, int(0.08 * n), n),  # lowered
        (int(0.07 * few), few, int(0.05 * few), few),  # few rollouts
    ]
    want = ["raised", "raised", "small", "small", "open"]
    order = rng.permutation(5)
    got = answer.call("infer_raised", _table([rows[i] for i in order]), 0.05)
    found = _columns(got, 5, "infer_raised")
    wrong = sum(a != want[i] for a, i in zip(found["verdict"], order, strict=True))
    says = (
        '"raised" needs the low end above 0, whatever the size; "small" needs the high end below the smallest rise '
        'that matters, and a lowered rate is no rise either; the rest is "open", which is not the same as "small".'
    )
    expect.true(not wrong, says, expected="other verdicts", got=f"{wrong} of 5 differ")


@check("lda-twins")
def rollouts_for_a_rise_that_matters(answer, rng):
    """counts the rollouts for the smallest rise that matters, at the control's rate"""
    n = int(rng.integers(300, 900))
    rows = [(int(rng.integers(20, 60)), n, j, n) for j in (0, int(rng.integers(3, 12)), int(rng.integers(40, 90)))]
    delta = float(rng.uniform(0.01, 0.06))
    found = _columns(answer.call("infer_raised", _table(rows), delta), 3, "infer_raised")
    says = (
        "The rollouts are for the smallest rise that matters, not for the difference that happened to be seen; one "
        "comparison, two-sided at 5 %, power 80 %, both arms' variances, rounded up."
    )
    want = [math.ceil(_needed(j / m, delta)) for _, _, j, m in rows]
    expect.close(found["rollouts"], want, says, rtol=1e-3, atol=1.01)


@check("lda-twins")
def refuses_impossible_rows(answer, rng):
    """refuses more hits than rollouts and a smallest rise that is none"""
    n = int(rng.integers(10, 90))
    for row, smallest in (
        ((n + 1, n, 1, n), 0.02),
        ((1, n, n + 3, n), 0.02),
        ((2, n, 1, n), 0.0),
        ((2, n, 1, n), -0.01),
    ):
        says = "More hits than rollouts is a mistake upstream, and a smallest rise is above 0: raise ValueError."
        answer.raises("infer_raised", _table([row]), smallest, says=says)


@check("lda-twins")
def the_given_rows(answer, rng):
    """has the result for the given rows"""
    names = ("hits_target", "n_target", "hits_control", "n_control")
    with (Path(__file__).parent / "data" / "twins.csv").open(encoding="utf-8") as file:
        rows = [tuple(float(row[name]) for name in names) for row in csv.DictReader(file)]
    found = _columns(answer.value("twins"), len(rows), "twins")
    ends = _ends(rows)
    says = "`twins` is what your function gives for the given table and 0.02."
    _same_ends(found, ends, says)
    want = ["raised" if low > 0 else "small" if high < 0.02 else "open" for low, high in ends]
    expect.equal(found["verdict"], want, says)
    expect.close(found["rollouts"], [math.ceil(_needed(j / m, 0.02)) for _, _, j, m in rows], says, atol=1.01)
