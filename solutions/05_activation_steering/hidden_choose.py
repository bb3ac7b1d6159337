"""Held-back checks of unit 05: choosing a setting, and what one vector carries of another."""

import numpy as np

from worktest.checks import check, expect, tensor

# steer-choose ---------------------------------------------------------------------------------------------------

INDEX = "Give back one whole number, the index of a setting."


def _settings(rng, rows=None):
    """Effects of both signs, no two alike, and costs: dear settings tend to have large effects."""
    shape = (rows or 1, int(rng.integers(6, 30)))
    effects = rng.permutation(np.arange(shape[0] * shape[1]) - 0.4 * shape[0] * shape[1]).reshape(shape) / 8
    costs = rng.exponential(0.3, size=shape) * (1 + (effects > 0))
    return (effects, costs) if rows else (effects[0], costs[0])


def _best(effects, costs, budget):
    found = None
    for i in range(len(effects)):
        if costs[i] <= budget and (found is None or effects[i] > effects[found]):
            found = i
    return found


def _p(effects, costs, null_effects, null_costs, budget):
    chosen = effects[_best(effects, costs, budget)]
    picks = [_best(e, c, budget) for e, c in zip(null_effects, null_costs, strict=True)]
    k = sum(i is not None and e[i] >= chosen for i, e in zip(picks, null_effects, strict=True))
    return (1 + k) / (1 + len(null_effects))


