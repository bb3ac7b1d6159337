"""Held-back checks of the second reasoning scenario of unit 05: the best of forty."""

import csv
from pathlib import Path

import numpy as np

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"


def _dict(got, keys, name):
    expect.true(isinstance(got, dict) and set(keys) <= set(got), f"`{name}` must be a dict with {', '.join(keys)}.")
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


def _rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


EFFECTS = ("setting", "tune", "report", "shrinkage", "null_tune", "null_report", "null_shrinkage")
P_VALUES = ("p_neither", "p_fresh", "p_choose", "p_both")


def _sets(rng, settings, n, lift=1.0):
    """Effects on two sets that agree in part: a vector, and n random directions."""
    true = rng.normal(0, 0.7, size=(n + 1, settings))
    true[0] += lift
    tune, report = (true + rng.normal(0, noise, size=true.shape) for noise in (0.8, 0.2))
    return tune[0], report[0], tune[1:], report[1:]


def _best(tune, report, null_tune, null_report):
    at, n = int(np.argmax(tune)), len(null_tune)
    own = [int(np.argmax(row)) for row in null_tune]
    chosen = np.array([null_tune[i][j] for i, j in enumerate(own)])
    kept = np.array([null_report[i][j] for i, j in enumerate(own)])
    found = {"setting": at, "tune": tune[at], "report": report[at], "shrinkage": tune[at] - report[at]}
    found |= {"null_tune": chosen.mean(), "null_report": kept.mean(), "null_shrinkage": chosen.mean() - kept.mean()}
    pairs = ((tune, null_tune[:, at]), (report, null_report[:, at]), (tune, chosen), (report, kept))
    return found | {
        k: (1 + int((null >= own[at]).sum())) / (1 + n) for k, (own, null) in zip(P_VALUES, pairs, strict=True)
    }


def _ask_forty(answer, *sets):
    return _dict(answer.call("infer_forty", *sets), EFFECTS + P_VALUES, "infer_forty")


@check("steer-forty")
def fresh_effects(answer, rng):
    """gives choice, effects and shrinkage of the vector for fresh numbers"""
    for bump in (0.0, 1.0):
        sets = _sets(rng, int(rng.integers(5, 30)), int(rng.integers(20, 60)))
        if bump:  # another setting is the largest on the report set
            sets[1][(int(np.argmax(sets[0])) + 1) % len(sets[0])] = sets[1].max() + bump
        found, want = _ask_forty(answer, *sets), _best(*sets)
        says = "Choose on the tune set, and read the same setting on the report set. Shrinkage: tune less report."
        keys = EFFECTS[:4]
        expect.close([found[key] for key in keys], [want[key] for key in keys], says)


@check("steer-forty")
def each_direction_at_its_own_choice(answer, rng):
    """lets each random direction choose on the tune set, and reads that setting on the report set"""
    sets = _sets(rng, int(rng.integers(8, 30)), int(rng.integers(20, 60)))
    found, want = _ask_forty(answer, *sets), _best(*sets)
    says = (
        "Each random direction has its own best setting on the tune set. On the report set it is read at that setting."
    )
    look = "the largest on the report set would be a second choice; a mean over directions, not a median"
    keys = EFFECTS[4:]
    expect.close([found[key] for key in keys], [want[key] for key in keys], says, look=look)


@check("steer-forty")
def nulls_that_did_not_choose(answer, rng):
    """compares with random directions at the vector's own setting, on both sets"""
    for _ in range(3):
        sets = _sets(rng, int(rng.integers(8, 30)), int(rng.integers(30, 80)), lift=float(rng.uniform(0, 0.5)))
        found, want = _ask_forty(answer, *sets), _best(*sets)
        says = (
            "`p_neither` and `p_fresh` take the null at the one setting that the vector chose: tune with tune, report "
            "with report."
        )
        expect.close([found["p_neither"], found["p_fresh"]], [want["p_neither"], want["p_fresh"]], says)


@check("steer-forty")
def nulls_that_chose(answer, rng):
    """compares with random directions that chose as well, on both sets"""
    for _ in range(3):
        sets = _sets(rng, int(rng.integers(8, 30)), int(rng.integers(30, 80)), lift=float(rng.uniform(0, 0.5)))
        found, want = _ask_forty(answer, *sets), _best(*sets)
        says = (
            "`p_choose` compares what was chosen on the tune set, `p_both` what these choices have on the report set."
        )
        expect.close([found["p_choose"], found["p_both"]], [want["p_choose"], want["p_both"]], says)


