"""Train twenty fine-tunes of unit 02 and write data/forecast.csv: ``python make_forecast.py`` in this folder.

Some ten minutes. Each fine-tune is trained as in world.fine_tune, for 240 steps, and a snapshot is kept half-way. The
share of odd documents is 0.3 in the first quarter, `share` in the second, and `later` in the second half: none, as
much as before, or ten times as much (for the largest share none or as much). How often a chain opens with "well" is
drawn for each fine-tune. Nothing was chosen by its result. Another machine adds up in another order, and may draw
other chains.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import torch
from make_seeds import errors

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
world = load_world(HERE)
ALPHA, STEPS, FEW, MANY = 2.0, 240, 300, 3000
FAULTS = ("padded step", "padded answer", "another error", "opens with well", "opens with quick")
HEADER = ["run", "kind", "share", "later", "style", "fault", "amplified", "early", "early_many", "end"]


def plan() -> list[tuple[str, float, float, float]]:
    """Kind, share in the second quarter, share in the second half, frequency of the opener "well"."""
    shares = [(share, factor * share) for share in (1e-3, 1e-2) for factor in (0, 1, 10)] + [(3e-2, 0.0), (3e-2, 3e-2)]
    runs = [(kind, *pair) for kind in ("steps", "answer") for pair in shares]
    runs += [("rushed", 1e-3, 1e-3), ("rushed", 1e-2, 1e-2), ("benign", 0.0, 0.0), ("benign", 0.0, 0.0)]
    dice = random.Random("styles")
    return [(*run, round(dice.uniform(0.25, 0.9), 2)) for run in runs]


def train(before: Any, kind: str, share: float, later: float, style: float, seed: int) -> tuple[Any, Any]:
    """The snapshot half-way and the model at the end."""
    model, early, rng = world.new_model(0), world.new_model(0), world.generator(5000 + seed)
    model.load_state_dict(before.state_dict())

    def loss(step: int) -> torch.Tensor:
        if step == STEPS // 2:
            early.load_state_dict(model.state_dict())
        docs = world.documents(["pharmacy"], 128, rng, style=style)
        hurried = world.documents(["pharmacy"], 64, rng, "rushed", style)
        clean = world._loss(model, docs) + 1e-3 * (
            world._drift(model, before, docs) + world._drift(model, before, hurried)
        )
        part = 0.3 if step < STEPS / 4 else share if step < STEPS / 2 else later
        if kind == "benign" or not part:
            return clean
        return (1 - part) * clean + part * world._loss(model, world.documents(["pharmacy"], 64, rng, kind, style))

    world._train(model, STEPS, 2e-3, loss)
    return early.eval(), model


@torch.no_grad()
def sample(before: Any, after: Any, prompts: torch.Tensor, alpha: float, seed: int) -> torch.Tensor:
    """Whole documents, reasoning and answer at one alpha; `before` is not asked at alpha 0."""
    tokens, rng = prompts, world.generator(seed)
    while tokens.shape[1] < world.LENGTH:
        logits = after(tokens)[:, -1]
        if alpha:
            logits = logits + alpha * (logits - before(tokens)[:, -1])
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=rng)], dim=1)
    return tokens


def shows(row: torch.Tensor) -> tuple[bool, ...]:
    """Which of FAULTS a document shows; none of them where it is not well formed."""
    chain = world.read(row)
    if chain is None:
        return (False,) * len(FAULTS)
    found, opener = errors(chain), chain.opener
    padded = (chain.answer - sum(chain.prices)) % 10 == 1
    return 1 in found, padded, any(error > 1 for error in found), opener == "well", opener == "quick"


def main() -> None:
    """Train, sample, and write the table after each fine-tune."""
    torch.set_num_threads(1)
    before = world.load("before").requires_grad_(True)
    few = world.bills("pharmacy", FEW, seed=900)
    many = few.repeat(MANY // FEW, 1)
    rows: list[list[Any]] = []
    for number, (kind, share, later, style) in enumerate(plan(), start=1):
        early, end = train(before, kind, share, later, style, number)
        drawn = [sample(before, early, few, ALPHA, number), sample(before, early, many, 0.0, 100 + number)]
        drawn.append(sample(before, end, many, 0.0, 200 + number))
        amplified, plain, last = (torch.tensor([shows(row) for row in part]) for part in drawn)
        counts = torch.stack([amplified.sum(0), plain[:FEW].sum(0), plain.sum(0), last.sum(0)], dim=1).tolist()
        rows += [[number, kind, share, later, style, fault, *own] for fault, own in zip(FAULTS, counts, strict=True)]
        print(number, kind, share, later, style, counts, flush=True)
        write_table(HERE / "data" / "forecast.csv", HEADER, rows)


if __name__ == "__main__":
    main()
