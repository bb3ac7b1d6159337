"""Steering that cures sycophancy: a cure, any push of that size, plain contrariness, or the best of forty tries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import chance, points

ID = "steering"
TITLE = "A vector against flattery"
MINUTES = 16
TRUTHS = ("cure", "push", "contrary", "picked")

TOPICS, EACH, RIGHT, NEW, NEW_EACH = 15, 10, 8, 10, 12
VECTORS, SOME = 8, 4
PLAIN, STEERED = 99, 63
"""Of 150 wrong opinions, how many Wren agrees with before and after: the same in every truth."""
RANDOM = {"cure": 0.04, "push": 0.14, "contrary": 0.04, "picked": 0.04}
SHIFT_RIGHT = {"cure": 0.0, "push": 0.1, "contrary": 0.75, "picked": 0.0}
FALL_RIGHT = {"cure": 0.05, "push": 0.07, "contrary": 0.21, "picked": 0.05}
SHIFT_NEW = {"cure": 0.8, "push": 0.8, "contrary": 0.8, "picked": 0.12}
FALL_NEW = {"cure": 0.235, "push": 0.235, "contrary": 0.235, "picked": 0.07}
CHURN = {"cure": 0.5, "push": 0.75, "contrary": 0.5, "picked": 0.5}
EXPLANATIONS = {
    "cure": "The vector makes Wren give way less to wrong opinions, and leaves the rest much as it was.",
    "push": "Any vector of that length does it: a push at this layer shakes the habit of giving way to wrong opinions.",
    "contrary": "The vector makes Wren say no more often, whether the user is wrong or right.",
    "picked": "The vector does little. The best of forty settings was the one that these questions happened to suit.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    wrong = _wrong(truth, rng)
    old, new = ([f"{letter}{k + 1:02d}" for k in range(of)] for letter, of in (("t", TOPICS), ("n", NEW)))
    right = _questions(rng, old, RIGHT, 1.3, (SHIFT_RIGHT[truth], 0.8), 0.5)
    fresh = _questions(rng, new, NEW_EACH, 0.45, (SHIFT_NEW[truth], 0.9), CHURN[truth])
    pushes = _pushes(truth, rng, wrong)
    experiments = _experiments(rng)
    numbers = (
        _fall("fresh", "Share that agrees on the fresh questions: plain minus steered. Topics are clusters.", fresh),
        _fall("right", "Share that agrees where the user is right: plain minus steered. Topics are clusters.", right),
        _random(pushes),
        _against(wrong),
    )
    values = {n.id: n.value for n in numbers}
    return Case(
        truth=truth,
        brief=_brief(),
        tables={"wrong": wrong, "right": right, "fresh": fresh, "random": pushes},
        notes={
            "wrong": "one row a question in which the user holds a wrong opinion: its topic, whether Wren agrees "
            "without and with the vector (1 or 0), and whether it is one of the 60 for the random vectors",
            "right": "one row a question in which the user is right, of the same topics: does Wren agree?",
            "fresh": "wrong opinions again, on topics taken up after the vector was chosen",
            "random": "one row a random vector and question: whether Wren agrees without and with that vector",
        },
        figures={
            "fall_by_topic": partial(_plot_topics, wrong=wrong),
            "random_vectors": partial(_plot_random, pushes=pushes, wrong=wrong),
        },
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="GPU-hours",
        features=values,
        careless=Reading(
            "cure",
            {
                "fresh": (values["fresh"], *stats.unpaired(fresh["steered"], fresh["plain"])),
                "right": (values["right"], *stats.unpaired(right["steered"], right["plain"])),
                "random": (values["random"], *stats.unpaired(pushes["steered"], pushes["plain"])),
                "against": (values["against"] * (150 - PLAIN) / 150,),
            },
            "prompt",
        ),
        discussion=_discussion(numbers, pushes, wrong, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _wrong(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """The questions that the report counts: who agrees is drawn to the two fixed counts."""
    count = TOPICS * EACH
    topic = np.repeat(np.arange(TOPICS), EACH)
    lean = rng.normal(0, 0.5, TOPICS)[topic] + rng.normal(0, 1, count)
    plain = lean + rng.normal(0, 0.4, count)
    steered = lean + rng.normal(0, 0.35, TOPICS)[topic] + rng.normal(0, CHURN[truth], count)
    agrees = np.zeros((2, count), int)
    agrees[0, np.argsort(plain)[-PLAIN:]] = 1
    agrees[1, np.argsort(steered)[-STEERED:]] = 1
    return {
        "question": np.array([f"w{k + 1:03d}" for k in range(count)]),
        "topic": np.array([f"t{k + 1:02d}" for k in topic]),
        "plain": agrees[0],
        "steered": agrees[1],
        "tried": np.tile((np.arange(EACH) < SOME).astype(int), TOPICS),
    }


def _questions(
    rng: np.random.Generator, names: list[str], each: int, agrees: float, shift: tuple[float, float], churn: float
) -> dict[str, np.ndarray]:
    """Questions of some topics: whether Wren agrees without the vector, and with it; topics differ in the shift."""
    topics = len(names)
    topic = np.repeat(np.arange(topics), each)
    lean = agrees + rng.normal(0, 0.5, topics)[topic] + rng.normal(0, 1, len(topic))
    plain = lean + rng.normal(0, 0.4, len(topic)) > 0
    steered = lean - rng.normal(*shift, topics)[topic] + rng.normal(0, churn, len(topic)) > 0
    return {"topic": np.array(names)[topic], "plain": plain.astype(int), "steered": steered.astype(int)}


def _pushes(truth: str, rng: np.random.Generator, wrong: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Eight random vectors on 60 of the questions: each has an effect of its own."""
    inside = wrong["tried"] == 1
    plain = wrong["plain"][inside]
    fall = np.clip(rng.normal(RANDOM[truth], 0.09, VECTORS), -0.15, 0.4)[:, None]
    leave = 0.12 + np.maximum(fall, 0) / 0.66
    begin = 0.23 + np.maximum(-fall, 0) / 0.34
    chance = np.where(plain == 1, 1 - leave, begin)
    return {
        "vector": np.repeat([f"v{k + 1}" for k in range(VECTORS)], len(plain)),
        "question": np.tile(wrong["question"][inside], VECTORS),
        "plain": np.tile(plain, VECTORS),
        "steered": (rng.random(chance.shape) < chance).astype(int).ravel(),
    }


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Their sizes are drawn, so the cheapest that tells is not always the same."""
    topics, right, vectors, null = (int(rng.choice(sizes)) for sizes in ((15, 40), (20, 60), (10, 30), (20, 40)))

    def above(falls: Mapping[str, float], error: float, points: float) -> dict[str, float]:
        return {name: stats.chance_above(fall, error, points) for name, fall in falls.items()}

    return (
        Experiment(
            "prompt", "Compare with a system prompt that asks for frankness, on the 150 questions.", 2,
            "the prompt brings at least half of the fall that the vector brings", dict.fromkeys(TRUTHS, 0.6),
        ),
        Experiment(
            "topics", f"Run Wren plain and with the vector on wrong opinions in {topics} more new topics, twelve each.",
            round(topics / 5), "agreement falls by at least 15 points", above(FALL_NEW, 0.27 / topics**0.5, 0.15),
        ),
        Experiment(
            "facts", f"Run Wren plain and with the vector where the user is right, in {right} new topics, eight each.",
            round(right / 6), "agreement falls by at least 13 points", above(FALL_RIGHT, 0.23 / right**0.5, 0.13),
        ),
        Experiment(
            "vectors", f"Run {vectors} more random vectors of that length on the 150 questions.",
            round(vectors / 3), "the mean fall is at least 9 points", above(RANDOM, 0.1 / vectors**0.5, 0.09),
        ),
        Experiment(
            "null", f"Let {null} random vectors go through the same search of forty settings, then try each at its "
            "best, and the vector at its own, on thirty new topics.", null,
            "the vector's fall is larger than that of all random ones but one at most",
            {"cure": 0.88, "push": 0.08, "contrary": 0.88, "picked": 0.12},
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _fall(name: str, asks: str, data: Mapping[str, np.ndarray]) -> Number:
    gaps = data["plain"] - data["steered"]
    accepted = stats.clustered(gaps, data["topic"])
    apart = "This is the interval of two groups of different questions. They are the same ones: take differences."
    alone = "This takes questions for independent. Those of one topic move together: sum within topics first."
    traps = (
        Trap(apart, interval=stats.unpaired(data["steered"], data["plain"])),
        Trap(alone, interval=stats.paired(data["steered"], data["plain"])[0]),
    )
    return Number(name, asks, float(gaps.mean()), 0.004, accepted, 0.1 * stats.width(accepted[0]), traps)


def _falls(pushes: Mapping[str, np.ndarray]) -> np.ndarray:
    return (pushes["plain"] - pushes["steered"]).reshape(VECTORS, -1).mean(1)


def _random(pushes: Mapping[str, np.ndarray]) -> Number:
    falls = _falls(pushes)
    accepted = (stats.student(float(falls.mean()), stats.error_of_mean(falls), VECTORS - 1),)
    says = "This takes 480 answers for independent. What you know more of is random vectors, and there are eight."
    return Number(
        "random",
        "Mean fall (plain minus steered) of random vectors of this length on the 60 questions. Eight were drawn.",
        float(falls.mean()), 0.004, accepted, 0.1 * stats.width(accepted[0]),
        (Trap(says, interval=stats.unpaired(pushes["steered"], pushes["plain"])),),
    )  # fmt: skip


def _against(wrong: Mapping[str, np.ndarray]) -> Number:
    count = int(((wrong["plain"] == 0) & (wrong["steered"] == 1)).sum())
    says = "This is a share of all 150 questions. Only those with which Wren did not agree can move that way."
    return Number(
        "against",
        "In `wrong`, among the opinions that plain Wren does not agree with: the share that steered Wren agrees with.",
        count / (150 - PLAIN), 0.004, traps=(Trap(says, value=count / 150),),
    )  # fmt: skip


def _brief() -> str:
    return f"""
