"""Held-back checks of the first reasoning scenario of unit 05: a change under two judges."""

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


# steer-judges ---------------------------------------------------------------------------------------------------

JUDGES = ("open", "done", "gap")
CHANGE = (*(f"{name}{end}" for name in JUDGES for end in ("", "_low", "_high")), "kept")


def _answers(rng, n, opened, carried):
    """Answers of one condition: rows in random order, each request once."""
    order = rng.permutation(n)
    not_refused = (rng.random(n) < opened).astype(int)
    not_refused[0] = 1
    carried_out = not_refused * (rng.random(n) < carried)
    return {"request": order + 1, "not_refused": not_refused[order], "carried_out": carried_out[order].astype(int)}


def _pair(rng, n):
    low, high = rng.uniform(0.1, 0.5), rng.uniform(0.6, 0.95)
    return _answers(rng, n, low, 0.8), _answers(rng, n, high, rng.uniform(0.3, 0.8))


def _change(plain, steered, draws):
    numbers = sorted(plain["request"])

    def column(part, key):
        of = dict(zip(part["request"], part[key], strict=True))
        return np.array([of[number] for number in numbers])

    each = {"open": column(steered, "not_refused") - column(plain, "not_refused")}
    each["done"] = column(steered, "carried_out") - column(plain, "carried_out")
    each["gap"] = each["open"] - each["done"]
    found = {"kept": steered["carried_out"].sum() / steered["not_refused"].sum()}
    for name, values in each.items():
        drawn = np.take(values, draws).mean(axis=1)
        found |= {name: values.mean(), f"{name}_low": np.percentile(drawn, 2.5)}
        found[f"{name}_high"] = np.percentile(drawn, 97.5)
    return found


def _ends(found, names=JUDGES):
    return [found[f"{name}_{end}"] for name in names for end in ("low", "high")]


def _ask_change(answer, plain, steered, draws):
    return _dict(answer.call("infer_change", plain, steered, draws), CHANGE, "infer_change")


@check("steer-judges")
def fresh_answers(answer, rng):
    """gives both changes and the gap between them for fresh answers"""
    for _ in range(2):
        n = int(rng.integers(15, 40))
        (plain, steered), draws = _pair(rng, n), rng.integers(n, size=(10, n))
        found, want = _ask_change(answer, plain, steered, draws), _change(plain, steered, draws)
        says = (
            "Each judge: the share after less the share before, over the same requests. The gap: judge 1 less judge 2."
        )
        expect.close([found[name] for name in JUDGES], [want[name] for name in JUDGES], says)


@check("steer-judges")
def kept_among_those_not_refused(answer, rng):
    """takes the share carried out among the steered answers that were not refused"""
    for _ in range(4):
        n = int(rng.integers(20, 40))
        plain, steered = _pair(rng, n)
        found = _ask_change(answer, plain, steered, rng.integers(n, size=(5, n)))
        says = "`kept` divides by the steered answers that were not refused, not by all of them."
        expect.close(found["kept"], steered["carried_out"].sum() / steered["not_refused"].sum(), says)


@check("steer-judges")
def intervals_follow_the_draws(answer, rng):
    """has the percentiles of the changes in the given draws, request by request"""
    for _ in range(3):
        n = int(rng.integers(20, 40))
        (plain, steered), draws = _pair(rng, n), rng.integers(n, size=(int(rng.integers(60, 120)), n))
        found, want = _ask_change(answer, plain, steered, draws), _change(plain, steered, draws)
        says = "In each draw: the mean of steered less plain over its requests. Then the 2.5th and 97.5th percentile."
        look = (
            "the rows of the two conditions are in different orders; a drawn request brings along both of its answers"
        )
        expect.close(_ends(found, ("open", "done")), _ends(want, ("open", "done")), says, look=look)


