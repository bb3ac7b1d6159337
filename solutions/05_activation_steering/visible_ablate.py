"""Visible checks of unit 05: ablation, and the colleague's layer sweep. The models are small and computed by hand."""

import numpy as np

from worktest.checks import check, expect, tensor
from worktest.reference_transformer import layer_norm

D, VOCAB, SEQ, HIDDEN = 6, 9, 4, 10
TOKENS = np.array([[1, 5, 2, 7], [8, 0, 3, 3]])


def weights(rng, layers):
    """Embedding, positions, unembedding, and for each layer the three matrices of a block."""
    outer = [rng.normal(size=(VOCAB, D)), rng.normal(size=(SEQ, D)), rng.normal(size=(D, VOCAB))]
    return [*outer, *[rng.normal(size=(layers, *shape)) for shape in ((D, D), (D, HIDDEN), (HIDDEN, D))]]


def model_of(answer, embed, positions, unembed, mix, mlp_in, mlp_out):
    """The transformer with these weights: its one head takes the mean of all positions so far."""
    return answer.make("world.stand_in", *map(tensor, (embed, positions, mix, mlp_in, mlp_out, unembed)))


# steer-ablate ---------------------------------------------------------------------------------------------------


@check("steer-ablate")
def one_block_by_hand(answer, rng):
    """is right for a model of one block"""
    embed, positions, unembed, mix, mlp_in, mlp_out = weights(rng, 1)
    model = model_of(answer, embed, positions, unembed, mix, mlp_in, mlp_out)
    vector = rng.normal(size=D)
    unit = vector / np.sqrt(vector @ vector)

    def off(x):
        return x - np.outer(x @ unit, unit).reshape(x.shape)

    x = off(embed[TOKENS] + positions)  # hook_in
    so_far = np.arange(1, SEQ + 1)[:, None]
    x = x + off(layer_norm(x).cumsum(axis=1) / so_far @ mix[0])  # attn.hook_out
    x = x + off(np.maximum(layer_norm(x) @ mlp_in[0], 0) @ mlp_out[0])  # mlp.hook_out
    expect.close(
        answer.call("ablated_logits", model, tensor(TOKENS), tensor(vector)),
        layer_norm(x) @ unembed,
        "In this one block the direction must be gone at three places, at every position: what the block reads, what "
        "its attention writes, and what its MLP writes.",
        rtol=1e-3,
        atol=1e-3,
        look="a place that is missing, positions that are left out, or a vector that has not been brought to norm 1",
    )


@check("steer-ablate")
def the_length_says_nothing(answer, rng):
    """does the same for a vector and for ten times that vector"""
    model = model_of(answer, *weights(rng, 2))
    vector = rng.normal(size=D)
    one, ten = (answer.call("ablated_logits", model, tensor(TOKENS), tensor(f * vector)) for f in (1, 10))
    says = "Give back logits of shape (batch, seq, vocab)."
    expect.close(
        expect.array(one, (*TOKENS.shape, VOCAB), says),
        expect.array(ten, (*TOKENS.shape, VOCAB), says),
        "A direction has no length: ten times the vector must give the same logits.",
        rtol=1e-3,
        atol=1e-3,
        look="$x - (x \\cdot \\hat r)\\,\\hat r$ needs a vector of norm 1 at both of its places",
    )


# steer-debug ----------------------------------------------------------------------------------------------------


def empty_blocks(answer, rng, layers):
    """A model whose blocks write nothing: what enters block 0 enters every block, and is read at the end."""
    embed, positions, unembed, *blocks = weights(rng, layers)
    return model_of(answer, embed, positions, unembed, *[0 * block for block in blocks]), (embed, positions, unembed)


@check("steer-debug")
def empty_blocks_are_all_alike(answer, rng):
    """gives every layer the same effect when the blocks do nothing"""
    model, (embed, positions, unembed) = empty_blocks(answer, rng, 3)
    positive, negative = np.array([[0, 1, 2, 3], [0, 1, 4, 3]]), np.array([[0, 1, 5, 3], [0, 1, 6, 3]])
    sides = np.array([1, 2]), np.array([3, 4, 5])
    vector = embed[[2, 4]].mean(axis=0) - embed[[5, 6]].mean(axis=0)  # the positions cancel

    def odds(x):
        p = np.exp(layer_norm(x) @ unembed)
        return np.log(p[:, sides[0]].sum(axis=1) / p[:, sides[1]].sum(axis=1))

    x = embed[TOKENS[:, -1]] + positions[-1]
    got = answer.call("layer_effects", model, *map(tensor, (positive, negative, TOKENS)), 2, tuple(map(tensor, sides)))
    expect.close(
        got,
        np.full(3, (odds(x + vector) - odds(x)).mean()),
        "These blocks write nothing, so whatever is added to the stream at any layer is still there at the end: three "
        "times the same effect. With what is added *after* a block's norm, only that block's attention would meet it.",
        rtol=1e-3,
        atol=1e-3,
        look="the place at which you add, and the place at which you read",
    )


@check("steer-debug")
def dose_zero_is_no_effect(answer, rng):
    """gives a shift of zero at every layer for dose 0"""
    model = model_of(answer, *weights(rng, 3))
    positive, negative = rng.integers(0, VOCAB, size=(2, 3, SEQ))
    sides = tensor(np.array([1, 2])), tensor(np.array([3, 4]))
    got = answer.call("layer_effects", model, *map(tensor, (positive, negative, TOKENS)), 1, sides, 0.0)
    says = "At dose 0 nothing is added, so the shift is 0. An effect is the steered log-odds *minus* the plain ones."
    expect.close(got, np.zeros(3), says, atol=1e-4, look="which run the plain log-odds come from")
