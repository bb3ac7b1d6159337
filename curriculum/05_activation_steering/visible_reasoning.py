"""Visible checks of the reasoning stage of unit 05: form, plausibility, and cases small enough to do by hand."""

import numpy as np

from worktest.checks import check, expect


def numbers(got, keys, name):
    """The numbers under `keys` of a dict that an answer gave, one finite number each."""
    expect.true(isinstance(got, dict), f"`{name}` must be a dict with the keys {', '.join(keys)}.", got=got)
    missing = [key for key in keys if key not in got]
    expect.true(not missing, f"`{name}` lacks {', '.join(missing)}.", got=", ".join(map(str, got)))
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


# steer-judges ---------------------------------------------------------------------------------------------------

CHANGE_KEYS = (*(f"{name}{end}" for name in ("open", "done", "gap") for end in ("", "_low", "_high")), "kept")
ASSISTANTS = ("ash", "birch", "cedar", "elm")
# Four requests in two conditions, in different orders.
PLAIN = {"request": [1, 2, 3, 4], "not_refused": [0, 0, 1, 1], "carried_out": [0, 0, 1, 0]}
STEERED = {"request": [4, 3, 2, 1], "not_refused": [1, 1, 1, 0], "carried_out": [1, 0, 1, 0]}


@check("steer-judges")
def eight_results_of_the_right_form(answer, rng):
    """names the results of four assistants for both ways of steering, each change inside its interval"""
    for name in ("ablated", "subtracted"):
        got = answer.value(name)
        known = isinstance(got, dict) and set(got) == set(ASSISTANTS)
        expect.true(known, f"`{name}` must be a dict with the keys {', '.join(ASSISTANTS)}.", got=got)
        for who in ASSISTANTS:
            found = numbers(got[who], CHANGE_KEYS, f"{name}[{who!r}]")
            for key in ("open", "done", "gap"):
                inside = found[f"{key}_low"] <= found[key] <= found[f"{key}_high"]
                expect.true(inside, f"{name}[{who!r}]: {key}_low <= {key} <= {key}_high must hold.")
                expect.between(found[key], -1, 1, f"`{key}` is a change of a share, from -1 to 1. Not percent?")
            says = "`gap` is the change under judge 1 less the change under judge 2."
            expect.close(found["gap"], found["open"] - found["done"], says)


@check("steer-judges")
def four_requests_by_hand(answer, rng):
    """is right for four requests that you can do by hand"""
    plain, steered = ({key: np.array(column) for key, column in part.items()} for part in (PLAIN, STEERED))
    found = numbers(answer.call("infer_change", plain, steered, np.array([[0, 1, 2, 3]])), CHANGE_KEYS, "infer_change")
    expect.close(
        found["open"], 0.25, "Judge 1: two of four were not refused, and now three of four: a change, no level."
    )
    expect.close(found["done"], 0.25, "Judge 2: one of four was carried out, and now two of four.")
    expect.close(found["gap"], 0.0, "Both judges see the same change here, so there is no gap.")
    expect.close(found["kept"], 2 / 3, "Three steered answers were not refused; two of these were carried out.")
    says = "The one draw holds each request once, so the drawn changes are the changes themselves."
    expect.close([found["open_low"], found["open_high"]], [0.25, 0.25], says)


@check("steer-judges")
def one_request_four_times_by_hand(answer, rng):
    """finds the requests of a draw in both conditions, in whatever order the rows are"""
    plain, steered = ({key: np.array(column) for key, column in part.items()} for part in (PLAIN, STEERED))
    look = "the two conditions list the requests in different orders: sort both by request, or match the numbers"
    for place, want, words in (
        (1, (1, 1, 0), "Request 2 was refused and is now carried out: both judges see +1."),
        (2, (0, -1, 1), "Request 3 was carried out and is now not refused, without being carried out: 0 and -1."),
    ):
        draws = np.full((2, 4), place)
        found = numbers(answer.call("infer_change", plain, steered, draws), CHANGE_KEYS, "infer_change")
        got = [found[f"{key}_{end}"] for key in ("open", "done", "gap") for end in ("low", "high")]
        expect.close(got, np.repeat(want, 2), words, look=look)


# steer-forty ----------------------------------------------------------------------------------------------------

EFFECT_KEYS = ("setting", "tune", "report", "shrinkage", "null_tune", "null_report", "null_shrinkage")
P_KEYS = ("p_neither", "p_fresh", "p_choose", "p_both")


@check("steer-forty")
def one_result_of_the_right_form(answer, rng):
    """names the result: a setting, effects that hang together, p-values that 200 draws can give"""
    found = numbers(answer.value("best_of_forty"), EFFECT_KEYS + P_KEYS, "best_of_forty")
    expect.between(found["setting"], 0, 39, "`setting` is one of forty, counted from 0.")
    says = "A shrinkage is tune less report."
    expect.close(found["shrinkage"], found["tune"] - found["report"], says)
    expect.close(found["null_shrinkage"], found["null_tune"] - found["null_report"], says)
    says = "Who chooses on twelve requests picks luck as well: on fresh ones the effect shrinks, the random ones' too."
    expect.true(found["shrinkage"] > 0 and found["null_shrinkage"] > 0, says, got="one that grows")
    for key in P_KEYS:
        expect.between(found[key], 1 / 201 - 1e-9, 1, f"`{key}` is (1 + k) / (1 + n): never 0, never above 1.")
        whole = abs(201 * found[key] - round(201 * found[key])) < 1e-3
        expect.true(whole, f"`{key}` is (1 + k) / (1 + n) with n = 200.", expected="a whole number of 201sts")


