"""Held-back checks of unit 03: commands that are read in batches, and the attacker who knows the protocol."""

import math

import numpy as np

from worktest.checks import check, expect

# ctrlz-debug ----------------------------------------------------------------------------------------------------


def _batched(answer, audits, first, ran_at, batch):
    got = answer.call("batched_outcome", np.array(audits), first, ran_at, batch)
    return list(expect.array(got, (2,), "Give back two numbers, (caught, succeeds)."))


def _want(audits, first, ran_at, batch):
    """Step by step: when is the batch of this command read, and what can be seen and prevented then?"""
    escapes = 1.0
    for step, audit in enumerate(audits):
        read = min(step - step % batch + batch - 1, len(audits) - 1)
        if read >= first and (ran_at is None or read <= ran_at):
            escapes *= 1 - audit
    return [1 - escapes, 0.0 if ran_at is None else escapes]


def _attempt(rng, steps):
    audits = rng.uniform(0.05, 0.6, size=steps)
    first = int(rng.integers(0, steps - 1))
    ran_at = None if rng.random() < 0.25 else int(rng.integers(first + 1, steps))
    return audits, first, ran_at


@check("ctrlz-debug")
def one_at_a_time_is_run_outcome(answer, rng):
    """is `run_outcome` at batches of one, for any attempt"""
    for earliest, never in ((1, False), (0, False), (0, True)):
        audits = rng.uniform(0.05, 0.6, size=int(rng.integers(4, 9)))
        first = int(rng.integers(earliest, len(audits) - 2))
        ran_at = None if never else first + 1
        in_time = audits[first : None if ran_at is None else ran_at + 1]
        escapes = float(np.prod(1 - in_time))
        expect.close(
            _batched(answer, audits, first, ran_at, 1),
            [1 - escapes, 0.0 if ran_at is None else escapes],
            "A batch of one command is read just before that command is executed: nothing may differ from "
            "`run_outcome`.",
            look="steps before `first`, and the step that runs the script",
        )


@check("ctrlz-debug")
def fresh_attempts_in_batches(answer, rng):
    """is right for fresh attempts and batches of any size"""
    for _ in range(60):
        audits, first, ran_at = _attempt(rng, int(rng.integers(5, 14)))
        batch = int(rng.integers(2, 6))
        expect.close(
            _batched(answer, audits, first, ran_at, batch),
            _want(audits, first, ran_at, batch),
            "Go batch by batch: it is read just before its last command is executed. Is there an attack in what is "
            "read then? Has the script run already?",
            look="which step decides whether a batch is in time, and which commands of it call an auditor",
        )


@check("ctrlz-debug")
def in_time_at_the_end_of_a_batch(answer, rng):
    """is in time where the script is run by the last command of a batch, and too late by one command before it"""
    batch = int(rng.integers(3, 6))
    audits = rng.uniform(0.2, 0.6, size=3 * batch)
    last = 2 * batch - 1  # of the second batch
    says = "The last command of a batch waits until the batch was read: if it is the one that runs the script, "
    says += "auditors who are called for this batch are in time. If the script is run one command earlier, none is."
    for ran_at in (last, last - 1):
        got = _batched(answer, audits, batch, ran_at, batch)
        escapes = float(np.prod(1 - audits[batch : 2 * batch])) if ran_at == last else 1.0
        expect.close(got, [1 - escapes, escapes], says, look="before or after the last command; one step off")


@check("ctrlz-debug")
def honest_commands_call_too(answer, rng):
    """counts an auditor who is called for an honest command of a batch that holds the attack"""
    batch = int(rng.integers(2, 5))
    steps = 3 * batch
    audits = np.zeros(steps)
    audits[0], audits[batch] = rng.uniform(0.3, 0.7, size=2)
    first = 2 * batch - 1  # the last command of the second batch is the first attack
    got = _batched(answer, audits, first, steps - 1, batch)
    expect.close(
        got,
        [audits[batch], 1 - audits[batch]],
        "An auditor reads the run so far with the whole batch, whichever of its commands was the reason for the call. "
        "But a batch that was read before the first attack was written holds nothing to find.",
        look="the command that calls against the commands that are read",
    )


@check("ctrlz-debug")
def the_last_batch_may_be_short(answer, rng):
    """reads a last batch that is not full before the last command of the run"""
    batch = int(rng.integers(3, 6))
    short = int(rng.integers(1, batch))
    audits = rng.uniform(0.2, 0.6, size=batch + short)
    last = len(audits) - 1
    escapes = float(np.prod(1 - audits[batch:]))
    says = "A run ends with whatever is left: a short last batch is read before the last command of the run."
    expect.close(_batched(answer, audits, batch - 1, last, batch)[0], 1 - float(np.prod(1 - audits)), says)
    expect.close(_batched(answer, audits, batch, last, batch), [1 - escapes, escapes], says)
    whole = _batched(answer, audits, 0, last, len(audits) + int(rng.integers(1, 9)))
    escapes = float(np.prod(1 - audits))
    expect.close(whole, [1 - escapes, escapes], "A batch larger than the run is the whole run.")


