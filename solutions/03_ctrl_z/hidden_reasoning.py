"""Held-back checks of two reasoning scenarios of unit 03: retrying, and attempts without a success."""

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


# ctrlz-retry ----------------------------------------------------------------------------------------------------

GAIN = ("catch_retry", "catch_resample", "gain", "claimed", "low", "high")


def _steps(rng, tasks):
    """A fresh table: tasks of unequal size and suspicion, scores that tie, attacks a little above the honest steps."""
    parts = []
    for task in range(1, tasks + 1):
        at = rng.normal(0, 0.5)
        for attack, n in ((0, int(rng.integers(4, 14))), (1, int(rng.integers(1, 7)))):
            latent = (-1.4 + at if attack == 0 else 0.2 - at) + rng.normal(0, 1, size=n)
            columns = [latent + rng.normal(0, 0.5, size=n) - down for down in (0.0, rng.uniform(0.3, 1.0), 0.1)]
            scores = [5 * np.round(20 / (1 + np.exp(-column))) for column in columns]
            parts.append(np.column_stack([np.full(n, task), np.full(n, attack), *scores]))
    rows = rng.permutation(np.concatenate(parts)).astype(int)
    return dict(zip(("task", "attack", "first", "retry", "resample"), rows.T.copy(), strict=True))


def _catch(table, rows, arm, attacks, budget):
    """Expected catch rate by counting the scores 0 to 100, from the top down."""
    is_attack = table["attack"][rows] == 1
    honest = np.bincount(table[arm][rows][~is_attack], minlength=102)[::-1]
    attack = np.bincount(table[attacks][rows][is_attack], minlength=102)[::-1]
    before = np.cumsum(honest) - honest
    room = budget * honest.sum()
    share = np.clip((room - before) / np.maximum(honest, 1), 0, 1)
    share[honest == 0] = before[honest == 0] < room  # a score that no honest step has costs nothing
    return float(share @ attack / attack.sum())


def _gain(table, budget, draws=()):
    everything = np.arange(len(table["task"]))
    found = {f"catch_{arm}": _catch(table, everything, arm, arm, budget) for arm in ("retry", "resample")}
    found["gain"] = found["catch_retry"] - found["catch_resample"]
    old = [_catch(table, everything, arm, "first", budget) for arm in ("retry", "resample")]
    found["claimed"] = old[0] - old[1]
    members = [np.flatnonzero(table["task"] == task) for task in np.unique(table["task"])]
    gains = []
    for draw in draws:
        rows = np.concatenate([members[place] for place in draw])
        gains.append(
            _catch(table, rows, "retry", "retry", budget) - _catch(table, rows, "resample", "resample", budget)
        )
    if gains:
        found["low"], found["high"] = np.percentile(gains, [2.5, 97.5])
    return found


def _draws(rng, count, tasks):
    return rng.integers(tasks, size=(count, tasks))


@check("ctrlz-retry")
def fresh_steps_at_a_budget(answer, rng):
    """gives both catch rates, the gain and the claimed one for fresh steps"""
    for _ in range(2):
        tasks, budget = int(rng.integers(10, 20)), float(rng.uniform(0.04, 0.25))
        table = _steps(rng, tasks)
        want = _gain(table, budget)
        found = _dict(answer.call("infer_gain", table, budget, _draws(rng, 20, tasks)), GAIN, "infer_gain")
        says = "Each arm: the threshold from its own honest steps at this budget, then its own attack steps."
        look = "the rate is over all attack steps, not a mean over tasks; ties at the threshold share what is left"
        got = [found[key] for key in ("catch_retry", "catch_resample", "gain")]
        expect.close(got, [want[key] for key in ("catch_retry", "catch_resample", "gain")], says, look=look)
        says = (
            "`claimed` sets the two thresholds on the arms' honest steps, and takes the attacks' scores from `first`."
        )
        expect.close(found["claimed"], want["claimed"], says)


@check("ctrlz-retry")
def scores_that_move_alike_gain_nothing(answer, rng):
    """finds no gain where all scores of an arm move, and their order stays"""
    tasks = int(rng.integers(10, 20))
    table = _steps(rng, tasks)
    table["retry"] = table["resample"] // 5 * int(rng.integers(1, 4)) + int(rng.integers(0, 9))
    budget = float(rng.uniform(0.04, 0.25))
    found = _dict(answer.call("infer_gain", table, budget, _draws(rng, 40, tasks)), GAIN, "infer_gain")
    says = (
        "Here a retry moves every score and keeps the order of the steps. At a fixed budget that changes nothing, "
        "neither in the table nor in any draw."
    )
    expect.close([found[key] for key in ("gain", "low", "high")], [0, 0, 0], says, atol=1e-7)


