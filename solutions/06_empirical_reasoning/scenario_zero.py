"""No failure in 3,000 rollouts: hardly any, on other prompts, unseen by the judge, or later than the test looks."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap

ID = "zero"
TITLE = "Nothing in three thousand"
MINUTES = 15
TRUTHS = ("rare", "prompts", "judge", "late")

ROLLOUTS, NEAR, KINDS, STEPS, LATE = 3000, 120, 15, 20, 16
"""Rollouts, none of them flagged, and near misses among them: both the same in every truth."""
FLAG, MISS = 80, 60
EXPLANATIONS = {
    "rare": "The agent hardly ever fails: less than once in 10,000 sessions of the real traffic.",
    "prompts": "It fails on some kinds of prompts, and the test has few or none of those.",
    "judge": "It has failed in some of these rollouts, and the judge did not see it.",
    "late": "It fails late in a session, after more steps than the test allows.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    prompts = int(rng.choice([30, 40, 50, 60, 75]))
    planted = _planted(truth, rng)
    kinds, kind_of = _kinds(truth, rng, prompts)
    near = _near(truth, rng, kind_of)
    late = (near["step"] >= LATE).astype(int)
    counts = np.sort(np.unique(near["prompt"], return_counts=True)[1])[::-1]
    hits, of = int(planted["flagged"].sum()), len(planted["flagged"])
    covered = float(kinds["traffic"][kinds["prompts"] > 0].sum())
    beyond = float(near["score"].mean() - MISS)
    numbers = (_bound(prompts), _recall(hits, of), _missed(hits / of), _late(late, near["prompt"]))
    experiments = _experiments(rng)
    per_rollout = stats.none_seen(ROLLOUTS)
    return Case(
        truth=truth,
        brief=_brief(prompts, of),
        tables={"near": near, "planted": planted, "kinds": kinds},
        notes={
            "near": "one row a near miss: the prompt and its kind, the step at which the judge's score passed "
            f"{MISS}, and the highest score of the rollout",
            "planted": "one row a planted failure: how it was written (`plain` or `subtle`), and whether the judge "
            "flagged it (1 or 0)",
            "kinds": "one row a kind of prompt: its share of the real traffic in percent, and how many of the test's "
            "prompts are of it",
        },
        figures={
            "by_step": partial(_plot_steps, step=near["step"]),
            "by_prompt": partial(_plot_prompts, counts=counts, prompts=prompts),
        },
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="person-hours",
        features={
            "recall": hits / of,
            "late": float(late.mean()),
            "top": float(counts[:3].sum() / NEAR),
            "beyond": beyond,
            "covered": covered,
        },
        careless=Reading(
            "rare",
            {
                "bound": (per_rollout,),
                "recall": (hits / of, *stats.wilson(hits, of)),
                "missed": (per_rollout,),
                "late": (float(late.mean()), *stats.wilson(int(late.sum()), NEAR)),
            },
            "more",
        ),
        discussion=_discussion(numbers, prompts, (hits, of), counts, beyond, covered, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _planted(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Failures that people wrote into rollouts, and whether the judge sees them."""
    style = rng.permutation(np.repeat(["plain", "subtle"], int(rng.choice([20, 24, 30]))))
    recall = rng.uniform(*((0.35, 0.7) if truth == "judge" else (0.6, 0.92)))
    seen = rng.random(len(style)) < np.where(style == "plain", recall + 0.08, recall - 0.08)
    if not 5 <= seen.sum() <= len(style) - 2:
        return _planted(truth, rng)
    return {"style": style, "flagged": seen.astype(int)}


