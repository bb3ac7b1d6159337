"""The world of unit 00: one tiny transformer, made in milliseconds.

Nothing is trained and nothing is downloaded. The models here are TransformerLens models
(``TransformerBridge``), so what you learn about hooks holds for real ones too.
"""

from __future__ import annotations

import functools

from torch import Tensor
from transformer_lens import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge

VOCABULARY = 20
"""Number of different tokens; a token is an integer from 0 to 19."""
N_LAYERS = 4
D_MODEL = 32


def tiny_model(seed: int = 0, n_layers: int = N_LAYERS) -> TransformerBridge:
    """A transformer with random weights: ``n_layers`` blocks, width 32, 20 tokens, at most 16 positions."""
    config = TransformerBridgeConfig(
        d_model=D_MODEL,
        d_head=16,
        n_heads=2,
        n_layers=n_layers,
        n_ctx=16,
        d_vocab=VOCABULARY,
        d_mlp=64,
        act_fn="gelu",
        normalization_type="LN",
        seed=seed,
    )
    model = TransformerBridge.boot_native(config)
    return model.eval()


def planted_model(embed: Tensor, writes: Tensor) -> TransformerBridge:
    """A transformer whose residual stream is known: token t starts at ``embed[t]``, block l adds ``writes[l]``.

    ``embed`` has shape (tokens, width) and ``writes`` has shape (layers, width). A block's attention adds a quarter of
    its write and its MLP the rest, so that reading only one of the two is seen. The checks use it: what a hook on
    this model must see can be computed without the model. A second call with the same shapes refills the same model.
    """
    model = _empty_model(*embed.shape, len(writes))
    model.reset_hooks()
    weights = model.state_dict()
    weights["embed.weight"].copy_(embed)
    for layer, write in enumerate(writes):
        weights[f"blocks.{layer}.attn.o.bias"].copy_(0.25 * write)
        weights[f"blocks.{layer}.mlp.out.bias"].copy_(0.75 * write)
    return model


@functools.cache  # building takes a tenth of a second, refilling a hundredth
def _empty_model(tokens: int, width: int, layers: int) -> TransformerBridge:
    """A transformer whose weights are all zero: every block adds nothing."""
    config = TransformerBridgeConfig(
        d_model=width,
        d_head=width,
        n_heads=1,
        n_layers=layers,
        n_ctx=32,
        d_vocab=tokens,
        d_mlp=4,
        act_fn="gelu",
        normalization_type="LN",
        seed=0,
    )
    model = TransformerBridge.boot_native(config)
    for weight in model.state_dict().values():
        weight.zero_()
    return model.eval()
