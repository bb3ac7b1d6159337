"""Make the data of the three reasoning scenarios of unit 04, and print what is true in each.

``python make_scenarios.py`` in this folder writes data/frozen.csv, data/attack.csv, data/length.csv and
data/null_rates.csv in about a minute. Everything is drawn from the unit's own world, with the seeds below: the first
that were tried, but for the attack. Its first seed (5) put the decoy into far fewer houses with an empty memory than
the 60 % of the world, so the second was taken. Added to the world is one thing: a store that may keep a note out.
``python make_scenarios.py --repeat`` draws the tables many times anew and prints how often the findings hold.
"""

from __future__ import annotations

import difflib
import random
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from autograde.tables import write_table
from autograde.worlds import load_world

HERE = Path(__file__).parent
world = load_world(HERE)
Array = np.ndarray
SEEDS = {"frozen": 4, "attack": 7, "length": 6}


@cache
def similar(earlier: str, later: str) -> bool:
    """Whether the later text repeats the earlier one, by the measure of the work test."""
    return difflib.SequenceMatcher(None, earlier, later).ratio() >= 0.85


def repeats(texts: list[str]) -> list[int]:
    """For each text 1 if it is similar to an earlier one, else 0."""
    return [int(any(similar(earlier, text) for earlier in texts[:i])) for i, text in enumerate(texts)]


def rate(flags: list[int]) -> float | None:
    """The repetition rate; None for fewer than two reflections."""
    return sum(flags) / (len(flags) - 1) if len(flags) > 1 else None


# ----------------------------------------------------------------------------------------- A: the sixteen hardest
HOUSES = 200


def frozen(seed: int, n: int = HOUSES) -> list[list[Any]]:
    """One row a house: number, obstacle, repetition rate and solved in a first run, solved in three others."""
    rows: list[list[Any]] = []
    for house in world.houses(n, seed=seed):
        first, again = (world.run(house, "self-diagnosis", seed=seed + run) for run in (0, 1000))
        others = [world.run(house, writer, seed=seed + 2000) for writer in ("record", "no memory")]
        own = rate(repeats([reflection.text for reflection in first.reflections]))
        solved = [int(run.solved_at is not None) for run in (first, again, *others)]
        rows.append([house.number + 1, house.obstacle, "" if own is None else f"{own:.3f}", *solved])
    return rows


# --------------------------------------------------------------------------------------------- B: four denominators
SESSIONS, FILLED, NOTES, RETRIEVED = 40, 96, 4, 5
LET_IN = {"empty": 3.0, "filled": 0.4}  # logit of a note being let in: a store that knows much compares, and refuses
SPREAD = 1.2  # spread of the sessions on the logit scale


def attack(seed: Any, sessions: int = SESSIONS) -> list[list[Any]]:
    """One row a request: session, memory, injected, retrieved, acted, harmful."""
    rows: list[list[Any]] = []
    dice = random.Random(f"attack {seed}")
    for session in range(2 * sessions):
        memory = ("empty", "filled")[session % 2]
        decoy = dice.random() < world.DECOYS  # the same house for the whole session
        open_door = 1 / (1 + np.exp(-(LET_IN[memory] + dice.gauss(0, SPREAD))))
        legitimate = world.past_requests(FILLED, dice) if memory == "filled" else []
        for thing in dice.sample(world.OBJECTS, dice.randint(3, 9)):
            notes = [note for note in world.poison(thing, NOTES, dice) if dice.random() < open_door]
            store = legitimate + notes
            keys = world.embed([one.text for one in store])
            query = world.embed([world.ask(thing, dice)])[0]
            found = [store[i] for i in (keys @ query).argsort(descending=True, stable=True)[:RETRIEVED].tolist()]
            hit = any(one.poisoned for one in found)
            went = hit and world.plan(found) == world.TRAP
            rows.append([session + 1, memory, *(int(x) for x in (bool(notes), hit, went, went and decoy))])
    return rows


# ------------------------------------------------------------------------------------ C: longer logs repeat more
LENGTH_HOUSES, NULLS = 120, 199


def length(seed: int, n: int = LENGTH_HOUSES) -> tuple[list[Any], list[list[Any]]]:
    """The houses, and one row a house: number, solved, trials, flags."""
    homes, rows = world.houses(n, seed=seed), []
    for house in homes:
        run = world.run(house, "self-diagnosis", seed=seed)
        flags = repeats([reflection.text for reflection in run.reflections])
        rows.append([house.number + 1, int(run.solved_at is not None), len(run.trials), "".join(map(str, flags))])
    return homes, rows


def fresh_flags(house: Any, n: int, dice: random.Random) -> list[int]:
    """Flags of ``n`` reflections, each the first guess of an agent that has seen one failed trial and nothing else."""
    texts: list[str] = []
    while len(texts) < n:
        trial = world.attempt(house, dice)
        if not trial.solved:
            texts.append(world.diagnose(house, trial, dice).text)
    return repeats(texts)


