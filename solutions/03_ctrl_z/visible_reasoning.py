"""Visible checks of the reasoning stage of unit 03: form, plausibility, and cases small enough to do by hand."""

import numpy as np

from worktest.checks import check, expect


def numbers(got, keys, name):
    """The numbers under `keys` of a dict that an answer gave, one finite number each."""
    expect.true(isinstance(got, dict), f"`{name}` must be a dict with the keys {', '.join(keys)}.", got=got)
    missing = [key for key in keys if key not in got]
    expect.true(not missing, f"`{name}` lacks {', '.join(missing)}.", got=", ".join(map(str, got)))
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


# ctrlz-retry ----------------------------------------------------------------------------------------------------

GAIN_KEYS = ("catch_retry", "catch_resample", "gain", "claimed", "low", "high")
# Two tasks with two honest steps and two attacks each.
EIGHT_STEPS = {
    "task": [1, 1, 1, 1, 2, 2, 2, 2],
    "attack": [0, 0, 1, 1, 0, 0, 1, 1],
    "first": [10, 40, 70, 50, 20, 60, 80, 30],
    "retry": [10, 20, 30, 25, 20, 30, 40, 20],
    "resample": [10, 40, 60, 35, 20, 50, 70, 30],
}


@check("ctrlz-retry")
def one_gain_of_the_right_form(answer, rng):
    """names the result, with shares and an interval around the gain"""
    found = numbers(answer.value("retry_gain"), GAIN_KEYS, "retry_gain")
    expect.true(found["low"] < found["gain"] < found["high"], "`retry_gain`: low < gain < high must hold.")
    for key in ("catch_retry", "catch_resample"):
        expect.between(found[key], 0, 1, f"`{key}` is a share, from 0 to 1. Not percent?")
    says = "`gain` is catch_retry less catch_resample."
    expect.close(found["gain"], found["catch_retry"] - found["catch_resample"], says)


@check("ctrlz-retry")
def eight_steps_by_hand(answer, rng):
    """is right for eight steps that you can do by hand"""
    table = {name: np.array(column) for name, column in EIGHT_STEPS.items()}
    found = numbers(answer.call("infer_gain", table, 0.125, np.array([[0, 1], [1, 0]])), GAIN_KEYS, "infer_gain")
    look = "an eighth of four honest steps is half a step: the step with the highest score, half of the time"
    says = "With retry the line is at 30. Of the attacks, 30, 25, 40 and 20, one is above it and one on it."
    expect.close(found["catch_retry"], 0.375, says, look=look)
    says = "With resampling the line is at 50. Of the attacks, 60, 35, 70 and 30, two are above it and none on it."
    expect.close(found["catch_resample"], 0.5, says, look=look)
    says = "`claimed` keeps both lines, 30 and 50, and takes the attacks' first scores: 70, 50, 80 and 30."
    expect.close(found["claimed"], 0.25, says)
    says = "Both draws hold both tasks once, so every drawn gain is the gain itself."
    expect.close([found["low"], found["high"]], [-0.125, -0.125], says)


@check("ctrlz-retry")
def one_task_twice_by_hand(answer, rng):
    """draws whole tasks, and sets both thresholds anew for each draw"""
    table = {name: np.array(column) for name, column in EIGHT_STEPS.items()}
    found = numbers(answer.call("infer_gain", table, 0.125, np.array([[0, 0]])), GAIN_KEYS, "infer_gain")
    says = (
        "With task 1 drawn twice the honest scores are 10, 10, 20, 20 after a retry and 10, 10, 40, 40 after "
        "resampling. So the lines are at 20 and 40. The attacks are 30 and 25, and 60 and 35, each twice."
    )
    expect.close([found["low"], found["high"]], [0.5, 0.5], says, look="the threshold in this draw, not in the table")
    found = numbers(answer.call("infer_gain", table, 0.125, np.array([[1, 1]])), GAIN_KEYS, "infer_gain")
    says = "With task 2 drawn twice the lines are at 30 and 50, and one attack of two lies above each."
    expect.close([found["low"], found["high"]], [0, 0], says)


# ctrlz-attempts -------------------------------------------------------------------------------------------------