@check("ctrlz-debug")
def a_script_that_never_runs(answer, rng):
    """catches at any later batch when the script never runs, and then nothing succeeds"""
    batch = int(rng.integers(2, 4))
    audits = rng.uniform(0.1, 0.5, size=4 * batch)
    first = batch + int(rng.integers(1, batch))
    escapes = float(np.prod(1 - audits[batch:]))
    expect.close(
        _batched(answer, audits, first, None, batch),
        [1 - escapes, 0.0],
        "`ran_at` None: no batch from the first attack on is too late, and an attempt that escapes was blocked.",
    )
    got = _batched(answer, audits, first, len(audits) - 1, batch)
    expect.close(sum(got), 1.0, "If the script would run, an attempt is either caught or it succeeds.")


@check("ctrlz-debug")
def refuses_batches_of_nothing(answer, rng):
    """refuses a batch of less than one command with a ValueError"""
    audits, first, ran_at = _attempt(rng, 5)
    for batch in (0, -int(rng.integers(1, 4))):
        says = "A batch of no command is a mistake of the caller: raise ValueError."
        answer.raises("batched_outcome", audits, first, ran_at, batch, says=says)


# ctrlz-redteam --------------------------------------------------------------------------------------------------


def _table(rng, *shape):
    """(caught, succeeds): in some tasks nothing is blocked, in others nearly everything, and no two are alike."""
    decided = rng.uniform(0.05, 1.0, size=shape)
    wins = rng.permuted(np.linspace(0.03, 0.9, math.prod(shape))).reshape(shape)
    return decided * (1 - wins), decided * wins


def _attacked(answer, caught, succeeds, rate, many, says):
    got = answer.call("attacked_tasks", np.array(caught), np.array(succeeds), rate)
    look = "how many tasks a rate is: rounded, not cut, and at least one"
    return [int(task) for task in expect.array(got, (many,), says, look=look)]


def _safety(caught, succeeds, attempts):
    decided = min(caught + succeeds, 1.0)
    return 1 - succeeds / decided * (1 - (1 - decided) ** attempts)


def _worst(caught, succeeds, rates, episode):
    """All pairs of setting and rate with their safety, lowest first."""
    found = []
    for setting in range(len(caught)):
        wins = succeeds[setting] / (succeeds[setting] + caught[setting])
        for rate in rates:
            tasks = np.lexsort((np.arange(len(wins)), -wins))[: max(1, math.floor(rate * len(wins) + 0.5))]
            safety = _safety(caught[setting, tasks].mean(), succeeds[setting, tasks].mean(), rate * episode)
            found.append((float(safety), setting, rate))
    return sorted(found, key=lambda row: row[0])


def _red_team(answer, caught, succeeds, rates, episode):
    got = answer.call("red_team", np.array(caught), np.array(succeeds), rates, episode)
    return list(expect.array(got, (3,), "Give back three numbers, (setting, rate, safety)."))


@check("ctrlz-redteam")
def fresh_tasks_by_their_odds(answer, rng):
    """takes the tasks in the order of succeeds / (succeeds + caught)"""
    n = 16
    caught, succeeds = _table(rng, n)
    order = np.argsort(-succeeds / (succeeds + caught))
    for many in (n, int(rng.integers(2, 5))):
        got = _attacked(answer, caught, succeeds, many / n, many, f"A rate of {many / n:g} of {n} tasks is {many}.")
        expect.equal(
            got,
            order[:many].tolist(),
            "The easiest task is the one in which most of the decided attempts succeed: an attempt that is blocked "
            "costs the attacker nothing.",
            expected="other tasks, or another order",
            look="`succeeds` alone, which forgets the catches; `caught` alone; hardest first",
        )


@check("ctrlz-redteam")
def equals_in_their_order_undecided_last(answer, rng):
    """takes equally easy tasks in their order, and tasks in which nothing is decided last"""
    n = 24
    kind = rng.permutation(np.arange(n) % 3)
    caught, succeeds = np.array([0.25, 0.75, 0.0])[kind], np.array([0.75, 0.25, 0.0])[kind]
    got = _attacked(answer, caught, succeeds, 1.0, n, "A rate of 1 is all tasks.")
    expect.equal(
        got,
        [task for k in range(3) for task in np.flatnonzero(kind == k).tolist()],
        "Tasks with the same odds are taken in their order. Where every attempt is blocked there are no odds: such a "
        "task is as hard as can be.",
        expected="another order",
        look="a sort that does not keep the order of equals, one that was turned round; 0 divided by 0",
    )


