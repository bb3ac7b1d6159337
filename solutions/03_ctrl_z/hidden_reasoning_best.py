"""Held-back checks of the last reasoning scenario of unit 03, the chosen setting."""

import csv
from pathlib import Path

import numpy as np

from worktest.checks import check, expect

# ctrlz-best-of --------------------------------------------------------------------------------------------------

BEST = ("setting", "published", "cross", "optimism", "corrected")


def _dict(got, name="infer_best_of"):
    expect.true(isinstance(got, dict) and set(BEST) <= set(got), f"`{name}` must be a dict with {', '.join(BEST)}.")
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in BEST}


def _table(rng, settings, tasks):
    """Fresh shares without ties: hard and easy tasks, settings that differ little."""
    task = rng.normal(0.7, 0.8, size=tasks)
    level = rng.normal(0, 0.1, size=(settings, 1))
    return 1 / (1 + np.exp(-(task + level + rng.normal(0, 0.9, size=(settings, tasks)))))


def _halves(rng, splits, tasks, *, uneven=False):
    sizes = rng.integers(2, tasks - 1, size=splits) if uneven else np.full(splits, tasks // 2)
    return np.stack([rng.permutation(tasks) < size for size in sizes])


def _best(safety, pick, halves, draws):
    sign = 1 if pick == "lowest" else -1
    levels = safety.mean(1)  # means of equal shares are equal to the last digit, so the first of equals is chosen
    at = int(np.argmin(sign * levels))
    found = {"setting": at, "published": levels[at]}
    ways = []
    for half in halves:
        for mine, other in ((half, ~half), (~half, half)):
            ways.append(safety[np.argmin(sign * safety[:, mine].mean(1)), other].mean())
    found["cross"] = float(np.mean(ways))
    drawn = np.stack([safety[:, draw].mean(1) for draw in draws], axis=1)
    chosen = np.argmin(sign * drawn, 0)
    found["optimism"] = float(np.mean(drawn[chosen, np.arange(len(draws))] - levels[chosen]))
    return found | {"corrected": found["published"] - found["optimism"]}


def _case(rng, *, uneven=False):
    settings, tasks = int(rng.integers(8, 25)), int(rng.integers(12, 30))
    draws = rng.integers(tasks, size=(int(rng.integers(40, 90)), tasks))
    return _table(rng, settings, tasks), _halves(rng, int(rng.integers(15, 40)), tasks, uneven=uneven), draws


@check("ctrlz-best-of")
def fresh_settings(answer, rng):
    """chooses the extreme setting of fresh tables and gives its number"""
    for pick in ("lowest", "highest"):
        safety, halves, draws = _case(rng)
        want = _best(safety, pick, halves, draws)
        found = _dict(answer.call("infer_best_of", safety, pick, halves, draws))
        says = "The setting with the lowest or highest mean over all tasks, and that mean. One setting for all tasks."
        expect.equal(int(found["setting"]), want["setting"], says)
        expect.close(found["published"], want["published"], says)


@check("ctrlz-best-of")
def the_other_half_reports(answer, rng):
    """chooses on one half and reports on the other, both ways round"""
    for pick in ("lowest", "highest"):
        safety, halves, draws = _case(rng)
        want = _best(safety, pick, halves, draws)
        found = _dict(answer.call("infer_best_of", safety, pick, halves, draws))
        says = "The half that chose may not report. Report that setting's mean on the other half, then swap the halves."
        look = "the other half does not choose anew: its own extreme would be lucky again"
        expect.close(found["cross"], want["cross"], says, look=look)


@check("ctrlz-best-of")
def uneven_halves_report_alike(answer, rng):
    """gives both directions of an uneven split the same weight"""
    safety, halves, draws = _case(rng, uneven=True)
    want = _best(safety, "lowest", halves, draws)
    found = _dict(answer.call("infer_best_of", safety, "lowest", halves, draws))
    says = "cross is the mean over splits and both directions, each direction counted once, also when a half is larger."
    expect.close(found["cross"], want["cross"], says)


@check("ctrlz-best-of")
def the_choice_flatters_itself(answer, rng):
    """measures how much a choice flatters itself, in the given draws"""
    for pick in ("lowest", "highest"):
        safety, halves, draws = _case(rng)
        want = _best(safety, pick, halves, draws)
        found = _dict(answer.call("infer_best_of", safety, pick, halves, draws))
        says = "In each draw: the chosen setting's mean in the draw, less the mean of that same setting on all tasks."
        look = "every setting meets the same drawn tasks, and the choice is made anew in each draw"
        expect.close(found["optimism"], want["optimism"], says, look=look)
        says = "corrected is the published number less the optimism, whatever its sign."
        expect.close(found["corrected"], want["corrected"], says)


@check("ctrlz-best-of")
def the_first_among_equals(answer, rng):
    """takes the first of several equal settings"""
    for pick in ("lowest", "highest"):
        settings, tasks = int(rng.integers(6, 15)), 16
        safety = rng.integers(8, 57, size=(settings, tasks)) / 64  # sums of these are exact in any order
        means = safety.mean(1)
        at = int(means.argmin() if pick == "lowest" else means.argmax())
        safety = np.concatenate([safety, safety[[at]], safety[[at]]])
        halves, draws = _halves(rng, 4, tasks), rng.integers(tasks, size=(6, tasks))
        found = _dict(answer.call("infer_best_of", safety, pick, halves, draws))
        expect.equal(int(found["setting"]), at, "Among settings with the same mean the first one is chosen.")


@check("ctrlz-best-of")
def refuses_empty_halves_and_other_words(answer, rng):
    """refuses a half without tasks, and a pick that is neither word"""
    safety, halves, draws = _case(rng)
    says = 'pick is "lowest" or "highest". Anything else would be read as one of them: raise ValueError.'
    answer.raises("infer_best_of", safety, "worst", halves, draws, says=says)
    for full in (True, False):
        broken = halves.copy()
        broken[int(rng.integers(len(halves)))] = full
        says = "A half without a task can neither choose nor report: raise ValueError."
        answer.raises("infer_best_of", safety, "lowest", broken, draws, says=says)


@check("ctrlz-best-of")
def the_given_tables(answer, rng):
    """has the results for both teams"""
    source = np.random.default_rng(3)
    source.integers(100, size=(1000, 100))  # the draws of the first scenario come before these
    draws = source.integers(40, size=(1000, 40))
    halves = np.stack([source.permutation(40) < 20 for _ in range(200)])
    for name, pick in (("red", "lowest"), ("blue", "highest")):
        with (Path(__file__).parent / "data" / f"{name}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        shares = np.array([int(row["safe_runs"]) / int(row["runs"]) for row in rows]).reshape(-1, 40)
        want = _best(shares, pick, halves, draws)
        found = _dict(answer.value(name), name)
        says = f"`{name}` is what your function gives for {name}_safety, {pick!r}, best_halves and best_draws."
        # settings that tie in a half or a draw may be told apart by the last digit of a sum; a mean moves by little
        expect.equal(int(found["setting"]), want["setting"], says)
        expect.close([found[key] for key in BEST[1:]], [want[key] for key in BEST[1:]], says, rtol=0, atol=3e-3)