@check("steer-choose")
def fresh_settings(answer, rng):
    """finds the largest affordable effect among fresh settings"""
    for _ in range(4):
        effects, costs = _settings(rng)
        costs[effects.argmax()] += costs.max()
        for budget in (float(np.sort(costs)[len(costs) // 3]) + 1e-3, np.inf):
            got = answer.call("choose_setting", effects, costs, budget)
            expect.equal(
                int(expect.number(got, INDEX)),
                _best(effects, costs, budget),
                "The largest effect among the settings that cost no more than the budget. An infinite budget allows "
                "all of them.",
                expected="the index of another setting",
                look="the index counts in the list that was passed, not in the shortened one",
            )


@check("steer-choose")
def the_budget_itself_is_allowed(answer, rng):
    """allows a setting that costs just the budget"""
    effects, costs = _settings(rng)
    best = int(effects.argmax())
    costs = np.where(effects == effects[best], costs[best], rng.uniform(0, costs[best], size=len(costs)))
    got = answer.call("choose_setting", effects, costs, float(costs[best]))
    expect.equal(int(expect.number(got, INDEX)), best, "The budget is inclusive: what costs exactly that is allowed.")
    null = np.tile(effects, (3, 1))
    got = answer.call("selection_p_value", effects, costs, null, np.tile(costs, (3, 1)), float(costs[best]))
    expect.close(got, 1, "Three draws just like the real vector, costs included, all reach its effect.")


@check("steer-choose")
def an_effect_has_a_sign(answer, rng):
    """wants a large effect, not one far from zero"""
    effects, costs = _settings(rng)
    effects = -np.abs(effects) - 0.1
    got = answer.call("choose_setting", effects, costs, float(costs.max()))
    says = "An effect in the wrong direction is not a large one. If all are below zero, the least bad one is chosen."
    expect.equal(int(expect.number(got, INDEX)), int(effects.argmax()), says)
    effects, costs = _settings(rng)
    null = rng.uniform(-9, -5, size=(6, len(effects))) - np.abs(effects).max()
    got = answer.call("selection_p_value", effects, costs, null, np.zeros(null.shape), np.inf)
    says = "A draw that moves the tone far in the other direction has not done at least as well."
    expect.close(got, 1 / 7, says, look="absolute values in the null; the p-value at a fixed setting was two-sided")


@check("steer-choose")
def refuses_an_empty_choice(answer, rng):
    """refuses with a ValueError when every setting costs more than the budget"""
    effects, costs = _settings(rng)
    for budget in (float(costs.min()) * 0.9, -0.1):
        says = "Nothing can be chosen within this budget: raise ValueError, don't take the cheapest or the first."
        answer.raises("choose_setting", effects, costs, budget, says=says)


@check("steer-choose")
def fresh_draws(answer, rng):
    """is right for fresh draws, each bound by its own costs"""
    for _ in range(3):
        effects, costs = _settings(rng)
        both = _settings(rng, rows=40)
        null_effects, null_costs = (np.resize(table, (40, len(effects))) for table in both)
        null_effects = null_effects / np.abs(null_effects).max() * np.abs(effects).max() * 1.2
        for budget in (float(np.quantile(costs, 0.5)), np.inf):
            got = answer.call("selection_p_value", effects, costs, null_effects, null_costs, budget)
            expect.close(
                got,
                _p(effects, costs, null_effects, null_costs, budget),
                "In each draw: the settings that the draw's own costs allow, the largest effect among them. Then count "
                "the draws that reach the real chosen effect.",
                look="a fixed column, the real vector's costs, or no budget at all, in the null",
            )


@check("steer-choose")
def reached_is_enough(answer, rng):
    """counts a draw that just reaches the effect, and the effect itself as one draw"""
    effects, costs = _settings(rng)
    n, equal = int(rng.integers(6, 15)), int(rng.integers(2, 5))
    null = np.full((n, len(effects)), effects.min() - 1)
    null[:equal, int(rng.integers(len(effects)))] = effects.max()
    got = answer.call("selection_p_value", effects, costs, null, np.zeros(null.shape), np.inf)
    says = "At least as large: a draw with the very same chosen effect counts. And it is (1 + k) / (1 + n), never 0."
    expect.close(got, (1 + equal) / (1 + n), says)


@check("steer-choose")
def a_draw_without_a_choice(answer, rng):
    """counts a draw that can afford nothing among the n, and not among the k"""
    for n in rng.permutation(np.arange(8, 15))[:3]:
        effects, costs = _settings(rng)
        effects, empty = -np.abs(effects) - 0.5, int(rng.integers(2, 5))  # an empty draw counted as 0 would reach this
        null_effects = rng.uniform(effects.max(), 3, size=(n, len(effects)))
        null_costs = np.zeros(null_effects.shape)
        null_costs[:empty] = rng.uniform(2, 3, size=(empty, len(effects)))
        rows = rng.permutation(n)
        got = answer.call("selection_p_value", effects, np.zeros(len(costs)), null_effects[rows], null_costs[rows], 0.5)
        expect.close(
            got,
            (1 + n - empty) / (1 + n),
            "A draw in which every setting is too dear has no chosen effect: it reaches nothing, and it remains one of "
            "the n draws.",
            look="an error for the draw, an effect of 0 in its place, or a draw left out of n",
        )


# steer-overlap --------------------------------------------------------------------------------------------------


def _vectors(rng, n):
    """Rows of very different lengths, in float32 as the learner gets them."""
    rows = rng.normal(size=(n, int(rng.integers(4, 20)))) + rng.normal()
    return (rows * 10 ** rng.uniform(-1, 1.5, size=(n, 1))).astype(np.float32).astype(float)


def _cosines(rows):
    return np.array([[a @ b / np.sqrt((a @ a) * (b @ b)) for b in rows] for a in rows])


@check("steer-overlap")
def fresh_cosines(answer, rng):
    """gives the cosines of fresh vectors of any number, one included"""
    for n in (int(rng.integers(3, 7)), 1, 25):
        rows = _vectors(rng, n)
        rows[::2] *= -1  # so that there are angles on both sides of ninety degrees
        expect.close(
            answer.call("cosines", tensor(rows)),
            _cosines(rows),
            "Entry (i, j) is the cosine between vector i and vector j, for each pair; a single vector gives one entry.",
            rtol=1e-3,
            atol=1e-4,
            look="both lengths divided out; along which axis the length is taken",
        )


@check("steer-overlap")
def length_is_no_matter_and_the_zero_is(answer, rng):
    """doesn't change when a vector gets longer, and measures from zero"""
    rows = _vectors(rng, 4)
    longer = rows * rng.uniform(0.2, 5, size=(4, 1)) * np.array([[1], [-1], [1], [-1]])
    signs = np.outer([1, -1, 1, -1], [1, -1, 1, -1])
    says = "A factor changes no angle; a negative one turns the vector round."
    got = expect.array(answer.call("cosines", tensor(longer)), (4, 4), "Give back one number for each pair.")
    expect.close(got * signs, _cosines(rows), says, rtol=1e-3, atol=1e-4)
    shifted = np.abs(rows) / np.abs(rows).max(axis=1, keepdims=True) + 3  # all entries far on one side of zero
    says = "The angle is taken at zero. Subtracting a mean first makes it a correlation, which is another number."
    expect.close(answer.call("cosines", tensor(shifted)), _cosines(shifted), says, rtol=1e-3, atol=1e-4)


@check("steer-overlap")
def fresh_rests(answer, rng):
    """leaves what is orthogonal, for other vectors of any length and sign"""
    vector, other = _vectors(rng, 2)
    vector, other = vector / np.linalg.norm(vector), other / np.linalg.norm(other)
    other += rng.uniform(0.3, 1) * np.sign(vector @ other) * vector  # far from orthogonal: there is a component
    vector, other = vector * 10 ** rng.uniform(-1, 1.5), other * 10 ** rng.uniform(-1, 1.5)
    want = vector - (vector @ other) / (other @ other) * other
    scale = np.abs(want).max()
    for factor in (1.0, -1.0, 0.05, 20.0):
        got = expect.array(answer.call("without", tensor(vector), tensor(other * factor)), want.shape, "One vector.")
        expect.close(
            got / scale,
            want / scale,
            "The component along `other` depends on its direction alone, not on its length or sign.",
            rtol=1e-3,
            atol=1e-3,
            look="divide by the squared length of `other`, or make it a unit vector and use that one twice",
        )


@check("steer-overlap")
def orthogonal_is_left_alone(answer, rng):
    """changes nothing that is orthogonal already, and leaves nothing of a parallel vector"""
    d = int(rng.integers(4, 9))
    vector, other = np.zeros(2 * d), np.zeros(2 * d)
    vector[:d], other[d:] = rng.normal(size=d) * 3, rng.normal(size=d) * 3
    got = answer.call("without", tensor(vector), tensor(other))
    expect.close(got, vector, "There is no component along `other`, so nothing is to be taken away.", atol=1e-4)
    got = answer.call("without", tensor(other * rng.uniform(0.5, 2)), tensor(other))
    says = "A multiple of `other` is all component: what is left is zero (up to rounding), and isn't stretched again."
    expect.close(got, np.zeros(2 * d), says, atol=1e-4)
    got = answer.call("without", tensor(vector * 0), tensor(other))
    says = "Nothing without something is nothing: only `other` needs a direction."
    expect.close(got, np.zeros(2 * d), says)


@check("steer-overlap")
def the_rest_keeps_its_length(answer, rng):
    """gives the rest as it is: shorter than the vector, never stretched"""
    d = int(rng.integers(5, 12))
    base = np.linalg.qr(rng.normal(size=(d, 2)))[0].T
    angle, length = rng.uniform(0.3, 1.2), rng.uniform(3, 9)
    vector = length * (np.cos(angle) * base[0] + np.sin(angle) * base[1])
    other = base[0] * length * rng.choice([-1.7, 0.2, 2.5])  # not the component itself, which could be subtracted whole
    got = expect.array(answer.call("without", tensor(vector), tensor(other)), (d,), "One vector.")
    says = "Taking a component away makes a vector shorter. Its new length is part of the answer: don't set it anew."
    expect.close(float(np.linalg.norm(got)), length * np.sin(angle), says, rtol=1e-3)


@check("steer-overlap")
def refuses_vectors_of_length_zero(answer, rng):
    """refuses a vector of length zero with a ValueError, and only that one"""
    rows = _vectors(rng, 4)
    rows[int(rng.integers(4))] = 0
    says = "One of the vectors has length zero, so it has no direction: raise ValueError instead of giving NaN."
    answer.raises("cosines", tensor(rows), says=says)
    vector = rng.normal(size=6)
    answer.raises("without", tensor(vector), tensor(np.zeros(6)), says="`other` has no direction: raise ValueError.")
    other = np.array([2.0, -2.0, 0.0, 1.0, -1.0, 0.0])  # its sum is zero, and some of its entries
    want = vector - (vector @ other) / (other @ other) * other
    says = "Entries of zero, or a sum of zero, don't make a vector of length zero."
    expect.close(answer.call("without", tensor(vector), tensor(other)), want, says, rtol=1e-3, atol=1e-4)
    expect.close(answer.call("cosines", tensor([other])), [[1.0]], says, rtol=1e-3)
