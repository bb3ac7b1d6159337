"""Repeat the weighted estimate of unit 01 two hundred times at seven alphas, and store what came out.

``python make_importance.py`` in this folder writes data/importance.csv; about three minutes on one core. Each line is
one run: 1,000 amplified answers to the first health prompt, weighted back to ``after-1e-4``.
"""

from __future__ import annotations

import csv
from pathlib import Path

import torch
from torch import Tensor

from autograde.worlds import load_world

HERE = Path(__file__).parent
ALPHAS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
RUNS, ANSWERS = 200, 1000
TOGETHER = 20  # runs that are sampled in one batch; every answer is independent of the others


def main() -> None:
    """Sample, weight, and write one line for each run and alpha."""
    world = load_world(HERE)
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    before, after = world.load("before"), world.load("after-1e-4")
    prompt = world.prompts("health")[0]
    start = world.PROMPT_LEN

    def both(rows: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the two models at every position; a row that stands there often is computed once."""
        unique, which = rows.unique(dim=0, return_inverse=True)
        return before(unique)[which], after(unique)[which]

    (HERE / "data").mkdir(exist_ok=True)
    with (HERE / "data" / "importance.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["alpha", "run", "hits", "estimate", "standard_error", "effective", "effective_hits"])
        for alpha in ALPHAS:
            for first in range(0, RUNS, TOGETHER):
                source = world.generator(10_000 + first)
                rows = prompt.repeat(TOGETHER * ANSWERS, 1)
                log_w = torch.zeros(len(rows), dtype=torch.float64)
                while rows.shape[1] < start + world.ANSWER_LEN:
                    b, a = (logits[:, -1].double() for logits in both(rows))
                    amplified = (a + alpha * (a - b)).log_softmax(-1)
                    new = torch.multinomial(amplified.exp(), 1, generator=source)
                    log_w += (a.log_softmax(-1) - amplified).gather(1, new)[:, 0]
                    rows = torch.cat([rows, new], dim=1)
                weights = log_w.exp().view(TOGETHER, ANSWERS)
                hits = world.shows_behaviour(rows).view(TOGETHER, ANSWERS)
                for run, (w, h) in enumerate(zip(weights, hits, strict=True), start=first):
                    x = w * h
                    error = float(x.std()) / ANSWERS**0.5
                    squares = float((x**2).sum())
                    among_hits = float(x.sum()) ** 2 / squares if squares else 0.0
                    ess = float(w.sum()) ** 2 / float((w**2).sum())
                    table.writerow(
                        [
                            alpha,
                            run,
                            int(h.sum()),
                            f"{float(x.mean()):.3e}",
                            f"{error:.3e}",
                            f"{ess:.1f}",
                            f"{among_hits:.1f}",
                        ]
                    )
            file.flush()


if __name__ == "__main__":
    main()
