"""Sampling with a key-value cache, and log-probabilities of given continuations; for one model or a mix of several.

A model is a TransformerLens bridge (its hooks run, in every step) or a transformers model with its tokenizer.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worktest.errors import UserError

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

Mix = Callable[..., "torch.Tensor"]
"""Logits of each model, [batch, vocabulary], to the logits that are used."""


@dataclass(frozen=True)
class Sample:
    """One continuation. ``logprob`` is the sum over ``tokens`` at temperature 1, in nats, under the mix of models."""

    prompt: str
    text: str
    tokens: list[int]
    logprob: float
    ended: bool
    """Whether it ended by itself (an end token or ``stop``) before the limit."""

    def __str__(self) -> str:
        return self.text


def tokenizer_of(model: Any) -> Any:
    """The tokenizer that came with a model. Raises UserError when there is none."""
    found = getattr(model, "tokenizer", None)
    if found is None:
        raise UserError("this model has no tokenizer: set model.tokenizer first")
    return found


def as_chat(model: Any, user: str, system: str | None = None) -> str:
    """The prompt of a chat in the model's own format, up to where it answers. Raises UserError where it has none."""
    tokenizer = tokenizer_of(model)
    if not tokenizer.chat_template:
        raise UserError("this model has no chat format: it is no instruction-tuned model, so give it plain text")
    said = [{"role": "system", "content": system}] if system is not None else []
    said.append({"role": "user", "content": user})
    return str(tokenizer.apply_chat_template(said, tokenize=False, add_generation_prompt=True))


def sample(
    model: Any,
    prompts: str | Sequence[str],
    n: int = 1,
    temperature: float = 1.0,
    seed: int = 0,
    *,
    max_tokens: int = 20,
    batch: int = 32,
    stop: str | None = None,
    mix: Mix | None = None,
    once: bool = False,
) -> list[list[Sample]]:
    """``n`` continuations of each prompt, as a list for each prompt.

    ``model`` is one model, or several that share a tokenizer with ``mix``, which makes one of their logits: with
    ``[after, before]`` and ``lambda a, b: a + 2 * (a - b)`` it is logit-diff amplification at alpha 2. Each model has
    its own key-value cache. ``temperature`` 0 takes the likeliest token. ``stop`` ends a continuation where this text
    appears, which is cut off. The draws depend on ``seed`` and on the place of prompt and repetition, not on ``batch``
    or on torch's or numpy's global state. With ``once``, a prompt that several rows of a batch share is read once and
    its keys and values are copied: much faster for many draws from long prompts; a hook then sees it once. Raises
    UserError for a prompt of no token or a wrong number.
    """
    models = _models(model, mix)
    given = [prompts] if isinstance(prompts, str) else list(prompts)
    if n < 1 or max_tokens < 1 or batch < 1 or not temperature >= 0:
        raise UserError("n, max_tokens and batch are at least 1, and temperature is not negative")
    tokenizer = tokenizer_of(models[0])
    ids = [_encode(models[0], prompt) for prompt in given for _ in range(n)]
    draws = np.random.default_rng(seed).random((len(ids), max_tokens))
    found: list[Sample] = []
    for start in range(0, len(ids), batch):
        rows = ids[start : start + batch]
        texts = [given[(start + i) // n] for i in range(len(rows))]
        drawn = draws[start : start + batch]
        found += _sample_batch(models, tokenizer, rows, texts, drawn, temperature, stop, mix or _only, once)
    return [found[i * n : (i + 1) * n] for i in range(len(given))]


def logprobs(
    model: Any,
    prompts: str | Sequence[str],
    continuations: str | Sequence[str],
    *,
    batch: int = 16,
    mix: Mix | None = None,
    once: bool = False,
) -> list[NDArray[np.float64]]:
    """Teacher-forced log-probabilities, in nats, of each continuation's tokens after its prompt: an array a pair.

    A single prompt goes with every continuation, a single continuation with every prompt. Prompt and continuation are
    made into tokens apart: give the continuation the blank that it begins with. ``model``, ``mix`` and ``once`` as in
    `sample`. Raises UserError when the numbers don't fit or something has no token.
    """
    import torch

    models = _models(model, mix)
    before = [prompts] if isinstance(prompts, str) else list(prompts)
    after = [continuations] if isinstance(continuations, str) else list(continuations)
    before = before * len(after) if len(before) == 1 else before
    after = after * len(before) if len(after) == 1 else after
    if len(before) != len(after):
        raise UserError(f"{len(before)} prompts and {len(after)} continuations: give as many of one as of the other")
    tokenizer = tokenizer_of(models[0])
    pairs = [(_encode(models[0], p), _encode(models[0], c, first=False)) for p, c in zip(before, after, strict=True)]
    found: list[NDArray[np.float64]] = [np.empty(0)] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))  # little padding in a batch
    if once:
        order.sort(key=lambda i: (len(pairs[i][0]), pairs[i][0]))  # what is the same prompt in one batch
    with _still(models):
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            if once:
                scores = _after_prompts(models, tokenizer, [pairs[i] for i in chosen], mix or _only)
                for i, score in zip(chosen, scores, strict=True):
                    found[i] = score
                continue
            padded, mask = _padded([pairs[i][0] + pairs[i][1] for i in chosen], tokenizer)
            each = [_forward(one, padded, mask, None)[0] for one in models]
            for row, i in enumerate(chosen):
                wanted = torch.tensor(pairs[i][1])
                # padded on the left: the last logits are those after the last token
                logits = (mix or _only)(*(part[row, -len(wanted) - 1 : -1].float() for part in each)).cpu()
                picked = logits.double().log_softmax(-1).gather(1, wanted[:, None])[:, 0]
                found[i] = picked.numpy()
    return found


