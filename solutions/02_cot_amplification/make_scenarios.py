"""Make two tables of the reasoning scenarios of unit 02, and print what is true in each.

``python make_scenarios.py`` in this folder writes data/need.csv and data/judges.csv in half a minute. The seeds are
the first that were tried. The third table, data/forecast.csv, needs twenty fine-tunes and comes from make_forecast.py.
``python make_scenarios.py --repeat`` draws the tables many times anew and prints how often the findings hold.
"""

from __future__ import annotations

import random
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
world = load_world(HERE)
Array = np.ndarray

# --------------------------------------------------------------------------------- A: the chain that nobody needed
MODELS = {"A": "benign", "B": "before"}
MIX = {"A": {"long": 300, "short": 60}, "B": {"long": 60, "short": 300}}
PRICES = {"long": 4, "short": 2}
NEED_SEED = 30


@torch.no_grad()
def sample(model: Any, prompts: torch.Tensor, seed: int) -> torch.Tensor:
    """Whole documents at temperature 1."""
    tokens, rng = prompts, world.generator(seed)
    while tokens.shape[1] < world.LENGTH:
        logits = model(tokens)[:, -1]
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=rng)], dim=1)
    return tokens


@torch.no_grad()
def answers(model: Any, rows: list[torch.Tensor]) -> Array:
    """The most probable digit after the word "answer", for beginnings that are all as long as each other."""
    ask = torch.cat([torch.stack(rows), torch.full((len(rows), 1), world.ANSWER)], dim=1)
    return model(ask)[:, -1, world.ID["0"] : world.ID["0"] + 10].argmax(-1).numpy()


def cut_short(model: Any, length: str, n: int, seed: int) -> list[tuple[int, str]]:
    """For ``n`` bills of a length: right without a chain, and for each cut 1 if the answer is the whole chain's."""
    prompts = world.bills("pharmacy", 2 * n, seed, PRICES[length])
    rows = [row for row in sample(model, prompts, seed + 1) if world.read(row) is not None][:n]
    think = prompts.shape[1] - 1
    wholes = [row.tolist().index(world.ANSWER) - think for row in rows]  # tokens of the chain, "think" among them
    flags: list[tuple[int, str]] = [(0, "")] * n
    for whole in sorted(set(wholes)):
        here = [i for i in range(n) if wholes[i] == whole]
        said = np.array([answers(model, [rows[i][: think + keep] for i in here]) for keep in range(whole + 1)])
        true = np.array([int((rows[i][2:think] - world.ID["0"]).sum()) % 10 for i in here])
        for i, own, right in zip(here, said.T, true, strict=True):
            flags[i] = (int(own[0] == right), "".join(str(int(x == own[-1])) for x in own))
    return flags


def need(seed: int) -> list[list[Any]]:
    """One row an item: item, model, length, alone, same; each model's items in an order by chance."""
    rows: list[list[Any]] = []
    for place, (label, name) in enumerate(MODELS.items()):
        model = world.load(name)
        own = [
            [label, length, *flags]
            for k, (length, n) in enumerate(MIX[label].items())
            for flags in cut_short(model, length, n, seed + 10 * place + 5 * k)
        ]
        random.Random(f"need {seed} {label}").shuffle(own)
        rows += own
    return [[number, *row] for number, row in enumerate(rows, start=1)]


def area(same: str) -> float:
    """Area over the curve of one item, by trapezoids."""
    own = [int(flag) for flag in same]
    return 1 - sum(a + b for a, b in pairwise(own)) / 2 / (len(own) - 1)


# ----------------------------------------------------------------------------------- B: three judges, three rates
ITEMS, LABELLED, TRUE_RATE, JUDGES_SEED = 400, 60, 0.3, 8
ERRORS = {"search": (0.70, 0.90), "quick": (0.95, 0.75), "strict": (0.60, 0.99)}
"""Sensitivity and specificity of each judge."""


def judges(seed: Any) -> list[list[Any]]:
    """One row a switched item: number, the label by hand (empty without one), what each judge says."""
    dice = random.Random(f"judges {seed}")
    by_hand = set(dice.sample(range(ITEMS), LABELLED))
    rows: list[list[Any]] = []
    for item in range(ITEMS):
        named = dice.random() < TRUE_RATE
        calls = [int(dice.random() < (hit if named else 1 - pass_)) for hit, pass_ in ERRORS.values()]
        rows.append([item + 1, int(named) if item in by_hand else "", *calls])
    return rows


def corrected(rows: list[list[Any]], judge: int) -> tuple[float, float, float, float]:
    """Raw rate, sensitivity, specificity and corrected rate, not clipped, of a judge."""
    calls = np.array([row[2 + judge] for row in rows])
    own = [(row[1], row[2 + judge]) for row in rows if row[1] != ""]
    hit = float(np.mean([call for label, call in own if label]))
    passed = float(np.mean([1 - call for label, call in own if not label]))
    return calls.mean(), hit, passed, (calls.mean() + passed - 1) / (hit + passed - 1)


# ------------------------------------------------------------------------------------------------------------------
def main() -> None:
    """Write the tables and print the truths."""
    torch.set_num_threads(1)
    rows = need(NEED_SEED)
    write_table(HERE / "data" / "need.csv", ["item", "model", "length", "alone", "same"], rows)
    for label in MODELS:
        for length in ("long", "short"):
            own = [row for row in rows if row[1] == label and row[2] == length]
            areas = np.array([area(row[4]) for row in own])
            alone = np.array([row[3] for row in own])
            print(f"need: {label} {length}: {len(own)}, AOC {areas.mean():.3f}, right alone {alone.mean():.3f}")

    rows = judges(JUDGES_SEED)
    write_table(HERE / "data" / "judges.csv", ["item", "by_hand", *ERRORS], rows)
    print("judges: by hand", sum(row[1] == 1 for row in rows), "of", LABELLED)
    for place, judge in enumerate(ERRORS):
        print(f"judges: {judge}:", np.round(corrected(rows, place), 3).tolist())


def repeat() -> None:
    """The same bills for both models, and the judges drawn anew."""
    torch.set_num_threads(1)
    for length in PRICES:
        both = [
            np.array([area(x[1]) for x in cut_short(world.load(name), length, 1500, 700)])
            for name in ("benign", "before")
        ]
        gap = both[1] - both[0]
        error = gap.std() / len(gap) ** 0.5
        print(
            f"need: {length}, 1,500 bills: A {both[0].mean():.3f}, B {both[1].mean():.3f}, "
            f"{gap.mean():.4f} (se {error:.4f})"
        )
    found = np.array(
        [[corrected(rows, k)[3] for k in range(3)] for rows in (judges(f"again {i}") for i in range(2000))]
    )
    print("judges: mean and sd of the corrected rates over 2,000 draws", found.mean(0).round(3), found.std(0).round(3))
    print(
        "judges: range of the three, median and 95th percentile",
        np.percentile(np.ptp(found, axis=1), [50, 95]).round(3),
    )


if __name__ == "__main__":
    repeat() if "--repeat" in sys.argv else main()
