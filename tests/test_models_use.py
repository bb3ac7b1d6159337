"""Loading, sampling and scoring, on a model of a few thousand weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_lm
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from worktest import models
from worktest.errors import UserError
from worktest.models import get as get_module

PROMPTS = ["Hello", "a", "The longest of them, by far"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_lm.tiny(tmp_path_factory.mktemp("ein modell") / "tiny")


@pytest.fixture(scope="module")
def plain(folder: Path) -> Any:
    """A transformers model with its tokenizer."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    model.tokenizer = AutoTokenizer.from_pretrained(folder)
    return model


@pytest.fixture(scope="module")
def bridge(folder: Path) -> Any:
    return models.load(str(folder), device="cpu", quiet=True)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKTEST_MODELS", str(tmp_path / "meine modelle"))


def likeliest(model: Any, prompt: str, steps: int) -> list[int]:
    """Greedy decoding without a cache and without padding: the slow way."""
    ids = model.tokenizer(prompt)["input_ids"]
    begin = len(ids)
    for _ in range(steps):
        with torch.no_grad():
            token = int(model(torch.tensor([ids])).logits[0, -1].argmax())
        ids.append(token)
        if token == model.tokenizer.eos_token_id:
            break
    return ids[begin:]


def test_the_cache_and_the_padding_change_nothing(plain: Any, bridge: Any) -> None:
    slow = [likeliest(plain, prompt, 12) for prompt in PROMPTS]
    assert len({tuple(tokens) for tokens in slow}) == 3
    for model in (plain, bridge):
        fast = models.sample(model, PROMPTS, temperature=0, max_tokens=12)
        assert [rows[0].tokens for rows in fast] == slow


@pytest.mark.parametrize("kind", ["GPT2", "Bloom"], ids=["learned positions", "no positions"])
def test_padding_moves_no_position_in_other_models(kind: str) -> None:
    import transformers

    sizes = {"GPT2": {"n_embd": 32, "n_layer": 2, "n_head": 2}, "Bloom": {"hidden_size": 32, "n_layer": 2, "n_head": 2}}
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = getattr(transformers, f"{kind}Config")(vocab_size=80, eos_token_id=1, **sizes[kind])
        model = getattr(transformers, f"{kind}ForCausalLM" if kind == "Bloom" else "GPT2LMHeadModel")(config).eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(8)
    model.tokenizer = tiny_lm.tiny_tokenizer()
    alone = [models.logprobs(model, prompt, " is it")[0] for prompt in PROMPTS]
    np.testing.assert_allclose(np.array(models.logprobs(model, PROMPTS, " is it")), np.array(alone), atol=1e-3)
    fast = models.sample(model, PROMPTS, temperature=0, max_tokens=8)
    assert [rows[0].tokens for rows in fast] == [likeliest(model, prompt, 8) for prompt in PROMPTS]


def test_logprobs_are_those_of_the_whole_text(plain: Any, bridge: Any) -> None:
    after = [" is it", "b", " said the dog."]
    tokenizer = plain.tokenizer
    for model in (plain, bridge):
        found = models.logprobs(model, PROMPTS, after, batch=2)
        for prompt, continuation, got in zip(PROMPTS, after, found, strict=True):
            first, rest = tokenizer(prompt)["input_ids"], tokenizer(continuation)["input_ids"]
            with torch.no_grad():
                scores = plain(torch.tensor([first + rest])).logits[0].double().log_softmax(-1)
            wanted = [float(scores[len(first) - 1 + i, token]) for i, token in enumerate(rest)]
            np.testing.assert_allclose(got, wanted, atol=1e-4)


def test_a_sample_carries_its_own_logprob(bridge: Any) -> None:
    for one in models.sample(bridge, "Hello", n=4, seed=5, max_tokens=6)[0]:
        if one.tokens[-1] != bridge.tokenizer.eos_token_id:
            again = models.logprobs(bridge, "Hello", bridge.tokenizer.decode(one.tokens))[0].sum()
            assert one.logprob == pytest.approx(again, abs=1e-3)


def test_draws_depend_on_the_seed_and_on_nothing_else(bridge: Any) -> None:
    def draw(seed: int, batch: int) -> list[list[list[int]]]:
        return [[one.tokens for one in row] for row in models.sample(bridge, PROMPTS, 4, seed=seed, batch=batch)]

    torch.manual_seed(1)
    before, numpy_before = torch.random.get_rng_state(), np.random.get_state()[1].copy()  # type: ignore[index]
    first = draw(7, 32)
    assert torch.equal(torch.random.get_rng_state(), before)
    assert (np.random.get_state()[1] == numpy_before).all()  # type: ignore[index]
    torch.manual_seed(2)
    assert draw(7, 32) == first and draw(7, 5) == first and draw(8, 32) != first
    assert len({tuple(tokens) for tokens in first[0]}) > 1


