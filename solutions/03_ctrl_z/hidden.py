"""Held-back checks of unit 03: fresh inputs, properties, edge cases."""

import math

import numpy as np

from worktest.checks import check, expect

# ctrlz-rank -----------------------------------------------------------------------------------------------------


def _rule(answer, scores, budget):
    rule = expect.array(answer.call("audit_rule", scores, budget), (2,), "Two numbers: (threshold, share).")
    return float(rule[0]), float(rule[1])


def _tied(rng, groups):
    """Shuffled honest scores in groups, and (value, size) of each group from the most suspicious one on."""
    values = np.sort(rng.choice(21, size=groups, replace=False) * 5)[::-1]
    sizes = rng.integers(2, 12, size=groups)
    scores = np.repeat(values, sizes)
    return rng.permutation(scores), list(zip(values.tolist(), sizes.tolist(), strict=True))


@check("ctrlz-rank")
def fresh_tied_scores(answer, rng):
    """finds threshold and share for random scores with several groups of ties"""
    for form in (list, np.asarray):
        scores, groups = _tied(rng, int(rng.integers(4, 8)))
        above = 0
        for value, size in groups:  # the budget runs out within each group once
            share = float(rng.uniform(0.1, 0.9))
            got = _rule(answer, form(scores.tolist()), (above + share * size) / len(scores))
            says = "Go down from the most suspicious score: the group in which the budget runs out has the threshold."
            expect.true(got[0] == value, says, expected="another one of the scores", got=f"{got[0]:g}")
            says = "What is left of the budget when all above are audited is shared by those at the threshold alone."
            expect.close(got[1], share, says, atol=1e-7)
            above += size


@check("ctrlz-rank")
def spends_the_budget_exactly(answer, rng):
    """audits the budget, neither more nor less, in expectation over the honest commands"""
    for _ in range(4):
        scores, _ = _tied(rng, int(rng.integers(2, 9)))
        budget = float(rng.uniform(0.02, 0.98))
        rule = _rule(answer, scores, budget)
        says = "The threshold is one of the honest scores, and the share lies above 0 and at most at 1."
        expect.true(rule[0] in scores and 0 < rule[1] <= 1, says, got=f"({rule[0]:g}, {rule[1]:g})")
        got = expect.array(answer.call("audit_probability", scores, rule), scores.shape, "One probability a score.")
        says = "The mean probability of an audit over the honest commands must be the budget, whatever ties there are."
        expect.close(got.mean(), budget, says, atol=1e-7)


@check("ctrlz-rank")
def budget_that_ends_with_a_group(answer, rng):
    """stops at a group's end: what lies between two honest scores is not audited"""
    values = np.sort(rng.choice(np.arange(1, 20), size=4, replace=False) * 5)[::-1]
    sizes = rng.permutation([1, 3, 5, 7])  # sixteen commands: every sum and share is exact
    scores = rng.permutation(np.repeat(values, sizes))
    place = int(rng.integers(0, 3))
    rule = _rule(answer, scores, float(sizes[: place + 1].sum()) / 16)
    says = (
        "The budget ends exactly with a group: all of it is audited (share 1), and its score is the threshold. A "
        "threshold at the next lower score would also audit attacks that score in between."
    )
    expect.true(rule[0] == values[place], says, expected="another one of the scores", got=f"{rule[0]:g}")
    expect.close(rule[1], 1.0, says)


@check("ctrlz-rank")
def all_or_less_than_one(answer, rng):
    """handles a budget for everything, and one for less than one command"""
    scores, groups = _tied(rng, int(rng.integers(3, 6)))
    rule = _rule(answer, scores, 1.0)
    says = "A budget of 1 audits every honest command: the threshold is the lowest score, with share 1."
    expect.close(rule, [groups[-1][0], 1.0], says)
    part = float(rng.uniform(0.2, 0.8))
    rule = _rule(answer, scores, part / len(scores))
    says = "A budget below one command is spent in expectation: don't round it to a whole number of commands."
    expect.close(rule, [groups[0][0], part / groups[0][1]], says, atol=1e-7)


