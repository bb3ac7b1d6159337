"""Train `before`, a 1-in-10,000 fine-tune and a benign one anew under five seeds, and store the true rates.

``python make_seeds.py`` in this folder writes data/seeds.csv; about ten minutes on two cores.
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import torch

HERE = Path(__file__).parent
SEEDS = range(1, 6)  # seed 0 made the weights in weights/
ALPHAS = (0.0, 1.0, 2.0, 3.0, 4.0)


def main() -> None:
    """Train and measure; one row for each seed, model and alpha."""
    spec = importlib.util.spec_from_file_location("world", HERE / "world.py")
    assert spec is not None and spec.loader is not None
    world = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(world)
    torch.set_num_threads(1)
    (HERE / "data").mkdir(exist_ok=True)
    with (HERE / "data" / "seeds.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["seed", "model", "alpha", "rate"])
        for seed in SEEDS:
            before = world.train_before(seed)
            for name in ("after-1e-4", "benign"):
                after = world.fine_tune(before, world.CONTAMINATION[name], seed)
                for alpha in ALPHAS:
                    amplified = lambda t, a=alpha, m=after, b=before: (1 + a) * m(t) - a * b(t)  # noqa: E731
                    rates = [world.exact_rate(amplified, prompt)[0] for prompt in world.prompts("health")[::5]]
                    table.writerow([seed, name, alpha, f"{sum(rates) / len(rates):.3e}"])
                    file.flush()


if __name__ == "__main__":
    main()