def test_a_prompt_read_once_gives_the_same(plain: Any, bridge: Any) -> None:
    prompts, after = ["The dog", "Once upon a time", "The dog", "a"], [" ran", " there", " b", " saw a cat"]
    for model in (plain, bridge):
        for batch in (2, 7):
            one, many = (
                [[(s.tokens, s.text) for s in row] for row in models.sample(model, prompts, 3, seed=1, **more)]
                for more in ({"batch": 1}, {"batch": batch, "once": True})
            )
            assert one == many
            each = models.logprobs(model, prompts * 2, after + after[::-1])
            shared = models.logprobs(model, prompts * 2, after + after[::-1], batch=batch, once=True)
            for a, b in zip(each, shared, strict=True):
                np.testing.assert_allclose(a, b, atol=1e-4)
    amplified = {"mix": lambda a, b: 2 * a - b, "seed": 2}
    once, apart = (models.sample([plain, bridge], "The dog", 4, once=o, **amplified)[0] for o in (True, False))
    assert [s.tokens for s in once] == [s.tokens for s in apart]


def test_hooks_see_a_prompt_read_once(bridge: Any) -> None:
    seen: list[tuple[int, ...]] = []
    with bridge.hooks(fwd_hooks=[("blocks.1.hook_out", lambda x, hook: seen.append(tuple(x.shape[:2])))]):
        models.sample(bridge, ["The dog", "The cat"], 3, max_tokens=2, once=True)
    assert [rows for rows, _ in seen] == [2, 6]


def test_draws_are_as_frequent_as_the_model_says(plain: Any) -> None:
    wanted = np.array([np.exp(models.logprobs(plain, "Hello", c)[0][0]) for c in tiny_lm.CHARACTERS])
    drawn = [one.tokens[0] for one in models.sample(plain, "Hello", 4000, seed=3, max_tokens=1, batch=500)[0]]
    seen = np.bincount(drawn, minlength=len(tiny_lm.CHARACTERS) + 2)[2:] / 4000
    assert wanted.max() < 0.98
    assert np.abs(seen - wanted).max() < 4 * np.sqrt(0.25 / 4000)


def test_temperature_makes_draws_alike(bridge: Any) -> None:
    def kinds(temperature: float) -> int:
        rows = models.sample(bridge, "Hello", 20, temperature, max_tokens=5)[0]
        return len({tuple(one.tokens) for one in rows})

    assert kinds(0) == 1 and kinds(0.05) < kinds(3.0)


def test_several_models_and_a_mix(plain: Any, bridge: Any, tmp_path: Path) -> None:
    other = models.load(str(tiny_lm.tiny(tmp_path / "other", seed=1)), device="cpu", quiet=True)
    alone = models.sample(bridge, PROMPTS, temperature=0, max_tokens=8)
    both = models.sample([bridge, other], PROMPTS, temperature=0, max_tokens=8, mix=lambda a, b: a + 0 * b)
    assert [r[0].tokens for r in both] == [r[0].tokens for r in alone]
    second = models.sample([bridge, other], PROMPTS, temperature=0, max_tokens=8, mix=lambda a, b: b)
    assert [r[0].tokens for r in second] == [likeliest_of(other, p) for p in PROMPTS]
    mixed = models.logprobs([bridge, other], "Hello", " you", mix=lambda a, b: 2 * a - b)[0]
    ids = plain.tokenizer("Hello you")["input_ids"]
    with torch.no_grad():
        logits = 2 * bridge(torch.tensor([ids]))[0] - other(torch.tensor([ids]))[0]
    wanted = [float(logits[i - 1].log_softmax(-1)[ids[i]]) for i in range(5, 9)]
    np.testing.assert_allclose(mixed, wanted, atol=1e-3)
    with pytest.raises(UserError, match="mix="):
        models.sample([bridge, other], "Hello")


def likeliest_of(model: Any, prompt: str) -> list[int]:
    return models.sample(model, prompt, temperature=0, max_tokens=8)[0][0].tokens


