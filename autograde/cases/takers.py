"""Four simulated takers of a sitting, to see whether the scores put people into the order that they should.

- informed: right numbers with sound intervals, the reference's probabilities, the cheapest telling experiment, Bayes.
- careless: naive numbers; believes half of what the data say and half of the headline (70 % for what it suggests); the
  experiment that comes to mind.
- overconfident: reads as the careless one does, but is sure (97 %) of what seems likeliest; intervals half as wide as
  sound ones.
- fifty-fifty: commits to nothing: no numbers, every probability the same before and after, an experiment by lot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograde.cases import reference
from autograde.cases.draw import draw, seed_of
from autograde.cases.scenario import Case, Experiment, Number, Scenario
from autograde.cases.score import TOTAL, score, worth_of
from worktest.cases.answer import Answer

CARELESS, SURE = 0.70, 0.97
Taker = Callable[[Case, Mapping[str, float], np.random.Generator], Answer]


def informed(case: Case, beliefs: Mapping[str, float], rng: np.random.Generator) -> Answer:
    """Knows the methods and what the data can say, and says no more than that."""
    lean = max(beliefs, key=lambda name: beliefs[name])
    chosen = next(e for e in case.experiments if e.id == worth_of(case.experiments, beliefs)[0])
    numbers = {n.id: (n.value, *(n.intervals[0] if n.intervals else ())) for n in case.numbers}
    yes, no = after(chosen, beliefs, lean)
    return Answer(numbers, dict(beliefs), lean, chosen.id, yes, no)


def careless(case: Case, beliefs: Mapping[str, float], rng: np.random.Generator) -> Answer:
    """Reads the data half, and the headline half."""
    reading = case.careless
    said = _hurried(case, beliefs)
    lean = max(said, key=lambda name: said[name])
    chosen = next(e for e in case.experiments if e.id == reading.experiment)
    return Answer(dict(reading.numbers), said, lean, chosen.id, *after(chosen, said, lean))


def overconfident(case: Case, beliefs: Mapping[str, float], rng: np.random.Generator) -> Answer:
    """Reads as the careless one does, and is sure of it."""
    said = _hurried(case, beliefs)
    sure = _leaning(case, max(said, key=lambda name: said[name]), SURE)
    lean = max(sure, key=lambda name: sure[name])
    chosen = next(e for e in case.experiments if e.id == case.careless.experiment)
    numbers = {n.id: _narrow(case.careless.numbers[n.id], n) for n in case.numbers}
    return Answer(numbers, sure, lean, chosen.id, *after(chosen, sure, lean))


def fifty_fifty(case: Case, beliefs: Mapping[str, float], rng: np.random.Generator) -> Answer:
    """Commits to nothing, whatever the data."""
    even = {name: 1 / len(case.explanations) for name in case.explanations}
    chosen = case.experiments[rng.integers(len(case.experiments))]
    lean = list(even)[rng.integers(len(even))]
    return Answer({}, even, lean, chosen.id, even[lean], even[lean])


def _hurried(case: Case, beliefs: Mapping[str, float]) -> dict[str, float]:
    headline = _leaning(case, case.careless.lean, CARELESS)
    return {name: (beliefs[name] + headline[name]) / 2 for name in headline}


TAKERS: dict[str, Taker] = {
    "informed": informed,
    "careless": careless,
    "overconfident": overconfident,
    "fifty-fifty": fifty_fifty,
}


def after(experiment: Experiment, beliefs: Mapping[str, float], lean: str) -> tuple[float, float]:
    """The probability of ``lean`` after the outcome came and after it did not, by Bayes' rule."""
    yes = sum(beliefs[name] * chance for name, chance in experiment.chances.items())
    return (
        beliefs[lean] * experiment.chances[lean] / yes,
        beliefs[lean] * (1 - experiment.chances[lean]) / (1 - yes),
    )


def _leaning(case: Case, lean: str, sure: float) -> dict[str, float]:
    rest = (1 - sure) / (len(case.explanations) - 1)
    return {name: sure if name == lean else rest for name in case.explanations}


def _narrow(given: tuple[float, ...], number: Number) -> tuple[float, ...]:
    """The careless value, with an interval half as wide as a sound one."""
    if not number.intervals:
        return given
    low, high = number.intervals[0]
    return given[0], given[0] - (number.value - low) / 2, given[0] + (high - number.value) / 2


PARTS = ("points", "numbers", "probabilities", "experiment", "mind")


@dataclass
class Simulated:
    """Sittings of all takers: points by taker (sittings x parts, means over a sitting's scenarios), and by scenario."""

    points: dict[str, np.ndarray]
    by_scenario: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    """Percent of the points, by scenario and taker."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a taker: mean ``percent`` and points by part, each with the half-width of its 95 % interval."""
        found = []
        for taker, points in self.points.items():
            row: dict[str, Any] = {"taker": taker}
            for name, values in (("percent", 100 * points[:, 0] / TOTAL), *zip(PARTS[1:], points.T[1:], strict=True)):
                row[name] = float(values.mean())
                row[f"{name}_half"] = 1.96 * float(values.std(ddof=1)) / len(values) ** 0.5
            found.append(row)
        return found


def simulate(
    unit: str,
    scenarios: Mapping[str, Scenario],
    sittings: int,
    count: int,
    step: Callable[[str], None] = lambda _: None,
) -> Simulated:
    """Let all takers answer the same ``sittings`` of ``count`` scenarios each. The same on every machine."""
    references = reference.read(unit)
    rng = np.random.default_rng(2026)
    per = min(count, len(scenarios))
    found = Simulated({taker: np.zeros((sittings, len(PARTS))) for taker in TAKERS})
    for sitting in range(sittings):
        if sitting % 50 == 0:
            step(f"sitting {sitting + 1} of {sittings}")
        for name in map(str, rng.choice(list(scenarios), per, replace=False)):
            drawn = draw(scenarios[name], seed_of(b"simulated", str(sitting), name))
            beliefs = references[name].beliefs(drawn.case)
            for taker, answers in TAKERS.items():
                got = score(drawn.case, answers(drawn.case, beliefs, rng), beliefs, drawn.outcomes)
                found.points[taker][sitting] += [getattr(got, part) / per for part in PARTS]
                by = found.by_scenario.setdefault(name, {taker: [] for taker in TAKERS})
                by[taker].append(100 * got.points / TOTAL)
    return found
