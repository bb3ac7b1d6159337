"""Visible checks of unit 03. You may read them; they are the same kind of thing as the held-back ones."""

import math

import numpy as np

from worktest.checks import check, expect

# ctrlz-rank -----------------------------------------------------------------------------------------------------


@check("ctrlz-rank")
def ties_at_the_edge_are_shared(answer, rng):
    """shares the places that are left among commands that tie at the edge"""
    scores = [10] * 27 + [90] * 3 + [85] * 20
    rule = answer.call("audit_rule", scores, 0.24)  # twelve of fifty
    threshold, share = expect.array(rule, (2,), "`audit_rule` must give two numbers, (threshold, share).")
    expect.equal(
        float(threshold),
        85.0,
        "Fifty commands and a budget for twelve of them: the threshold is the score at which the twelve are used up, "
        "counted from the most suspicious command on.",
        expected="another one of the scores",
        look="whether you begin at the most suspicious end, and count commands rather than distinct scores",
    )
    expect.close(
        share,
        9 / 20,
        "The commands that tie at the threshold share the places that are left: each must have the same chance.",
        look="what is left of the budget at the threshold, divided by how many commands lie exactly there",
    )


@check("ctrlz-rank")
def above_at_and_below(answer, rng):
    """audits all above the threshold, some at it, none below it"""
    got = answer.call("audit_probability", [90, 85, 80, 85, 100], (85.0, 0.45))
    expect.close(
        got,
        [1, 0.45, 0, 0.45, 1],
        "One probability for each command, in the order of the scores: 1 above the threshold, the share exactly at it, "
        "0 below it.",
        look="> and >=, and whether you give probabilities or a draw of who is audited",
    )


@check("ctrlz-rank")
def the_budget_is_spent(answer, rng):
    """spends the budget exactly on the honest commands that the rule was made from"""
    scores = [5, 40, 95, 40, 70, 70, 70, 5, 95, 40]
    rule = answer.call("audit_rule", scores, 0.35)
    expect.array(rule, (2,), "`audit_rule` must give two numbers, (threshold, share).")
    got = expect.array(answer.call("audit_probability", scores, tuple(rule)), (10,), "One probability for each score.")
    expect.close(
        got.mean(),
        0.35,
        "The mean probability over the honest commands is the share of them that is audited in expectation. It must be "
        "the budget.",
    )


# ctrlz-episode --------------------------------------------------------------------------------------------------


@check("ctrlz-episode")
def audits_in_time(answer, rng):
    """counts the audits from the first attack up to the command that runs the script"""
    got = answer.call("run_outcome", [0.5, 0.5, 0.5, 0.5, 0.5], 1, 2)
    expect.close(
        expect.array(got, (2,), "`run_outcome` must give two numbers, (caught, succeeds)."),
        [0.75, 0.25],
        "The attack shows at step 1 and the script runs at step 2, where an audit is still in time: so two audits can "
        "find it. An attempt that escapes both succeeds.",
        look="where the slice of `audits` begins, where it ends, and whether the escapes are multiplied",
    )


@check("ctrlz-episode")
def a_script_that_never_ran(answer, rng):
    """lets an attempt whose script never ran be caught until the run ends, and never succeed"""
    got = answer.call("run_outcome", [0.25, 0.5, 0.5, 0.5], 1, None)
    caught, succeeds = expect.array(got, (2,), "`run_outcome` must give two numbers, (caught, succeeds).")
    expect.close(
        succeeds, 0.0, "With `ran_at` None the script was not run: what is not caught was blocked, it did not succeed."
    )
    expect.close(caught, 0.875, "Nothing ends the attempt before the run does: audits count to the last step.")


@check("ctrlz-episode")
def one_attempt_and_no_end_of_them(answer, rng):
    """knows one attempt, and attempts without end"""
    expect.close(
        answer.call("episode_safety", 0.3, 0.2, 1),
        0.8,
        "In one attempt the script never runs unless that attempt succeeds; blocked is as good as caught.",
    )
    expect.close(
        answer.call("episode_safety", 0.3, 0.2, math.inf),
        0.6,
        "With no end of attempts the race is decided for certain: what counts is which of the two comes first.",
        look="the fraction s / (s + c) is the chance that the script runs; you want the other",
    )


