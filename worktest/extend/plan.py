"""``plan.toml``: what is asked, what is expected, what is run, when to stop, and what it costs.

A plan is written before the runs. What may not change afterwards without being told (question, hypothesis, experiment,
analysis, seeds, measures, conditions, comparisons, kill criteria) is what ``worktest extend register`` hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worktest.errors import UserError
from worktest.units import read_toml

FILE = "plan.toml"
MARK = "[Write here:"
"""Begins every text of a template that is still to be written."""
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
REGISTERED = (
    "question",
    "hypothesis",
    "smallest_experiment",
    "analysis",
    "seeds",
    "measure",
    "condition",
    "comparison",
    "kill",
)
Role = Literal["treatment", "control", "baseline"]
Expect = Literal["higher", "lower", "no difference"]
When = Literal["interval below", "interval above", "mean below", "mean above"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Measure(_Part):
    """What ``run`` in experiment.py gives a number for, and that number's unit."""

    id: str = Field(pattern=ID)
    says: str
    unit: str


class Condition(_Part):
    """One thing that is run, and what it is there for."""

    id: str = Field(pattern=ID)
    role: Role
    says: str


class Comparison(_Part):
    """A difference, condition minus ``against``, paired by seed: what the claim will rest on.

    ``smallest_effect`` is the smallest difference that would matter to anybody, in the measure's unit.
    """

    id: str = Field(pattern=ID)
    measure: str
    condition: str
    against: str
    expect: Expect
    smallest_effect: float = Field(ge=0)
    says: str


class Kill(_Part):
    """When the work stops or turns. "interval below": the UPPER end of the 95 % interval lies below ``value``;
    "interval above": the LOWER end lies above it.
    """

    id: str = Field(pattern=ID)
    comparison: str
    when: When
    value: float
    says: str


class Compute(_Part):
    """One line of the estimate: a quantity at a price, of the toy itself or of the step that follows it."""

    what: str
    quantity: float = Field(ge=0)
    unit: str
    price: float = Field(ge=0, description="of one unit")
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    stage: Literal["toy", "next"]
    at_half: float = Field(ge=0, description="the quantity that is left at half the money")
    source: str = ""
    checked: str = ""


_P = TypeVar("_P", Measure, Condition, Comparison)


class Plan(BaseModel):
    """A whole plan."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str
    unit: str
    question: str
    why: str
    hypothesis: str
    smallest_experiment: str
    analysis: str
    output: str = ""
    output_date: str = ""
    seeds: list[int] = []
    measure: list[Measure] = []
    condition: list[Condition] = []
    comparison: list[Comparison] = []
    kill: list[Kill] = []
    compute: list[Compute] = []

    def registered(self) -> dict[str, Any]:
        """What a registration holds, as plain data."""
        data = self.model_dump(mode="json")
        return {key: data[key] for key in REGISTERED}

    def measure_of(self, name: str) -> Measure:
        """The measure ``name``; raises UserError naming what there is."""
        return _one_of(self.measure, name, "measure")

    def condition_of(self, name: str) -> Condition:
        """The condition ``name``; raises UserError naming what there is."""
        return _one_of(self.condition, name, "condition")

    def comparison_of(self, name: str) -> Comparison:
        """The comparison ``name``; raises UserError naming what there is."""
        return _one_of(self.comparison, name, "comparison")


def _one_of(parts: Sequence[_P], name: str, what: str) -> _P:
    for part in parts:
        if part.id == name:
            return part
    there = ", ".join(part.id for part in parts) or "none yet"
    raise UserError(f"{FILE}: there is no {what} {name!r}; there are: {there}")


def read_plan(folder: Path) -> Plan:
    """Read ``plan.toml``. Raises UserError naming file, key and reason."""
    path = folder / FILE
    try:
        plan = Plan.model_validate(read_toml(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(f"{path}: {_place(first['loc'])}: {first['msg']}") from None
    for what, parts in _lists(plan):
        names = [part.id for part in parts]
        for name in names:
            if names.count(name) > 1:
                raise UserError(f"{path}: the {what} {name!r} is there twice")
    if len(set(plan.seeds)) < len(plan.seeds):
        raise UserError(f"{path}: key 'seeds': a seed is there twice")
    for seed in plan.seeds:
        if not 0 <= seed < 2**31:
            raise UserError(f"{path}: key 'seeds': a seed is a whole number from 0 to 2^31 - 1, not {seed}")
    for line in _loose_ends(plan):
        raise UserError(f"{path}: {line}")
    return plan


def _lists(plan: Plan) -> Iterator[tuple[str, Sequence[Measure | Condition | Comparison | Kill]]]:
    yield "measure", plan.measure
    yield "condition", plan.condition
    yield "comparison", plan.comparison
    yield "kill", plan.kill


def _loose_ends(plan: Plan) -> Iterator[str]:
    """Names that stand for nothing, and a name that would mean two things in the paper."""
    measures, conditions = {m.id for m in plan.measure}, {c.id for c in plan.condition}
    comparisons = {c.id for c in plan.comparison}
    for comparison in plan.comparison:
        where = f"comparison {comparison.id!r}"
        if comparison.measure not in measures:
            yield f"{where}: no [[measure]] has the id {comparison.measure!r}"
        for key, name in (("condition", comparison.condition), ("against", comparison.against)):
            if name not in conditions:
                yield f"{where}, key {key!r}: no [[condition]] has the id {name!r}"
        if comparison.condition == comparison.against:
            yield f"{where}: it compares {comparison.condition!r} with itself"
    for kill in plan.kill:
        if kill.comparison not in comparisons:
            yield f"kill {kill.id!r}: no [[comparison]] has the id {kill.comparison!r}"


def _place(location: tuple[int | str, ...]) -> str:
    """``('measure', 0, 'unit')`` as "measure number 1, key 'unit'"."""
    parts: list[str] = []
    for step in location:
        if isinstance(step, int):
            parts[-1] = f"{parts[-1].removeprefix('key ')} number {step + 1}".replace("'", "")
        else:
            parts.append(f"key {step!r}")
    return ", ".join(parts)


def unwritten(plan: Plan) -> list[str]:
    """The keys whose text is empty or still holds the template's mark, as a person would find them."""
    found = []
    data = plan.model_dump()
    for key, value in data.items():
        if isinstance(value, str):
            found += [key] if MARK in value or not value.strip() else []
        elif isinstance(value, list):
            for number, part in enumerate(value, start=1):
                if isinstance(part, dict):
                    name = part.get("id") or number
                    found += [f"{key} {name}: {k}" for k, v in part.items() if isinstance(v, str) and MARK in v]
    return found


def digest_of(content: dict[str, Any]) -> str:
    """A hash of plain data, 16 hex digits; the order of keys and the layout of the file don't matter."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