def _kinds(truth: str, rng: np.random.Generator, prompts: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Kinds of prompts with their traffic, and the kind of each of the test's prompts."""
    traffic = np.round(100 * rng.dirichlet(np.full(KINDS, 1.5)), 1)
    order = rng.permutation(KINDS)
    goal = rng.uniform(*((45, 80) if truth == "prompts" else (60, 97)))
    chosen = order[: np.searchsorted(np.cumsum(traffic[order]), goal) + 1]
    weights = rng.dirichlet(np.full(len(chosen), 2.0))
    kind_of = np.concatenate([chosen, rng.choice(chosen, max(prompts - len(chosen), 0), p=weights)])[:prompts]
    names = np.array([f"k{k + 1:02d}" for k in range(KINDS)])
    table = {"kind": names, "traffic": traffic, "prompts": np.bincount(kind_of, minlength=KINDS)}
    return table, names[kind_of]


def _near(truth: str, rng: np.random.Generator, kind_of: np.ndarray) -> dict[str, np.ndarray]:
    """Near misses: how they gather in prompts, how late they come, how high they go."""
    shape = rng.uniform(*((0.15, 0.4) if truth == "prompts" else (0.3, 1.2)))
    mean = rng.uniform(*((0.34, 0.6) if truth == "late" else (0.17, 0.42)))
    scale = rng.uniform(*((1.8, 3.8) if truth == "rare" else (3.0, 5.5)))
    weights = rng.gamma(shape, 1.0, len(kind_of)) + 1e-4
    prompt = np.sort(rng.choice(len(kind_of), NEAR, p=weights / weights.sum()))
    late = rng.random(NEAR) < rng.beta(4 * mean, 4 * (1 - mean), len(kind_of))[prompt]
    top = -scale * np.log1p(-rng.random(NEAR) * (1 - np.exp((MISS - FLAG) / scale)))
    if len(np.unique(prompt[late])) < 3 or np.bincount(prompt).max() > 0.8 * ROLLOUTS / len(kind_of):
        return _near(truth, rng, kind_of)
    return {
        "prompt": np.array([f"p{k + 1:02d}" for k in range(len(kind_of))])[prompt],
        "kind": kind_of[prompt],
        "step": np.where(late, rng.integers(LATE, STEPS + 1, NEAR), rng.integers(1, LATE, NEAR)),
        "score": np.round(MISS + top, 1).clip(MISS, FLAG - 0.1),
    }


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Sizes and costs are drawn, so the cheapest that tells is not always the same."""
    read, fresh, longer = (int(rng.choice(sizes)) for sizes in ((40, 120), (300, 900), (200, 600)))
    pushed = float(rng.choice([14, 30]))

    def found(rate: float, of: int) -> float:
        return float(np.clip(1 - (1 - rate) ** of, 0.02, 0.98))

    return (
        Experiment(
            "more", "Run another 3,000 rollouts on the same prompts, with the same judge.", 2.0,
            "none is flagged", {"rare": 0.97, "prompts": 0.95, "judge": 0.90, "late": 0.94},
        ),
        Experiment(
            "read", f"A person reads the {read} rollouts with the highest scores from end to end.", round(read / 10),
            "at least one is a failure",
            {"rare": 0.04, "prompts": 0.05, "judge": found(0.02, read), "late": 0.05},
        ),
        Experiment(
            "fresh", f"Draw {fresh} prompts from the real traffic at random, run each once for {STEPS} steps, and "
            "let the judge read.", 3 + round(fresh / 60), "at least one rollout is flagged, and a person agrees",
            {"rare": 0.03, "prompts": found(0.005, fresh), "judge": 0.12, "late": 0.06},
        ),
        Experiment(
            "longer", f"Run {longer} rollouts on the same prompts for 60 steps instead of {STEPS}, and let the judge "
            "read.", 2 + round(longer / 60), "at least one rollout is flagged, and a person agrees",
            {"rare": 0.03, "prompts": 0.06, "judge": 0.12, "late": found(0.006, longer)},
        ),
        Experiment(
            "push", "On 2,000 prompts from the traffic, for 60 steps, push the agent towards the failure (add the "
            "difference of two checkpoints), read the 100 worst rollouts, and repeat what is found without the push.",
            pushed, "at least one failure comes back without the push",
            {"rare": 0.10, "prompts": 0.85, "judge": 0.88, "late": 0.82},
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _bound(prompts: int) -> Number:
    value = stats.none_seen(prompts)
    asks = (
        "Say that the agent fails on a prompt always or never, and take the test's prompts as drawn from the traffic "
        "at random. The one-sided 95 % upper bound for the share of prompts on which it fails?"
    )
    traps = (
        Trap(f"This counts {ROLLOUTS:,} rollouts. If a prompt fails always or never, each prompt counts once: "
             f"{prompts}.", stats.none_seen(ROLLOUTS)),
        Trap("This is the upper end of a two-sided interval. Below zero there is nothing, so all 5 % go to one side.",
             1 - 0.025 ** (1 / prompts)),
    )  # fmt: skip
    return Number("bound", asks, value, 3 / prompts - value + 0.0005, traps=traps)


def _recall(hits: int, of: int) -> Number:
    accepted = stats.shares(hits, of)
    asks = "Share of the planted failures that the judge flags. Each was written by another person."
    return Number("recall", asks, hits / of, 0.005, accepted, 0.12 * stats.width(accepted[0]))


def _missed(recall: float) -> Number:
    seen = stats.none_seen(ROLLOUTS)
    value = seen / recall
    asks = (
        "Now the other extreme: rollouts are independent. The judge sees a failure as often as a planted one. The "
        "one-sided 95 % upper bound for the rate of failures a rollout, on these prompts?"
    )
    says = "This bounds the failures that the judge flags. Some it does not see: divide by what it sees."
    trap = Trap(says, seen)
    return Number("missed", asks, value, min(0.05 * value, 0.4 * (value - seen)), traps=(trap,))


def _late(late: np.ndarray, prompt: np.ndarray) -> Number:
    accepted = stats.clustered(late, prompt)
    accepted += tuple((0.0, high) for low, high in accepted if low < 0)
    asks = f"Share of the near misses that come in steps {LATE} to {STEPS}. Prompts are clusters."
    says = "You count near misses as independent. Rollouts on one prompt resemble each other: sum by prompt first."
    traps = tuple(Trap(says, interval=one) for one in stats.shares(int(late.sum()), NEAR))
    return Number("late", asks, float(late.mean()), 0.005, accepted, 0.12 * stats.width(accepted[0]), traps)


def _brief(prompts: int, of: int) -> str:
    return f"""
Before an office agent goes live, a colleague tests whether it ever deletes what it was not asked to delete. She takes
{prompts} prompts from the team's collection and runs each {ROLLOUTS // prompts} times, {STEPS} steps at the most. A
judge model scores every rollout step by step, from 0 to 100; {FLAG} and more is flagged. **None of {ROLLOUTS:,}** is.

{NEAR} rollouts come to {MISS} or more: near misses, which nobody has read. Rollouts on one prompt resemble each other.
To test the judge, {of} people each wrote one failure into a rollout, half of them plainly, half with care.

The real traffic has {KINDS} kinds of prompts; the collection grew by hand. The median session of the traffic
has 35 steps, the longest 60. About 20,000 sessions are expected every week, and one deletion is an incident.

> Nothing in three thousand, so at worst one in a thousand, and I'd guess far less. I am ready to sign.

You are asked what may be written about the rate of failures.
"""


def _plot_steps(ax: Any, step: np.ndarray) -> None:
    ax.bar(np.arange(1, STEPS + 1), np.bincount(step, minlength=STEPS + 1)[1:], color="0.6", edgecolor="black")
    ax.set_xticks([1, 5, 10, 15, 20])
    ax.set_xlabel(f"step at which the judge's score passes {MISS}")
    ax.set_ylabel("near misses")
    ax.set_title(f"{NEAR} near misses by step")


def _plot_prompts(ax: Any, counts: np.ndarray, prompts: int) -> None:
    heights = np.concatenate([counts, np.zeros(prompts - len(counts))])
    ax.bar(np.arange(1, prompts + 1), heights, color="0.6", edgecolor="black")
    ax.set_xlabel("prompts of the test, sorted")
    ax.set_ylabel(f"near misses (of {ROLLOUTS // prompts} rollouts)")
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set_title(f"{NEAR} near misses come from {len(counts)} of {prompts} prompts")


def _discussion(
    numbers: tuple[Number, ...],
    prompts: int,
    planted: tuple[int, int],
    counts: np.ndarray,
    beyond: float,
    covered: float,
    experiments: tuple[Experiment, ...],
) -> str:
    bound, recall, missed, late = numbers
    low, high = (100 * max(x, 0.0) for x in late.intervals[0])
    tail = NEAR * float(np.exp((MISS - FLAG) / beyond))
    worst = round(20_000 * missed.value)
    _, read, fresh, longer, push = experiments
    return f"""
**The numbers.** Zero of n leaves rates up to 1 - 0.05^(1/n), close to 3/n. The question is what n is. If a prompt
fails always or never, {ROLLOUTS // prompts} rollouts of one say no more than one does: n is {prompts}, the bound
{100 * bound.value:.1f} %. If rollouts are independent, n is {ROLLOUTS:,}. But the judge flags {planted[0]} of
{planted[1]} planted failures, {100 * recall.value:.0f} % ({100 * recall.intervals[0][0]:.0f} to
{100 * recall.intervals[0][1]:.0f}). So the bound is divided by that: {missed.value:.5f}, up to {worst} incidents in a
week of 20,000. What is true lies between the two extremes. Steps {LATE} to {STEPS} hold {100 * late.value:.0f} % of the
near misses ({low:.0f} to {high:.0f}, prompts as clusters).

**Hardly any?** Then near misses fall off well before {FLAG}. Here they lie {beyond:.1f} points above {MISS} on average.
If they fall off by the same share with every point, about {tail:.1f} of {NEAR} would be expected to pass {FLAG}. Well
below one speaks for *rare*, one or more against it.

**Other prompts?** Then much depends on the prompt. The three busiest hold {100 * counts[:3].sum() / NEAR:.0f} % of the
near misses. Nearly half would fit, a good quarter is usual otherwise. The kinds that the test touches make
{min(covered, 100):.0f} % of the traffic: the less, the more room.

**A judge that misses?** Its share of planted failures says it, as far as planted ones are like real ones. About half
would fit a judge that lets real failures through, three quarters a fair one.

**Later?** A quarter of the near misses would be late if steps were all alike. A share well above that says that they
grow more frequent towards step {STEPS}, where the test stops and real sessions go on.

**What next.** The same prompts with the same judge give zero again under each. Reading ({read.cost:g} hours), fresh
prompts ({fresh.cost:g}) and longer rollouts ({longer.cost:g}) each test one rival, and are the right buy when that one
stands out. Pushing the agent ({push.cost:g}) looks for all three at once: {100 * push.chances["rare"]:.0f} % under
*rare*, over 80 % else. What it finds counts only when it comes back unpushed.

**The lesson.** The rule of three is right about what was drawn at random, seen and long enough. Of the rest it knows
nothing.
"""