def _after_prompts(
    models: list[Any], tokenizer: Any, pairs: list[tuple[list[int], list[int]]], mix: Mix
) -> list[NDArray[np.float64]]:
    """Log-probabilities of each pair's continuation, where each distinct prompt is read once."""
    import torch

    rows, place = _distinct([prompt for prompt, _ in pairs])
    ids, mask = _padded(rows, tokenizer)
    width = max(len(after) for _, after in pairs)
    after = torch.tensor([said + [0] * (width - len(said)) for _, said in pairs])
    whole = torch.cat([mask[place], torch.tensor([[1] * len(s) + [0] * (width - len(s)) for _, s in pairs])], dim=1)
    each = []
    for one in models:
        first, cache = _forward(one, ids, mask, None, keep=True)
        cache.batch_select_indices(torch.tensor(place, device=first.device))
        rest, _ = _forward(one, after, whole, cache, keep=True)
        each.append((first[:, -1:], rest))
    found = []
    for row, (_, said) in enumerate(pairs):  # row by row: all at once is a gigabyte in float64
        parts = [torch.cat([first[place[row]], rest[row, : len(said) - 1]]).float() for first, rest in each]
        picked = mix(*parts).cpu().double().log_softmax(-1).gather(1, torch.tensor(said)[:, None])
        found.append(picked[:, 0].numpy())
    return found


def _distinct(rows: list[list[int]]) -> tuple[list[list[int]], list[int]]:
    """Each different row once, in the order of the first, and for each row its place among them."""
    first = {row: place for place, row in enumerate(dict.fromkeys(map(tuple, rows)))}
    return [list(row) for row in first], [first[tuple(row)] for row in rows]


def _only(logits: torch.Tensor) -> torch.Tensor:
    return logits


def _models(model: Any, mix: Mix | None) -> list[Any]:
    models = list(model) if isinstance(model, list | tuple) else [model]
    if not models or (len(models) > 1 and mix is None):
        raise UserError("several models need mix=, which says how their logits become one")
    return models


def _encode(model: Any, text: str, *, first: bool = True) -> list[int]:
    """Tokens of a text; at the beginning with what the model expects there, unless the text has it already."""
    tokenizer = tokenizer_of(model)
    begin = tokenizer.bos_token
    first = first and not (begin and text.startswith(begin))
    wanted = getattr(getattr(model, "cfg", None), "default_prepend_bos", None)
    if wanted is None:
        ids = list(tokenizer(text, add_special_tokens=first)["input_ids"])
    else:  # a bridge changes its tokenizer's own habit, so its setting counts
        ids = list(tokenizer(text, add_special_tokens=False)["input_ids"])
        ids = [tokenizer.bos_token_id, *ids] if first and wanted and begin else ids
    if not ids:
        raise UserError(f"{text!r} has no token: there is nothing to go on from")
    return ids


