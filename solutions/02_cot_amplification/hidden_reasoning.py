"""Held-back checks of the first reasoning scenario of unit 02: two models that met other mixes of bills."""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"

# cot-need -------------------------------------------------------------------------------------------------------

KEYS = ("aoc", "needed", "standard")
ENDS = ("aoc_low", "aoc_high", "standard_low", "standard_high")
LENGTHS = ("long", "short")


def _part(got, name, keys):
    """The numbers under `keys` of one part of the result."""
    known = isinstance(got, dict) and isinstance(got.get(name), dict) and set(keys) <= set(got[name])
    expect.true(known, f"`infer_need` must give a dict {name!r} with {', '.join(keys)}.", got=got)
    return [expect.number(got[name][key], f"`{key}` of {name} must be one number.") for key in keys]


def _area(flags):
    return sum(1 - (a + b) / 2 for a, b in pairwise(flags)) / (len(flags) - 1)


def _want(table, draws):
    area = np.array([_area(flags) for flags in table["same"]])
    rows = range(len(area))
    found, drawn = {}, {}
    for name in ("A", "B"):
        own = {x: area[[i for i in rows if (table["model"][i], table["length"][i]) == (name, x)]] for x in LENGTHS}
        alone = [area[i] for i in rows if table["model"][i] == name and not table["alone"][i]]
        again = {x: own[x][np.asarray(draws[name][x])] for x in LENGTHS}
        n = sum(len(x) for x in own.values())
        found[name] = {
            "aoc": sum(x.sum() for x in own.values()) / n,
            "needed": np.mean(alone) if alone else None,
            "standard": (own["long"].mean() + own["short"].mean()) / 2,
        }
        drawn[name, "aoc"] = (again["long"].sum(axis=1) + again["short"].sum(axis=1)) / n
        drawn[name, "standard"] = (again["long"].mean(axis=1) + again["short"].mean(axis=1)) / 2
    one, two = found["A"], found["B"]
    less = {key: None if None in (one[key], two[key]) else two[key] - one[key] for key in KEYS}
    for key in ("aoc", "standard"):
        both = np.percentile(drawn["B", key] - drawn["A", key], [2.5, 97.5])
        less[f"{key}_low"], less[f"{key}_high"] = both
    return {**found, "difference": less}


def _flags(cuts, zeros):
    return [0] * zeros + [1] * (cuts - zeros)


def _table(rng):
    """Items of two models in mixed order. Lengths, and items right and wrong alone, differ in area by construction.

    Zeros stand at the beginning and are fewer than half, so every other way to take an area is off to one side.
    """
    sizes = {
        "A": {"long": int(rng.integers(14, 19)), "short": int(rng.integers(5, 8))},
        "B": {"long": int(rng.integers(5, 8)), "short": int(rng.integers(14, 19))},
    }
    rows = []
    for name, base in (("A", 2), ("B", 3)):
        for i in range(sizes[name]["long"]):
            alone = int(i < 2)
            rows.append((name, "long", alone, _flags(11, 1 if alone else base + int(rng.integers(0, 2)))))
        for i in range(sizes[name]["short"]):
            alone = int(i >= 2)
            rows.append((name, "short", alone, _flags(7, base - 1 if alone else 3)))
    rows = [rows[i] for i in rng.permutation(len(rows))]
    columns = dict(zip(("model", "length", "alone", "same"), (list(x) for x in zip(*rows, strict=True)), strict=True))
    return columns, sizes


def _draws(rng, sizes, n=60):
    return {name: {x: rng.integers(size, size=(n, size)) for x, size in own.items()} for name, own in sizes.items()}


@check("cot-need")
def areas_by_trapezoids(answer, rng):
    """takes each item's area by trapezoids, over shares of its own chain"""
    for _ in range(2):
        table, sizes = _table(rng)
        draws = _draws(rng, sizes)
        got, want = answer.call("infer_need", table, draws), _want(table, draws)
        says = "The area over an item's curve: trapezoids between its cuts, which go from 0 to 1 of its own chain."
        look = "neither the share of cuts with another answer nor the area under the curve"
        for name in ("A", "B"):
            expect.close(_part(got, name, ["aoc"]), [want[name]["aoc"]], says, look=look)


@check("cot-need")
def every_item_counts_once(answer, rng):
    """averages over items, however long their chains are"""
    cuts = int(rng.integers(15, 30))
    rows = [(name, x, 0, _flags(cuts, 1) if x == "long" else [0, 1]) for name in ("A", "B") for x in LENGTHS]
    rows += [("A", "short", 0, [0, 0, 1]), ("B", "long", 0, _flags(cuts, cuts - 3))]
    table = {key: [row[i] for row in rows] for i, key in enumerate(("model", "length", "alone", "same"))}
    one, two = np.array([[0]]), np.array([[0, 1]])
    draws = {"A": {"long": one, "short": two}, "B": {"long": two, "short": one}}
    got, want = answer.call("infer_need", table, draws), _want(table, draws)
    says = "An item is an item: a chain of many tokens has no more weight than one of two."
    for name in ("A", "B"):
        expect.close(_part(got, name, ["aoc"]), [want[name]["aoc"]], says)


@check("cot-need")
def only_items_that_need_a_chain(answer, rng):
    """takes `needed` over the items that were wrong without a chain, of both lengths"""
    table, sizes = _table(rng)
    draws = _draws(rng, sizes)
    got, want = answer.call("infer_need", table, draws), _want(table, draws)
    says = "`needed` is over the items of the model with `alone` 0, be they long or short."
    for name in ("A", "B"):
        expect.close(_part(got, name, ["needed"]), [want[name]["needed"]], says)
    expect.close(_part(got, "difference", ["needed"]), [want["difference"]["needed"]], "The difference is B less A.")