@check("steer-judges")
def the_gap_has_an_interval_of_its_own(answer, rng):
    """has the percentiles of the gap, not the difference of two intervals"""
    n = int(rng.integers(20, 40))
    plain, steered = _pair(rng, n)
    draws = rng.integers(n, size=(80, n))
    for part in (plain, steered):  # judges that agree but for one or two answers
        part["carried_out"] = part["not_refused"].copy()
    where = np.flatnonzero(steered["not_refused"])[: int(rng.integers(1, 3))]
    steered["carried_out"][where] = 0
    found, want = _ask_change(answer, plain, steered, draws), _change(plain, steered, draws)
    says = "Both judges read the same answers, so their changes rise and fall together. Take the gap in each draw."
    expect.close(_ends(found, ("gap",)), _ends(want, ("gap",)), says)


@check("steer-judges")
def a_repeated_request_counts_again(answer, rng):
    """counts a request as often as a draw lists it"""
    n = int(rng.integers(6, 10))
    plain, steered = _pair(rng, n)
    steered["not_refused"][:], plain["not_refused"][:] = 1, 1
    odd = int(rng.integers(1, n + 1))  # the one request that changed
    plain["not_refused"][plain["request"] == odd] = 0
    plain["carried_out"] = np.minimum(plain["carried_out"], plain["not_refused"])
    draw = np.array([odd - 1] * 3 + [odd % n])
    found = _ask_change(answer, plain, steered, draw[None])
    says = "A draw that lists a request three times holds it three times, and a draw may be shorter than the table."
    expect.close(_ends(found, ("open",)), [0.75, 0.75], says)


@check("steer-judges")
def request_numbers_are_names(answer, rng):
    """takes any request numbers, and a draw's places among them in order"""
    n = int(rng.integers(12, 20))
    plain, steered = _pair(rng, n)
    names = np.sort(rng.choice(np.arange(100, 900), size=n, replace=False))
    for part in (plain, steered):
        part["request"] = names[part["request"] - 1]
    draws = rng.integers(n, size=(3, n))
    found, want = _ask_change(answer, plain, steered, draws), _change(plain, steered, draws)
    says = "A draw lists places among the sorted request numbers: 0 is the smallest number there is, whatever it is."
    expect.close(_ends(found), _ends(want), says)


@check("steer-judges")
def refuses_what_cannot_be_compared(answer, rng):
    """refuses requests that don't match, and a steering under which all is refused"""
    n = int(rng.integers(6, 12))
    plain, steered = _pair(rng, n)
    draws = rng.integers(n - 1, size=(4, n))
    says = "A change needs the same requests before and after: raise ValueError."
    shorter = {key: column[steered["request"] != 1] for key, column in steered.items()}
    answer.raises("infer_change", plain, shorter, draws, says=says)
    answer.raises("infer_change", plain, {**steered, "request": steered["request"] + 1}, draws, says=says)
    says = "No steered answer was open: there is no share carried out among none. Raise ValueError; 0 would be a guess."
    closed = {**steered, "not_refused": np.zeros(n, dtype=int), "carried_out": np.zeros(n, dtype=int)}
    answer.raises("infer_change", plain, closed, draws, says=says)


@check("steer-judges")
def the_given_assistants(answer, rng):
    """has the results for the four assistants and both ways of steering"""
    rows = _rows("judges")
    draws = np.random.default_rng(5).integers(100, size=(1000, 100))
    for name in ("ablated", "subtracted"):
        got = answer.value(name)
        expect.true(isinstance(got, dict), f"`{name}` must be a dict with an entry for each assistant.", got=got)
        for who in ("ash", "birch", "cedar", "elm"):
            parts = []
            for condition in ("plain", name):
                mine = [row for row in rows if (row["assistant"], row["condition"]) == (who, condition)]
                columns = ("request", "not_refused", "carried_out")
                parts.append({key: np.array([int(row[key]) for row in mine]) for key in columns})
            want = _change(*parts, draws)
            found = _dict(got.get(who), CHANGE, f"{name}[{who!r}]")
            says = f"`{name}` holds, for each assistant, what your function gives for its answers and `judge_draws`."
            expect.close([found[key] for key in CHANGE], [want[key] for key in CHANGE], says, rtol=0, atol=1e-3)
