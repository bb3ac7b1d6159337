"""What a scenario file (``solutions/NN_slug/scenario_*.py``) is made of, and how it is loaded.

A scenario has four rival explanations. For a sitting one of them is drawn, each with the same chance, and ``draw``
makes data in that world. What the learner gets is :func:`autograde.cases.public.files_of`; the rest stays here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograde.paths import solutions
from worktest.checks.registry import load_module
from worktest.errors import UserError

PREFIX = "scenario_"
EXPLANATIONS = 4
"""In every scenario, so that "I don't know" is 25 % everywhere."""

Table = Mapping[str, Sequence[Any] | np.ndarray]
"""Columns by name, all of one length."""
Ends = tuple[float, float]


@dataclass(frozen=True)
class Trap:
    """A well-known wrong way to a number: what comes out, and what to say to whoever hands that in."""

    says: str
    value: float | None = None
    interval: Ends | None = None


@dataclass(frozen=True)
class Number:
    """A number to infer from the data.

    ``tolerance``: how far an answer may be off. ``intervals``: the 95 % intervals of all sound methods (none: only the
    value is asked); an end is right when it lies within ``slack`` of the stretch that these methods span at that end.
    """

    id: str
    asks: str
    value: float
    tolerance: float
    intervals: tuple[Ends, ...] = ()
    slack: float = 0.0
    traps: tuple[Trap, ...] = ()


@dataclass(frozen=True)
class Experiment:
    """Something that could be done next, with a result that comes out one way or the other.

    ``chances``: by explanation, how probable it is that ``outcome`` is what comes out.
    """

    id: str
    text: str
    cost: float
    outcome: str
    chances: Mapping[str, float]


@dataclass(frozen=True)
class Reading:
    """What a hurried reader takes from a case: the explanation that the headline suggests, and the naive numbers.

    A number is (value,) or (value, low, high).
    """

    lean: str
    numbers: Mapping[str, tuple[float, ...]]
    experiment: str


@dataclass(frozen=True)
class Case:
    """A scenario with its data, as drawn for one sitting."""

    truth: str
    brief: str
    """Markdown: who asks, what was done, what is claimed. Says nothing that only one explanation would make true."""
    tables: Mapping[str, Table]
    notes: Mapping[str, str]
    """By table: what its rows and columns are."""
    figures: Mapping[str, Callable[[Any], None]]
    """By name: draws on a matplotlib axes."""
    explanations: Mapping[str, str]
    numbers: tuple[Number, ...]
    experiments: tuple[Experiment, ...]
    cost_unit: str
    features: Mapping[str, float]
    """What an informed reader's probabilities rest on: about three to six finite summaries of the data."""
    careless: Reading
    discussion: str
    """Markdown, shown afterwards: how each number is got, what speaks for and against each explanation."""


@dataclass(frozen=True)
class Scenario:
    """A scenario file, loaded. ``draw(truth, rng)`` gives a :class:`Case`."""

    id: str
    title: str
    minutes: int
    truths: tuple[str, ...]
    draw: Callable[[str, np.random.Generator], Case]


def scenarios_of(unit: str) -> dict[str, Scenario]:
    """The scenarios of a unit by id, in the order of their files' names; empty when it has none.

    Raises UserError (file, reason) for one that is not whole.
    """
    return {s.id: s for s in (load_scenario(path) for path in sorted((solutions() / unit).glob(f"{PREFIX}*.py")))}


def load_scenario(path: Path) -> Scenario:
    """Load one file; raises UserError (file, reason) when it lacks something."""
    module = load_module(path, path.stem)
    missing = [name for name in ("ID", "TITLE", "MINUTES", "TRUTHS", "draw") if not hasattr(module, name)]
    if missing:
        raise UserError(f"{path}: it defines no {', no '.join(missing)}")
    if len(set(module.TRUTHS)) != EXPLANATIONS:
        raise UserError(f"{path}: TRUTHS names {len(set(module.TRUTHS))} explanations; a scenario has {EXPLANATIONS}")
    return Scenario(module.ID, module.TITLE, int(module.MINUTES), tuple(module.TRUTHS), module.draw)


def problems_of(scenario: Scenario, case: Case) -> list[str]:
    """What is wrong with a drawn case, one line each: names that don't match, numbers that can't be."""
    truths = set(scenario.truths)
    found = []
    if case.truth not in truths:
        found.append(f"the truth {case.truth!r} is none of TRUTHS")
    if set(case.explanations) != truths:
        found.append("the explanations are not those of TRUTHS")
    if case.careless.lean not in truths:
        found.append(f"the careless reading leans to {case.careless.lean!r}, which is no explanation")
    if not case.numbers:
        found.append("there is no number to infer")
    for number in case.numbers:
        found += [f"number {number.id}: {said}" for said in _of_number(number, case.careless)]
    for experiment in case.experiments:
        if set(experiment.chances) != truths:
            found.append(f"experiment {experiment.id}: chances are not given for each explanation")
        if not all(0 < p < 1 for p in experiment.chances.values()):
            found.append(f"experiment {experiment.id}: a chance must lie between 0 and 1, both left out")
        if experiment.cost <= 0:
            found.append(f"experiment {experiment.id}: it costs nothing")
    if len(case.experiments) < 3 or case.careless.experiment not in {e.id for e in case.experiments}:
        found.append("there are fewer than three experiments, or the careless reading chooses none of them")
    for name, table in case.tables.items():
        if len({len(column) for column in table.values()}) != 1:
            found.append(f"table {name}: its columns differ in length")
        if name not in case.notes:
            found.append(f"table {name}: no note says what it holds")
    if not all(np.isfinite(value) for value in case.features.values()):
        found.append("a feature is not finite")
    return found


def _of_number(number: Number, careless: Reading) -> list[str]:
    found = []
    if not np.isfinite(number.value) or number.tolerance <= 0:
        found.append("no finite value, or no tolerance")
    for low, high in number.intervals:
        if not low <= number.value <= high:
            found.append(f"the interval {low:g} to {high:g} does not hold the value {number.value:g}")
    if number.intervals and number.slack <= 0:
        found.append("an interval is asked and there is no slack")
    if len(careless.numbers.get(number.id, ())) != (3 if number.intervals else 1):
        found.append("the careless reading gives no answer of the right shape")
    return found
