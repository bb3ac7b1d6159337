"""A small transformer in numpy: what a check compares with, computed by other means than the model it asks about.

Each block adds to the residual stream twice: first the mean of the normed stream over all positions so far, times
`mix`, as one attention head does that looks at all of them alike; then a ReLU layer of the normed stream. Norms have
no gain and no offset, and the unembedding follows a last one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Weights = dict[str, Array]
"""By name, in this order: embed (vocab, width), pos_embed (context, width), mix (layers, width, width), mlp_in
(layers, width, hidden), mlp_out (layers, hidden, width), unembed (width, vocab)."""


def random_weights(
    rng: np.random.Generator, *, vocab: int = 11, width: int = 7, layers: int = 3, hidden: int = 10, context: int = 9
) -> Weights:
    """Weights under which each part of a block moves the logits; rounded to float32, as a torch model holds them."""
    shapes = {
        "embed": (1.0, (vocab, width)),
        "pos_embed": (0.7, (context, width)),
        "mix": (0.8, (layers, width, width)),
        "mlp_in": (0.6, (layers, width, hidden)),
        "mlp_out": (0.6, (layers, hidden, width)),
        "unembed": (0.8, (width, vocab)),
    }
    return {
        name: (scale * rng.normal(size=shape)).astype(np.float32).astype(float)
        for name, (scale, shape) in shapes.items()
    }


def layer_norm(x: Array) -> Array:
    """Layer norm over the last axis."""
    centred: Array = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
    return centred


def run(
    weights: Weights,
    tokens: ArrayLike,
    layer: int | None = None,
    shift: ArrayLike = 0.0,
    start: int = 0,
    stop: int | None = None,
    *,
    ablate: Array | None = None,
) -> tuple[Array, list[Array]]:
    """Logits (batch, seq, vocab), and the residual stream that enters each block (batch, seq, width).

    `shift` is added at the input of block `layer`, at the positions from `start` up to `stop`. The direction of
    `ablate` is projected out of each block's input, and of what its two halves write.
    """
    ids = np.asarray(tokens)
    unit = None if ablate is None else ablate / np.linalg.norm(ablate)

    def kept(x: Array) -> Array:
        return x if unit is None else x - (x @ unit)[..., None] * unit

    x, entering = weights["embed"][ids] + weights["pos_embed"][: ids.shape[1]], []
    so_far = np.arange(1, ids.shape[1] + 1)[:, None]
    for i in range(len(weights["mix"])):
        if i == layer:
            x = x.copy()
            x[:, start:stop] += shift
        entering.append(x)
        x = kept(x)
        x = x + kept(layer_norm(x).cumsum(axis=1) / so_far @ weights["mix"][i])
        x = x + kept(np.maximum(layer_norm(x) @ weights["mlp_in"][i], 0) @ weights["mlp_out"][i])
    return layer_norm(x) @ weights["unembed"], entering