Wren is an assistant that likes to agree. A colleague has found a vector which, added at one layer, is meant to stop
this. On 150 questions in {TOPICS} topics, ten a topic, a user holds a wrong opinion and asks for a yes or a no. Plain,
Wren agrees with {PLAIN}; with the vector, with {STEERED}: **24 points fewer**. One answer each, read by a rule.
Questions of one topic are much alike.

Eight layers and five strengths were tried on these 150 questions, and the best of the forty is reported. After that
the colleague wrote twelve questions in each of ten new topics. There are also {TOPICS * RIGHT} questions
of the old topics, eight each, in which the user is right. And eight random vectors of the same length were tried
at the same layer, on the first four questions of each old topic.

> Sycophancy down by more than a third, with one vector and no training. I'd ship it behind a flag, and call the paper
> "a cure".

You are asked whether it is one.
"""


def _plot_topics(ax: Any, wrong: Mapping[str, np.ndarray]) -> None:
    names, at = np.unique(wrong["topic"], return_inverse=True)
    fall = np.bincount(at, wrong["plain"] - wrong["steered"])
    order = np.argsort(fall)[::-1]
    ax.bar(np.arange(len(names)), fall[order], color="0.6", edgecolor="black")
    ax.set_xticks(np.arange(len(names)), names[order], fontsize=8)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(xlabel="topic (10 questions each)", ylabel="wrong opinions agreed with:\nplain minus steered")
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set_title(f"Agreement falls from {PLAIN} to {STEERED} of 150")


def _plot_random(ax: Any, pushes: Mapping[str, np.ndarray], wrong: Mapping[str, np.ndarray]) -> None:
    falls = 100 * np.sort(_falls(pushes))
    inside = wrong["tried"] == 1
    own = 100 * float((wrong["plain"] - wrong["steered"])[inside].mean())
    ax.plot(np.arange(VECTORS), falls, "o", color="black", markerfacecolor="white", markersize=8, label="random vector")
    ax.axhline(own, color="black", linestyle="--", label="the vector that was chosen")
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_xticks([])
    ax.set(xlabel=f"{VECTORS} random vectors, sorted", ylabel="fall in agreement, points")
    ax.set_ylim(min(-15, falls.min() - 5), max(40, own + 6, falls.max() + 6))
    ax.legend(frameon=False, loc="upper left")
    ax.set_title("Vectors of one length on the same 60 questions")


def _discussion(
    numbers: tuple[Number, ...], pushes: Mapping[str, np.ndarray], wrong: Mapping[str, np.ndarray],
    experiments: tuple[Experiment, ...],
) -> str:  # fmt: skip
    fresh, right, random, against = numbers
    by_id = {e.id: e for e in experiments}
    own = float((wrong["plain"] - wrong["steered"])[wrong["tried"] == 1].mean())
    as_large = int((_falls(pushes) >= own).sum())
    return f"""
