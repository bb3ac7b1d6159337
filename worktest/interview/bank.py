"""``interview.yaml``: the questions that a unit can ask about a learner's own work, read and checked.

The file holds one list, ``questions``. Each entry::

    - id: alpha-bought              # letters, digits, hyphens; once in the file
      about: decision               # decision | prediction | result | missing | points | sample | code | general
      name: alpha                   # the journal's name; needed for decision, prediction, result and missing
      when: {choice_above: 2}       # optional; every condition must hold (table below)
      ask: You chose alpha = {choice} over {alternatives}. What did that buy?
      looks_for:                    # what a strong answer holds; shown only after the answer
        - the alternatives by name, and what was known at the time
      branches:                     # exactly two ways an answer can go, each with its follow-up: the one that a
                                    # mentor hopes for first; the summary sends back to those that went the second way
        - {went: I gave the data I had then, ask: "..."}
        - {went: I gave the paper or habit, ask: "..."}
      revisit: {notebook: work_test, heading: "Look at raw answers"}
      weight: 1                     # above 0; 2 is drawn twice as readily

Conditions of ``when``, a closed set, nothing is evaluated:

====================  ==========================================================================================
choice_above/below    decision: the choice is a number above / below this one
choice_contains       decision: one of these words stands in the choice (case is ignored)
choice_lacks          decision: none of these words stands in the choice
alternatives          decision: ``some`` or ``none`` were written down
revised               decision or prediction: true when it was written anew later
outcome               prediction: ``hit``, ``missed``, ``late`` (written after its measurement) or ``open``
off_by                prediction: value and measurement differ at least by this factor, either way
confidence_above      prediction: sure beyond this share (0 to 1)
measured_above/below  result: the measured value lies above / below this one
interval              result: ``given`` or ``absent``
missing               missing: what is not in the journal, ``decision``, ``prediction`` or ``result``
cell                  points or code: only this graded cell
under                 sample: only outputs below one of these headings (default: any)
====================  ==========================================================================================

Fields that ``ask`` and ``branches`` may hold, filled by plain replacement (a learner's text is never formatted again):
``{name} {choice} {alternatives} {because} {mind} {value} {low} {high} {confidence} {measured} {measured_low}
{measured_high} {unit} {factor} {line} {number} {function} {sample} {place} {cell} {failed} {points} {maximum}``. A
field of another journal entry is written with its name: ``{rollouts.choice}``, ``{control-rate.measured}``. A question
is asked only when all its fields can be filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from worktest.errors import UserError
from worktest.safe import plain
from worktest.units import UnitInfo

FILE = "interview.yaml"
About = Literal["decision", "prediction", "result", "missing", "points", "sample", "code", "general"]
BOUND = ("decision", "prediction", "result", "missing")
"""Kinds that are tied to a name of the journal."""

FIELD = re.compile(r"\{(?:([a-z0-9-]+)\.)?([a-z_]+)\}")
DECISION_FIELDS = ("choice", "alternatives", "because", "mind")
PREDICTION_FIELDS = ("value", "low", "high", "confidence", "factor")
RESULT_FIELDS = ("measured", "measured_low", "measured_high", "unit")
FIELDS: dict[str, tuple[str, ...]] = {
    "decision": DECISION_FIELDS,
    "prediction": (*PREDICTION_FIELDS, *RESULT_FIELDS),
    "result": RESULT_FIELDS,
    "missing": (),
    "points": ("cell", "failed", "points", "maximum"),
    "sample": ("sample", "place"),
    "code": ("line", "number", "function", "cell"),
    "general": (),
}
"""Fields that a question may use, by what it is about; ``{name}`` where it has one."""
ELSEWHERE = {
    **dict.fromkeys(DECISION_FIELDS, "decisions"),
    **dict.fromkeys(PREDICTION_FIELDS, "predictions"),
    **dict.fromkeys(RESULT_FIELDS, "results"),
}
"""Fields of another journal entry, and the list of unit.toml that must hold its name."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(_Strict):
    """Conditions under which a question is asked; all that are set must hold."""

    choice_above: float | None = None
    choice_below: float | None = None
    choice_contains: list[str] = []
    choice_lacks: list[str] = []
    alternatives: Literal["some", "none"] | None = None
    revised: bool | None = None
    outcome: Literal["hit", "missed", "late", "open"] | None = None
    off_by: float | None = Field(None, gt=1)
    confidence_above: float | None = Field(None, ge=0, lt=1)
    measured_above: float | None = None
    measured_below: float | None = None
    interval: Literal["given", "absent"] | None = None
    missing: Literal["decision", "prediction", "result"] | None = None
    cell: str | None = None
    under: list[str] = []

    @field_validator("choice_contains", "choice_lacks", "under", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    def is_set(self) -> set[str]:
        """The conditions that the question names."""
        return {name for name in type(self).model_fields if getattr(self, name) not in (None, [])}


_CONDITIONS: dict[str, set[str]] = {
    "decision": {"choice_above", "choice_below", "choice_contains", "choice_lacks", "alternatives", "revised"},
    "prediction": {"outcome", "off_by", "confidence_above", "revised"},
    "result": {"measured_above", "measured_below", "interval"},
    "missing": {"missing"},
    "points": {"cell"},
    "sample": {"under"},
    "code": {"cell"},
    "general": set(),
}


class Branch(_Strict):
    """One way an answer can go, in the answerer's words, and the follow-up it gets."""

    went: str = Field(min_length=5, max_length=120)
    ask: str = Field(min_length=10, max_length=1000)


class Revisit(_Strict):
    """Where to go back to: a notebook of the unit and a heading in it."""

    notebook: str = Field(min_length=1)
    heading: str = Field(min_length=1)


class Question(_Strict):
    """One question of the bank, as it stands in the file."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    about: About
    name: str | None = None
    when: When = Field(default_factory=lambda: When.model_validate({}))
    ask: str = Field(min_length=10, max_length=1500)
    looks_for: list[str] = Field(min_length=1)
    branches: list[Branch]
    revisit: Revisit
    weight: float = Field(1.0, gt=0, le=10)

    @field_validator("looks_for", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("branches")
    @classmethod
    def _two(cls, value: list[Branch]) -> list[Branch]:
        if len(value) != 2:
            raise ValueError(f"exactly two branches, not {len(value)}")
        return value

    @model_validator(mode="after")
    def _fits(self) -> Question:
        if (self.name is not None) != (self.about in BOUND):
            rule = "needs a name" if self.about in BOUND else "has no name"
            raise ValueError(f"key 'name': a question about {self.about!r} {rule}")
        if odd := sorted(self.when.is_set() - _CONDITIONS[self.about]):
            raise ValueError(f"key 'when': {odd[0]!r} does not belong to a question about {self.about!r}")
        if self.about == "missing" and self.when.missing is None:
            raise ValueError("key 'when': say what is missing, e.g. {missing: decision}")
        for key, text in self.texts():
            if set("{}") & set(FIELD.sub("", text)):
                raise ValueError(f"key {key!r}: braces hold a field, such as {{choice}} or {{rollouts.choice}}")
            for owner, name in fields_of(text):
                allowed = set(ELSEWHERE) if owner else {*FIELDS[self.about], *(["name"] if self.about in BOUND else [])}
                if name not in allowed:
                    raise ValueError(f"key {key!r}: there is no field {{{f'{owner}.' if owner else ''}{name}}} here")
        return self

    def texts(self) -> Iterator[tuple[str, str]]:
        """The templates of the question with the key that each stands under."""
        yield "ask", self.ask
        for number, branch in enumerate(self.branches, start=1):
            yield f"branches.{number}.ask", branch.ask


@dataclass
class Bank:
    """The questions of a unit that can be used, and one line for each that can't."""

    questions: list[Question] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def fields_of(text: str) -> list[tuple[str, str]]:
    """(name of another entry or "", field) of every field in a template."""
    return [(match[1] or "", match[2]) for match in FIELD.finditer(text)]


def read_bank(path: Path, info: UnitInfo) -> Bank:
    """Read ``interview.yaml`` of the unit that ``info`` describes; what is wrong with one question leaves it out.

    Raises UserError when the file is missing or no YAML list of questions can be found in it.
    """
    bank = Bank()
    for number, entry in enumerate(_entries(path), start=1):
        label = str(entry.get("id", number)) if isinstance(entry, dict) else str(number)
        where = f"{path.name}: question {plain(label, 60)!r}"
        try:
            question = Question.model_validate(entry)
        except ValidationError as error:
            bank.problems.append(f"{where}: {_first(error)}")
            continue
        problem = _unknown_name(question, info)
        if any(question.id == other.id for other in bank.questions):
            problem = "key 'id': it is there twice; the first one counts"
        if problem:
            bank.problems.append(f"{where}: {problem}")
        else:
            bank.questions.append(question)
    return bank


def _entries(path: Path) -> list[Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{path} is missing: this unit has no interview yet") from None
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or type(error).__name__
        raise UserError(f"{path} is not well-formed YAML{place}: {reason}") from None
    entries = data.get("questions") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not entries:
        raise UserError(f"{path}: key 'questions': a list of questions is expected")
    return entries


def _first(error: ValidationError) -> str:
    """The first thing that pydantic found, as one line."""
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    says = str(first["msg"]).removeprefix("Value error, ")
    return f"key {key!r}: {plain(says, 200)}" if key else plain(says, 200)


def _unknown_name(question: Question, info: UnitInfo) -> str:
    """What is wrong with the names a question uses, or ""."""
    known = {"decisions": info.decisions, "predictions": info.predictions, "results": info.results}
    wanted = question.about if question.about != "missing" else question.when.missing
    if question.name is not None and question.name not in known[f"{wanted}s"]:
        return f"key 'name': the unit has no {wanted} {question.name!r}"
    if question.when.cell and question.when.cell not in [cell.id for cell in info.graded]:
        return f"key 'when': the unit has no graded cell {question.when.cell!r}"
    for key, text in question.texts():
        for owner, name in fields_of(text):
            if owner and owner not in known[ELSEWHERE[name]]:
                return f"key {key!r}: {{{owner}.{name}}}: the unit has no {ELSEWHERE[name][:-1]} {owner!r}"
    return ""
