"""Train `before` and its fine-tunes anew under five seeds, and store the true rates of bad advice.

``python make_seeds.py`` in this folder writes data/seeds.csv (answers to health prompts: two contaminated-or-not
pairs and two strict controls) and data/spread.csv (prompts of all topics); about half an hour on one core.
``python make_seeds.py health`` or ``spread`` makes one of the two.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
SEEDS = range(1, 6)  # seed 0 made the weights in weights/
ALPHAS = (0.0, 1.0, 2.0, 3.0, 4.0)
SPREAD_ALPHAS = (0.0, 2.0, 4.0)
# name: (share of odd documents, whether they are innocent)
TRAINED = {
    "after-1e-4": (1e-4, False),
    "benign": (0.0, False),
    "innocent-1e-4": (1e-4, True),
    "innocent-3e-5": (3e-5, True),
}
Row = list[object]


def _rate(world: Any, before: Any, after: Any, alpha: float, prompts: torch.Tensor, prune: float = 1e-6) -> str:
    """Mean true rate over ``prompts``, as it is stored."""

    def amplified(tokens: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = (1 + alpha) * after(tokens) - alpha * before(tokens)
        return logits

    rates = [world.exact_rate(amplified, prompt, prune)[0] for prompt in prompts]
    return f"{sum(rates) / len(rates):.3e}"


def health(world: Any) -> Iterator[Row]:
    """One row for each seed, model and alpha, on four of the sixteen health prompts."""
    yield ["seed", "model", "alpha", "rate"]
    prompts = world.prompts("health")[::5]
    for seed in SEEDS:
        before = world.train_before(seed)
        for name, (share, innocent) in TRAINED.items():
            after = world.fine_tune(before, share, seed, innocent=innocent)
            for alpha in ALPHAS:
                yield [seed, name, alpha, _rate(world, before, after, alpha, prompts)]


def spread(world: Any) -> Iterator[Row]:
    """One row for each seed, model, topic and alpha, on two prompts of each topic; seed 0 is what lies in weights/."""
    yield ["seed", "model", "topic", "alpha", "rate"]
    stored = world.load("before")
    for name in ("before", "after-1e-4", "benign", "innocent-1e-4"):
        for topic in world.TOPICS:
            for alpha in SPREAD_ALPHAS if name != "before" else SPREAD_ALPHAS[:1]:
                prompts = world.prompts(topic)[[0, 10]]
                yield [0, name, topic, alpha, _rate(world, stored, world.load(name), alpha, prompts, prune=1e-5)]
    for seed in SEEDS:
        before = world.train_before(seed)
        for name in ("after-1e-4", "benign"):
            after = world.fine_tune(before, TRAINED[name][0], seed)
            for topic in world.TOPICS:
                for alpha in SPREAD_ALPHAS:
                    prompts = world.prompts(topic)[[0, 10]]
                    yield [seed, name, topic, alpha, _rate(world, before, after, alpha, prompts, prune=1e-5)]


TABLES: dict[str, tuple[str, Callable[[Any], Iterator[Row]]]] = {
    "health": ("seeds.csv", health),
    "spread": ("spread.csv", spread),
}


def main(wanted: list[str]) -> None:
    """Write the wanted tables (default: both), row by row."""
    world = load_world(HERE)
    torch.set_num_threads(1)
    for name in wanted or list(TABLES):
        file_name, rows_of = TABLES[name]
        rows = rows_of(world)
        write_table(HERE / "data" / file_name, [str(column) for column in next(rows)], rows)


if __name__ == "__main__":
    main(sys.argv[1:])