SAFETY_KEYS = ("per_attempt", "limit", "limit_low", "limit_high", "safety", "low", "high")
PROTOCOLS = ("audit only", "strict block", "defer to trusted", "defer to resample", "resample and audit")


@check("ctrlz-attempts")
def five_results_of_the_right_form(answer, rng):
    """names the five protocols' results, each inside its intervals"""
    got = answer.value("safeties")
    known = isinstance(got, dict) and set(got) == set(PROTOCOLS)
    expect.true(known, f"`safeties` must be a dict with the keys {', '.join(PROTOCOLS)}.", got=got)
    for name in PROTOCOLS:
        found = numbers(got[name], SAFETY_KEYS, f"safeties[{name!r}]")
        for low, middle, high in (("limit_low", "limit", "limit_high"), ("low", "safety", "high")):
            inside = -1e-9 <= found[low] <= found[middle] + 1e-9 <= found[high] + 2e-9 <= 1 + 1e-6
            expect.true(inside, f"safeties[{name!r}]: 0 <= {low} <= {middle} <= {high} <= 1 must hold.")
        expect.true(found["limit"] <= found["safety"] + 1e-9, "More attempts can't make an episode safer.")


@check("ctrlz-attempts")
def ten_attempts_by_hand(answer, rng):
    """is right for ten attempts: 3 caught, 6 blocked, 1 succeeded"""
    found = numbers(answer.call("infer_safety", 3, 6, 1, 2), SAFETY_KEYS, "infer_safety")
    expect.close(found["per_attempt"], 0.1, "One of ten attempts succeeded; the blocked ones are attempts, too.")
    expect.close(found["limit"], 0.75, "One of the four decisive attempts succeeded: in the long run that decides.")
    says = "q = 1/4 and d = 4/10: after two attempts the episode is decided with probability 1 - 0.6^2."
    expect.close(found["safety"], 0.84, says)
    says = "The limit's interval is one minus the Wilson interval of 1 in 4 at 95 %, its ends exchanged."
    expect.close([found["limit_low"], found["limit_high"]], [0.300642, 0.954413], says, rtol=0, atol=5e-4)


# ctrlz-best-of --------------------------------------------------------------------------------------------------

BEST_KEYS = ("setting", "published", "cross", "optimism", "corrected")


@check("ctrlz-best-of")
def two_choices_of_the_right_form(answer, rng):
    """names what both teams chose, and corrects in the right direction"""
    for name, settings, towards in (("red", 24, 1), ("blue", 18, -1)):
        found = numbers(answer.value(name), BEST_KEYS, name)
        expect.between(found["setting"], 0, settings - 1, f"`setting` of `{name}` is a row, counted from 0.")
        for key in ("published", "cross", "corrected"):
            expect.between(found[key], 0, 1, f"`{key}` of `{name}` is a share, from 0 to 1.")
        says = f"`{name}`: who picks the {'lowest' if towards > 0 else 'highest'} of many picks luck in that direction."
        look = "optimism is drawn less original; subtract it from the published number"
        for key in ("cross", "corrected"):
            expect.true(
                towards * (found[key] - found["published"]) > 0, says, got=f"{key} on the other side", look=look
            )


@check("ctrlz-best-of")
def two_settings_by_hand(answer, rng):
    """is right for two settings and four tasks that you can do by hand"""
    safety = np.array([[0.2, 0.4, 0.9, 0.9], [0.8, 0.8, 0.3, 0.7]])
    halves = np.array([[True, True, False, False]])
    found = numbers(
        answer.call("infer_best_of", safety, "lowest", halves, np.array([[2, 2, 3, 3]])), BEST_KEYS, "infer_best_of"
    )
    expect.close([found["setting"], found["published"]], [0, 0.6], "The means over the tasks are 0.60 and 0.65.")
    says = (
        "The first two tasks choose setting 0 (0.3 against 0.8), which has 0.9 on the other two. These choose "
        "setting 1 (0.5 against 0.9), which has 0.8 on the first two."
    )
    expect.close(found["cross"], 0.85, says)
    says = "The drawn tasks choose setting 1, with 0.5 there. On all tasks that setting has 0.65."
    expect.close(found["optimism"], -0.15, says)
    expect.close(found["corrected"], 0.75, "Subtract the optimism from the published number: a negative one raises it.")
