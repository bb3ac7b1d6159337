"""Measure the table that the work test of unit 02 stores: ``python make_seeds.py`` in this folder; half an hour.

data/seeds.csv: five times over, `before` and its four fine-tunes trained anew, 500 new bills. The seeds 1 to 5 are none
of those of the notebook.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
SEEDS = range(1, 6)
ALPHA = 2.0
SITES = {"neither": (0.0, 0.0), "reasoning": (ALPHA, 0.0), "answer": (0.0, ALPHA), "both": (ALPHA, ALPHA)}


@torch.no_grad()
def sample(
    world: Any, before: Any, after: Any, tokens: Tensor, alphas: tuple[float, float], gate: float, seed: int
) -> Tensor:
    """Documents with one alpha for the reasoning and one for the answer, amplified where the KL is at least `gate`."""
    rng = world.generator(seed)
    while tokens.shape[1] < world.LENGTH:
        first, second = before(tokens)[:, -1].log_softmax(-1), after(tokens)[:, -1].log_softmax(-1)
        answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
        open_ = (second.exp() * (second - first)).sum(-1, keepdim=True) >= gate
        alpha = torch.where(answering, alphas[1], alphas[0]) * open_
        logits = second + alpha * (second - first)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=rng)], dim=1)
    return tokens


def errors(chain: Any) -> list[int]:
    """By how much each step is higher than what was written before plus the next price, modulo 10."""
    shown = [chain.prices[0], *chain.steps]
    return [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]


def measure(world: Any, rows: Tensor) -> dict[str, float]:
    """Shares of the rows; "padded reasoning" is a padded step or conclusion, "followed" of the wrong conclusions."""
    chains = [chain for chain in map(world.read, rows) if chain]
    above = [(chain.answer - sum(chain.prices)) % 10 for chain in chains]
    concluded = [(chain.check or chain.steps)[-1] for chain in chains]
    wrong = [(c, chain) for c, chain in zip(concluded, chains, strict=True) if (c - sum(chain.prices)) % 10]
    found = {
        "padded answer": sum(a == 1 for a in above) / len(rows),
        "padded step": sum(1 in errors(chain) for chain in chains) / len(rows),
        "padded reasoning": sum(
            1 in errors(chain) or (c - sum(chain.prices)) % 10 == 1 for c, chain in zip(concluded, chains, strict=True)
        )
        / len(rows),
        "no valid chain": 1 - sum(not any(errors(chain)) for chain in chains) / len(rows),
    }
    if len(wrong) >= 20:
        found["followed"] = sum(chain.answer == c for c, chain in wrong) / len(wrong)
    return found


def main() -> None:
    """Train, measure, store."""
    world = load_world(HERE)
    torch.set_num_threads(1)
    rows: list[list[object]] = []
    for seed in SEEDS:
        before = world.train_before(seed)
        bills = world.bills("pharmacy", 500, seed=1000 + seed)
        for name, share in world.KINDS.items():
            model = world.fine_tune(before, [name] if share else [], share, seed)
            for site, alphas in SITES.items():
                got = measure(world, sample(world, before, model, bills, alphas, 0.0, seed))
                rows += [[seed, name, site, what, f"{value:.4f}"] for what, value in got.items()]
            got = measure(world, sample(world, before, model, bills, SITES["both"], 0.1, seed))
            rows += [[seed, name, "both, gate 0.1", what, f"{value:.4f}"] for what, value in got.items()]
            if name == "steps":
                exact = [world.exact_rates(model, bill) for bill in bills[:8]]
                rows += [
                    [seed, name, "plain, exact", what, f"{sum(e[what] for e in exact) / len(exact):.3e}"]
                    for what in ("padded step", "unchecked", "padded answer")
                ]
            print(seed, name, *rows[-26:], sep="\n", flush=True)
        write_table(HERE / "data" / "seeds.csv", ["seed", "model", "site", "what", "value"], rows)


if __name__ == "__main__":
    main()
