"""Make the warm-up case in ``data/warmup``: one fixed drawing of a scenario that no sitting uses. A second or two."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.draw import Drawn
from autograde.cases.public import files_of
from autograde.cases.scenario import Case, Experiment, Number, Reading, Scenario, problems_of

TOPICS, EACH = 30, 10
ARMS = ("everything", "filtered", "random")
BAD = {"everything": 24, "filtered": 12, "random": 14}
EXPLANATIONS = {
    "filter": "The filter took out the examples that teach bad answers.",
    "less": "Fine-tuning on less gives fewer bad answers, whichever third is taken out.",
    "luck": "Nothing changed. On these prompts the filtered model happened to do better.",
    "judge": "The judge overlooks bad answers of the filtered model, which writes shorter ones.",
}
BRIEF = """
A colleague fine-tunes an assistant on 9,000 conversations and finds that it now gives bad advice more often. She
writes a filter, takes out the third of the conversations that looks worst, and fine-tunes again from the start. On 300
held-out prompts, ten in each of 30 topics, a judge model counts **24 bad answers before and 12 after**. Prompts of one
topic resemble each other. She also trained on a random two thirds, as a reviewer had once asked her to.

> The filter halves the bad advice. That's the result; the random run is only there for completeness.

One run was made of each. Is the sentence fit for the report?
"""


def _answers(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Bad answers come more often in some topics, and mostly on the same prompts whichever model answers."""
    topic = np.repeat(np.arange(TOPICS), EACH)
    leaning = rng.normal(0, 0.9, TOPICS)[topic] + rng.normal(0, 1.2, TOPICS * EACH)
    table = {"topic": np.array([f"t{name + 1:02d}" for name in topic])}
    for arm in ARMS:
        worst = np.argsort(leaning + rng.normal(0, 0.8, len(leaning)))[::-1][: BAD[arm]]
        table[arm] = np.isin(np.arange(len(leaning)), worst).astype(int)
    return table


def _plot(ax: Any, answers: dict[str, np.ndarray]) -> None:
    for place, arm in enumerate(ARMS):
        count = int(answers[arm].sum())
        low, high = (100 * end for end in stats.wilson(count, len(answers[arm])))
        share = 100 * count / len(answers[arm])
        ax.errorbar(place, share, yerr=[[share - low], [high - share]], fmt="o", color="black", capsize=4)
    ax.set_xticks(
        range(len(ARMS)), ["everything", "filtered: the worst\nthird taken out", "random: any\nthird taken out"]
    )
    ax.set_xlim(-0.5, len(ARMS) - 0.5)
    ax.set_ylim(0, None)
    ax.set_ylabel("bad answers (%), Wilson 95 %")
    ax.set_title("24, 12 and 14 bad answers on 300 prompts")


def _number(name: str, asks: str, before: np.ndarray, after: np.ndarray, topic: np.ndarray) -> Number:
    gaps = before - after
    return Number(name, asks, float(gaps.mean()), 0.002, stats.clustered(gaps, topic), 0.004)


def _experiments() -> tuple[Experiment, ...]:
    return (
        Experiment(
            "only",
            "Fine-tune on the third that was taken out, and on as many others drawn at random; 300 prompts each.",
            2,
            "the third that was taken out gives at least twice as many bad answers",
            {"filter": 0.85, "less": 0.1, "luck": 0.15, "judge": 0.2},
        ),
        Experiment(
            "seeds",
            "Train all three again with five other seeds each.",
            9,
            "filtered is better than random in four seeds or more",
            {"filter": 0.9, "less": 0.19, "luck": 0.19, "judge": 0.8},
        ),
        Experiment(
            "read",
            "Read all 300 answers of the filtered model yourself, without knowing what the judge said.",
            1,
            "you find at least 20 bad ones",
            {"filter": 0.03, "less": 0.03, "luck": 0.05, "judge": 0.9},
        ),
    )


def case() -> Case:
    """The warm-up."""
    answers = _answers(np.random.default_rng(9))
    by, topic = {arm: answers[arm] for arm in ARMS}, answers["topic"]
    gain, rest = (
        f"Share of bad answers, {arm} minus filtered. Topics are clusters." for arm in ("everything", "random")
    )
    return Case(
        truth="less",
        brief=BRIEF,
        tables={"answers": answers},
        notes={"answers": "one row a prompt: its topic, and whether the judge called each model's answer bad (1 or 0)"},
        figures={"bad_answers": partial(_plot, answers=answers)},
        explanations=EXPLANATIONS,
        numbers=(
            _number("gain", gain, by["everything"], by["filtered"], topic),
            _number("rest", rest, by["random"], by["filtered"], topic),
        ),
        experiments=_experiments(),
        cost_unit="days of work",
        features={"gain": 0.04},
        careless=Reading("filter", {"gain": (0.04, 0.0, 0.08), "rest": (0.01, 0.0, 0.03)}, "seeds"),
        discussion="",
    )


if __name__ == "__main__":
    made = case()
    scenario = Scenario("warmup", "Half as many", 10, tuple(EXPLANATIONS), lambda truth, rng: made)
    assert problems_of(scenario, made) == []
    target = Path(__file__).parent / "data" / "warmup"
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files_of(Drawn(scenario, made, {})).items():
        (target / name).write_bytes(content)
    for number in made.numbers:
        print(number.id, round(number.value, 4), [tuple(round(x, 4) for x in ends) for ends in number.intervals])