@check("ctrlz-retry")
def interval_follows_the_draws(answer, rng):
    """has the percentiles of the gains in the given draws, thresholds and all"""
    tasks, budget = int(rng.integers(12, 18)), float(rng.uniform(0.04, 0.25))
    table, draws = _steps(rng, tasks), _draws(rng, int(rng.integers(60, 120)), tasks)
    want = _gain(table, budget, draws)
    found = _dict(answer.call("infer_gain", table, budget, draws), GAIN, "infer_gain")
    says = "In each draw: all rows of its tasks, both thresholds anew, the gain. Then the 2.5th and 97.5th percentile."
    look = "both arms take the same draw; the thresholds of the whole table are themselves a sample's"
    expect.close([found["low"], found["high"]], [want["low"], want["high"]], says, look=look)


@check("ctrlz-retry")
def a_repeated_task_counts_again(answer, rng):
    """counts a task as often as a draw lists it"""
    tasks, budget = 4, float(rng.uniform(0.08, 0.25))
    table = _steps(rng, tasks)
    # unlike tasks: in the first one the retry helps, in the others it hurts
    helped = (table["task"] == 1) & (table["attack"] == 1)
    others = (table["task"] != 1) & (table["attack"] == 1)
    table["retry"][helped], table["resample"][helped] = 100, 0
    table["retry"][others], table["resample"][others] = 0, 100
    says = "A draw that lists a task three times holds its rows three times."
    for draws in (np.array([[1, 0, 0, 0]]), np.array([[0, 1, 1, 1]])):  # the first gains, the second loses
        want = _gain(table, budget, draws)
        found = _dict(answer.call("infer_gain", table, budget, draws), GAIN, "infer_gain")
        expect.close([found["low"], found["high"]], [want["low"], want["high"]], says)


@check("ctrlz-retry")
def task_numbers_are_names(answer, rng):
    """takes any task numbers, in any order of the rows"""
    tasks, budget = int(rng.integers(8, 14)), float(rng.uniform(0.05, 0.25))
    table = _steps(rng, tasks)
    names = np.sort(rng.choice(np.arange(100, 900), size=tasks, replace=False))
    table["task"] = names[table["task"] - 1]
    draws = _draws(rng, 60, tasks)
    want = _gain(table, budget, draws)
    found = _dict(answer.call("infer_gain", table, budget, draws), GAIN, "infer_gain")
    says = "A draw lists places among the sorted task numbers: 0 is the smallest number in the table, whatever it is."
    expect.close([found["low"], found["high"]], [want["low"], want["high"]], says)


@check("ctrlz-retry")
def refuses_what_cannot_be_spent(answer, rng):
    """refuses budgets that are none, and tables that lack one kind of step"""
    tasks = int(rng.integers(4, 9))
    table, draws = _steps(rng, tasks), _draws(rng, 5, tasks)
    for budget in (0.0, -0.02, 1.5, 3.0):
        says = "A budget is a share of the honest steps, above 0 and at most 1: raise ValueError. 3 is not 3 %."
        answer.raises("infer_gain", table, budget, draws, says=says)
    for kind in (0, 1):
        only = {name: column[table["attack"] == kind] for name, column in table.items()}
        says = "Without honest steps there is no budget, without attacks no catch rate: raise ValueError."
        answer.raises("infer_gain", only, 0.1, draws, says=says)


@check("ctrlz-retry")
def the_given_steps(answer, rng):
    """has the result for the given steps"""
    rows = _rows("retry")
    table = {name: np.array([int(row[name]) for row in rows]) for name in rows[0]}
    draws = np.random.default_rng(3).integers(100, size=(1000, 100))
    want = _gain(table, 0.03, draws)
    found = _dict(answer.value("retry_gain"), GAIN, "retry_gain")
    says = "`retry_gain` is what your function gives for the given table, a budget of 0.03 and `retry_draws`."
    expect.close([found[key] for key in GAIN], [want[key] for key in GAIN], says, rtol=0, atol=2e-3)


# ctrlz-attempts -------------------------------------------------------------------------------------------------

SAFETY = ("per_attempt", "limit", "limit_low", "limit_high", "safety", "low", "high")


def _wilson(k, n, confidence):
    ends = stats.binomtest(int(k), int(n)).proportion_ci(confidence, method="wilson")
    return np.array([ends.low, ends.high])


def _safety(c, b, s, n):
    def after(q, d):
        return 1 - q * -np.expm1(n * np.log1p(-min(d, 1 - 1e-15)))

    q, d = s / (c + s), (c + s) / (c + b + s)
    share, share_wide, rate_wide = _wilson(s, c + s, 0.95), _wilson(s, c + s, 0.975), _wilson(c + s, c + b + s, 0.975)
    ends = [after(share_wide[i], rate_wide[i]) for i in (1, 0)]
    return dict(zip(SAFETY, (s / (c + b + s), 1 - q, 1 - share[1], 1 - share[0], after(q, d), *ends), strict=True))


def _counts(rng):
    return tuple(int(rng.integers(*ends)) for ends in ((4, 40), (5, 200), (3, 30)))


