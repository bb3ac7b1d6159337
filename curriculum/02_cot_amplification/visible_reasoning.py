"""Visible checks of the reasoning stage of unit 02: form, plausibility, and cases small enough to do by hand."""

import numpy as np

from worktest.checks import check, expect


def numbers(got, keys, name):
    """The numbers under `keys` of a dict that an answer gave, one finite number each."""
    expect.true(isinstance(got, dict), f"`{name}` must be a dict with the keys {', '.join(keys)}.", got=got)
    missing = [key for key in keys if key not in got]
    expect.true(not missing, f"`{name}` lacks {', '.join(missing)}.", got=", ".join(map(str, got)))
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


# cot-need -------------------------------------------------------------------------------------------------------

AREAS = ("aoc", "needed", "standard")
ENDS = ("aoc_low", "aoc_high", "standard_low", "standard_high")


def parts(got, name):
    """The three parts of a result of infer_need, each a dict of numbers."""
    known = isinstance(got, dict) and set(got) == {"A", "B", "difference"}
    expect.true(known, f"`{name}` must be a dict with the keys A, B and difference.", got=got)
    keys = {"A": AREAS, "B": AREAS, "difference": (*AREAS, *ENDS)}
    return {part: numbers(got[part], own, f"{name}[{part!r}]") for part, own in keys.items()}


@check("cot-need")
def one_result_of_the_right_form(answer, rng):
    """names the result, areas from 0 to 1, and differences inside their intervals"""
    found = parts(answer.value("found_need"), "found_need")
    for model in ("A", "B"):
        for key in AREAS:
            expect.between(
                found[model][key], 0, 1, f"`{key}` of {model} is an area over a curve of shares, from 0 to 1."
            )
    less = found["difference"]
    for key in AREAS:
        says = f"`{key}` of the difference is that of B less that of A."
        expect.close(less[key], found["B"][key] - found["A"][key], says)
    for key in ("aoc", "standard"):
        inside = less[f"{key}_low"] <= less[key] <= less[f"{key}_high"]
        expect.true(
            inside, f"The difference of `{key}` should lie inside its interval.", look="B as drawn less A as drawn"
        )


BY_HAND = {
    "model": ["B", "A", "A", "B", "A", "A", "B"],
    "length": ["long", "short", "long", "short", "short", "short", "short"],
    "alone": [0, 1, 0, 1, 1, 0, 1],
    "same": [[0, 0, 1, 1, 1], [1, 0, 1], [0, 1, 1, 1, 1], [1, 1, 1], [1, 1, 1], [0, 1], [1, 0, 0, 0, 1]],
}


def hand_draws(short_a, short_b):
    """Two equal draws for the seven items; each model has one long item."""
    short = {"A": short_a, "B": short_b}
    return {name: {"long": np.array([[0], [0]]), "short": np.array([short[name]] * 2)} for name in short}


@check("cot-need")
def seven_items_by_hand(answer, rng):
    """is right for seven items that you can do by hand"""
    draws = hand_draws([0, 1, 2], [0, 1])
    found = parts(answer.call("infer_need", BY_HAND, draws), "infer_need")
    says = "The four areas of A are 1/2, 1/8, 0 and 1/2, the three of B 3/8, 0 and 3/4."
    look = "between two cuts the curve is a straight line; a short chain has wider steps"
    expect.close([found["A"]["aoc"], found["B"]["aoc"]], [9 / 32, 3 / 8], says, look=look)
    says = "Wrong without a chain: the long one and the last of A, the long one of B. The means are 5/16 and 3/8."
    expect.close([found["A"]["needed"], found["B"]["needed"]], [5 / 16, 3 / 8], says)
    says = "A: 1/8 long and 1/3 short. B: 3/8 long and 3/8 short. Half of each."
    expect.close([found["A"]["standard"], found["B"]["standard"]], [11 / 48, 3 / 8], says)
    says = "Each draw holds each item once, so the drawn differences are the differences themselves."
    less = [3 / 32] * 2 + [7 / 48] * 2
    expect.close([found["difference"][key] for key in ENDS], less, says)


@check("cot-need")
def one_item_many_times(answer, rng):
    """finds the items of a draw in their own group"""
    draws = hand_draws([1, 1, 1], [1, 1])
    found = parts(answer.call("infer_need", BY_HAND, draws), "infer_need")
    says = "The second short item of A has the area 0, the second of B 3/4. As drawn, A has 1/32 and B has 5/8."
    expect.close([found["difference"][key] for key in ENDS[:2]], [19 / 32] * 2, says)
    says = "Half and half: A has 1/16 as drawn, B has 9/16."
    expect.close([found["difference"][key] for key in ENDS[2:]], [1 / 2] * 2, says)


# cot-judges -----------------------------------------------------------------------------------------------------

JUDGE_KEYS = ("raw", "sensitivity", "specificity", "corrected", "low", "high", "undefined")


@check("cot-judges")
def three_results_of_the_right_form(answer, rng):
    """names the results of three judges, with numbers that hang together"""
    got = answer.value("found_judges")
    known = isinstance(got, dict) and set(got) == {"search", "quick", "strict"}
    expect.true(known, "`found_judges` must be a dict with the keys search, quick and strict.", got=got)
    for judge in ("search", "quick", "strict"):
        found = numbers(got[judge], JUDGE_KEYS, f"found_judges[{judge!r}]")
        for key in JUDGE_KEYS[:6]:
            expect.between(found[key], 0, 1, f"`{key}` of {judge} is a share, from 0 to 1. Not percent?")
        for key, size in (("raw", 400), ("sensitivity", 16), ("specificity", 44)):
            says = f"`{key}` of {judge} is a share of {size} items: all, those labelled 1, or those labelled 0."
            expect.close(found[key] * size, round(found[key] * size), says, atol=1e-3)
        expect.true(
            found["low"] <= found["corrected"] <= found["high"], f"{judge}: low <= corrected <= high should hold."
        )


