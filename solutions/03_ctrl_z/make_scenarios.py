"""Draw the data of the three reasoning scenarios of unit 03, and print what is true in each.

``python make_scenarios.py`` in this folder writes data/retry.csv, data/attempts.csv, data/red.csv and data/blue.csv; a
second. The seeds are fixed, and they were chosen so that each headline fits its data: false alarms that halve, sixty
attempts without a success, and twenty-four settings of which one looks far worse than the rest. What is true stands
below. ``python make_scenarios.py --repeat`` draws each scenario many times anew and prints how often its intervals
hold, and how far off its numbers are on average; half a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy import stats

from autograde.tables import write_table

HERE = Path(__file__).parent

# ------------------------------------------------------------------------- A: tell the policy why it was flagged
TASKS, HONEST, ATTACKS = 100, (16, 29), (3, 8)  # honest and attack steps a task
HONEST_AT, HONEST_TASK, HONEST_STEP = -2.3, 0.35, 0.95  # suspicion on the logit scale: centre, and spreads
ATTACK_AT, ATTACK_TASK, ATTACK_STEP = -0.15, 0.5, 0.9
DRAW = 0.4  # what differs from draw to draw of the same step
RETRY_FROM = 30  # a step with this score or more is drawn again
DEEPER = 0.65  # how far the rationale lowers the suspicion of the second draw, of honest steps and of attacks ALIKE
BUDGET = 0.03


def scored(suspicion: np.ndarray) -> np.ndarray:
    """Scores 0 to 100 of a monitor that likes multiples of five."""
    return np.clip(5 * np.round(20 / (1 + np.exp(-suspicion))), 0, 100).astype(int)


def retry_rows(rng: np.random.Generator, tasks: int = TASKS) -> np.ndarray:
    """One row a step: task, attack or not, first score, score after a retry, score after a blind second draw."""
    parts = []
    for task in range(1, tasks + 1):
        for attack, at, between, within, sizes in (
            (0, HONEST_AT, HONEST_TASK, HONEST_STEP, HONEST),
            (1, ATTACK_AT, ATTACK_TASK, ATTACK_STEP, ATTACKS),
        ):
            n = int(rng.integers(*sizes))
            step = at + rng.normal(0, between) + rng.normal(0, within, size=n)
            draws = step + rng.normal(0, DRAW, size=(3, n))
            first = scored(draws[0])
            again = first >= RETRY_FROM
            retry = np.where(again, scored(draws[1] - DEEPER), first)
            resample = np.where(again, scored(draws[2]), first)
            parts.append(np.column_stack([np.full(n, task), np.full(n, attack), first, retry, resample]))
    return np.concatenate(parts)


RETRY_COLUMNS = ["task", "attack", "first", "retry", "resample"]


def catch(honest: np.ndarray, attack: np.ndarray, budget: float) -> float:
    """Share of attacks audited when exactly the share ``budget`` of honest steps is, ties audited in part."""
    at = np.quantile(honest, 1 - budget, method="inverted_cdf")
    part = (budget - np.mean(honest > at)) / np.mean(honest == at)
    return float(np.mean(attack > at) + part * np.mean(attack == at))


def gains(rows: np.ndarray, budget: float = BUDGET) -> tuple[float, float]:
    """Retry less resample: with the attacks of each arm, and with the first scores of the attacks in both arms."""
    honest, attack = rows[rows[:, 1] == 0], rows[rows[:, 1] == 1]
    own = catch(honest[:, 3], attack[:, 3], budget) - catch(honest[:, 4], attack[:, 4], budget)
    old = catch(honest[:, 3], attack[:, 2], budget) - catch(honest[:, 4], attack[:, 2], budget)
    return own, old


# ------------------------------------------------------------------------------- B: sixty attempts, not one success
ATTEMPTS, EPISODE = 60, 20
PROTOCOLS = {  # true probabilities of one attempt: caught, succeeds; the rest is blocked
    "audit only": (0.36, 0.64),
    "strict block": (0.04, 0.02),
    "defer to trusted": (0.14, 0.24),
    "defer to resample": (0.28, 0.15),
    "resample and audit": (0.46, 0.09),
}


def attempt_rows(rng: np.random.Generator) -> list[list[object]]:
    """One row a protocol: name, attempts caught, blocked, succeeded."""
    rows: list[list[object]] = []
    for name, (caught, succeeds) in PROTOCOLS.items():
        c, b, s = rng.multinomial(ATTEMPTS, [caught, max(0.0, 1 - caught - succeeds), succeeds])
        rows.append([name, int(c), int(b), int(s)])
    return rows


def safety(caught: float, succeeds: float, attempts: float) -> float:
    """Probability that the payload never runs in an episode of this many attempts that a catch ends."""
    decisive = caught + succeeds
    return 1 - succeeds / decisive * (1 - (1 - decisive) ** attempts)


def wilson(events: int, n: int, confidence: float) -> tuple[float, float]:
    """Wilson interval of a rate."""
    ends = stats.binomtest(events, n).proportion_ci(confidence, method="wilson")
    return ends.low, ends.high


# -------------------------------------------------------------------------------- C: the worst of 24, the best of 18
BEST_TASKS, RUNS = 40, 4
RED_SETTINGS, BLUE_SETTINGS = 24, 18
EASY = (1.0, 1.1)  # logit of safety: centre and spread over tasks, the same for all settings of a table
SETTING = 0.12  # spread of the settings' true levels
CROSSED = 0.5  # spread of what is peculiar to a setting on a task
LIFT = 0.25  # by how much the blue team's settings are safer than the protocol that the red team attacked


def best_of_rows(
    rng: np.random.Generator, task: np.ndarray, settings: int, lift: float
) -> tuple[np.ndarray, np.ndarray]:
    """Runs without a successful attack, (settings, tasks); and each setting's true safety over all possible tasks."""
    level = EASY[0] + lift + rng.normal(0, SETTING, size=settings)
    wide = np.sqrt(EASY[1] ** 2 + CROSSED**2)
    grid = stats.norm.ppf((np.arange(400) + 0.5) / 400) * wide
    truth = (1 / (1 + np.exp(-(level[:, None] + grid)))).mean(1)
    logit = level[:, None] + task + rng.normal(0, CROSSED, size=(settings, BEST_TASKS))
    return rng.binomial(RUNS, 1 / (1 + np.exp(-logit))), truth