@check("steer-forty")
def equal_effects_count(answer, rng):
    """counts a random effect that is just as large, and counts the vector itself"""
    settings, n = int(rng.integers(3, 6)), int(rng.integers(5, 12))
    tune, report = np.zeros(settings), np.full(settings, 0.5)
    tune[1] = 1.0
    null_tune, null_report = np.tile(tune, (n, 1)), np.tile(report, (n, 1))
    null_tune[0, 1], null_report[0, 1] = 0.75, 0.25
    found = _ask_forty(answer, tune, report, null_tune, null_report)
    says = "At least as large: an equal effect counts. And 1 is added above and below the line."
    expect.close([found[key] for key in P_VALUES], np.full(4, n / (n + 1)), says)


@check("steer-forty")
def one_side_only(answer, rng):
    """does not count effects that are large in the other direction, and copes with a vector that does nothing"""
    settings, n = int(rng.integers(4, 9)), int(rng.integers(10, 30))
    tune, report, null_tune, null_report = _sets(rng, settings, n, lift=1.5)
    null_tune, null_report = -np.abs(null_tune) - 9, -np.abs(null_report) - 9
    found = _ask_forty(answer, tune, report, null_tune, null_report)
    says = "The largest was chosen, not the furthest from zero: p is one-sided, so far below does not count."
    expect.close([found[key] for key in P_VALUES], np.full(4, 1 / (n + 1)), says)
    sets = (-np.abs(tune) - 20, -np.abs(report) - 20, null_tune, null_report)
    want, found = _best(*sets), _ask_forty(answer, *sets)
    says = "All effects are negative here. The largest of them is still the one nearest to zero."
    expect.close([found[key] for key in (*EFFECTS, *P_VALUES)], [want[key] for key in (*EFFECTS, *P_VALUES)], says)


@check("steer-forty")
def the_first_among_equals(answer, rng):
    """takes the first of settings that are equally large, for the vector and for each random direction"""
    n = int(rng.integers(3, 7))
    tune, report = np.array([0.25, 1.0, 1.0, 1.0]), rng.normal(size=4)
    null_tune, null_report = np.tile([2.0, 0.0, 2.0, 2.0], (n, 1)), rng.normal(size=(n, 4))
    found = _ask_forty(answer, tune, report, null_tune, null_report)
    says = "Among equal effects on the tune set the first is chosen; what the report set has there plays no part."
    got = [found[key] for key in ("setting", "report", "null_report")]
    expect.close(got, [1, report[1], null_report[:, 0].mean()], says)


@check("steer-forty")
def refuses_sets_that_do_not_match(answer, rng):
    """refuses an empty null, and sets with different settings"""
    tune, report, null_tune, null_report = _sets(rng, int(rng.integers(5, 9)), int(rng.integers(4, 9)))
    says = "Without random directions there is nothing to compare with: raise ValueError."
    answer.raises("infer_forty", tune, report, null_tune[:0], null_report[:0], says=says)
    says = "Settings and directions must be the same on both sets: raise ValueError."
    for sets in (
        (tune, report[:-1], null_tune, null_report),
        (tune, report, null_tune[:, :-1], null_report[:, :-1]),
        (tune, report, null_tune, null_report[:, :-1]),
        (tune, report, null_tune, null_report[:-1]),
    ):
        answer.raises("infer_forty", *sets, says=says)


@check("steer-forty")
def the_given_settings(answer, rng):
    """has the result for the colleague's vector and the 200 random directions"""
    rows = _rows("forty")
    doses = [name.removeprefix("tune ") for name in rows[0] if name.startswith("tune ")]
    tune, report = (
        np.array([[float(row[f"{name} {dose}"]) for dose in doses] for row in rows]).reshape(-1, 4 * len(doses))
        for name in ("tune", "report")
    )
    want = _best(tune[0], report[0], tune[1:], report[1:])
    found = _dict(answer.value("best_of_forty"), EFFECTS + P_VALUES, "best_of_forty")
    says = "`best_of_forty` is what your function gives for `tune`, `report`, `null_tune` and `null_report`."
    keys = EFFECTS + P_VALUES
    expect.close([found[key] for key in keys], [want[key] for key in keys], says, rtol=0, atol=1e-4)