CALLS = [1, 1, 0, 1, 0, 0, 0, 1, 1, 0]
LABELS = [1, None, 0, 1, 0, 1, None, 0, 1, 0]


@check("cot-judges")
def ten_items_by_hand(answer, rng):
    """is right for ten items that you can do by hand"""
    draws = np.array([range(10)] * 2), np.array([range(8)] * 2)
    found = numbers(answer.call("infer_judge", CALLS, LABELS, *draws), JUDGE_KEYS, "infer_judge")
    says = "Five of the ten are called. Of four labelled 1 three are called, of four labelled 0 three are not."
    expect.close([found[key] for key in JUDGE_KEYS[:3]], [1 / 2, 3 / 4, 3 / 4], says)
    says = "(1/2 + 3/4 - 1) / (3/4 + 3/4 - 1) is a half, and so it is in each draw, which holds each item once."
    expect.close([found[key] for key in JUDGE_KEYS[3:]], [1 / 2, 1 / 2, 1 / 2, 0], says)


@check("cot-judges")
def two_draws_by_hand(answer, rng):
    """uses the drawn items for the raw rate, and the drawn labels for the errors"""
    items = np.array([[0, 1, 3, 7, 8, 0, 2, 4, 5, 6]] * 2)
    own = np.array([[0, 2, 2, 6, 1, 3, 7, 7]] * 2)
    found = numbers(answer.call("infer_judge", CALLS, LABELS, items, own), JUDGE_KEYS, "infer_judge")
    says = "As drawn, six of ten items are called. The eight labels are right everywhere, so nothing is corrected: 0.6."
    look = "places 0 to 7 of a draw of labels are the items 0, 2, 3, 4, 5, 7, 8 and 9"
    expect.close([found["low"], found["high"]], [0.6, 0.6], says, look=look)
    own[0] = [0, 2, 2, 6, 0, 2, 6, 6]
    found = numbers(answer.call("infer_judge", CALLS, LABELS, items, own), JUDGE_KEYS, "infer_judge")
    says = "The first draw has only labels of 1, so it has no specificity. One draw is left."
    expect.close([found["undefined"], found["low"], found["high"]], [1, 0.6, 0.6], says)


# cot-forecast ---------------------------------------------------------------------------------------------------

FORECAST_KEYS = ("runs", "rho", "p", "factor")


@check("cot-forecast")
def results_of_the_right_form(answer, rng):
    """names two results for each of five faults and two more, with numbers that hang together"""
    got = answer.value("found_forecast")
    faults = ("padded step", "padded answer", "another error", "opens with well", "opens with quick")
    known = isinstance(got, dict) and set(got) == set(faults)
    expect.true(known, f"`found_forecast` must be a dict with the keys {', '.join(faults)}.", got=got)
    for fault in faults:
        for column in ("amplified", "early"):
            part = got[fault].get(column) if isinstance(got[fault], dict) else None
            found = numbers(part, FORECAST_KEYS, f"found_forecast[{fault!r}][{column!r}]")
            expect.close(found["runs"], 20, "`runs` is the number of fine-tunes.")
            expect.between(found["rho"], -1, 1, f"`rho` of {fault} is a correlation.")
            expect.between(found["p"], 1 / 200 - 1e-9, 1, "`p` is (1 + k) / (1 + n): never 0, never above 1.")
            says = "`p` is (1 + k) / (1 + n) with n = 199."
            expect.close(200 * found["p"], round(200 * found["p"]), says, atol=1e-3)
            expect.between(found["factor"], 0, 1e6, "`factor` says how many times as large the early rate is.")
    within = answer.value("found_within")
    known = isinstance(within, dict) and set(within) == {"amplified", "early"}
    expect.true(known, "`found_within` must be a dict with the keys amplified and early.", got=within)
    for column in ("amplified", "early"):
        found = numbers(within[column], FORECAST_KEYS, f"found_within[{column!r}]")
        expect.close(found["runs"], 8, "`found_within` is about the eight fine-tunes of the kind `steps`.")


@check("cot-forecast")
def four_runs_by_hand(answer, rng):
    """is right for four fine-tunes that you can do by hand"""
    early, end = np.array([0.8, 0.2, 0.6, 0.4]), np.array([0.02, 0.0, 0.01, 0.05])
    orders = np.array([[0, 1, 2, 3], [1, 0, 3, 2], [2, 1, 3, 0]])
    found = numbers(answer.call("infer_forecast", early, end, orders), FORECAST_KEYS, "infer_forecast")
    says = "Ranks 4, 1, 3, 2 against 3, 1, 2, 4: the squared differences are 1, 0, 1 and 4, so rho is 1 - 6 x 6 / 60."
    expect.close([found["runs"], found["rho"]], [4, 0.4], says)
    says = "The first order gives 0.4 again, the second -0.4, the third 1. Two of three are at least as large."
    expect.close(found["p"], 3 / 4, says, look="early[order], and 1 is added above and below the line")
    says = "The ratios are 40, 60 and 8; the second run ends at 0 and has none."
    expect.close(found["factor"], 40, says)
