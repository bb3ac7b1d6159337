"""Measure the tables that the work test of unit 05 stores.

``python make_seeds.py`` in this folder writes both, in about twenty minutes on one core; a name makes one of them.

- data/seeds.csv: five assistants, trained anew under the seeds 1 to 5, each steered with vectors of its own.
- data/nulls.csv: the stored assistant, steered with 100 sets of random directions over the forty settings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
SEEDS = range(1, 6)  # seed 0 made the weights in weights/
DRAWS = 100
DOSES = (0.25, 0.5, 1.0, 2.0, 4.0)
BUDGET = 0.1  # nats a token
Row = list[object]


class Bench:
    """One assistant, and what can be measured on it."""

    def __init__(self, world: Any, model: Any) -> None:
        self.world, self.model = world, model

    def vector(self, concept: str, layer: int, position: int, matched: bool = True) -> Tensor:
        """Difference of means at the input of a block; (d_model,)."""
        means = []

        def keep(x: Tensor, hook: object) -> None:
            means.append(x[:, position].mean(0))

        for tokens in self.world.contrast_pairs(concept, 150, self.world.generator(1), matched):
            self.model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
        return means[0] - means[1]

    def steered(
        self, tokens: Tensor, vector: Tensor, layer: int, dose: float, start: int, stop: int | None = None
    ) -> Tensor:
        """Logits with `dose` times the vector added at the input of a block, from `start` up to `stop`."""

        def add(x: Tensor, hook: object) -> Tensor:
            x = x.clone()
            x[:, start:stop] += dose * vector
            return x

        logits: Tensor = self.model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", add)])
        return logits

    def ablated(self, tokens: Tensor, vector: Tensor) -> Tensor:
        """Logits with the direction taken out of all that blocks read and write."""
        unit = vector / vector.norm()

        def ablate(x: Tensor, hook: object) -> Tensor:
            return x - (x @ unit)[..., None] * unit

        names = [
            f"blocks.{layer}.{spot}"
            for layer in range(self.world.N_LAYERS)
            for spot in ("hook_in", "attn.hook_out", "mlp.hook_out")
        ]
        logits: Tensor = self.model.run_with_hooks(tokens, fwd_hooks=[(name, ablate) for name in names])
        return logits

    def log_odds(self, logits: Tensor, concept: str) -> Tensor:
        """Log-odds of the positive side of a concept at the first word of the answer."""
        one, two = self.world.words_of(concept)
        at = logits[:, self.world.LAST]
        return at[:, one].logsumexp(-1) - at[:, two].logsumexp(-1)

    def cost(self, docs: Tensor, logits: Tensor) -> float:
        """Nats a token of the answers after their first word."""
        n = self.world.PROMPT_LEN
        return torch.nn.functional.cross_entropy(logits[:, n:].flatten(0, 1), docs[:, n + 1 :].flatten()).item()

    def docs(self, which: str, n: int, seed: int, **fixed: object) -> Tensor:
        """Requests of a set with answers of the corpus; (n, document length)."""
        batch = self.world.requests(n, self.world.generator(seed), words=which, **fixed)
        return torch.cat(
            [self.world.to_tokens(batch), self.world.answers(batch, self.world.generator(seed + 1))], dim=1
        )

    def sweep(self, docs: Tensor, directions: dict[tuple[int, int], Tensor]) -> dict[tuple[int, int, float], Any]:
        """(effects on tone, cost) of each setting (position, layer, dose)."""
        plain = self.model(docs[:, :-1])
        base, base_cost = self.log_odds(plain, "tone"), self.cost(docs, plain)
        out = {}
        for (position, layer), vector in directions.items():
            for dose in DOSES:
                logits = self.steered(docs[:, :-1], vector, layer, dose, position)
                out[position, layer, dose] = (
                    self.log_odds(logits, "tone") - base,
                    self.cost(docs, logits) - base_cost,
                )
        return out

    def outcomes(self, prompts: Tensor, logits_of: Callable[[Tensor], Tensor]) -> list[float]:
        """Shares of sampled answers that refuse and that comply."""
        answers = self.world.sample(logits_of, prompts, self.world.generator(5))
        found = self.world.judge(prompts, answers)
        return [found.count(kind) / len(found) for kind in ("refused", "complied")]


def _tone_vectors(bench: Bench) -> dict[tuple[int, int], Tensor]:
    world = bench.world
    return {
        (position, layer): bench.vector("tone", layer, position)
        for position in (world.MOOD_AT, world.LAST)
        for layer in range(world.N_LAYERS)
    }


def seeds(world: Any) -> Iterator[Row]:
    """One row for each seed and quantity."""
    yield ["seed", "quantity", "value"]
    for seed in SEEDS:
        with torch.enable_grad():
            bench = Bench(world, world.train(seed))
        vectors = _tone_vectors(bench)
        swept = bench.sweep(bench.docs("tune", 120, 21), vectors)
        word, _ = swept[world.MOOD_AT, 0, 1.0]
        rows = {"word mean": word.mean().item(), "word sd": word.std().item()}
        rows["word wrong way"] = (word < 0).float().mean().item()
        settings = [(e.mean().item(), key) for key, (e, c) in swept.items() if c <= BUDGET]
        best = max(settings)[1]
        report = bench.docs("report", 300, 31)
        on_report, on_report_cost = bench.sweep(report, {best[:2]: vectors[best[:2]]})[best]
        rows |= {"best position": best[0], "best layer": best[1], "best dose": best[2]}
        rows |= {"best on tune": max(settings)[0], "best on report": on_report.mean().item()}
        rows |= {"best wrong way": (on_report < 0).float().mean().item(), "best cost": on_report_cost}
        rng = world.generator(100 + seed)
        plain = bench.log_odds(bench.model(report[:, :-1]), "tone")
        shifts = []
        for _ in range(100):
            noise = torch.randn(64, generator=rng)
            noise *= vectors[best[:2]].norm() / noise.norm()
            logits = bench.steered(report[:, :-1], noise, best[1], best[2], best[0])
            shifts.append((bench.log_odds(logits, "tone") - plain).mean().item())
        rows |= {"null sd": torch.tensor(shifts).std().item(), "null max": max(shifts)}
        # the setting that the work test chooses: layer 3, dose 1, the last token of the prompt alone
        layer, last = 3, world.LAST
        steered = bench.steered(report[:, :-1], vectors[last, layer], layer, 1.0, last, last + 1)
        alone = bench.log_odds(steered, "tone") - plain
        rows |= {"alone on report": alone.mean().item(), "alone wrong way": (alone < 0).float().mean().item()}
        rows["alone cost"] = bench.cost(report, steered) - bench.cost(report, bench.model(report[:, :-1]))
        shifts = []
        for _ in range(100):
            noise = torch.randn(64, generator=rng)
            noise *= vectors[last, layer].norm() / noise.norm()
            logits = bench.steered(report[:, :-1], noise, layer, 1.0, last, last + 1)
            shifts.append((bench.log_odds(logits, "tone") - plain).mean().item())
        rows["alone null max"] = max(shifts)
        tune = bench.docs("tune", 120, 21)[:, : world.PROMPT_LEN]
        natural, register = bench.vector("refusal", 3, world.LAST, False), bench.vector("register", 3, world.LAST)
        unit = register / register.norm()
        rows["cosine natural"] = torch.cosine_similarity(natural, register, dim=0).item()
        rows["cosine matched"] = torch.cosine_similarity(bench.vector("refusal", 3, world.LAST), register, dim=0).item()
        base = bench.model(tune)
        for name, vector in (("natural", natural), ("cleaned", natural - (natural @ unit) * unit)):
            logits = bench.steered(tune, vector, 3, 1.0, world.LAST)
            for concept in ("refusal", "register"):
                shift = bench.log_odds(logits, concept) - bench.log_odds(base, concept)
                rows[f"{name} on {concept}"] = shift.mean().item()
        refusal = bench.vector("refusal", 3, world.LAST)
        bad = bench.docs("report", 200, 41, harmful=True)[:, : world.PROMPT_LEN]
        fine = bench.docs("report", 200, 43, harmful=False)[:, : world.PROMPT_LEN]
        ways: dict[str, Callable[[Tensor], Tensor]] = {
            "plain": bench.model,
            "subtracted": lambda t, b=bench, v=refusal: b.steered(t, v, 3, -1.0, world.LAST),
            "subtracted at one token": lambda t, b=bench, v=refusal: b.steered(
                t, v, 3, -1.0, world.LAST, world.LAST + 1
            ),
            "ablated": lambda t, b=bench, v=refusal: b.ablated(t, v),
        }
        for name, logits_of in ways.items():
            for prompts, kind in ((bad, "dangerous"), (fine, "fine")):
                refused, complied = bench.outcomes(prompts, logits_of)
                rows |= {f"{name}, {kind}: refused": refused, f"{name}, {kind}: complied": complied}
        for quantity, value in rows.items():
            yield [seed, quantity, f"{value:.4f}"]


def nulls(world: Any) -> Iterator[Row]:
    """One row for each draw, position and layer: mean effect on tone and cost at each dose, on the tune set."""
    yield ["draw", "position", "layer", *(f"effect {d:g}" for d in DOSES), *(f"cost {d:g}" for d in DOSES)]
    bench = Bench(world, world.load())
    vectors, docs = _tone_vectors(bench), bench.docs("tune", 120, 21)
    for draw in range(DRAWS):
        rng = world.generator(10_000 + draw)
        noise = torch.randn(len(vectors), 64, generator=rng)
        directions = {key: row / row.norm() * v.norm() for row, (key, v) in zip(noise, vectors.items(), strict=True)}
        swept = bench.sweep(docs, directions)
        for position, layer in vectors:
            cells = [swept[position, layer, dose] for dose in DOSES]
            yield [
                draw,
                position,
                layer,
                *(f"{effects.mean().item():.3f}" for effects, _ in cells),
                *(f"{cost:.3f}" for _, cost in cells),
            ]


TABLES: dict[str, tuple[str, Callable[[Any], Iterator[Row]]]] = {
    "seeds": ("seeds.csv", seeds),
    "nulls": ("nulls.csv", nulls),
}


@torch.no_grad()
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
