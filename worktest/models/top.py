"""Light fine-tunes: only the top blocks of a model learn, so what the blocks below make of a text is computed once.

With two of thirty blocks a training step costs about a fifteenth of a whole one. For models that are built like Llama,
as SmolLM2 is: rotary positions, causal attention, a norm before the unembedding.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from worktest.errors import UserError

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Rows(NamedTuple):
    """Texts that are ready for the top blocks."""

    ids: Tensor
    """Tokens, (rows, length), padded on the right, where no token looks."""
    mine: Tensor
    """Which tokens belong to the answer, (rows, length)."""
    hidden: Tensor
    """What enters the top blocks, (rows, length, d_model)."""


def blocks(model: Any, n: int) -> torch.nn.ModuleList:
    """The ``n`` top blocks of a model. Raises UserError for one that is not built like Llama, or has fewer."""
    inner: Any = getattr(model.original_model, "model", None)
    if not all(hasattr(inner, name) for name in ("layers", "rotary_emb", "norm")):
        kind = type(model.original_model).__name__
        raise UserError(f"{kind} is not built like Llama: take a model that is, as SmolLM2, or train it whole")
    if not 0 < n <= len(inner.layers):
        raise UserError(f"the model has {len(inner.layers)} blocks, and {n} of them were to be trained")
    top: torch.nn.ModuleList = inner.layers[-n:]
    return top


def twin(model: Any, n: int) -> Any:
    """A second model that shares all weights with ``model`` but those of its ``n`` top blocks, which are copies."""
    own = {id(weight) for weight in blocks(model, n).parameters()}
    return copy.deepcopy(model, {id(weight): weight for weight in model.parameters() if id(weight) not in own})


def as_rows(model: Any, pairs: Sequence[tuple[str, str]], n: int) -> Rows:
    """Pairs of prompt and answer, ready for the ``n`` top blocks of ``model`` or of any twin of it.

    Prompt and answer are made tokens apart, without special tokens.
    """
    import torch

    blocks(model, n)
    cut = [[model.tokenizer(text, add_special_tokens=False)["input_ids"] for text in pair] for pair in pairs]
    length = max(len(prompt) + len(answer) for prompt, answer in cut)
    ids = torch.full((len(cut), length), model.tokenizer.eos_token_id)
    mine = torch.zeros(ids.shape, dtype=torch.bool)
    for row, (prompt, answer) in enumerate(cut):
        ids[row, : len(prompt) + len(answer)] = torch.tensor(prompt + answer)
        mine[row, len(prompt) : len(prompt) + len(answer)] = True
    device = next(model.parameters()).device
    ids, mine = ids.to(device), mine.to(device)
    with torch.no_grad():
        return Rows(ids, mine, torch.cat([model(part, stop_at_layer=-n) for part in ids.split(16)]))


def last_stream(model: Any, hidden: Tensor, n: int) -> Tensor:
    """What enters the unembedding, normalised, from what enters the ``n`` top blocks; both (rows, length, d_model)."""
    import torch

    top, inner, length = blocks(model, n), model.original_model.model, hidden.shape[1]
    turned = inner.rotary_emb(hidden, torch.arange(length, device=hidden.device)[None])
    # no token sees a later one
    later = torch.full((1, 1, length, length), -torch.inf, device=hidden.device).triu(1)
    for block in top:
        hidden = block(hidden, attention_mask=later, position_embeddings=turned)
    stream: Tensor = inner.norm(hidden)
    return stream


def answer_logits(model: Any, hidden: Tensor, mine: Tensor, n: int) -> Tensor:
    """Logits that predict the answers' tokens, (answer tokens, vocabulary), row by row; for parts of `Rows`."""
    logits: Tensor = model.original_model.lm_head(last_stream(model, hidden, n)[:, :-1][mine[:, 1:]])
    return logits
