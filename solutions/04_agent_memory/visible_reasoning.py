"""Visible checks of the reasoning stage of unit 04: form, plausibility, and cases small enough to do by hand."""

import numpy as np

from worktest.checks import check, expect


def numbers(got, keys, name):
    """The numbers under `keys` of a dict that an answer gave, one finite number each."""
    expect.true(isinstance(got, dict), f"`{name}` must be a dict with the keys {', '.join(keys)}.", got=got)
    missing = [key for key in keys if key not in got]
    expect.true(not missing, f"`{name}` lacks {', '.join(missing)}.", got=", ".join(map(str, got)))
    return {key: expect.number(got[key], f"`{key}` of `{name}` must be one number.") for key in keys}


# mem-frozen -----------------------------------------------------------------------------------------------------

RUNS = ("again", "record", "none")
SELECTED_KEYS = ("selected", *RUNS, *(f"{key}_{other}" for key in ("over", "p", "all") for other in ("again", "none")))


@check("mem-frozen")
def two_results_of_the_right_form(answer, rng):
    """names the two results, with numbers that hang together"""
    for name in ("all_frozen", "first_sixteen"):
        found = numbers(answer.value(name), SELECTED_KEYS, name)
        for run in RUNS:
            expect.between(found[run], 0, 1, f"`{run}` of `{name}` is a share, from 0 to 1. Not percent?")
            times = found[run] * found["selected"]
            expect.close(times, round(times), f"`{run}` of `{name}` is a share of the selected houses.", atol=1e-3)
        for other in ("again", "none"):
            says = f"`over_{other}` is the share solved with the record less the share of `{other}`."
            expect.close(found[f"over_{other}"], found["record"] - found[other], says)
            expect.between(found[f"p_{other}"], 0, 1, f"`p_{other}` of `{name}` is a p-value.")
    sixteen = numbers(answer.value("first_sixteen"), SELECTED_KEYS, "first_sixteen")
    says = "`first_sixteen` is about the rows up to the sixteenth house that was frozen and not solved."
    expect.close(sixteen["selected"], 16, says)


@check("mem-frozen")
def eight_houses_by_hand(answer, rng):
    """is right for eight houses that you can do by hand"""
    repetition = np.array([0.75, 0.5, np.nan, 0.25, 1.0, 0.5, 0.6, np.nan])
    first, again = np.array([0, 0, 0, 0, 1, 0, 0, 1]), np.array([1, 0, 1, 1, 1, 0, 0, 1])
    record, none = np.array([1, 1, 0, 0, 1, 1, 1, 0]), np.array([0, 1, 1, 1, 1, 0, 1, 1])
    found = numbers(
        answer.call("infer_selected", repetition, first, again, record, none), SELECTED_KEYS, "infer_selected"
    )
    says = "Frozen (0.5 or more) and not solved in the first run: the houses 1, 2, 6 and 7."
    expect.close(found["selected"], 4, says, look="the fifth is frozen and solved; two have no repetition rate")
    says = "Of these four the second run solved the first house, the record all, no memory the second and the seventh."
    expect.close([found[run] for run in RUNS], [0.25, 1.0, 0.5], says)
    says = "On the selected: share with the record less the share of the other run."
    expect.close([found["over_again"], found["over_none"]], [0.75, 0.5], says)
    says = (
        "Three houses only with the record and none only without: 2 times a half to the third. For two: to the second."
    )
    expect.close([found["p_again"], found["p_none"]], [0.25, 0.5], says)
    says = "Over all eight houses the record solved five, the second run five, no memory six."
    expect.close([found["all_again"], found["all_none"]], [0.0, -0.125], says)


# mem-attack -----------------------------------------------------------------------------------------------------

STEPS = ("injected", "retrieved", "acted", "harmful")
CHAIN_KEYS = (*STEPS, "end_to_end", "low", "high")


@check("mem-attack")
def three_results_of_the_right_form(answer, rng):
    """names the result, rates whose product is the end-to-end rate, each end-to-end rate inside its interval"""
    got = answer.value("found_attack")
    known = isinstance(got, dict) and set(got) == {"empty", "filled", "difference"}
    expect.true(known, "`found_attack` must be a dict with the keys empty, filled and difference.", got=got)
    parts = {size: numbers(got[size], CHAIN_KEYS, f"found_attack[{size!r}]") for size in ("empty", "filled")}
    parts["difference"] = numbers(got["difference"], ("end_to_end", "low", "high"), "found_attack['difference']")
    for name, found in parts.items():
        inside = found["low"] <= found["end_to_end"] <= found["high"]
        expect.true(inside, f"{name}: low <= end_to_end <= high must hold.")
        if name != "difference":
            product = np.prod([found[step] for step in STEPS])
            says = f"{name}: four rates, each of those that came so far, multiply to the end-to-end rate."
            expect.close(product, found["end_to_end"], says)
    says = "`difference` is the end-to-end rate with empty memory less that with a filled one."
    less = parts["empty"]["end_to_end"] - parts["filled"]["end_to_end"]
    expect.close(parts["difference"]["end_to_end"], less, says)