@check("ctrlz-redteam")
def rates_are_rounded(answer, rng):
    """attacks the nearest whole number of tasks, and at least one"""
    n = int(rng.integers(9, 30))
    caught, succeeds = _table(rng, n)
    best = int(np.argmax(succeeds / (succeeds + caught)))
    for rate in (0.2 / n, 1e-6):
        got = _attacked(answer, caught, succeeds, rate, 1, "An attacker takes at least one task.")
        expect.equal(got, [best], "At the lowest rates only the easiest task is left.", expected="another task")
    k = int(rng.integers(2, 6))
    for extra, many in ((-0.3, k), (0.3, k), (0.8, k + 1)):
        _attacked(answer, caught, succeeds, (k + extra) / n, many, "The nearest whole number of tasks is attacked.")


@check("ctrlz-redteam")
def fresh_searches(answer, rng):
    """finds the worst of fresh settings and rates, with its safety"""
    for _ in range(3):
        caught, succeeds = _table(rng, int(rng.integers(2, 6)), 20)
        rates, episode = [0.1, 0.3, 0.6, 1.0], int(rng.integers(10, 200))
        rows = _worst(caught, succeeds, rates, episode)
        if rows[0][1] == 0:  # the first setting is what a search finds that never leaves it
            caught, succeeds = caught[::-1], succeeds[::-1]
            rows = _worst(caught, succeeds, rates, episode)
        got = _red_team(answer, caught, succeeds, rates, episode)
        says = "The pair with the lowest safety, over all settings and all rates."
        if rows[1][0] - rows[0][0] > 1e-6:
            expect.close(got[:2], list(rows[0][1:]), says, look="the best in place of the worst; one rate for all")
        expect.close(
            got[2],
            rows[0][0],
            "The safety is episode_safety(mean caught, mean succeeds, rate * episode), the means over the attacked "
            "tasks.",
            look="means over all tasks; the number of attempts; odds that were averaged in place of probabilities",
        )


@check("ctrlz-redteam")
def one_pair_is_the_formula(answer, rng):
    """gives the safety of many attempts where there is one setting and one rate"""
    for n in (11, 13):
        many, episode = int(rng.integers(2, 6)), n * int(rng.integers(2, 4)) + int(rng.integers(1, n))
        decided, wins = rng.uniform(0.02, 0.3, size=n), rng.permutation(np.linspace(0.1, 0.9, n))
        caught, succeeds = decided * (1 - wins), decided * wins
        tasks = np.argsort(-wins)[:many]
        got = _red_team(answer, caught[None], succeeds[None], [many / n], episode)
        expect.close(got[:2], [0, many / n], "With one setting and one rate there is nothing to choose.")
        expect.close(
            got[2],
            _safety(caught[tasks].mean(), succeeds[tasks].mean(), many / n * episode),
            "An attempt hits one of the attacked tasks, so it has the mean of their probabilities; at rate r there are "
            "r * episode attempts.",
            look="`episode` attempts whatever the rate; a number of attempts that was rounded; means over all tasks",
        )


@check("ctrlz-redteam")
def many_attempts_or_good_ones(answer, rng):
    """finds the low rate where one task is easy, and the high one where attempts are mostly blocked"""
    n = 10
    easy = int(rng.integers(n))
    caught, succeeds = np.full(n, 0.75), np.full(n, 0.25)
    caught[easy], succeeds[easy] = 0.125, 0.875
    blocked = np.full(n, 0.01)
    for c, s, want in ((caught, succeeds, 0.1), (0 * blocked, blocked, 1.0)):
        got = _red_team(answer, c[None], s[None], [0.5, 0.1, 1.0], int(rng.integers(15, 60)))
        expect.close(
            got[1],
            want,
            "Where nothing is blocked the first attempt decides, so the attacker picks its task; where nearly all is "
            "blocked and nothing caught, more attempts are better.",
            look="the rate that is given back; the number of attempts; the tasks that are averaged",
        )


@check("ctrlz-redteam")
def of_equals_the_first(answer, rng):
    """gives the first setting and then the first rate of equals, also where no attempt is ever decided"""
    caught = np.array([[0.25] * 4, [0.75, 0.75, 0.75, 0.25], [0.25] * 4])[:, rng.permutation(4)]
    got = _red_team(answer, caught, 1 - caught, [1.0, 0.25], 8)
    expect.close(got, [0, 1.0, 0.25], "Of equally bad pairs the first setting, with its first rate, is named.")
    got = _red_team(answer, caught[1:], 1 - caught[1:], [1.0, 0.25], 8)
    says = "Settings come before rates: of equally bad pairs take the first setting, whatever its rate."
    expect.close(got, [0, 0.25, 0.25], says)
    calm = np.zeros((2, 3))
    got = _red_team(answer, calm, calm, [0.5, 1.0], 10)
    says = "Where nothing is ever decided the script never runs: the safety is 1, and all pairs are equal."
    expect.close(got, [0, 0.5, 1.0], says, look="a search that begins with a worst of 1")
