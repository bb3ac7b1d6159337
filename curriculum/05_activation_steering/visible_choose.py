"""Visible checks of unit 05: choosing a setting, and what one vector carries of another."""

import numpy as np

from worktest.checks import check, expect, tensor

# steer-choose ---------------------------------------------------------------------------------------------------


@check("steer-choose")
def the_largest_within_the_budget(answer, rng):
    """chooses among five settings that you can go through by hand"""
    effects = np.array([5.0, 0.4, 2.0, -3.0, 1.5])
    costs = np.array([0.6, 0.0, 0.1, 0.02, 0.05])
    got = answer.call("choose_setting", effects, costs, 0.1)
    expect.equal(
        int(expect.number(got, "Give back one whole number, the index of a setting.")),
        2,
        "Strike out what costs more than 0.1; what costs just 0.1 may stay. Of the rest take the largest effect, with "
        "its sign, and give its place among all five settings.",
        expected="another index",
        look="`<` or `<=`, the sign of the effects, and whether you count in the full list or in the shortened one",
    )


@check("steer-choose")
def draws_choose_for_themselves(answer, rng):
    """lets each of four random draws choose its own setting"""
    effects, costs = np.array([1.0, 2.5]), np.array([0.0, 0.5])
    null_effects = np.array([[0.2, 3.0], [0.4, 4.0], [0.1, 0.3], [-0.5, 1.6]])
    null_costs = np.array([[0.0, 0.05], [0.0, 0.3], [0.0, 0.0], [0.0, 0.0]])
    got = answer.call("selection_p_value", effects, costs, null_effects, null_costs, 0.1)
    expect.close(
        got,
        0.6,
        "Within 0.1 the real vector chooses its first setting, for its second is too dear. The draws are not bound to "
        "that place: each takes the largest effect that its own costs allow. The first draw chooses its second "
        "setting; the second draw can't pay for its own.",
        look="whose costs bind a draw, in which column you look, and the real effect, which counts as one more draw",
    )


# steer-overlap --------------------------------------------------------------------------------------------------


@check("steer-overlap")
def three_angles_by_hand(answer, rng):
    """gives the cosines of three short vectors, whatever their lengths"""
    got = answer.call("cosines", tensor([[3.0, 4.0, 0.0], [0.0, 2.0, 0.0], [-6.0, -8.0, 0.0]]))
    expect.close(
        got,
        [[1, 0.8, -1], [0.8, 1, -0.8], [-1, -0.8, 1]],
        "A cosine is the dot product divided by both lengths, so it lies between -1 and 1: 1 on the diagonal, and -1 "
        "for vectors that point in opposite directions.",
        look="whether both lengths are divided out, and whether the lengths are taken along dim 1",
    )


@check("steer-overlap")
def a_component_by_hand(answer, rng):
    """takes a component away in the plane"""
    got = answer.call("without", tensor([5.0, 1.0]), tensor([2.0, 2.0]))
    expect.close(
        got,
        [2, -2],
        "The component of (5, 1) along (2, 2) is (3, 3): 12 / 8 times (2, 2). Give back what is left of the first "
        "vector without it; the dot product of that with (2, 2) is 0.",
        look="which of the two is projected on which, and what the dot product is divided by",
    )