LOG = {
    "session": [7, 2, 7, 2, 7, 4, 9, 9],
    "memory": ["empty", "filled", "empty", "filled", "empty", "empty", "filled", "filled"],
    "injected": [1, 1, 1, 0, 1, 1, 1, 1],
    "retrieved": [1, 1, 1, 0, 0, 1, 0, 1],
    "acted": [1, 1, 0, 0, 0, 1, 0, 1],
    "harmful": [1, 0, 0, 0, 0, 1, 0, 1],
}


@check("mem-attack")
def eight_requests_by_hand(answer, rng):
    """is right for eight requests that you can do by hand"""
    draws = {"empty": np.array([[0, 1], [0, 1]]), "filled": np.array([[0, 1], [0, 1]])}
    got = answer.call("infer_attack", LOG, draws)
    for size, want, words in (
        ("empty", (1, 3 / 4, 2 / 3, 1, 1 / 2), "Empty: of four requests 4 injected, 3 retrieved, 2 acted, 2 harmful."),
        ("filled", (3 / 4, 2 / 3, 1, 1 / 2, 1 / 4), "Filled: of four 3 injected, 2 retrieved, 2 acted, 1 harmful."),
    ):
        found = numbers(got.get(size) if isinstance(got, dict) else got, CHAIN_KEYS, f"infer_attack: {size}")
        look = "each step is a share of those that took the step before it"
        expect.close([found[key] for key in (*STEPS, "end_to_end")], want, words, look=look)
        says = "Each draw holds each session once, so the drawn rates are the rate itself."
        expect.close([found["low"], found["high"]], [want[-1], want[-1]], says)


@check("mem-attack")
def one_session_by_hand(answer, rng):
    """finds the sessions of a draw, with all their requests"""
    draws = {"empty": np.array([[0, 0], [0, 0]]), "filled": np.array([[1, 1], [1, 1]])}
    got = answer.call("infer_attack", LOG, draws)
    for name, want, words in (
        ("empty", 1.0, "Sorted, the empty sessions are 4 and 7. The draws hold session 4 twice: one request, harmful."),
        ("filled", 0.5, "Sorted, the filled sessions are 2 and 9. The draws hold session 9 twice: one of two harmful."),
        ("difference", 0.5, "Row by row: the drawn rate of the empty sessions less that of the filled ones."),
    ):
        found = numbers(got.get(name) if isinstance(got, dict) else got, ("low", "high"), f"infer_attack: {name}")
        expect.close([found["low"], found["high"]], [want, want], words)


# mem-length -----------------------------------------------------------------------------------------------------

EXCESS_KEYS = ("houses", "rho", "null_rho", "excess", "p")


@check("mem-length")
def one_excess_of_the_right_form(answer, rng):
    """names the result, with numbers that hang together"""
    found = numbers(answer.value("excess"), EXCESS_KEYS, "excess")
    expect.between(found["houses"], 3, 119, "`houses` are those of the 120 with at least two reflections.")
    for key in ("rho", "null_rho"):
        expect.between(found[key], -1, 1, f"`{key}` is a correlation.")
    expect.close(found["excess"], found["rho"] - found["null_rho"], "`excess` is rho less null_rho.")
    whole = abs(200 * found["p"] - round(200 * found["p"])) < 1e-3
    expect.between(found["p"], 1 / 200 - 1e-9, 1, "`p` is (1 + k) / (1 + n): never 0, never above 1.")
    expect.true(whole, "`p` is (1 + k) / (1 + n) with n = 199.", expected="a whole number of 200ths")


@check("mem-length")
def five_houses_by_hand(answer, rng):
    """is right for five houses that you can do by hand"""
    trials, flags = np.array([1, 3, 4, 5, 2]), [[], [0, 0], [0, 1, 1], [0, 0, 1, 0], [0]]
    nan = np.nan
    nulls = np.array([[nan] * 3, [0.0, 0.8, 0.5], [0.25, 0.5, 0.75], [0.5, 0.2, 0.6], [nan] * 3])
    found = numbers(answer.call("infer_excess", trials, flags, nulls), EXCESS_KEYS, "infer_excess")
    says = "Two houses have fewer than two reflections, three are left."
    expect.close(found["houses"], 3, says)
    says = "The rates of the three are 0, 1 and 1/3, at 3, 4 and 5 trials. The ranks 1, 3, 2 against 1, 2, 3: a half."
    expect.close(found["rho"], 0.5, says, look="the first reflection can't repeat: one less below the line")
    says = "The replications have ranks 1, 2, 3, then 3, 2, 1, then 1, 3, 2: rhos 1, -1 and a half, with the mean 1/6."
    expect.close([found["null_rho"], found["excess"]], [1 / 6, 1 / 3], says)
    says = "Two of the three replications have a rho of at least a half, and 1 is added above and below the line."
    expect.close(found["p"], 0.75, says)
