"""The real model, from the package registry to a steered sentence. Run by test_models_real.py, in a process of its own."""

from __future__ import annotations

from typing import Any

import pytest
import real_model
import torch

from worktest import models

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def model() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        kept = real_model.needed(patch)
        assert kept.damage(full=True) is None and "4 bits" in kept.about.rounding
        yield models.load(device="cpu")


def test_it_knows_the_capital_of_france(model: Any) -> None:
    said = models.sample(model, "The capital of France is", temperature=0, max_tokens=20)[0][0]
    assert said.text.startswith(" Paris") and len(said.tokens) == 20
    paris, london = models.logprobs(model, "The capital of France is", [" Paris", " London"])
    assert paris.sum() > london.sum() + 2


def test_it_answers_in_a_chat_and_ends_by_itself(model: Any) -> None:
    prompt = models.as_chat(model, "What is the capital of France? Answer with one word.")
    said = models.sample(model, prompt, temperature=0, max_tokens=40)[0][0]
    assert "Paris" in said.text and "<|im" not in said.text and said.ended


def test_numbers_are_read_digit_by_digit(model: Any) -> None:
    assert [model.tokenizer.decode(one) for one in model.tokenizer("2024", add_special_tokens=False)["input_ids"]] == [
        *"2024"
    ]


def test_padding_and_batches_change_no_draw(model: Any) -> None:
    prompts = ["The dog", "Once upon a time there was a small"]
    one = [[s.tokens for s in row] for row in models.sample(model, prompts, 3, seed=1, max_tokens=10, batch=1)]
    many = [[s.tokens for s in row] for row in models.sample(model, prompts, 3, seed=1, max_tokens=10)]
    assert one == many


def test_a_pushed_residual_stream_changes_the_sentence(model: Any) -> None:
    site = "blocks.14.hook_out"

    def mean_of(text: str) -> torch.Tensor:
        _, cache = model.run_with_cache(text)
        return cache[site][0, -1]

    push = mean_of("I love this. It is wonderful") - mean_of("I hate this. It is terrible")
    plain, steered = (
        models.sample(model, "I think this film is", temperature=0, max_tokens=15)[0][0].text,
        _steered(model, site, 6 * push),
    )
    assert plain != steered and steered.strip()


def _steered(model: Any, site: str, push: torch.Tensor) -> str:
    with model.hooks(fwd_hooks=[(site, lambda x, hook: x + push)]):
        return models.sample(model, "I think this film is", temperature=0, max_tokens=15)[0][0].text
