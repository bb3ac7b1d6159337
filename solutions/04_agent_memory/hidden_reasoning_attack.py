"""Held-back checks of the second reasoning scenario of unit 04: the four denominators of an attack."""

import csv
from pathlib import Path

import numpy as np

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"

# mem-attack -----------------------------------------------------------------------------------------------------

SIZES = ("empty", "filled")
STEPS = ("injected", "retrieved", "acted", "harmful")


def _part(got, name, keys):
    """The numbers (or None) under `keys` in one of the three dicts of a result."""
    expect.true(isinstance(got, dict) and name in got, "The result must be a dict with empty, filled and difference.")
    part = got[name]
    known = isinstance(part, dict) and set(keys) <= set(part)
    expect.true(known, f"`{name}` must be a dict with {', '.join(keys)}.")
    return [expect.number(part[key], f"`{key}` of `{name}` must be one number.") for key in keys]


def _sessions(rng, size, numbers):
    """Requests of one memory size. The sessions differ in length, and short ones do more harm."""
    rows = []
    for place, number in enumerate(numbers):
        ladder = [1, 2, 3, 4, 4, 4] if place % 2 else [0, 1, 1, 2, 2, 3, 3, 4, 0, 1]  # steps taken by each request
        length = int(rng.integers(4, 6)) if place % 2 else int(rng.integers(8, 11))
        depth = ladder[-length:] if place % 2 else ladder[:length]
        rows += [(number, size, *(int(far > i) for i in range(4))) for far in depth]
    return rows


def _log(rng, n=6):
    names = rng.permutation(np.arange(100, 999))[: 2 * n].tolist()
    rows = _sessions(rng, "empty", names[:n]) + _sessions(rng, "filled", names[n:])
    rows += [(names[0], "empty", 1, 1, 1, 1)] * int(rng.integers(6, 9))  # so that the two sizes always differ
    return _columns([rows[i] for i in rng.permutation(len(rows))])


def _columns(rows):
    return {name: [row[i] for row in rows] for i, name in enumerate(("session", "memory", *STEPS))}


def _rate(log, rows, step):
    """Share of the requests of the step before that took this step; None of none."""
    before = [i for i in rows if step == 0 or log[STEPS[step - 1]][i]]
    return sum(log[STEPS[step]][i] for i in before) / len(before) if before else None


def _want(log, draws):
    found, drawn = {}, {}
    for size in SIZES:
        rows = [i for i, memory in enumerate(log["memory"]) if memory == size]
        found[size] = {step: _rate(log, rows, k) for k, step in enumerate(STEPS)}
        found[size]["end_to_end"] = sum(log["harmful"][i] for i in rows) / len(rows)
        numbers = sorted({log["session"][i] for i in rows})
        harms = np.array([sum(log["harmful"][i] for i in rows if log["session"][i] == number) for number in numbers])
        lengths = np.array([sum(log["session"][i] == number for i in rows) for number in numbers])
        drawn[size] = np.array([harms[draw].sum() / lengths[draw].sum() for draw in draws[size]])
    drawn["difference"] = drawn["empty"] - drawn["filled"]
    found["difference"] = {"end_to_end": found["empty"]["end_to_end"] - found["filled"]["end_to_end"]}
    for name, rates in drawn.items():
        found[name]["low"], found[name]["high"] = np.percentile(rates, [2.5, 97.5])
    return found


def _draws(rng, log, rows):
    sizes = zip(log["session"], log["memory"], strict=True)
    pairs = set(sizes)
    counts = {size: sum(memory == size for _, memory in pairs) for size in SIZES}
    return {size: rng.integers(n, size=(rows, n)) for size, n in counts.items()}


@check("mem-attack")
def fresh_chain(answer, rng):
    """divides each step by those that took the step before it"""
    log = _log(rng)
    draws = _draws(rng, log, 5)
    got, want = answer.call("infer_attack", log, draws), _want(log, draws)
    for size in SIZES:
        says = "Injected of all, retrieved of the injected, acted of the retrieved, harmful of those acted on."
        expect.close(_part(got, size, STEPS), [want[size][step] for step in STEPS], says)


@check("mem-attack")
def end_to_end_of_all_requests(answer, rng):
    """divides the harmful requests by all requests of that memory size, for the difference as well"""
    log = _log(rng)
    draws = _draws(rng, log, 5)
    got, want = answer.call("infer_attack", log, draws), _want(log, draws)
    for name in (*SIZES, "difference"):
        says = "End to end: harmful of all requests of that memory size, whether or not anything was injected."
        expect.close(_part(got, name, ["end_to_end"]), [want[name]["end_to_end"]], says)


@check("mem-attack")
def intervals_from_sessions(answer, rng):
    """has the percentiles of the rate over drawn sessions, long sessions weighing more"""
    log = _log(rng)
    draws = _draws(rng, log, int(rng.integers(60, 100)))
    rows = [i for i, memory in enumerate(log["memory"]) if memory == "filled"]
    numbers = sorted({log["session"][i] for i in rows})
    share = [np.mean([log["harmful"][i] for i in rows if log["session"][i] == number]) for number in numbers]
    draws["filled"][:4] = int(np.argmax(share))  # so that the two memory sizes can't be drawn alike
    got, want = answer.call("infer_attack", log, draws), _want(log, draws)
    for size in SIZES:
        says = "In each draw: all harmful requests of the drawn sessions, divided by all their requests."
        look = "no mean of session rates, no draw of requests; a session drawn twice counts twice"
        expect.close(_part(got, size, ["low", "high"]), [want[size]["low"], want[size]["high"]], says, look=look)