@check("ctrlz-rank")
def scores_of_any_kind(answer, rng):
    """takes scores as they are: fractions, negative numbers, each only once"""
    for values in (rng.normal(scale=2, size=8), rng.uniform(0, 1, size=6)):
        order = np.sort(values)[::-1]
        place, share = int(rng.integers(0, len(values))), float(rng.uniform(0.1, 0.9))
        rule = _rule(answer, values, (place + share) / len(values))
        says = "Scores are any numbers in any order. Without ties the threshold is one command, audited with the rest."
        expect.close(rule, [order[place], share], says, atol=1e-9, rtol=1e-7)


@check("ctrlz-rank")
def scores_that_were_never_seen(answer, rng):
    """applies a rule to commands whose scores no honest command had, in any shape"""
    threshold, share = float(rng.integers(5, 19) * 5), float(rng.uniform(0.1, 0.9))
    for shape in ((6,), (3, 4), (2, 3, 2)):
        offsets = rng.choice([-30.0, -0.5, 0.0, 0.5, 4.0], size=shape)
        offsets.flat[:3] = rng.permutation([-0.5, 0.0, 0.5])
        got = answer.call("audit_probability", threshold + offsets, (threshold, share))
        says = "Just above the threshold is above, just below is below; the result has the shape of the scores."
        expect.close(got, np.where(offsets > 0, 1.0, np.where(offsets == 0, share, 0.0)), says)


@check("ctrlz-rank")
def refuses_what_is_no_budget(answer, rng):
    """refuses a budget that is no share, with a ValueError"""
    scores, _ = _tied(rng, 3)
    says = "A budget is a share of the honest commands, above 0 and at most 1: raise ValueError for any other."
    for budget in (0.0, -float(rng.uniform(0.01, 1)), 1 + float(rng.uniform(0.01, 1)), float(rng.integers(2, 50))):
        answer.raises("audit_rule", scores, budget, says=says)


# ctrlz-episode --------------------------------------------------------------------------------------------------

TWO = "Two probabilities: (caught, succeeds)."


def _outcome(answer, audits, first, ran_at):
    return expect.array(answer.call("run_outcome", audits, first, ran_at), (2,), TWO)


@check("ctrlz-episode")
def fresh_random_runs(answer, rng):
    """works out caught and succeeds for random runs"""
    for form in (list, np.asarray):
        audits = rng.uniform(0.05, 0.6, size=int(rng.integers(6, 10)))
        first = int(rng.integers(1, 3))
        ran_at = first + int(rng.integers(1, 3))
        escapes = math.prod(1 - a for a in audits[first : ran_at + 1].tolist())
        says = "The attempt escapes if every audit from `first` to `ran_at` misses it: multiply, don't add or average."
        got = _outcome(answer, form(audits.tolist()), first, ran_at)
        expect.close(got, [1 - escapes, escapes], says, rtol=1e-6, atol=1e-9)


@check("ctrlz-episode")
def too_early_and_too_late(answer, rng):
    """gives nothing for an audit before the attack or after the script, and all for one in between"""
    length = int(rng.integers(6, 9))
    first = int(rng.integers(1, 3))
    ran_at = first + int(rng.integers(1, 3))
    for step in range(length):
        audits = np.zeros(length)
        audits[step] = 1.0
        caught = float(first <= step <= ran_at)
        says = (
            "Before `first` there is nothing to find. The audit of step `ran_at` comes before its command is executed, "
            "so it is in time; the next step's is not."
        )
        expect.close(_outcome(answer, audits, first, ran_at), [caught, 1 - caught], says)


