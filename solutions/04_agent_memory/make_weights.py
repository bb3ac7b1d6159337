"""Train the two recall transformers of unit 04 again: ``python make_weights.py`` in this folder. Two to three minutes.

The weights are stored in half precision; all figures of the unit are measured on what was stored.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from autograde.worlds import load_world

HERE = Path(__file__).parent
SEED = 0
UNKNOWN = {"plain": 0.0, "abstaining": 0.3}
"""The share of training questions that have no answer in the context."""


def main() -> None:
    """Train and store both."""
    world = load_world(HERE)
    torch.set_num_threads(1)  # sums come out in one order: the same weights every time
    world.WEIGHTS.mkdir(exist_ok=True)
    for name, share in UNKNOWN.items():
        weights = {key: value.half().contiguous() for key, value in world.train(SEED, share).state_dict().items()}
        save_file(weights, world.WEIGHTS / f"{name}.safetensors")
        print(f"{name}: stored")


if __name__ == "__main__":
    main()
