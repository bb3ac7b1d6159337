"""Light fine-tunes through the top blocks: the shortcut gives what the whole model gives, and only the top learns."""

from __future__ import annotations

from typing import Any

import pytest
import tiny_lm
import torch

from worktest import models
from worktest.errors import UserError
from worktest.models import top

PAIRS = [("Hello", " you"), ("a", "b"), ("The longest of them", ", by far.")]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Any:
    found = models.load(str(tiny_lm.tiny(tmp_path_factory.mktemp("models") / "tiny")), device="cpu", quiet=True)
    for weight in found.parameters():
        weight.requires_grad_(False)
    return found


@pytest.mark.parametrize("n", [1, 2])
def test_the_shortcut_gives_the_log_probabilities_of_the_whole_model(model: Any, n: int) -> None:
    rows = top.as_rows(model, PAIRS, n)
    logits = top.answer_logits(model, rows.hidden, rows.mine, n)
    wanted = rows.ids[:, 1:][rows.mine[:, 1:]]
    found = logits.log_softmax(-1).gather(-1, wanted[:, None])[:, 0]
    whole = [value for prompt, answer in PAIRS for one in models.logprobs(model, prompt, [answer]) for value in one]
    assert found.tolist() == pytest.approx([float(value) for value in whole], abs=1e-4)


def test_a_twin_learns_and_the_model_does_not(model: Any) -> None:
    rows = top.as_rows(model, PAIRS, 1)
    before = top.answer_logits(model, rows.hidden, rows.mine, 1)
    other = top.twin(model, 1)
    shared = {id(weight) for weight in model.parameters()} & {id(weight) for weight in other.parameters()}
    assert len(shared) == len(list(model.parameters())) - len(list(top.blocks(model, 1).parameters()))
    learning = top.blocks(other, 1).requires_grad_(True)
    optimizer = torch.optim.SGD(learning.parameters(), lr=0.1)
    wanted = rows.ids[:, 1:][rows.mine[:, 1:]]
    torch.nn.functional.cross_entropy(top.answer_logits(other, rows.hidden, rows.mine, 1), wanted).backward()
    optimizer.step()
    with torch.no_grad():
        assert not torch.allclose(top.answer_logits(other, rows.hidden, rows.mine, 1), before)
        assert torch.equal(top.answer_logits(model, rows.hidden, rows.mine, 1), before)


def test_no_token_sees_a_later_one(model: Any) -> None:
    short, long = (top.as_rows(model, [("Hello", answer)], 2) for answer in (" you", " you and all the others"))
    at = short.ids.shape[1]
    streams = [top.last_stream(model, rows.hidden, 2)[:, :at] for rows in (short, long)]
    assert torch.allclose(*streams, atol=1e-5)


@pytest.mark.parametrize("n", [0, 3])
def test_more_blocks_than_there_are_is_one_line(model: Any, n: int) -> None:
    with pytest.raises(UserError, match=f"has 2 blocks, and {n}"):
        top.twin(model, n)


def test_another_architecture_is_named() -> None:
    from transformers import GPT2Config, GPT2LMHeadModel

    class Held:
        original_model = GPT2LMHeadModel(GPT2Config(n_layer=1, n_embd=8, n_head=1, vocab_size=8, n_positions=8))

    with pytest.raises(UserError, match="GPT2LMHeadModel is not built like Llama"):
        top.blocks(Held(), 1)