@check("mem-attack")
def sessions_are_places_in_order(answer, rng):
    """reads a draw as places among the sorted session numbers of one memory size"""
    rows = []
    numbers = rng.permutation(np.arange(10, 900))[:8]
    order = [int(x) for x in np.sort(numbers)[[5, 2, 7, 0, 6, 3, 1, 4]]]
    for i, number in enumerate(order):  # the k-th smallest of its size has k + 1 requests, one of them harmful
        size = SIZES[i % 2]
        same = sorted(order[i % 2 :: 2])
        length = same.index(number) + 1
        rows += [(number, size, 1, 1, 1, int(j == 0)) for j in range(length)]
    log = _columns(rows)
    for place in range(4):
        draws = {"empty": np.full((2, 4), place), "filled": np.full((2, 4), 3 - place)}
        got = answer.call("infer_attack", log, draws)
        says = "Place 0 is the smallest session number of that memory size, wherever its rows stand in the log."
        want = [1 / (place + 1)] * 2 + [1 / (4 - place)] * 2
        expect.close(_part(got, "empty", ["low", "high"]) + _part(got, "filled", ["low", "high"]), want, says)


@check("mem-attack")
def a_session_counts_as_often_as_drawn(answer, rng):
    """counts a session as often as a draw lists it"""
    harmful, harmless = (1, 1, 1, 1), (1, 1, 1, 0)
    rows = [(session, size, *flags) for size, session, flags in (("empty", 1, harmful), ("empty", 2, harmless))]
    rows += [(3, "filled", *harmful), (4, "filled", *harmless)]
    log, often = _columns(rows), int(rng.integers(3, 8))
    draws = {"empty": np.array([[0] * often + [1]] * 2), "filled": np.array([[1] * often + [0]] * 2)}
    got = answer.call("infer_attack", log, draws)
    says = "A session that a draw lists several times brings its requests along several times."
    share = often / (often + 1)
    want = [share, share, 1 - share, 1 - share]
    expect.close(_part(got, "empty", ["low", "high"]) + _part(got, "filled", ["low", "high"]), want, says)


@check("mem-attack")
def the_difference_has_an_interval_of_its_own(answer, rng):
    """takes the difference in each pair of draws, not of the ends"""
    log = _log(rng)
    draws = _draws(rng, log, int(rng.integers(60, 100)))
    got, want = answer.call("infer_attack", log, draws), _want(log, draws)
    says = "Row by row: the drawn rate with empty memory less that with a filled one. Then the percentiles of these."
    found = _part(got, "difference", ["low", "high"])
    expect.close(found, [want["difference"]["low"], want["difference"]["high"]], says)


@check("mem-attack")
def a_chain_that_ends(answer, rng):
    """gives None for a share of nothing, and 0 end to end"""
    log = _log(rng)
    end = int(rng.integers(1, 4))  # the step that no request of the filled memory takes
    for i, memory in enumerate(log["memory"]):
        for step in STEPS[end:]:
            log[step][i] = 0 if memory == "filled" else log[step][i]
    draws = _draws(rng, log, 5)
    got, want = answer.call("infer_attack", log, draws), _want(log, draws)
    keys = [*STEPS[: end + 1], "end_to_end", "low", "high"]
    says = "The chain ends before the last step: the rates up to there are numbers, and nothing gets to the end."
    expect.close(_part(got, "filled", keys), [want["filled"][key] for key in keys], says)
    says = "No request came as far as this step, so its rate is a share of nothing: None, and not 0."
    for step in STEPS[end + 1 :]:
        expect.true(step in got["filled"] and got["filled"][step] is None, says, expected="None")
    end = "injected"  # and nothing at all injected
    for step in STEPS:
        log[step] = [0 if memory == "filled" else x for x, memory in zip(log[step], log["memory"], strict=True)]
    got = answer.call("infer_attack", log, draws)
    expect.close(_part(got, "filled", [end, "end_to_end"]), [0, 0], "Nothing was injected: 0 of all requests.")
    for step in STEPS[1:]:
        expect.true(step in got["filled"] and got["filled"][step] is None, says, expected="None")


@check("mem-attack")
def refuses_a_broken_log(answer, rng):
    """refuses a log without one of the memory sizes, and a step without the one before it"""
    log = _log(rng)
    draws = _draws(rng, log, 4)
    says = "Without requests of a memory size there is no rate for it: raise ValueError."
    for size in SIZES:
        rows = [i for i, memory in enumerate(log["memory"]) if memory == size]
        answer.raises("infer_attack", {k: [v[i] for i in rows] for k, v in log.items()}, draws, says=says)
    says = "A step is 1 where the one before it is 0: the log can't be right. Raise ValueError."
    for step in range(1, 4):
        broken = {key: list(column) for key, column in log.items()}
        at = next(i for i in range(len(log["session"])) if not log[STEPS[step - 1]][i])
        for later in STEPS[step:]:
            broken[later][at] = 0
        broken[STEPS[step]][at] = 1
        answer.raises("infer_attack", broken, draws, says=says)


@check("mem-attack")
def the_given_log(answer, rng):
    """has the result for the log of the two abstracts"""
    with (DATA / "attack.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    log = {"memory": [row["memory"] for row in rows]}
    log |= {name: [int(row[name]) for row in rows] for name in ("session", *STEPS)}
    source = np.random.default_rng(4)
    draws = {size: source.integers(40, size=(1000, 40)) for size in SIZES}
    want, got = _want(log, draws), answer.value("found_attack")
    says = "`found_attack` is what your function gives for `attack_log` and `session_draws`."
    for name, part in want.items():
        expect.close(_part(got, name, list(part)), list(part.values()), says, rtol=0, atol=1e-3)