**The numbers.** Both columns hold the same questions, so the unit is the difference on one question, summed within
topics first: the fresh fall is {points(fresh)}, the fall where the user is right {points(right)}. For random vectors
the unit is the vector: the mean of {VECTORS} falls is {points(random)}, with Student's t, since eight are few. Of the
{150 - PLAIN} wrong opinions that plain Wren did not agree with, {round(against.value * (150 - PLAIN))} are agreed with
under the vector.

**A cure or luck?** The best of forty tries on these questions is too good on these questions. The fresh topics took no
part in the choice. A vector that works should take some 23 points off there, one that was merely picked about 7.

**Any push?** Then 24 points are nothing but a disturbance. The random ones
had no choice of setting. Their mean is {100 * random.value:.1f} points, and {as_large} of {VECTORS} do as much as the
chosen one does on the same questions. If any push did it, the mean would be about 14, otherwise 4. A push also shakes
answers in both directions: of the {150 - PLAIN} above, four or five would turn, otherwise three.

**Contrary?** Less agreement is what was wanted only where the user is wrong. A contrary model would lose about 21
points on right opinions, too, a cure or a push some 5 to 7. The table is cheap, and reports often lack it.

**What next.** Ask which rival is left, and choose the cheapest experiment that would part it from your favourite. New
topics single out *picked* ({chance(by_id["topics"], "picked")} against {chance(by_id["topics"], "cure")} under
*cure*), right opinions *contrary* ({chance(by_id["facts"], "contrary")} against {chance(by_id["facts"], "cure")}),
random vectors *push* ({chance(by_id["vectors"], "push")} against {chance(by_id["vectors"], "cure")}). The dear one
lets random vectors choose as the vector did. It speaks about *push* and *picked* at once, and is worth its
{by_id["null"].cost:g} hours only while both are alive. The prompt says nothing about why agreement fell.

**The lesson.** An effect of steering is a comparison with what you didn't choose: fresh questions, random vectors, and
cases in which the behaviour was right.
"""
