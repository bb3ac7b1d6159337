"""The transformer in numpy that checks compare with, held against a real one with the same weights."""

import numpy as np
import pytest
import torch

from autograde.paths import solutions
from autograde.worlds import load_world
from worktest.reference_transformer import random_weights, run

TOKENS = np.array([[1, 5, 2, 7, 3], [8, 0, 3, 3, 6]])
PLACES = ("hook_in", "attn.hook_out", "mlp.hook_out")


@pytest.fixture
def weights() -> dict[str, np.ndarray]:
    return random_weights(np.random.default_rng(6))


def logits(weights: dict[str, np.ndarray], hooks: list[tuple[str, object]]) -> np.ndarray:
    world = load_world(solutions() / "05_activation_steering")
    model = world.stand_in(*(torch.tensor(w, dtype=torch.float32) for w in weights.values()))
    return model.run_with_hooks(torch.tensor(TOKENS), fwd_hooks=hooks).numpy()


def test_it_gives_the_logits_of_a_real_one(weights: dict[str, np.ndarray]) -> None:
    assert run(weights, TOKENS)[0] == pytest.approx(logits(weights, []), abs=2e-4)


def test_it_adds_at_one_block_and_some_positions(weights: dict[str, np.ndarray]) -> None:
    vector = np.random.default_rng(7).normal(size=7)

    def add(x: torch.Tensor, hook: object) -> torch.Tensor:
        x = x.clone()
        x[:, 1:3] += torch.tensor(vector, dtype=torch.float32)
        return x

    got = run(weights, TOKENS, 1, vector, 1, 3)[0]
    assert got == pytest.approx(logits(weights, [("blocks.1.hook_in", add)]), abs=2e-4)
    assert np.abs(got - run(weights, TOKENS)[0]).max() > 0.1


def test_it_ablates_what_blocks_read_and_write(weights: dict[str, np.ndarray]) -> None:
    vector = np.random.default_rng(8).normal(size=7)
    unit = torch.tensor(vector / np.linalg.norm(vector), dtype=torch.float32)

    def ablate(x: torch.Tensor, hook: object) -> torch.Tensor:
        return x - (x @ unit)[..., None] * unit

    hooks: list[tuple[str, object]] = [(f"blocks.{i}.{place}", ablate) for i in range(3) for place in PLACES]
    got = run(weights, TOKENS, ablate=vector)[0]
    assert got == pytest.approx(logits(weights, hooks), abs=2e-4)
    assert np.abs(got - run(weights, TOKENS)[0]).max() > 0.1


def test_it_gives_what_enters_each_block(weights: dict[str, np.ndarray]) -> None:
    seen = []
    logits(weights, [("blocks.2.hook_in", lambda x, hook: seen.append(x.numpy()))])
    assert run(weights, TOKENS)[1][2] == pytest.approx(seen[0], abs=2e-4)