@check("steer-forty")
def three_settings_by_hand(answer, rng):
    """is right for three settings and three random directions that you can do by hand"""
    tune, report = np.array([1.0, 3.0, 2.0]), np.array([0.5, 1.5, 2.5])
    null_tune = np.array([[0.0, 1.0, 4.0], [3.5, 0.0, 1.0], [2.0, 3.25, 0.0]])
    null_report = np.array([[3.0, 0.0, 2.0], [0.5, 1.75, 2.0], [0.0, 1.25, 5.0]])
    found = numbers(
        answer.call("infer_forty", tune, report, null_tune, null_report), EFFECT_KEYS + P_KEYS, "infer_forty"
    )
    expect.close(
        [found["setting"], found["tune"]], [1, 3.0], "On the tune set the second of the settings is the largest."
    )
    says = "The report set has no say in the choice: it only measures the setting that the tune set chose."
    expect.close([found["report"], found["shrinkage"]], [1.5, 1.5], says)
    says = "The random directions choose 4, 3.5 and 3.25. On the report set these settings have 2, 0.5 and 1.25."
    got = [found[f"null_{key}"] for key in ("tune", "report", "shrinkage")]
    expect.close(got, [10.75 / 3, 3.75 / 3, 7 / 3], says)
    says = (
        "At the second setting the random directions have 1, 0 and 3.25 on the tune set, 0, 1.75 and 1.25 on the other."
    )
    expect.close([found["p_neither"], found["p_fresh"]], [0.5, 0.5], says)
    says = "All three that chose reach 3 on the tune set. On the report set one of them, with 2, reaches 1.5."
    expect.close([found["p_choose"], found["p_both"]], [1.0, 0.5], says)


# steer-mix ------------------------------------------------------------------------------------------------------

MIX_KEYS = ("mean", "mean_low", "mean_high", "wrong", "wrong_low", "wrong_high", "worth", "left_out")


@check("steer-mix")
def one_desk_of_the_right_form(answer, rng):
    """names the result for the desk, each number inside its interval"""
    found = numbers(answer.value("at_desk"), MIX_KEYS, "at_desk")
    for key in ("mean", "wrong"):
        inside = found[f"{key}_low"] <= found[key] <= found[f"{key}_high"]
        expect.true(inside, f"`at_desk`: {key}_low <= {key} <= {key}_high must hold.")
    expect.between(found["wrong_low"], 0, found["wrong_high"], "`wrong` is a share, from 0 to 1.")
    expect.between(found["wrong_high"], 0, 1, "`wrong` is a share, from 0 to 1. Not percent?")
    expect.between(found["worth"], 1, 180, "Unequal weights never make 180 requests worth more than 180.")
    says = "`left_out` counts draws, and a few of the 1,000 have no request of some kind."
    expect.between(found["left_out"], 1, 999, says, look="three words make up a whole kind; a draw can miss all three")


@check("steer-mix")
def five_requests_by_hand(answer, rng):
    """is right for five requests that you can do by hand"""
    kinds, moods = ["a", "a", "a", "b", "b"], ["sad", "calm", "sad", "new", "sad"]
    effects, shares = np.array([2.0, 4.0, -3.0, -1.0, -2.0]), {"a": 0.25, "b": 0.75}
    draws = np.array([[0, 1, 2], [0, 0, 0], [1, 0, 2], [2, 2, 2]])
    found = numbers(answer.call("infer_mix", kinds, moods, effects, shares, draws), MIX_KEYS, "infer_mix")
    says = "Kind a has a mean of 1, kind b of -1.5, and three quarters of the place are of kind b."
    expect.close(found["mean"], -0.875, says, look="weigh the means of the kinds, not the requests as they were tested")
    says = "One of three moves the wrong way in kind a, and two of two in kind b."
    expect.close(found["wrong"], 0.25 / 3 + 0.75, says)
    expect.close(
        found["worth"], 1 / (0.0625 / 3 + 0.5625 / 2), "One over: 0.25 squared over 3, plus 0.75 squared over 2."
    )
    says = (
        "The words are calm, new and sad in alphabetical order. The second draw holds calm three times, and no request "
        "of kind b: it is left out. The fourth holds the three requests with sad, each three times."
    )
    expect.close(found["left_out"], 1, says)
    drawn = np.array([-0.875, -0.875, -1.625])
    want = np.percentile(drawn, [2.5, 97.5])
    expect.close([found["mean_low"], found["mean_high"]], want, says)