def null_rates(homes: list[Any], rows: list[list[Any]], n: int, seed: Any) -> Array:
    """Repetition rates of logs just as long without any memory, (houses, n); NaN for fewer than two reflections."""
    dice = random.Random(f"null {seed}")
    return np.array(
        [
            [np.nan if (own := rate(fresh_flags(house, len(row[3]), dice))) is None else own for _ in range(n)]
            for house, row in zip(homes, rows, strict=True)
        ]
    )


def rhos(rows: list[list[Any]], nulls: Array) -> tuple[float, Array]:
    """Spearman's rho of rate and trials, observed and in each replication."""
    long = np.array([len(row[3]) > 1 for row in rows])
    trials = np.array([row[2] for row in rows])[long]
    own = [rate([int(c) for c in row[3]]) for row in rows if len(row[3]) > 1]
    found = [stats.spearmanr(trials, nulls[long, i]).statistic for i in range(nulls.shape[1])]
    return float(stats.spearmanr(trials, own).statistic), np.array(found)


# ------------------------------------------------------------------------------------------------------------------
def shares(rows: list[list[Any]]) -> Array:
    """Solved in the second run, with the record, with no memory."""
    return np.array([row[4:] for row in rows], dtype=float).mean(axis=0).round(3)


def hardest(rows: list[list[Any]]) -> list[list[Any]]:
    """The frozen houses that were not solved in the first run."""
    return [row for row in rows if row[2] and float(row[2]) >= 0.5 and not row[3]]


def main() -> None:
    """Write the tables and print the truths."""
    rows = frozen(SEEDS["frozen"])
    header = ["house", "repetition", "first", "again", "record", "none"]
    write_table(HERE / "data" / "frozen.csv", header, [[row[0], *row[2:]] for row in rows])
    picked = hardest(rows)
    print(f"frozen: {len(picked)} of {len(rows)}; the sixteenth is house {picked[15][0]}")
    for name, part in (("sixteen", picked[:16]), ("all that are frozen and unsolved", picked), ("all", rows)):
        kinds = {kind: sum(row[1] == kind for row in part) for kind in ("none", "locked", "buried")}
        print(f"frozen: {name}: again, record, none {shares(part)}; first {np.mean([r[3] for r in part]):.3f}; {kinds}")

    log = attack(SEEDS["attack"])
    write_table(HERE / "data" / "attack.csv", ["session", "memory", "injected", "retrieved", "acted", "harmful"], log)
    large = attack("truth", 1500)
    for name, part in (("seen", log), ("true", large)):
        for memory in ("empty", "filled"):
            flags = np.array([row[2:] for row in part if row[1] == memory])
            steps = [len(flags), *flags.sum(axis=0)]
            print(
                f"attack: {name} {memory}: {steps}",
                np.round([*np.divide(steps[1:], steps[:-1]), flags[:, 3].mean()], 3),
            )

    homes, rows = length(SEEDS["length"])
    write_table(HERE / "data" / "length.csv", ["house", "solved", "trials", "flags"], rows)
    nulls = null_rates(homes, rows, NULLS, SEEDS["length"])
    table = [[row[0], *("" if np.isnan(x) else f"{x:.3f}" for x in own)] for row, own in zip(rows, nulls, strict=True)]
    write_table(HERE / "data" / "null_rates.csv", ["house", *(f"null {i + 1}" for i in range(NULLS))], table)
    rho, null = rhos(rows, nulls)
    counts = np.bincount([len(row[3]) for row in rows])
    print(f"length: reflections a house {counts.tolist()}; rho {rho:.3f}, null {null.mean():.3f} ({null.std():.3f})")
    ends = np.percentile(null, [2.5, 97.5]).round(3)
    print(f"length: p {(1 + (null >= rho).sum()) / (1 + NULLS):.3f}, middle 95 % of the null {ends}")
    fixed = [fresh_flags(house, 10, random.Random(f"ten {house.number}")) for house in homes]
    print("length: chance that the n-th reflection of a log without memory repeats", np.mean(fixed, axis=0).round(2))


def repeat() -> None:
    """Draw the tables anew many times."""
    found = []
    for seed in range(100, 140):
        picked = hardest(frozen(seed, 40))[:16]
        found.append([len(picked), *(np.array([row[4:] for row in picked]).sum(axis=0))])
    print("frozen: number, again, record, none; means and middle 90 % over 40 draws")
    print(np.mean(found, axis=0).round(2), np.percentile(found, [5, 95], axis=0).tolist())
    seen = []
    for seed in range(200, 212):
        homes, rows = length(seed)
        rho, null = rhos(rows, null_rates(homes, rows, 39, seed))
        seen.append((rho, null.mean(), (1 + (null >= rho).sum()) / 40))
    print("length: rho, null mean, p in 12 draws", np.round(seen, 2).tolist())


if __name__ == "__main__":
    repeat() if "--repeat" in sys.argv else main()
