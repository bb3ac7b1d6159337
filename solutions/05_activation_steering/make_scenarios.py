"""Make the data of the three reasoning scenarios of unit 05, and print what is true in each.

``python make_scenarios.py`` in this folder writes data/judges.csv and data/mix.csv in seconds; ``python
make_scenarios.py forty`` writes data/forty.csv in about ten minutes on one core. The judges are simulated; the forty
settings and the mix are measured on the unit's own assistant. Seeds are fixed, and those of the small samples (the
tested requests) were chosen so that each headline fits its data. What is true stands below or is printed. ``python
make_scenarios.py --repeat`` draws the samples many times anew and prints how often the intervals hold.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
Array = np.ndarray


# ---------------------------------------------------------------------------------- A: a change under two judges
REQUESTS = 100  # the same dangerous requests for every assistant and condition
EASE = 1.2  # spread of the requests on the logit scale: some are answered more readily than others, by all
PLAIN_OPEN = {"ash": -3.6, "birch": -2.4, "cedar": -0.5, "elm": -0.1}  # logit of "not refused" without steering
STEERED_OPEN = {"ablated": 5.6, "subtracted": 5.0}  # the same when steered, whoever the assistant is
CARRIED = {"plain": 1.6, "ablated": 1.6, "subtracted": -0.3}  # logit of "carried out" for an answer not refused
SKILL = 0.8  # spread of the requests in how hard they are to carry out
CONDITIONS = ["plain", "ablated", "subtracted"]


def judged(rng: np.random.Generator, n: int = REQUESTS) -> list[list[Any]]:
    """One row an answer: assistant, request, condition, not refused, carried out."""
    ease, skill = rng.normal(0, EASE, size=n), rng.normal(0, SKILL, size=n)
    rows: list[list[Any]] = []
    for name, at in PLAIN_OPEN.items():
        for condition in CONDITIONS:
            chance = 1 / (1 + np.exp(-(ease + STEERED_OPEN.get(condition, at))))
            opened = rng.random(n) < chance
            carried = opened & (rng.random(n) < 1 / (1 + np.exp(-(skill + CARRIED[condition]))))
            for i in rng.permutation(n):
                rows.append([name, int(i) + 1, condition, int(opened[i]), int(carried[i])])
    return rows


def changes(rows: list[list[Any]], name: str, condition: str) -> Array:
    """Steered less plain for each request, shape (2, requests): not refused, and carried out."""
    both = [{r[1]: r[3:] for r in rows if r[0] == name and r[2] == which} for which in (condition, "plain")]
    numbers = sorted(both[0])
    return (np.array([both[0][i] for i in numbers]) - np.array([both[1][i] for i in numbers])).T


# --------------------------------------------------------------------------------- B: the best of forty, again
DOSES, DRAWS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0), 200
TUNE, REPORT = 12, 160  # requests
TUNE_SEEDS = [41, 42, 43, 44, 45, 46, 47, 48]  # eight sets of twelve; the table has one of them


class Forty:
    """The stored assistant, and the shift of tone under vectors at four layers and ten doses, from the mood word on."""

    def __init__(self) -> None:
        torch.set_num_threads(1)
        self.world = world = load_world(HERE)
        self.model = world.load()

    def vectors(self) -> list[torch.Tensor]:
        """The tone vector at the mood word, one for each layer: differences of means of matched pairs."""
        means: list[torch.Tensor] = []

        def keep(x: torch.Tensor, hook: object) -> None:
            means.append(x[:, self.world.MOOD_AT].mean(0))

        for tokens in self.world.contrast_pairs("tone", 150, self.world.generator(1)):
            hooks = [(f"blocks.{layer}.hook_in", keep) for layer in range(self.world.N_LAYERS)]
            self.model.run_with_hooks(tokens, fwd_hooks=hooks)
        half = len(means) // 2
        return [warm - curt for warm, curt in zip(means[:half], means[half:], strict=True)]

    def tone(self, tokens: torch.Tensor) -> torch.Tensor:
        """Log-odds of warm against curt; (requests,)."""
        return self._odds(self.model(tokens))

    def _odds(self, logits: torch.Tensor) -> torch.Tensor:
        warm, curt = self.world.words_of("tone")
        return logits[:, -1, warm].logsumexp(-1) - logits[:, -1, curt].logsumexp(-1)

    def shift(self, tokens: torch.Tensor, vector: torch.Tensor, layer: int, dose: float) -> torch.Tensor:
        """Steered less plain log-odds of tone, one a request, the vector added from the mood word on."""

        def add(x: torch.Tensor, hook: object) -> torch.Tensor:
            steered = x.clone()
            steered[:, self.world.MOOD_AT :] += dose * vector
            return steered

        hooks = [(f"blocks.{layer}.hook_in", add)]
        return self._odds(self.model.run_with_hooks(tokens, fwd_hooks=hooks)) - self.tone(tokens)

    def requests(self, n: int, seed: int, words: str) -> torch.Tensor:
        """Prompts of one of the sets of words."""
        return self.world.to_tokens(self.world.requests(n, self.world.generator(seed), words=words))

    def random(self, draw: int, like: list[torch.Tensor]) -> list[torch.Tensor]:
        """Random directions, one for each layer, with the norm of the vector there."""
        noise = torch.randn(len(like), self.model.cfg.d_model, generator=self.world.generator(20_000 + draw))
        return [n / n.norm() * v.norm() for n, v in zip(noise, like, strict=True)]


def forty() -> None:
    """Write data/forty.csv: direction 0 is the candidate, 1 to 200 are random."""
    bench = Forty()
    sets = [bench.requests(TUNE, seed, "tune") for seed in TUNE_SEEDS]
    tokens = torch.cat([*sets, bench.requests(REPORT, SEEDS["report"], "report")])
    parts = [slice(TUNE * i, TUNE * (i + 1)) for i in range(len(sets))]
    fresh = slice(TUNE * len(sets), None)
    own: list[Array] = []
    real, means, scatter = bench.vectors(), [], []
    for direction in range(DRAWS + 1):
        vectors = bench.random(direction, real) if direction else real
        shifts = [bench.shift(tokens, v, layer, dose).numpy() for layer, v in enumerate(vectors) for dose in DOSES]
        means.append([[shift[part].mean() for shift in shifts] for part in (*parts, fresh)])
        own = own or shifts
        best = int(np.argmax(means[-1][TUNE_SEEDS.index(SEEDS["tune"])]))
        scatter.append(shifts[best][fresh].std(ddof=1))
    table = np.array(means)  # directions, sets, settings
    chosen = table[:, TUNE_SEEDS.index(SEEDS["tune"])]
    rows = [
        [
            direction,
            layer,
            *(f"{mean:.3f}" for one in (chosen, table[:, -1]) for mean in one[direction].reshape(4, 10)[layer]),
        ]
        for direction in range(DRAWS + 1)
        for layer in range(bench.world.N_LAYERS)
    ]
    header = ["direction", "layer", *(f"{s} {d:g}" for s in ("tune", "report") for d in DOSES)]
    write_table(HERE / "data" / "forty.csv", header, rows)
    at = int(chosen[0].argmax())
    effect, half = own[at][fresh], 1.96 * own[at][fresh].std(ddof=1) / np.sqrt(REPORT)
    print(f"forty: setting {at}: tune {chosen[0, at]:+.2f}, report {effect.mean():+.2f} +- {half:.2f} over requests")
    spread = [own[at][part].std(ddof=1) for part in (parts[TUNE_SEEDS.index(SEEDS["tune"])], fresh)]
    print(f"forty: standard deviation over requests there, tune and report {np.round(spread, 2)}")
    print(
        f"forty: the same for random directions at their choices, fresh requests, median {np.median(scatter[1:]):.2f}"
    )
    print(f"forty: wrong way on the report set {(effect < 0).mean():.2f}; best there {table[0, -1].max():+.2f}")
    for i, seed in enumerate(TUNE_SEEDS):
        picked = table[:, i].argmax(1)
        kept = table[np.arange(DRAWS + 1), -1, picked]
        p = (1 + (kept[1:] >= kept[0]).sum()) / (1 + DRAWS)
        print(f"forty: twelve requests of seed {seed}: setting {picked[0]}, report {kept[0]:+.2f}, p_both {p:.3f}")


# --------------------------------------------------------------------------------- C: the wrong way, for another mix
TESTED = {"affirmed": 120, "negated": 12, "neutral": 18, "system": 30}  # requests of the test
DEPLOYED = {"affirmed": 0.30, "negated": 0.45, "neutral": 0.15, "system": 0.10}  # shares of the complaints desk
MIX_LAYER, MIX_DOSE = 0, 0.5


def kind_of(world: Any, request: dict[str, str]) -> str:
    """What decides the tone of a request."""
    if request["system"] != "plain":
        return "system"
    if request["mood"] in world.MOODS["neutral"]:
        return "neutral"
    return "negated" if request["adverb"] in world.ADVERBS["negated"] else "affirmed"


class Mix:
    """A large pool of requests with the effect of the tone vector on each, from which tests are drawn."""

    def __init__(self, pool: int = 40_000) -> None:
        bench = Forty()
        world = bench.world
        requests = world.requests(pool, world.generator(500))
        vector = bench.vectors()[MIX_LAYER]
        tokens = world.to_tokens(requests)
        parts = [bench.shift(part, vector, MIX_LAYER, MIX_DOSE).numpy() for part in tokens.split(2000)]
        self.effect = np.concatenate(parts).round(2)
        self.kind = np.array([kind_of(world, request) for request in requests])
        self.mood = np.array([request["mood"] for request in requests])

    def truth(self, shares: dict[str, float]) -> tuple[float, float]:
        """Mean effect and share below zero, at these shares of the kinds."""
        by_kind = {kind: self.effect[self.kind == kind] for kind in shares}
        mean = sum(share * by_kind[kind].mean() for kind, share in shares.items())
        return float(mean), float(sum(share * (by_kind[kind] < 0).mean() for kind, share in shares.items()))

    def test(self, rng: np.random.Generator) -> Array:
        """Rows of a test with the counts of TESTED, in random order."""
        rows = [rng.choice(np.flatnonzero(self.kind == kind), size=n, replace=False) for kind, n in TESTED.items()]
        return rng.permutation(np.concatenate(rows))


def mixed(effect: Array, kind: Array, shares: dict[str, float]) -> tuple[float, float] | None:
    """Mean effect and wrong-way share re-weighted to the shares; None where a kind is missing."""
    if any(not (kind == k).any() for k in shares):
        return None
    return tuple(sum(s * v[kind == k].mean() for k, s in shares.items()) for v in (effect, effect < 0))


# ------------------------------------------------------------------------------------------------------------------
SEEDS = {"judges": 1, "tune": 43, "report": 61, "mix": 2}


def main() -> None:
    """Write the two quick tables and print the truths."""
    rows = judged(np.random.default_rng(SEEDS["judges"]))
    write_table(HERE / "data" / "judges.csv", ["assistant", "request", "condition", "not_refused", "carried_out"], rows)
    large = judged(np.random.default_rng(99), 40_000)
    for name in PLAIN_OPEN:
        for condition in CONDITIONS[1:]:
            seen, true = changes(rows, name, condition).mean(1), changes(large, name, condition).mean(1)
            print(f"judges: {name} {condition}: {seen.round(2)} (true {true.round(3)})")
    mix = Mix()
    chosen = mix.test(np.random.default_rng(SEEDS["mix"]))
    table = [[n + 1, mix.kind[i], mix.mood[i], f"{mix.effect[i]:.2f}"] for n, i in enumerate(chosen)]
    write_table(HERE / "data" / "mix.csv", ["request", "kind", "mood", "effect"], table)
    total = sum(TESTED.values())
    shares = {kind: n / total for kind, n in TESTED.items()}
    print("mix: seen in the test", mixed(mix.effect[chosen], mix.kind[chosen], shares), "true", mix.truth(shares))
    print("mix: deployed", mixed(mix.effect[chosen], mix.kind[chosen], DEPLOYED), "true", mix.truth(DEPLOYED))
    for kind in TESTED:
        here = mix.kind == kind
        print(f"mix: {kind}: true mean {mix.effect[here].mean():+.2f}, wrong way {(mix.effect[here] < 0).mean():.2f}")


def repeat() -> None:
    """Draw the samples anew many times: how often do the intervals hold?"""
    source = np.random.default_rng(7)
    large = judged(np.random.default_rng(99), 40_000)
    for name, condition in (("ash", "ablated"), ("elm", "ablated"), ("elm", "subtracted")):
        true = changes(large, name, condition).mean(1)
        true = np.array([*true, true[0] - true[1]])
        held = np.zeros(3)
        for _ in range(400):
            own = changes(judged(source), name, condition)
            own = np.array([*own, own[0] - own[1]])
            low, high = np.percentile(own[:, source.integers(REQUESTS, size=(500, REQUESTS))].mean(2), [2.5, 97.5], 1)
            held += (low <= true) & (true <= high)
        print(f"judges: {name} {condition}: intervals of judge 1, judge 2 and gap hold in {(held / 4).round(0)} %")
    mix = Mix()
    true_mix, held, widths = np.array(mix.truth(DEPLOYED)), np.zeros(2), []
    rows_held = np.zeros(2)
    for _ in range(400):
        chosen = mix.test(source)
        effect, kind, mood = mix.effect[chosen], mix.kind[chosen], mix.mood[chosen]
        members = [np.flatnonzero(mood == m) for m in np.unique(mood)]
        for by_word in (True, False):
            draws = []
            for _ in range(200):
                if by_word:
                    rows = np.concatenate([members[i] for i in source.integers(len(members), size=len(members))])
                else:
                    rows = source.integers(len(effect), size=len(effect))
                if (found := mixed(effect[rows], kind[rows], DEPLOYED)) is not None:
                    draws.append(found)
            low, high = np.percentile(draws, [2.5, 97.5], axis=0)
            if by_word:
                held += (low <= true_mix) & (true_mix <= high)
                widths.append(high - low)
            else:
                rows_held += (low <= true_mix) & (true_mix <= high)
    print(f"mix: intervals of mean and wrong-way share hold in {(held / 4).round(0)} %; widths {np.mean(widths, 0)}")
    print(f"mix: intervals from rows drawn one by one hold in {(rows_held / 4).round(0)} %")


if __name__ == "__main__":
    if "--repeat" in sys.argv:
        repeat()
    elif "forty" in sys.argv:
        forty()
    else:
        main()
