"""Visible checks of unit 00. You may read them; they are the same kind of thing as the held-back ones."""

import numpy as np

from worktest.checks import check, expect, tensor


@check("start-residual-norms")
def one_number_for_each_block(answer, rng):
    """gives one number for each block"""
    model = answer.make("world.tiny_model", seed=3)
    got = answer.call("residual_norms", model, tensor([[1, 2, 3], [4, 5, 6]]))
    expect.array(got, (4,), "The model has four blocks, so four numbers must come back, one for each block.")


@check("start-residual-norms")
def one_token_has_the_norm_of_its_vector(answer, rng):
    """is the length of the vector when there is one token only"""
    embed = np.array([[3.0, 4.0], [1.0, 0.0]])
    writes = np.array([[0.0, 0.0], [3.0, 4.0]])
    model = answer.make("world.planted_model", tensor(embed), tensor(writes))
    got = answer.call("residual_norms", model, tensor([[0]]))
    expect.close(
        got,
        [5.0, 10.0],
        "One token that starts at (3, 4); block 0 adds nothing, block 1 adds (3, 4). The numbers must be the "
        "lengths of these vectors: the square root of the sum of squares over the last dimension.",
        look="the `dim` you take the norm over, and whether you read the stream after the block",
    )


@check("start-norm-plot")
def one_line_with_the_data(answer, rng):
    """draws one line through the numbers it was given"""
    figure = answer.figure("plot_norms", tensor([1.0, 2.0, 4.0]))
    drawn = figure.lines + figure.errorbars
    expect.true(len(drawn) == 1, "The plot must hold one line.", expected="one line", got=f"{len(drawn)} lines")
    expect.close(drawn[0]["y"], [1.0, 2.0, 4.0], "The line's heights must be the norms it was given.")
    expect.close(drawn[0]["x"], [0, 1, 2], "The horizontal axis must be the block's number, counted from 0.")


@check("start-norm-plot")
def both_axes_are_named(answer, rng):
    """has a title and names both axes"""
    figure = answer.figure("plot_norms", tensor([1.0, 2.0, 4.0]))
    for name, text in (("title", figure.title), ("x label", figure.xlabel), ("y label", figure.ylabel)):
        expect.true(len(text.strip()) >= 3, f"The {name} is missing.", expected="a few words", got=repr(text))