@check("ctrlz-episode")
def all_in_one_command(answer, rng):
    """handles an attack that shows and runs in the same step, also in step 0"""
    audits = rng.uniform(0.1, 0.9, size=5)
    for step in (0, int(rng.integers(1, 4)), 4):
        says = (
            "With `ran_at` equal to `first` one audit is in time, that of this step. Step 0 is a step like any other."
        )
        expect.close(_outcome(answer, audits, step, step), [audits[step], 1 - audits[step]], says, rtol=1e-6)


@check("ctrlz-episode")
def blocked_attempts(answer, rng):
    """counts all audits to the end of the run when the script never ran"""
    audits = rng.uniform(0.05, 0.5, size=int(rng.integers(5, 8)))
    for first in (0, int(rng.integers(1, 4)), len(audits) - 1):
        got = _outcome(answer, audits, first, None)
        says = "`ran_at` None: no command ran the script, so every audit from `first` on is in time, the last included."
        expect.close(got[0], 1 - np.prod(1 - audits[first:]), says, rtol=1e-6)
        expect.close(got[1], 0.0, "A script that never ran has not succeeded; what is missing to 1 was blocked.")


@check("ctrlz-episode")
def attempts_follow_one_another(answer, rng):
    """agrees with going through the attempts one by one"""
    caught, succeeds = float(rng.uniform(0.05, 0.4)), float(rng.uniform(0.05, 0.4))
    safe = 1.0
    for n in range(12):
        got = answer.call("episode_safety", caught, succeeds, float(n) if n % 2 else n)
        says = (
            "Safe over n attempts is: caught at once, or blocked and then safe over n - 1. It begins at 1 for none at "
            "all, and a caught attacker does not try again."
        )
        expect.close(got, safe, says, rtol=1e-6)
        safe = caught + (1 - caught - succeeds) * safe
    attempts = int(rng.integers(2, 6)) + 0.5
    want = 1 - succeeds / (succeeds + caught) * (1 - (1 - succeeds - caught) ** attempts)
    says = "The number of attempts need not be whole: the formula takes any, and so must you."
    expect.close(answer.call("episode_safety", caught, succeeds, attempts), want, says, rtol=1e-6)


@check("ctrlz-episode")
def races_with_one_runner(answer, rng):
    """knows what becomes of many attempts when one of the outcomes can't happen"""
    p, n = float(rng.uniform(0.1, 0.6)), int(rng.integers(3, 9))
    says = "If no attempt is ever decided, the script never runs, in any number of attempts: 1, and no division by 0."
    for attempts in (0, n, math.inf):
        expect.close(answer.call("episode_safety", 0.0, 0.0, attempts), 1.0, says)
        expect.close(answer.call("episode_safety", p, 0.0, attempts), 1.0, "Where nothing succeeds, 1 remains.")
    says = "Where nothing is caught, every attempt must fail by itself: with no end of them one does not."
    expect.close(answer.call("episode_safety", 0.0, p, n), (1 - p) ** n, says, rtol=1e-6)
    expect.close(answer.call("episode_safety", 0.0, p, math.inf), 0.0, says)
    says = "Where nothing is blocked, the first attempt decides, and more of them change nothing; none at all is safe."
    for attempts, want in ((0, 1.0), (1, 1 - p), (n, 1 - p), (math.inf, 1 - p)):
        expect.close(answer.call("episode_safety", 1 - p, p, attempts), want, says)


@check("ctrlz-episode")
def refuses_what_can_not_be(answer, rng):
    """refuses impossible probabilities and attempts, and no rounding error, with a ValueError"""
    p = float(rng.uniform(0.2, 0.5))
    says = "A probability below 0, two that add up to more than 1, or fewer than 0 attempts: raise ValueError."
    for caught, succeeds, n in ((-p, p, 3), (p, -p, 3), (1 - p, p + 0.05, 3), (1.5, 0.0, 3), (p, p, -1)):
        answer.raises("episode_safety", caught, succeeds, n, says=says)
    got = answer.call("episode_safety", 1 - p, p + 5e-16, 4)
    expect.close(got, 1 - p, "A sum that is above 1 by rounding only is no mistake: compare with a tolerance.")
