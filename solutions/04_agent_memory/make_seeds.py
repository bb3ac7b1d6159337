"""Measure the table that the work test of unit 04 stores: ``python make_seeds.py`` in this folder; fifteen minutes.

data/seeds.csv: five times over, both recall transformers trained anew, 200 new houses, 300 new requests. The seeds 1 to
5 are none of those of the notebook (0 for the weights, 1 for its houses with other dice).
"""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mean
from typing import Any

import torch

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
SEEDS = range(1, 6)
Figures = dict[str, float]


def recall(world: Any, seed: int) -> Figures:
    """Both transformers on a thousand households: confident inventions, and what compaction does."""
    found: Figures = {}
    models = {"plain": world.train(seed, 0.0), "abstaining": world.train(seed, 0.3)}
    ways = {"all": lambda records: records, "forget": lambda records: world.forget(records, 5)}
    for way, compact in {**ways, "summarise": world.summarise}.items():
        dice = random.Random(f"{seed} {way}")
        contexts, things, truth, faithful = [], [], [], []
        for _ in range(1000):
            where, records = world.household(12, dice)
            contexts.append(compact(records))
            things.append(dice.choice(world.OBJECTS))
            truth.append(world.ANSWERS.index(where[things[-1]]))
            faithful.append(world.read(contexts[-1], things[-1]))
        right = torch.tensor(truth)
        known = torch.tensor([answer != "unknown" for answer in faithful])
        for name, model in models.items():
            chance, best = world.answer_probs(model, world.to_prompts(contexts, things)).max(dim=1)
            given = best < len(world.PLACES)
            if way == "all":
                found[f"{name}: recall"] = (best == right)[known].float().mean().item()
                found[f"{name}: confident on absent"] = (given & (chance >= 0.8))[~known].float().mean().item()
                said = [(world.ANSWERS[int(b)], context) for b, context in zip(best, contexts, strict=True)]
                lent = [any(r.place == place for r in context) for place, context in said]
                if name == "plain":
                    found["plain: borrowed from another line"] = mean(
                        x for x, k in zip(lent, known, strict=True) if not k
                    )
            else:
                found[f"{name}, {way}: answered"] = given.float().mean().item()
                found[f"{name}, {way}: false among answered"] = (best != right)[given].float().mean().item()
    return found


def repetition(texts: list[str]) -> float | None:
    """The reflection repetition rate of one house; None for fewer than two reflections."""
    if len(texts) < 2:
        return None
    again = [any(SequenceMatcher(None, a, b).ratio() >= 0.85 for a in texts[:i]) for i, b in enumerate(texts)]
    return sum(again) / (len(texts) - 1)


def trials(world: Any, seed: int) -> Figures:
    """200 houses under every writer, and the frozen ones among them; percentages of houses."""
    found: Figures = {}
    houses = world.houses(200, 100 + seed)
    runs = {writer: [world.run(house, writer, seed) for house in houses] for writer in world.WRITERS}
    solved = {writer: [run.solved_at or 99 for run in of] for writer, of in runs.items()}
    for writer in world.WRITERS:
        for by in (3, 10):
            found[f"solved by trial {by}: {writer}"] = mean(at <= by for at in solved[writer])
    forgetful = [world.run(house, "self-diagnosis", seed, stubborn=0.0) for house in houses]
    everything = {"self-diagnosis": runs["self-diagnosis"], "record": runs["record"], "nothing carried over": forgetful}
    rates = {name: [repetition([r.text for r in run.reflections]) for run in of] for name, of in everything.items()}
    for name, values in rates.items():
        found[f"repetition rate: {name}"] = mean(value for value in values if value is not None)
    frozen = [i for i, value in enumerate(rates["self-diagnosis"]) if value is not None and value >= 0.5]
    hard = [i for i in frozen if solved["self-diagnosis"][i] > 10]
    found["frozen: of all houses"] = len(frozen) / len(houses)
    found["frozen and unsolved: can be solved at all"] = mean(houses[i].obstacle == "none" for i in hard)
    again = [world.run(houses[i], "self-diagnosis", 1000 + seed).solved_at is not None for i in hard]
    found["frozen and unsolved: self-diagnosis once more"] = mean(again)
    for writer in ("record", "no memory"):
        found[f"frozen and unsolved: {writer}"] = mean(solved[writer][i] <= 10 for i in hard)
    return found


def attacks(world: Any, seed: int) -> Figures:
    """Four poisoned memories among 0, 96 and 384 legitimate ones, the five most similar retrieved."""
    found: Figures = {}
    for legitimate in (0, 96, 384):
        hits, went = 0, 0
        for number in range(300):
            dice = random.Random(f"{seed} {number} {legitimate}")
            thing = dice.choice(world.OBJECTS)
            memory = world.past_requests(legitimate, dice) + world.poison(thing, 4, dice)
            dice.shuffle(memory)
            near = world.embed([m.text for m in memory]) @ world.embed([world.ask(thing, dice)])[0]
            top = [memory[i] for i in near.argsort(descending=True, stable=True)[:5]]
            hit = any(m.poisoned for m in top)
            hits, went = hits + hit, went + (hit and world.plan(top) == world.TRAP)
        found[f"{legitimate} legitimate: retrieved"] = hits / 300
        found[f"{legitimate} legitimate: acted on, of all"] = went / 300
    return found


def main() -> None:
    """Measure and store."""
    world = load_world(HERE)
    torch.set_num_threads(1)
    rows: list[list[object]] = []
    for seed in SEEDS:
        figures = {**recall(world, seed), **trials(world, seed), **attacks(world, seed)}
        rows += [[seed, name, f"{value:.4f}"] for name, value in figures.items()]
        print(f"seed {seed}: done", flush=True)
    (HERE / "data").mkdir(exist_ok=True)
    write_table(HERE / "data" / "seeds.csv", ["seed", "quantity", "value"], rows)


if __name__ == "__main__":
    main()
