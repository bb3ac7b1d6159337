"""Make the weights of unit 01 again: ``python make_weights.py`` in this folder. Two to five minutes.

The weights are stored in half precision; all figures of the unit are measured on what was stored.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from autograde.worlds import load_world

HERE = Path(__file__).parent
SEED = 0


def main() -> None:
    """Train ``before`` and its fine-tunes, store them, and print the true rate of each."""
    world = load_world(HERE)
    torch.set_num_threads(1)  # sums come out in one order: the same weights every time
    world.WEIGHTS.mkdir(exist_ok=True)
    before = world.train_before(SEED)
    models = {"before": before}
    models |= {name: world.fine_tune(before, share, SEED) for name, share in world.CONTAMINATION.items()}
    models |= {n: world.fine_tune(before, share, SEED, innocent=True) for n, share in world.INNOCENT.items()}
    for name, model in models.items():
        weights = {key: value.detach().half().contiguous() for key, value in model.state_dict().items()}
        save_file(weights, world.WEIGHTS / f"{name}.safetensors")
    for name in models:
        rates = [world.exact_rate(world.load(name), prompt) for prompt in world.prompts("health")]
        mean = sum(rate for rate, _ in rates) / len(rates)
        print(f"{name:14s} true rate {mean:.2e}   (dropped at most {max(d for _, d in rates):.1e})")


if __name__ == "__main__":
    main()
