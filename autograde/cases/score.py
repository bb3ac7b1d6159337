"""Score an answer to a case: 20 points by code, of which 8 for numbers, 6 for probabilities, 3 for the choice of an
experiment and 3 for the change of mind. Probabilities are scored by the quadratic (Brier) rule, scaled so that "I don't
know" is 0 points and certainty of the truth is all of them: sure and wrong goes below zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograde.cases.reference import bits
from autograde.cases.scenario import Case, Experiment, Number
from worktest.cases.answer import Answer

NUMBERS, PROBABILITIES, EXPERIMENT, MIND = 8.0, 6.0, 3.0, 3.0
TOTAL = NUMBERS + PROBABILITIES + EXPERIMENT + MIND
TELLING = 0.75
"""An experiment is telling when it brings this share of the bits that the best one brings."""
SOME = 0.4
ALIKE = 0.2
"""An outcome whose chances differ by less than this under the explanations tells nothing, whatever is believed."""


@dataclass
class Score:
    """Points by part, what is right in each number, and what to say."""

    numbers: float = 0.0
    probabilities: float = 0.0
    experiment: float = 0.0
    mind: float = 0.0
    parts: list[dict[str, Any]] = field(default_factory=list)
    """One a number: ``id``, ``asks``, ``given``, ``truth``, ``says``; ``value``, ``interval``: right? (None: no)"""
    says: list[str] = field(default_factory=list)

    @property
    def points(self) -> float:
        """All points; below zero for somebody who was sure of the wrong thing."""
        return self.numbers + self.probabilities + self.experiment + self.mind


def score(case: Case, answer: Answer, beliefs: Mapping[str, float], outcomes: Mapping[str, bool]) -> Score:
    """Score ``answer``; ``beliefs`` are the reference's, ``outcomes`` says by experiment whether its outcome came."""
    found = Score()
    worth = NUMBERS / sum(2 if number.intervals else 1 for number in case.numbers)
    for number in case.numbers:
        part = of_number(number, answer.numbers.get(number.id, ()))
        found.parts.append(part)
        found.numbers += worth * (bool(part["value"]) + bool(part["interval"]))
    found.probabilities = PROBABILITIES * skill(answer.probabilities, case.truth)
    if answer.experiment:
        found.experiment, said = of_experiment(case.experiments, answer.experiment, beliefs)
        found.mind, more = of_mind(answer, case.truth, outcomes[answer.experiment])
        found.says += [said, *more]
    return found


def of_number(number: Number, given: tuple[float, ...]) -> dict[str, Any]:
    """Whether a value and its interval are right, and what a known wrong way says."""
    value = len(given) > 0 and abs(given[0] - number.value) <= number.tolerance
    interval: bool | None = None
    if number.intervals:
        interval = len(given) == 3 and all(
            min(side) - number.slack <= end <= max(side) + number.slack
            for end, side in zip(given[1:], zip(*number.intervals, strict=True), strict=True)
        )
    says = ""
    for trap in number.traps:
        hit = not value and trap.value is not None and given and abs(given[0] - trap.value) <= number.tolerance
        if trap.interval and interval is False and len(given) == 3:
            ends = zip(given[1:], trap.interval, strict=True)
            hit = hit or all(abs(end - wrong) <= number.slack for end, wrong in ends)
        if hit:
            says = trap.says
            break
    return {
        "id": number.id,
        "asks": number.asks,
        "given": list(given),
        "value": value,
        "interval": interval,
        "truth": [number.value, *(number.intervals[0] if number.intervals else ())],
        "says": says,
    }


def skill(probabilities: Mapping[str, float], truth: str) -> float:
    """Quadratic score of a forecast (Brier 1950, rescaled): 1 sure and right, 0 the same for all, below 0 for worse."""
    count = len(probabilities)
    loss = sum((p - (name == truth)) ** 2 for name, p in probabilities.items())
    return 1 - loss / (1 - 1 / count)


def worth_of(experiments: tuple[Experiment, ...], beliefs: Mapping[str, float]) -> tuple[str, dict[str, float]]:
    """The cheapest telling experiment, and the bits of each."""
    brings = {e.id: bits(e.chances, beliefs) for e in experiments}
    best = max(brings.values())
    telling = [e for e in experiments if brings[e.id] >= TELLING * best]
    return min(telling, key=lambda e: e.cost).id, brings


def of_experiment(experiments: tuple[Experiment, ...], chosen: str, beliefs: Mapping[str, float]) -> tuple[float, str]:
    """Points for the choice: all for the cheapest that tells, two thirds for a dearer one, a third for some light."""
    best, brings = worth_of(experiments, beliefs)
    top, price = max(brings.values()), {e.id: e.cost for e in experiments}
    if brings[chosen] >= TELLING * top and price[chosen] <= price[best]:  # two may cost the same
        return EXPERIMENT, "You chose the cheapest experiment that tells the likely explanations apart."
    if brings[chosen] >= TELLING * top:
        return EXPERIMENT * 2 / 3, "What you chose would tell the likely explanations apart; a cheaper one does, too."
    if brings[chosen] >= SOME * top:
        return EXPERIMENT / 3, "What you chose would say something, and leaves likely explanations side by side."
    chances = next(e.chances for e in experiments if e.id == chosen).values()
    if max(chances) - min(chances) < ALIKE:
        return 0.0, "Whatever came out of your experiment, every explanation would predict it alike."
    return (
        0.0,
        "What you chose parts explanations, but another experiment says far more about those that are still likely.",
    )


def of_mind(answer: Answer, truth: str, came: bool) -> tuple[float, list[str]]:
    """Points for the change of mind: 1 if it hangs together, 2 for how the probability that came to count did."""
    assert answer.if_yes is not None and answer.if_no is not None
    before = answer.probabilities[answer.lean]
    low, high = sorted((answer.if_yes, answer.if_no))
    says = []
    coherent = low <= before <= high and high - low >= 0.02
    if not low <= before <= high:
        says.append(
            f"Before the experiment you say {before:.0%}, and whatever comes out you would move the same way "
            f"({answer.if_yes:.0%} or {answer.if_no:.0%}). Then you should have moved already."
        )
    elif not coherent:
        says.append("No result of the experiment that you chose would move you. Then why run it?")
    after = answer.if_yes if came else answer.if_no
    return (MIND / 3) * coherent + (2 * MIND / 3) * (1 - 4 * (after - (answer.lean == truth)) ** 2), says
