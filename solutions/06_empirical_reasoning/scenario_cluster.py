"""An agent benchmark with clustered tasks: a better agent, luck of environments, memory of solutions, or more steps."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import points, tenth

ID = "cluster"
TITLE = "Seventeen tasks more"
MINUTES = 18
TRUTHS = ("able", "luck", "memory", "steps")

SIZES = np.array([30, 24, 20, 18, 18, 16, 16, 14, 14, 12, 12, 10, 8, 8, 6, 6, 4, 4])
TASKS, FRESH, EACH, LIMIT, LONG = int(SIZES.sum()), 10, 10, 30, 60
NET = 17
"""Tasks that the new agent solves more, net, in every truth: the headline never gives the truth away."""
GAIN, ENVIRONMENT, ATTEMPT = 0.09, 0.15, 0.40
"""A true gain in share; standard deviations of one environment's gain and of one task's, about what the world gives."""
EXPLANATIONS = {
    "able": "The new agent is better at such work, in whatever environment and with the same number of steps.",
    "luck": "Neither agent is better; each has environments that suit it, and these eighteen suit the new one.",
    "memory": "The new agent remembers published solutions, and is no better where there are none.",
    "steps": "The new agent is no better; it may work on for sixty steps where the old one has to stop after thirty.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    tasks, fresh = _tasks(truth, rng), _fresh(truth, rng)
    names = np.array([f"e{name + 1:02d}" for name in range(len(SIZES) + FRESH)])
    gain = tasks["new"] - tasks["old"]
    by_env = np.array([gain[tasks["env"] == name].sum() for name in range(len(SIZES))])
    experiments = _experiments(rng)
    numbers = _numbers(tasks, fresh)
    late = int(tasks["new"][tasks["steps"] > LIMIT].sum())
    fresh_gain = fresh["new"] - fresh["old"]
    apart = stats.unpaired(gain[tasks["public"] == 0], gain[tasks["public"] == 1])
    within = _within(tasks)
    return Case(
        truth=truth,
        brief=_brief(tasks),
        tables={
            "tasks": {**tasks, "env": names[tasks["env"]]},
            "fresh": {**{k: v for k, v in fresh.items() if k != "public"}, "env": names[fresh["env"] + len(SIZES)]},
        },
        notes={
            "tasks": "one row a task: its environment, whether solutions for this environment are on the web "
            "(public: 1 or 0), whether each agent solved it (1 or 0), and the steps that the new agent took, solved or "
            "not",
            "fresh": "the same (without public) for tasks of ten new environments, written after both agents were "
            "finished",
        },
        figures={"gain_by_environment": partial(_plot, tasks=tasks, by_env=by_env, names=names)},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="dollars",
        features={
            "late": float(late),
            "public": numbers[2].value,
            "fresh": float(fresh_gain.sum()),
            "fresh_late": float(fresh["new"][fresh["steps"] > LIMIT].sum()),
            "signs": float((by_env > 0).sum() - (by_env < 0).sum()),
        },
        careless=Reading(
            "able",
            {
                "gap": (NET / TASKS, *stats.paired(tasks["old"], tasks["new"])[0]),
                "within": (float(within.mean()), *stats.normal(float(within.mean()), stats.error_of_mean(within))),
                "public": (numbers[2].value, *apart),
                "fresh": (numbers[3].value, *stats.unpaired(fresh["old"], fresh["new"])),
            },
            "again",
        ),
        discussion=_discussion(numbers, by_env, late, fresh, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _tasks(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """The benchmark, drawn until the new agent solves ``NET`` more."""
    env = np.repeat(np.arange(len(SIZES)), rng.permutation(SIZES))
    while True:
        known = rng.permutation(len(SIZES)) < len(SIZES) // 2
        if 0.42 < known[env].mean() < 0.58:
            break
    while True:
        tried = _solve(truth, rng, env, known[env].astype(int), 60)
        whole = np.flatnonzero((tried["new"] - tried["old"]).sum(1) == NET)
        if len(whole):
            columns = {name: tried[name][whole[0]] for name in ("old", "new", "steps")}
            return {"env": env, "public": known[env].astype(int), **columns}


def _fresh(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    env = np.repeat(np.arange(FRESH), EACH)
    public = np.zeros(len(env), int)
    tried = _solve(truth, rng, env, public, 1)
    return {"env": env, "public": public, **{name: column[0] for name, column in tried.items()}}


def _solve(
    truth: str, rng: np.random.Generator, env: np.ndarray, public: np.ndarray, tries: int
) -> dict[str, np.ndarray]:
    """What both agents solve: they share a task's difficulty; each has environments that suit it, and noise."""
    count, shape = int(env.max()) + 1, (tries, len(env))
    ease = -0.3 + rng.normal(0, 0.5, (tries, count))[:, env] + rng.normal(0, 1, shape)
    suits = rng.normal(0, 0.45, (tries, count))[:, env]
    shift = {"able": 0.30, "memory": 0.6 * public}.get(truth, 0.0)
    old = ease - suits / 2 + rng.normal(0, 0.35, shape) > 0
    new = ease + suits / 2 + shift + rng.normal(0, 0.35, shape) > 0
    late = rng.random(shape) < (rng.uniform(0, 0.1) if truth == "steps" else rng.uniform(0.05, 0.25))
    if truth == "steps":
        rescued = ~new & (rng.random(shape) < 0.14)
        late, new = (late & new) | rescued, new | rescued
    early = rng.integers(5, LIMIT + 1, shape)
    longer = rng.integers(LIMIT + 1, LONG + 1, shape)
    gave_up = rng.integers(12, 3 * LONG // 2, shape).clip(max=LONG)
    steps = np.where(new, np.where(late, longer, early), gave_up)
    return {"old": old.astype(int), "new": new.astype(int), "steps": steps}


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Their sizes are drawn, so the cheapest that tells is not always the same."""
    equal, own = (int(rng.choice((12, 20, 36))) for _ in range(2))
    changed = int(rng.choice((60, 100)))
    shared = ENVIRONMENT**2 * float((SIZES**2).sum()) / TASKS**2
    noise = ATTEMPT**2 / TASKS
    seen = NET / TASKS
    lasting = seen * shared / (shared + noise)  # what of a lucky gap is there again in the same environments
    about = float(np.sqrt(shared * noise / (shared + noise) + noise / 2))

    def above(gains: tuple[float, ...], error: float, points: float) -> dict[str, float]:
        return {name: stats.chance_above(gain, error, points) for name, gain in zip(TRUTHS, gains, strict=True)}

    elsewhere = float(np.sqrt(ENVIRONMENT**2 + ATTEMPT**2 / 10))
    rewritten = float(np.hypot(ENVIRONMENT / 3, ATTEMPT / changed**0.5))
    return (
        Experiment(
            "again", f"Let both agents try all {TASKS} tasks twice more, each with its limit.", 4 * TASKS,
            "the new one solves at least 3 points more", above((seen, lasting, seen, seen), about, 0.03),
        ),
        Experiment(
            "longer", f"Let the old agent try all {TASKS} tasks anew, with sixty steps.", 2 * TASKS,
            "it comes within 3 points of what the new one has solved",
            above((0.01 - seen, 0.01 - (seen + lasting) / 2, 0.01 - seen, 0.0), 0.025, -0.03),
        ),
        Experiment(
            "equal", f"Build {equal} new environments with ten tasks each, and let both agents try them with sixty "
            "steps.", 60 * equal, "the new one solves at least 4 points more",
            above((GAIN, 0.0, 0.0, 0.0), elsewhere / equal**0.5, 0.04),
        ),
        Experiment(
            "own", f"Build {own} new environments with ten tasks each, and let both agents try them, each with its "
            "limit.", 60 * own, "the new one solves at least 4 points more",
            above((GAIN, 0.0, 0.0, GAIN), elsewhere / own**0.5, 0.04),
        ),
        Experiment(
            "changed", f"Change {changed} tasks of the public environments so that the published solution is wrong and "
            "the work is the same; let both agents try them, each with its limit.", 7 * changed,
            "the new one solves at least 3 points more", above((seen, lasting, 0.0, seen), rewritten, 0.03),
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _within(tasks: dict[str, np.ndarray]) -> np.ndarray:
    return tasks["new"] * (tasks["steps"] <= LIMIT) - tasks["old"]


def _numbers(tasks: dict[str, np.ndarray], fresh: dict[str, np.ndarray]) -> tuple[Number, ...]:
    env, gain, public = tasks["env"], tasks["new"] - tasks["old"], tasks["public"] == 1
    within, last = _within(tasks), fresh["new"] - fresh["old"]
    tell = "Environments are clusters."
    one = (
        "This counts tasks as independent. Those of one environment rise and fall together: sum differences within it."
    )
    two = "This is the interval of two groups of different tasks. Both agents tried the same ones: take differences."

    def number(name: str, asks: str, value: float, ends: tuple[stats.Ends, ...], *traps: Trap) -> Number:
        return Number(name, f"{asks} {tell}", value, 0.002, ends, 0.12 * stats.width(ends[0]), traps)

    def alone(gaps: np.ndarray) -> Trap:
        return Trap(one, interval=stats.normal(float(gaps.mean()), stats.error_of_mean(gaps)))

    on_public, on_rest = float(gain[public].mean()), float(gain[~public].mean())
    return (
        number(
            "gap", f"New minus old share of solved tasks, all {TASKS}.", NET / TASKS, stats.clustered(gain, env),
            alone(gain), Trap(two, interval=stats.unpaired(tasks["old"], tasks["new"])),
        ),
        number(
            "within", f"New minus old share, all {TASKS}, with what the new agent solved after step {LIMIT} counted as "
            "not solved.",
            float(within.mean()), stats.clustered(within, env), alone(within),
            Trap("This leaves tasks out. They stay in, as not solved.", float(gain[tasks["steps"] <= LIMIT].mean())),
        ),
        number(
            "public", "The gain (new minus old) on tasks of public environments, minus the gain on the others.",
            on_public - on_rest, stats.clustered_apart(gain[~public], env[~public], gain[public], env[public]),
            Trap("This is the gain on public tasks. What is asked is how far it exceeds the others'.", on_public),
            Trap(one, interval=stats.unpaired(gain[~public], gain[public])),
        ),
        number(
            "fresh", f"New minus old share of solved tasks on the {FRESH * EACH} fresh tasks.", float(last.mean()),
            stats.clustered(last, fresh["env"]), alone(last),
        ),
    )  # fmt: skip


def _brief(tasks: dict[str, np.ndarray]) -> str:
    low, high = stats.paired(tasks["old"], tasks["new"])[0]
    return f"""
Your group keeps a benchmark of work that an agent could be misused for: {TASKS} tasks in {len(SIZES)} environments,
four to thirty in each. Tasks of one environment share its tools and its pitfalls. The old agent solves
{tasks["old"].sum()}, the new one {tasks["new"].sum()}: **seventeen more, or 7 points**. Each tried every task once. The
old one has to stop after {LIMIT} steps, the new one after {LONG}, as their makers advise. An agent that may go on
longer also takes its time: part of what it ends late it would have ended in time, had it been stopped there.

> The interval from {round(100 * low)} to {round(100 * high)} points is from differences on the same tasks, so it's the
> right one. The new agent is more able across the board. Our policy asks for stricter safeguards at 5 points.

For half of the environments, solutions have been on the web for a year; the new agent's model was trained after that,
the old one's before. After the report, {FRESH * EACH} fresh tasks were written in {FRESH} new environments; both agents
have tried them, each with its limit.

Stricter safeguards cost a month of work. You are asked what the report should claim.
"""


def _plot(ax: Any, tasks: dict[str, np.ndarray], by_env: np.ndarray, names: np.ndarray) -> None:
    order = np.argsort(by_env, kind="stable")[::-1]
    known = np.array([tasks["public"][tasks["env"] == name][0] for name in order])
    sizes = [int((tasks["env"] == name).sum()) for name in order]
    for value, label, colour in ((1, "public", "0.35"), (0, "not public", "0.85")):
        mine = np.flatnonzero(known == value)
        ax.bar(mine, by_env[order][mine], color=colour, edgecolor="black", label=label)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_xticks(range(len(order)), [f"{names[k]} ({n})" for k, n in zip(order, sizes, strict=True)],
                  rotation=90, fontsize=8)  # fmt: skip
    ax.set_xlabel("environment (tasks in it)")
    ax.set_ylabel("solved tasks: new minus old")
    ax.set_title(f"The new agent solves {NET} tasks more, net")
    ax.legend(frameon=False, title="solutions")


def _discussion(
    numbers: tuple[Number, ...], by_env: np.ndarray, late: int, fresh: dict[str, np.ndarray],
    experiments: tuple[Experiment, ...],
) -> str:  # fmt: skip
    gap, within, public, last = numbers
    equal, own = (next(e for e in experiments if e.id == name) for name in ("equal", "own"))
    top, ahead, behind = int(np.sort(by_env)[-3:].sum()), int((by_env > 0).sum()), int((by_env < 0).sum())
    late_fresh = int(fresh["new"][fresh["steps"] > LIMIT].sum())
    more = int((fresh["new"] - fresh["old"]).sum())
    return f"""
**The numbers.** The colleague was right to take differences on the same tasks, and wrong to count {TASKS} of them: a
tool that suits one agent suits it in a whole environment. Sum the differences (less their mean) within each
environment, square, add, take the root, divide by {TASKS}: {points(gap)}, while the colleague's
interval had tasks as units. Without what came after step {LIMIT}: {points(within)}. Public minus the
others: {points(public)}; the two groups share no environment, so the squares of their errors add. Fresh tasks:
{points(last)}.

**Able or luck?** The new agent is ahead in {ahead} environments and behind in {behind}; its best three carry {top} of
the net {NET}. Trying the same tasks again would bring part of a lucky gap back, since the environments stay. The fresh
ones are new draws: a true gain should show as about nine of a hundred, here it is {more}.

**Memory?** Then the gain sits where solutions were public, and fresh tasks show none. Public minus the others is some
20 points in such a world and about none otherwise, give or take nine. Here it is {tenth(public.value)}.

**Steps?** {late} of its solutions came after step {LIMIT}, when the old one had been stopped; on fresh tasks
{late_fresh}. Some 25 and 10 are usual under *steps*, some 17 and 7 otherwise, since an agent that may go on takes its
time. So the gain within {LIMIT} steps, {tenth(within.value)} points, is the least that may be left at an equal limit.
It lies near zero under the other three as well, and only some three points lower under *steps*: no proof.

**What next.** New environments are the only cure for luck of environments. With *equal* limits a gain of 4 points
speaks for *able* alone ({100 * equal.chances["able"]:.0f} % against {100 * equal.chances["luck"]:.0f} %). Each with its
*own* limit, it fits *steps* as well ({100 * own.chances["steps"]:.0f} %). The cheaper runs, *longer* and
*changed*, test one explanation each.

**The lesson.** Eighteen environments are eighteen observations, whatever the number of tasks. And a policy may care
about what the agent does with sixty steps: then *steps* is no excuse, it is the finding.
"""