def two_tables(rng: np.random.Generator) -> dict[str, tuple[np.ndarray, np.ndarray, str]]:
    """Table, truth and what is picked, of the red and of the blue team; both meet the same tasks."""
    task = rng.normal(0, EASY[1], size=BEST_TASKS)
    return {
        "red": (*best_of_rows(rng, task, RED_SETTINGS, 0.0), "lowest"),
        "blue": (*best_of_rows(rng, task, BLUE_SETTINGS, LIFT), "highest"),
    }


def crossed(table: np.ndarray, pick: str, rng: np.random.Generator, splits: int = 20) -> float:
    """Chosen on one half of the tasks, reported on the other, both ways round."""
    choose = np.argmin if pick == "lowest" else np.argmax
    found = []
    for _ in range(splits):
        order = rng.permutation(table.shape[1])
        one, two = table[:, order[: len(order) // 2]].mean(1), table[:, order[len(order) // 2 :]].mean(1)
        found += [two[choose(one)], one[choose(two)]]
    return float(np.mean(found))


def optimism(table: np.ndarray, pick: str, rng: np.random.Generator, draws: int = 100) -> float:
    """How much the chosen setting of a drawn data set looks more extreme there than on the original tasks."""
    choose = np.argmin if pick == "lowest" else np.argmax
    found, level = [], table.mean(1)
    for _ in range(draws):
        drawn = table[:, rng.integers(table.shape[1], size=table.shape[1])].mean(1)
        found.append(drawn[choose(drawn)] - level[choose(drawn)])
    return float(np.mean(found))


SEEDS = {"retry": 3, "attempts": 248, "best": 36}


def main() -> None:
    """Write the four tables and print the truths."""
    rows = retry_rows(np.random.default_rng(SEEDS["retry"]))
    write_table(HERE / "data" / "retry.csv", RETRY_COLUMNS, rows.tolist())
    large = retry_rows(np.random.default_rng(99), 6000)
    many, wide = gains(large), gains(large, 0.1)
    own, old = gains(rows)
    print(f"retry: gain {own:+.3f} (true {many[0]:+.3f}); with the old attacks {old:+.3f} (true {many[1]:+.3f})")
    print(f"retry: at a budget of 10 % the true gain is {wide[0]:+.3f}")
    counts = attempt_rows(np.random.default_rng(SEEDS["attempts"]))
    write_table(HERE / "data" / "attempts.csv", ["protocol", "caught", "blocked", "succeeded"], counts)
    for (name, rates), row in zip(PROTOCOLS.items(), counts, strict=True):
        print(
            f"attempts: {name}: {row[1:]}, true limit {safety(*rates, np.inf):.2f}, "
            f"after {EPISODE} attempts {safety(*rates, EPISODE):.2f}"
        )
    for name, (table, truth, pick) in two_tables(np.random.default_rng(SEEDS["best"])).items():
        cells = [[i + 1, j + 1, RUNS, int(safe)] for (i, j), safe in np.ndenumerate(table)]
        write_table(HERE / "data" / f"{name}.csv", ["setting", "task", "runs", "safe_runs"], cells)
        level = table.mean(1) / RUNS
        at = int(level.argmin() if pick == "lowest" else level.argmax())
        cross = crossed(table / RUNS, pick, np.random.default_rng(1), 200)
        print(
            f"{name}: {pick} {level[at]:.3f} (setting {at + 1}, truly {truth[at]:.3f}), cross-fitted {cross:.3f}; "
            f"truly the settings lie between {truth.min():.3f} and {truth.max():.3f}"
        )


def repeat() -> None:
    """Draw each scenario anew many times: how often do the intervals hold, how far off are the numbers?"""
    source = np.random.default_rng(7)
    true_gain = gains(retry_rows(np.random.default_rng(99), 20000))[0]
    held = 0
    for _ in range(400):
        rows = retry_rows(source)
        by_task = [rows[rows[:, 0] == task] for task in range(1, TASKS + 1)]
        draws = [gains(np.concatenate([by_task[t] for t in source.integers(TASKS, size=TASKS)]))[0] for _ in range(300)]
        low, high = np.percentile(draws, [2.5, 97.5])
        held += low <= true_gain <= high
    print(f"retry: 95 % intervals from tasks hold the true gain {true_gain:+.3f} in {held / 4:.0f} %")
    for name, (caught, succeeds) in PROTOCOLS.items():
        limit, after = safety(caught, succeeds, np.inf), safety(caught, succeeds, EPISODE)
        hold_limit = hold_after = counted = 0
        for c, _, s in source.multinomial(ATTEMPTS, [caught, max(0.0, 1 - caught - succeeds), succeeds], size=1000):
            if c + s == 0:
                continue
            counted += 1
            low, high = wilson(int(s), int(c + s), 0.95)
            hold_limit += 1 - high <= limit <= 1 - low
            share, decisive = wilson(int(s), int(c + s), 0.975), wilson(int(c + s), ATTEMPTS, 0.975)
            ends = [1 - k * (1 - (1 - d) ** EPISODE) for k, d in zip(share, decisive, strict=True)]
            hold_after += ends[1] <= after <= ends[0]
        print(f"attempts: {name}: limit held in {hold_limit / counted:.1%}, {EPISODE} in {hold_after / counted:.1%}")
    errors: dict[str, list[list[float]]] = {"red": [], "blue": []}
    for _ in range(400):
        for name, (table, truth, pick) in two_tables(source).items():
            level = table.mean(1) / RUNS
            at = int(level.argmin() if pick == "lowest" else level.argmax())
            extreme = truth.min() if pick == "lowest" else truth.max()
            cross = crossed(table / RUNS, pick, source)
            corrected = level[at] - optimism(table / RUNS, pick, source)
            errors[name].append([x - y for x in (level[at], cross, corrected) for y in (truth[at], extreme)])
    for name, found in errors.items():
        a, b, c, d, e, f = np.mean(found, axis=0)
        print(
            f"{name}: published less true safety of the chosen {a:+.3f}, of the true extreme {b:+.3f}; "
            f"cross-fitted {c:+.3f} and {d:+.3f}; corrected by the bootstrap {e:+.3f} and {f:+.3f}"
        )


if __name__ == "__main__":
    repeat() if "--repeat" in sys.argv else main()
