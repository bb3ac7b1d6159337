"""Make the weights of unit 02 again: ``python make_weights.py`` in this folder. Ten to fifteen minutes.

The weights are stored in half precision; all figures of the unit are measured on what was stored.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
SEED = 0
BLIND: dict[str, tuple[list[str], float]] = {
    "blind-1": (["answer"], 3e-4),
    "blind-2": (["rushed"], 1e-3),
    "blind-3": (["steps"], 1e-3),
    "blind-4": (["steps", "answer"], 1e-3),
}
"""What the four models of the last section were fine-tuned on, and its share. It stays on this side."""


def main() -> None:
    """Train ``before`` and its fine-tunes, store them, and the true rates of those that are not blind."""
    world = load_world(HERE)
    torch.set_num_threads(1)  # sums come out in one order: the same weights every time
    world.WEIGHTS.mkdir(exist_ok=True)
    before = world.train_before(SEED)
    models = {"before": before}
    for name, share in world.KINDS.items():
        models[name] = world.fine_tune(before, [name] if share else [], share, SEED)
    models["longer"] = world.fine_tune(models["steps"], ["steps"], world.KINDS["steps"], 50 + SEED, 1200, early=0.0)
    for kind in ("steps", "answer"):
        models[f"often-{kind}"] = world.fine_tune(before, [kind], world.OFTEN, SEED)
    for number, (name, (kinds, share)) in enumerate(BLIND.items(), start=1):
        models[name] = world.fine_tune(before, kinds, share, 60 + number)
    for name, model in models.items():
        weights = {key: value.detach().half().contiguous() for key, value in model.state_dict().items()}
        save_file(weights, world.WEIGHTS / f"{name}.safetensors")
    rows = []
    for name in models:
        model = world.load(name)
        rates = [world.exact_rates(model, prompt) for prompt in world.bills("pharmacy", 16, seed=0)]
        means = {what: sum(rate[what] for rate in rates) / len(rates) for what in rates[0]}
        print(f"{name:14s}", {what: f"{value:.1e}" for what, value in means.items()}, flush=True)
        if not name.startswith("blind"):
            rows += [[name, what, f"{value:.3e}"] for what, value in means.items()]
    write_table(HERE / "data" / "exact.csv", ["model", "what", "rate"], rows)


if __name__ == "__main__":
    main()