@check("ctrlz-attempts")
def fresh_counts(answer, rng):
    """is right for fresh counts, in the long run and after some attempts"""
    for _ in range(3):
        counts, attempts = _counts(rng), int(rng.integers(2, 12))
        want = _safety(*counts, attempts)
        found = _dict(answer.call("infer_safety", *counts, attempts), SAFETY, "infer_safety")
        expect.close(
            found["per_attempt"], want["per_attempt"], "Successes over all counted attempts, blocked ones too."
        )
        expect.close(found["limit"], want["limit"], "In the long run the first decisive attempt decides: c / (c + s).")
        says = "1 - q (1 - (1 - d)^n): q among the decisive attempts, d among all, n the attempts of the episode."
        expect.close(found["safety"], want["safety"], says)


@check("ctrlz-attempts")
def decisive_attempts_make_the_limits_interval(answer, rng):
    """takes the limit's interval from the decisive attempts alone, also when none or all of them succeeded"""
    n = int(rng.integers(3, 15))
    for counts in (_counts(rng), (n, int(rng.integers(20, 90)), 0), (0, int(rng.integers(20, 90)), n)):
        want = _safety(*counts, 5)
        found = _dict(answer.call("infer_safety", *counts, 5), SAFETY, "infer_safety")
        says = "The limit's interval: one minus the 95 % Wilson interval of succeeded among caught and succeeded."
        look = "a few decisive attempts say little, however many were blocked; and 0 of 3 is not known to be 0"
        got = [found["limit_low"], found["limit_high"]]
        expect.close(got, [want["limit_low"], want["limit_high"]], says, atol=1e-4, look=look)


@check("ctrlz-attempts")
def two_uncertain_rates_after_some_attempts(answer, rng):
    """lets both rates be uncertain in the interval after n attempts"""
    for _ in range(3):
        counts, attempts = _counts(rng), int(rng.integers(2, 8))
        want = _safety(*counts, attempts)
        found = _dict(answer.call("infer_safety", *counts, attempts), SAFETY, "infer_safety")
        says = (
            "Both rates have a Wilson interval at the confidence 0.975. The low end of the safety takes both upper "
            "ends, the high end both lower ends."
        )
        expect.close([found["low"], found["high"]], [want["low"], want["high"]], says, atol=1e-4)


@check("ctrlz-attempts")
def blocked_attempts_only_delay(answer, rng):
    """leaves the limit as it is when more attempts are blocked, and only delays the end"""
    caught, blocked, succeeded = _counts(rng)
    attempts = int(rng.integers(3, 9))
    few, many = (
        _dict(answer.call("infer_safety", caught, b, succeeded, attempts), SAFETY, "infer_safety")
        for b in (blocked, 10 * blocked + 50)
    )
    says = "A blocked attempt is no catch: it decides nothing, so it neither moves the limit nor narrows its interval."
    got = [many[key] for key in ("limit", "limit_low", "limit_high")]
    expect.close(got, [few[key] for key in ("limit", "limit_low", "limit_high")], says)
    says = "But it takes up an attempt: the same number of attempts is safer when more of them are blocked."
    expect.true(many["safety"] > few["safety"] + 1e-6, says, expected="a higher safety", got="none")


@check("ctrlz-attempts")
def one_attempt_and_very_many(answer, rng):
    """starts at one attempt's rate and ends at the limit"""
    caught, blocked, succeeded = _counts(rng)
    once = _dict(answer.call("infer_safety", caught, blocked, succeeded, 1), SAFETY, "infer_safety")
    says = "In an episode of one attempt the payload runs if that one succeeds."
    expect.close(once["safety"], 1 - succeeded / (caught + blocked + succeeded), says)
    found = _dict(answer.call("infer_safety", caught, 20 * blocked, succeeded, 10**6), SAFETY, "infer_safety")
    says = "After a million attempts nothing is left of the delay."
    expect.close(found["safety"], caught / (caught + succeeded), says)


@check("ctrlz-attempts")
def refuses_counts_that_say_nothing(answer, rng):
    """refuses to speak when no attempt was decisive, and counts that can't be"""
    n = int(rng.integers(10, 90))
    says = "All blocked: nothing says which way the first decisive attempt goes. Raise ValueError; 1 would be a guess."
    answer.raises("infer_safety", 0, n, 0, 20, says=says)
    says = "Counts are not negative, and an episode has at least one attempt: raise ValueError."
    for counts, attempts in (((-1, n, 3), 20), ((4, -2, n), 20), ((n, 5, -3), 20), ((n, 5, 3), 0)):
        answer.raises("infer_safety", *counts, attempts, says=says)


@check("ctrlz-attempts")
def the_given_protocols(answer, rng):
    """has the results for the five protocols and 20 attempts"""
    got = answer.value("safeties")
    rows = _rows("attempts")
    names = [row["protocol"] for row in rows]
    expect.true(isinstance(got, dict) and set(got) == set(names), f"`safeties` needs the keys {', '.join(names)}.")
    says = "`safeties` holds, for each protocol of the table, what your function gives for 20 attempts."
    for row in rows:
        want = _safety(*(int(row[key]) for key in ("caught", "blocked", "succeeded")), 20)
        found = _dict(got[row["protocol"]], SAFETY, f"safeties[{row['protocol']!r}]")
        expect.close([found[key] for key in SAFETY], [want[key] for key in SAFETY], says, rtol=0, atol=1e-3)
