"""Visible checks of unit 05. You may read them; they are the same kind of thing as the held-back ones."""

import math

import numpy as np

from worktest.checks import check, expect, tensor
from worktest.reference_transformer import random_weights, run


def _model(answer, weights):
    return answer.make("world.stand_in", *map(tensor, weights.values()))


WEIGHTS = random_weights(
    np.random.default_rng(5), vocab=9, width=6, context=8
)  # a model of three layers, always the same
TOKENS = np.array([[1, 4, 2, 7], [3, 4, 0, 7]])

# steer-vector ---------------------------------------------------------------------------------------------------


@check("steer-vector")
def before_the_first_block(answer, rng):
    """is the difference of mean embeddings at layer 0"""
    embed = np.array([[1, 0, 2, -3], [3, 0, 0, -1], [0, 1, 1, -2], [5, 5, -5, -5]])
    zeros = [np.zeros(shape) for shape in ((3, 4), (2, 4, 4), (2, 4, 5), (2, 5, 4), (4, 4))]
    model = answer.make("world.stand_in", *map(tensor, [embed, *zeros]))
    got = answer.call("contrast_vector", model, tensor([[3, 0], [3, 1]]), tensor([[3, 2], [0, 2]]), 0, 1)
    expect.close(
        got,
        [2, -1, 0, 0],
        "Nothing has happened yet at the input of block 0: a token's activation there is its embedding. Take the mean "
        "over the rows of `positive` at this one position, and subtract the mean over those of `negative`.",
        atol=1e-4,
        look="which axis is averaged, which side is subtracted, and whether other positions come in",
    )


@check("steer-vector")
def what_a_later_block_gets(answer, rng):
    """reads the residual stream as it enters the block"""
    inputs = [run(WEIGHTS, rows)[1][1][:, 3].mean(0) for rows in (TOKENS, TOKENS[:, ::-1])]
    got = answer.call("contrast_vector", _model(answer, WEIGHTS), tensor(TOKENS), tensor(TOKENS[:, ::-1].copy()), 1, 3)
    expect.close(
        got,
        inputs[0] - inputs[1],
        "At layer 1 the vector is made of what enters block 1, that is: after block 0, and before anything of block 1.",
        rtol=1e-3,
        atol=2e-4,
        look="the name of the hook; `ln1` has rescaled the stream already, and `hook_out` is one block later",
    )


@check("steer-vector")
def no_such_layer(answer, rng):
    """refuses a layer that the model does not have"""
    says = (
        "This model has layers 0, 1 and 2. The library would stumble over the name of a hook that does not exist, with "
        "another error: refuse the layer yourself, before you run anything."
    )
    answer.raises("contrast_vector", _model(answer, WEIGHTS), tensor(TOKENS), tensor(TOKENS), 3, 1, says=says)


# steer-add ------------------------------------------------------------------------------------------------------

VECTOR = np.array([1.0, -2.0, 0.5, 0.0, 1.5, -1.0])


@check("steer-add")
def from_start_to_the_end(answer, rng):
    """adds the vector from `start` on, at the input of the one block"""
    model = _model(answer, WEIGHTS)
    got = answer.call("steered_logits", model, tensor(TOKENS), tensor(VECTOR), 1, 2.0, 2)
    got = expect.array(got, (2, 4, 9), "Give back the logits at all positions: (batch, seq, vocab).")
    want = run(WEIGHTS, TOKENS, 1, 2 * VECTOR, 2)[0]
    says = "Positions before `start` can't see what is added later: their logits must stay as they are."
    expect.close(got[:, :2], want[:, :2], says, rtol=1e-3, atol=2e-4, look="the slice of positions in your hook")
    expect.close(
        got[:, 2:],
        want[:, 2:],
        "From `start` on, coefficient * vector must be added to what enters block 1, once.",
        rtol=1e-3,
        atol=2e-4,
        look="the name of the hook, the dose, and whether the hook returns what it has changed",
    )


@check("steer-add")
def stop_is_not_steered(answer, rng):
    """leaves out position `stop`, as slices in Python do"""
    got = answer.call("steered_logits", _model(answer, WEIGHTS), tensor(TOKENS), tensor(VECTOR), 1, -1.0, 1, 2)
    expect.close(
        got,
        run(WEIGHTS, TOKENS, 1, -VECTOR, 1, 2)[0],
        "With start 1 and stop 2 a single position is steered, here with a dose of -1.",
        rtol=1e-3,
        atol=2e-4,
        look="where the slice ends, and the sign",
    )


@check("steer-add")
def leaves_no_hook(answer, rng):
    """leaves the model as it was"""
    model = _model(answer, WEIGHTS)
    answer.call("steered_logits", model, tensor(TOKENS), tensor(VECTOR), 1, 5.0)
    got = answer.call("steered_logits", model, tensor(TOKENS), tensor(VECTOR), 1, 0.0)
    expect.close(
        got,
        run(WEIGHTS, TOKENS)[0],
        "After a run with dose 5 a run with dose 0 must give the plain logits. If it does not, the first hook still "
        "acts, or a dose of 0 changes something.",
        rtol=1e-3,
        atol=2e-4,
        look="how the hook was put in: who takes it out again?",
    )


# steer-effect ---------------------------------------------------------------------------------------------------


@check("steer-effect")
def sides_as_a_whole(answer, rng):
    """adds up the probabilities of a side before it takes the log"""
    logits = np.log([[0.3, 0.1, 0.05, 0.15, 0.4], [0.2, 0.2, 0.2, 0.2, 0.2]])
    got = answer.call("log_odds", tensor(logits), tensor([0, 1]), tensor([2, 3, 4]))
    expect.close(
        got,
        [math.log(0.4 / 0.6), math.log(0.4 / 0.6)],
        "A side is the event that any of its tokens comes: its probabilities add up. A mean of log-probabilities, or "
        "the largest logit alone, is something else.",
        atol=1e-4,
        look="`logsumexp`, and over which dimension",
    )


@check("steer-effect")
def share_with_interval(answer, rng):
    """counts effects below zero, with a Wilson interval"""
    got = answer.call("wrong_way", np.array([1.5, -0.5, 2.0, 0.0, 3.0, -1.0, 0.5, 0.0]))
    share, low, high = expect.array(got, (3,), "`wrong_way` must give three numbers, (share, low, high).")
    expect.close(
        share,
        0.25,
        "The share that moved the wrong way: effects below zero, among all. One of exactly zero did not move.",
        look="< against <=, and what you divide by",
    )
    p, n, z = 0.25, 8, 1.959964
    centre, half = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    expect.close(
        [low, high],
        [(centre - half) / (1 + z**2 / n), (centre + half) / (1 + z**2 / n)],
        "Low and high are the ends of the Wilson interval. It is not symmetric about the share.",
        rtol=1e-3,
        look="the formula above the cell: which terms are divided by 1 + z squared over n",
    )


@check("steer-effect")
def no_effects(answer, rng):
    """refuses to take a share of nothing"""
    answer.raises("wrong_way", np.zeros(0), says="There is no share of no effects, not even NaN: raise ValueError.")