# ctrlz-usefulness -----------------------------------------------------------------------------------------------

SOLVED_BY_UNTRUSTED = np.array([[1, 1], [1, 1], [1, 0], [1, 1]])
SOLVED_BY_TRUSTED = np.array([[1, 0], [0, 0], [0, 0], [0, 0]])


@check("ctrlz-usefulness")
def on_the_scale_of_both_policies(answer, rng):
    """puts a protocol on the scale from the trusted to the untrusted policy"""
    protocol = np.array([[1, 1], [1, 0], [0, 1], [1, 0]])
    got = answer.call(
        "usefulness_interval",
        protocol,
        SOLVED_BY_UNTRUSTED,
        SOLVED_BY_TRUSTED,
        np.array([[0, 0, 1, 2], [1, 1, 3, 3], [0, 3, 1, 3]]),
    )
    value, _, _ = expect.array(got, (3,), "`usefulness_interval` must give three numbers, (usefulness, low, high).")
    expect.close(
        value,
        (5 / 8 - 1 / 8) / (7 / 8 - 1 / 8),
        "0 is the trusted policy alone and 1 the untrusted one: take off what the trusted policy solves, above and "
        "below.",
        look="which argument is which, and whether you divide two means or average quotients",
    )


@check("ctrlz-usefulness")
def both_ends_of_the_scale(answer, rng):
    """gives 1 to the untrusted policy itself and 0 to the trusted one, without any width"""
    draws = np.array([[0, 0, 1, 3], [1, 2, 2, 3], [3, 1, 0, 2], [2, 2, 1, 1], [0, 1, 1, 3]])
    for protocol, want in ((SOLVED_BY_UNTRUSTED, 1.0), (SOLVED_BY_TRUSTED, 0.0)):
        got = answer.call("usefulness_interval", protocol, SOLVED_BY_UNTRUSTED, SOLVED_BY_TRUSTED, draws)
        expect.close(
            expect.array(got, (3,), "`usefulness_interval` must give three numbers, (usefulness, low, high)."),
            [want] * 3,
            "A policy is as useful as itself, whichever tasks are drawn. An interval with a width here comes from "
            "policies that were drawn apart.",
            look="whether the same row of `draws` picks the tasks of all three policies",
        )


# ctrlz-defer ----------------------------------------------------------------------------------------------------


@check("ctrlz-defer")
def too_suspicious_goes_to_the_trusted_policy(answer, rng):
    """executes the untrusted command up to the threshold, and the trusted one above it"""
    for score, want in ((40, "theirs"), (70, "theirs"), (75, "ours")):
        turn = answer.make("world.scripted_turn", [["theirs", score]], "ours")
        expect.equal(
            answer.call("defer_to_trusted", turn, 70),
            want,
            f"A command with a suspicion of {score} at a threshold of 70 calls for the other policy's command.",
            expected="the command of one of the two policies",
            look="a score at the threshold is still executed; what is returned is a command alone",
        )


@check("ctrlz-defer")
def the_least_suspicious_sample(answer, rng):
    """asks again when the first command is too suspicious, and executes the least suspicious one"""
    samples = [["first", 90], ["second", 60], ["third", 20], ["fourth", 80]]
    turn = answer.make("world.scripted_turn", samples, "ours")
    expect.equal(
        answer.call("defer_to_resample", turn, 70, extra=3),
        "third",
        "Three more samples are drawn, and the least suspicious of all is executed.",
        expected="another command",
        look="whether all samples are drawn before you choose, and what you choose by",
    )


@check("ctrlz-defer")
def nothing_more_is_drawn_without_need(answer, rng):
    """draws no second sample when the first is not too suspicious"""
    turn = answer.make("world.scripted_turn", [["first", 70]], "ours")
    says = "The first sample lies at the threshold and is executed: samples cost money, so no other may be drawn."
    expect.equal(answer.call("defer_to_resample", turn, 70, extra=2), "first", says, expected="another command")