def _padded(rows: list[list[int]], tokenizer: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Tokens and mask, [batch, position], padded on the left."""
    import torch

    width = max(map(len, rows))
    fill = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else 0
    ids = torch.tensor([[fill] * (width - len(row)) + row for row in rows])
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows])
    return ids, mask


@contextlib.contextmanager
def _still(models: list[Any]) -> Iterator[None]:
    """No gradients and no dropout; a model that was in training is so again afterwards."""
    import torch

    training = [one for one in models if one.training]
    for one in training:
        one.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for one in training:
            one.train()


def _forward(model: Any, ids: torch.Tensor, mask: torch.Tensor, cache: Any, *, keep: bool = False) -> tuple[Any, Any]:
    """Logits [batch, position, vocabulary] of ``ids``, and the cache that holds them too. ``mask`` spans both."""
    device = next(model.parameters()).device
    mask = mask.to(device)
    places = (mask.cumsum(-1) - 1).clamp(min=0)[:, -ids.shape[1] :]
    more = {"attention_mask": mask, "past_key_values": cache}
    if "position_ids" in inspect.signature(_inner(model).forward).parameters:  # some read places off the mask
        more["position_ids"] = places
    if hasattr(model, "run_with_hooks"):
        return model(ids.to(device), return_type="logits_and_cache", use_cache=keep, **more)
    out = model(input_ids=ids.to(device), use_cache=keep, **more)
    return out.logits, out.past_key_values


def _inner(model: Any) -> Any:
    """The transformers model of a bridge, or the model itself."""
    return getattr(model, "original_model", model)


def _ends(models: list[Any], tokenizer: Any) -> set[int]:
    named = getattr(getattr(_inner(models[0]), "generation_config", None), "eos_token_id", None)
    ends = set(named) if isinstance(named, list | tuple) else {named}
    return {one for one in (*ends, tokenizer.eos_token_id) if one is not None}


def _sample_batch(
    models: list[Any],
    tokenizer: Any,
    rows: list[list[int]],
    texts: list[str],
    draws: NDArray[np.float64],
    temperature: float,
    stop: str | None,
    mix: Mix,
    once: bool,
) -> list[Sample]:
    """A continuation for each row; ``draws`` is [row, step], even between 0 and 1."""
    import torch

    read, place = _distinct(rows) if once else (rows, None)
    ids, mask = _padded(read, tokenizer)
    ends = _ends(models, tokenizer)
    caches: list[Any] = [None] * len(models)
    made: list[list[int]] = [[] for _ in rows]
    cut: list[str | None] = [None] * len(rows)
    total = [0.0] * len(rows)
    ended = [False] * len(rows)
    with _still(models):
        for step in range(draws.shape[1]):
            last = []
            for i, one in enumerate(models):
                logits, caches[i] = _forward(one, ids, mask, caches[i], keep=True)
                logits = logits[:, -1].float()
                if place and step == 0:
                    caches[i].batch_select_indices(torch.tensor(place, device=logits.device))
                    logits = logits[place]
                last.append(logits)
            if place and step == 0:
                mask = mask[place]
            scores = mix(*last).cpu().double().log_softmax(-1)
            if temperature == 0:
                chosen = scores.argmax(-1)
            else:
                summed = (scores / temperature).softmax(-1).cumsum(-1)
                point = torch.from_numpy(draws[:, step : step + 1]) * summed[:, -1:]
                chosen = torch.searchsorted(summed, point, right=True)[:, 0].clamp(max=summed.shape[1] - 1)
            for row, token in enumerate(chosen.tolist()):
                if ended[row]:
                    continue
                total[row] += float(scores[row, token])
                made[row].append(token)
                ended[row] = token in ends
                if stop and not ended[row]:
                    before, hit, _ = tokenizer.decode(made[row], skip_special_tokens=True).partition(stop)
                    if hit:
                        cut[row], ended[row] = before, True
            if all(ended):
                break
            ids = chosen[:, None]
            mask = torch.cat([mask, torch.ones_like(ids)], dim=1)
    said = [tokenizer.decode(tokens, skip_special_tokens=True) for tokens in made]
    return [
        Sample(texts[i], said[i] if cut[i] is None else str(cut[i]), made[i], total[i], ended[i])
        for i in range(len(rows))
    ]
