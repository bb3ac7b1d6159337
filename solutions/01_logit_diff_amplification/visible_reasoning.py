"""Visible checks of the reasoning stage of unit 01: form, plausibility, and cases small enough to do by hand."""

import numpy as np

from worktest.checks import check, expect

# lda-drop -------------------------------------------------------------------------------------------------------

DROP_KEYS = ("reported", "corrected", "low", "high", "judge_share")
THREE_FAMILIES = {
    "family": [1, 2, 3],
    "new": [0, 0, 1],
    "prompts": [10, 20, 10],
    "bad_before": [2, 4, 0],
    "refused_before": [0, 0, 0],
    "audited_before": [0, 0, 0],
    "audit_bad_before": [0, 0, 0],
    "bad_after": [1, 0, 0],
    "refused_after": [2, 4, 2],
    "audited_after": [1, 2, 1],
    "audit_bad_after": [1, 1, 0],
}


def numbers(got, keys, name):
    """The numbers under `keys` of a dict that an answer gave, one finite number each."""
    expect.true(isinstance(got, dict), f"`{name}` must be a dict with the keys {', '.join(keys)}.", got=got)
    missing = [key for key in keys if key not in got]
    expect.true(not missing, f"`{name}` lacks {', '.join(missing)}.", got=", ".join(map(str, got)))
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


@check("lda-drop")
def two_results_of_the_right_form(answer, rng):
    """names two results, each with an interval around the corrected drop"""
    for name in ("drop_all", "drop_new"):
        found = numbers(answer.value(name), DROP_KEYS, name)
        expect.true(found["low"] < found["corrected"] < found["high"], f"`{name}`: low < corrected < high must hold.")
        expect.true(
            max(map(abs, (found["low"], found["high"]))) < 0.3,
            f"`{name}`: an end of the interval lies further than 30 points from zero. Are these shares, not percent?",
        )


@check("lda-drop")
def three_families_by_hand(answer, rng):
    """is right for three families that you can do by hand"""
    table = {name: np.array(column, dtype=float) for name, column in THREE_FAMILIES.items()}
    found = numbers(answer.call("infer_drop", table), DROP_KEYS, "infer_drop")
    look = "6 bad of 40 before; after it 1 labelled bad of 40, and half of the 8 refusals"
    expect.close(found["reported"], 5 / 40, 'The reported drop takes the judge\'s label "bad" as it is.', look=look)
    expect.close(
        found["corrected"],
        1 / 40,
        "Half of the audited refusals were bad, so half of *all* refusals count as bad. Where nothing was refused, "
        "there is nothing to correct.",
        look=look,
    )
    says = "The judge's share is the part of the reported drop that the correction takes away."
    expect.close(found["judge_share"], 0.8, says, look=look)


# lda-zero -------------------------------------------------------------------------------------------------------

ZERO_KEYS = ("rate", "low", "high", "ess", "plain_bound", "expected", "p_none")


@check("lda-zero")
def one_result_of_the_right_form(answer, rng):
    """names the result for a million uses, with an interval around the rate"""
    found = numbers(answer.value("million"), ZERO_KEYS, "million")
    expect.true(0 <= found["low"] < found["rate"] < found["high"], "`million`: 0 <= low < rate < high must hold.")
    expect.between(found["ess"], 1, 41, "The effective number of hits lies between 1 and the number of hits.")
    expect.between(found["p_none"], 0, 1, "`p_none` is a probability.")


@check("lda-zero")
def four_rollouts_by_hand(answer, rng):
    """is right for four rollouts that you can do by hand"""
    weights, hits = np.array([0.5, 0.001, 0.002, 2.0]), np.array([0, 1, 1, 0])
    found = numbers(answer.call("infer_rate", np.log(weights), hits, 1000, 2000), ZERO_KEYS, "infer_rate")
    expect.close(
        found["rate"], 0.003 / 4, "The rate is the mean of weight times hit over all four rollouts.", atol=1e-9
    )
    expect.close(
        found["ess"], 1.8, "The effective number of hits is (sum of x)^2 / (sum of x^2), x = weight times hit."
    )
    says = "The plain bound solves (1 - p)^1000 = 0.05."
    expect.close(found["plain_bound"], 1 - 0.05 ** (1 / 1000), says, atol=1e-9)
    expect.close(found["expected"], 1.5, "2,000 uses at a rate of 7.5 in 10,000.")
    says = "The probability of no bad answer is (1 - rate)^uses."
    expect.close(found["p_none"], (1 - 0.003 / 4) ** 2000, says, rtol=1e-3)


# lda-twins ------------------------------------------------------------------------------------------------------

TWIN_KEYS = ("difference", "low", "high", "verdict", "rollouts")


def columns(got, rows, name):
    """The columns of a result of `infer_raised`: arrays of numbers, and the verdicts as a list."""
    expect.true(isinstance(got, dict), f"`{name}` must be a dict with the keys {', '.join(TWIN_KEYS)}.", got=got)
    missing = [key for key in TWIN_KEYS if key not in got]
    expect.true(not missing, f"`{name}` lacks {', '.join(missing)}.", got=", ".join(map(str, got)))
    found = {
        key: expect.array(got[key], (rows,), f"`{key}` of `{name}` must hold one number a row.")
        for key in TWIN_KEYS
        if key != "verdict"
    }
    words = got["verdict"]
    known = isinstance(words, list | tuple) and len(words) == rows and set(words) <= {"raised", "small", "open"}
    expect.true(
        known, f'`verdict` of `{name}` must be a list with "raised", "small" or "open" for each row.', got=words
    )
    return {**found, "verdict": list(words)}


@check("lda-twins")
def six_rows_of_the_right_form(answer, rng):
    """names the result for six rows, with an interval around each difference"""
    found = columns(answer.value("twins"), 6, "twins")
    inside = (found["low"] < found["difference"]) & (found["difference"] < found["high"])
    expect.true(bool(inside.all()), "`twins`: low < difference < high must hold in every row.")
    expect.true(bool((found["rollouts"] > 100).all()), "A hundred rollouts an arm can't be enough for two points.")


@check("lda-twins")
def one_row_by_hand(answer, rng):
    """is right for one row: 10 of 100 against 5 of 100"""
    table = {"alpha": [1.0], "hits_target": [10.0], "n_target": [100.0], "hits_control": [5.0], "n_control": [100.0]}
    got = answer.call("infer_raised", {name: np.array(column) for name, column in table.items()}, 0.05)
    found = columns(got, 1, "infer_raised")
    expect.close(found["difference"], [0.05], "The difference is target less control.")
    expect.close(
        [found["low"][0], found["high"][0]],
        [-0.026273, 0.129624],
        "With a single row the confidence is 95 %, and the interval is Newcombe's.",
        rtol=0,
        atol=5e-4,
        look="which Wilson end goes with which arm, at the low and at the high end",
    )
    expect.equal(found["verdict"], ["open"], "The interval holds 0, and it holds a rise of 0.05 as well.")
    expect.close(
        found["rollouts"],
        [432],
        "Power 80 %, two-sided 5 %: to tell 0.05 from 0.10, the smallest whole number above the formula.",
        rtol=0,
        atol=0.5,
    )