@check("cot-need")
def a_model_that_needs_none(answer, rng):
    """gives None where no item was wrong without a chain"""
    for name in ("A", "B"):
        table, sizes = _table(rng)
        table["alone"] = [1 if model == name else x for model, x in zip(table["model"], table["alone"], strict=True)]
        got = answer.call("infer_need", table, _draws(rng, sizes, 5))
        _part(got, name, ["aoc", "standard"])
        says = "No item of the model was wrong without a chain, so there is nothing to average: None, and not 0."
        for part in (name, "difference"):
            known = "needed" in got[part] and got[part]["needed"] is None
            expect.true(known, says, expected="None", look="the difference is None as well")


@check("cot-need")
def both_lengths_weigh_the_same(answer, rng):
    """gives each length half the weight in `standard`, whatever the mix was"""
    table, sizes = _table(rng)
    draws = _draws(rng, sizes)
    got, want = answer.call("infer_need", table, draws), _want(table, draws)
    says = "`standard`: the mean over the long items and the mean over the short ones, with one half each."
    for name in ("A", "B"):
        expect.close(_part(got, name, ["standard"]), [want[name]["standard"]], says)


@check("cot-need")
def differences_are_b_less_a(answer, rng):
    """takes the differences as B less A"""
    table, sizes = _table(rng)
    draws = _draws(rng, sizes)
    got, want = answer.call("infer_need", table, draws), _want(table, draws)
    says = "`aoc` and `standard` of the difference: what B has, less what A has."
    keys = ["aoc", "standard"]
    expect.close(_part(got, "difference", keys), [want["difference"][key] for key in keys], says)


@check("cot-need")
def draws_are_places_in_their_group(answer, rng):
    """reads a draw as places among the items of one model and one length, in the order of the table"""
    rows = []
    for name in ("A", "B"):
        for x in LENGTHS:
            zeros = [int(z) for z in rng.permutation(np.arange(1, 9))[:4]]
            rows += [(name, x, 0, _flags(21, z + (9 if (name, x) == ("B", "long") else 0))) for z in zeros]
    rows = [rows[i] for i in rng.permutation(len(rows))]
    table = {key: [row[i] for row in rows] for i, key in enumerate(("model", "length", "alone", "same"))}
    for place in range(4):
        draws = {"A": {"long": np.full((2, 4), place), "short": np.full((2, 4), 3 - place)}}
        draws["B"] = {"long": np.full((2, 4), (place + 1) % 4), "short": np.full((2, 4), (place + 2) % 4)}
        got, want = answer.call("infer_need", table, draws), _want(table, draws)
        says = "Place 0 is the first item of that model and length, in the order in which the table has them."
        expect.close(_part(got, "difference", ENDS), [want["difference"][key] for key in ENDS], says)


@check("cot-need")
def an_interval_of_the_difference(answer, rng):
    """takes the difference in each row of the draws, and then the percentiles"""
    table, sizes = _table(rng)
    draws = _draws(rng, sizes, int(rng.integers(60, 90)))
    got, want = answer.call("infer_need", table, draws), _want(table, draws)
    says = "Row by row: B as drawn less A as drawn. Then the 2.5th and the 97.5th percentile of these differences."
    look = "`aoc` is over all items as drawn, `standard` half and half"
    expect.close(_part(got, "difference", ENDS), [want["difference"][key] for key in ENDS], says, look=look)


@check("cot-need")
def refuses_a_table_with_holes(answer, rng):
    """refuses a model without one of the lengths, and curves that don't end at 1"""
    table, sizes = _table(rng)
    draws = _draws(rng, sizes, 3)
    says = "Without items of a length there is no half to weigh: raise ValueError."
    for name in ("A", "B"):
        for x in LENGTHS:
            keep = [i for i, pair in enumerate(zip(table["model"], table["length"], strict=True)) if pair != (name, x)]
            answer.raises("infer_need", {k: [v[i] for i in keep] for k, v in table.items()}, draws, says=says)
    says = "With the whole chain the answer is the same as with the whole chain: the last flag must be 1. ValueError."
    broken = {**table, "same": [list(flags) for flags in table["same"]]}
    broken["same"][int(rng.integers(len(broken["same"])))][-1] = 0
    answer.raises("infer_need", broken, draws, says=says)
    says = "One cut is no curve: raise ValueError."
    broken["same"] = [[1] if i == 0 else flags for i, flags in enumerate(table["same"])]
    answer.raises("infer_need", broken, draws, says=says)


@check("cot-need")
def the_given_items(answer, rng):
    """has the result for the 720 items of the report"""
    with (DATA / "need.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    table = {"model": [row["model"] for row in rows], "length": [row["length"] for row in rows]}
    table["alone"] = [int(row["alone"]) for row in rows]
    table["same"] = [[int(flag) for flag in row["same"]] for row in rows]
    source = np.random.default_rng(20)
    sizes = (("A", {"long": 300, "short": 60}), ("B", {"long": 60, "short": 300}))
    draws = {name: {x: source.integers(n, size=(1000, n)) for x, n in own.items()} for name, own in sizes}
    want, got = _want(table, draws), answer.value("found_need")
    says = "`found_need` is what your function gives for `need_table` and `need_draws`."
    for name, part in want.items():
        expect.close(_part(got, name, list(part)), list(part.values()), says, rtol=0, atol=1e-3)