def test_hooks_run_in_every_step(bridge: Any) -> None:
    seen: list[int] = []

    def push(x: torch.Tensor, hook: Any) -> torch.Tensor:
        seen.append(x.shape[1])
        return x + 50 * torch.linspace(-1, 1, x.shape[-1])

    alone = models.sample(bridge, "Hello", temperature=0, max_tokens=6)[0][0]
    with bridge.hooks(fwd_hooks=[("blocks.0.hook_out", push)]):
        pushed = models.sample(bridge, "Hello", temperature=0, max_tokens=6)[0][0]
    assert seen[0] == 5 and set(seen[1:]) == {1} and len(seen) == len(pushed.tokens)
    assert pushed.tokens != alone.tokens
    assert likeliest_of(bridge, "Hello")[:6] == alone.tokens


def test_stop_cuts_and_an_end_token_ends(bridge: Any) -> None:
    whole = models.sample(bridge, "Hello", temperature=0, max_tokens=12)[0][0]
    at = whole.text[2]
    cut = models.sample(bridge, "Hello", temperature=0, max_tokens=12, stop=at)[0][0]
    assert cut.text == whole.text[: whole.text.index(at)] and cut.ended
    end = models.sample(bridge, "Hello", max_tokens=5, mix=lambda a: a + 1000 * (torch.arange(a.shape[1]) == 1))[0][0]
    assert end.text == "" and end.ended and end.tokens == [1]


def test_a_model_in_training_is_left_in_training(plain: Any) -> None:
    plain.train()
    models.sample(plain, "Hello", max_tokens=1)
    assert plain.training
    plain.eval()


def test_wrong_calls_are_one_line(bridge: Any, plain: Any) -> None:
    for wrong in ({"n": 0}, {"temperature": -1.0}, {"temperature": float("nan")}, {"max_tokens": 0}):
        with pytest.raises(UserError):
            models.sample(bridge, "Hello", **wrong)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="no token"):
        models.sample(bridge, "")
    with pytest.raises(UserError, match="2 prompts and 3"):
        models.logprobs(bridge, ["a", "b"], ["c", "d", "e"])


def test_a_chat_prompt_has_the_models_form(bridge: Any) -> None:
    assert models.as_chat(bridge, "Hi", "Be kind") == "|system\nBe kind|user\nHi|a\n"


def test_absent_it_says_how_to_get_it_and_goes_on(here: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert models.there() is None
    said = capsys.readouterr().out
    assert "worktest models get smollm2" in said and "no point" in said
    with pytest.raises(UserError, match="not on this machine"):
        models.load()


def test_load_says_in_one_line_what_it_is(here: None, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    get_module.get("smollm2", source=folder)
    capsys.readouterr()
    model = models.there(device="cpu", dtype="bfloat16")
    said = capsys.readouterr()
    lines = [line for line in said.out.splitlines() if line]
    assert len(lines) == 1 and "meine modelle" in lines[0] and "bfloat16 on cpu" in lines[0] and "any name" in lines[0]
    assert "Loading weights" not in said.err
    assert not model.training and next(model.parameters()).dtype == torch.bfloat16


def test_a_model_of_the_hub_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """From its cache no network is asked for; otherwise the hub's client fetches it there."""
    from huggingface_hub import constants
    from index_server import Served, running

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    with running(Served(hub={path.name: path.read_bytes() for path in folder.iterdir()})) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        assert likeliest_of(models.load("o/n", device="cpu", quiet=True), "Hello")
        before = len(served.asked)
        assert before > 3
        models.load("o/n", device="cpu", quiet=True)
        assert len(served.asked) == before
    with pytest.raises(UserError, match="no connection"):
        models.load("o/other")


@pytest.mark.parametrize(
    ("name", "more", "says"),
    [
        ("smolm", {}, "there is no model"),
        ("org/no-such-model", {}, "not in the hub's cache"),
        ("org/no-such-model", {"dtype": "float33"}, "no dtype"),
        ("org/no-such-model", {"device": "no-such-device"}, "can't be used"),
    ],
)
def test_what_cannot_be_loaded_is_one_line(
    here: None, monkeypatch: pytest.MonkeyPatch, name: str, more: dict[str, str], says: str
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(UserError, match=says) as caught:
        models.load(name, **more)
    assert "\n" not in str(caught.value)


def test_the_line_hides_whose_home_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Path, "home", lambda: folder.parent)
    models.load(str(folder), device="cpu")
    said = capsys.readouterr().out
    assert "from ~/tiny;" in said and str(folder.parent) not in said
    monkeypatch.setattr(Path, "home", lambda: folder.parent / "another")
    models.load(str(folder), device="cpu")
    assert f"from {folder};" in capsys.readouterr().out
