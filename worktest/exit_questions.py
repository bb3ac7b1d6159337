"""The exit questions of a unit, ``exit.toml``: five things to know afterwards, each with a worked answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from worktest.errors import UserError
from worktest.units import read_toml

FILE = "exit.toml"
_REVISIT = re.compile(r"^(?P<notebook>[A-Za-z0-9_.-]+?)\s*[#,:>]\s*#*\s*(?P<heading>\S.*)$", re.DOTALL)


class Revisit(BaseModel):
    """A place in the unit: a notebook and one of its headings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notebook: str = Field(min_length=1, max_length=100)
    heading: str = Field(min_length=1, max_length=300)

    @property
    def name(self) -> str:
        """The notebook as unit.toml names it, without its ending."""
        return self.notebook.removesuffix(".ipynb")

    def __str__(self) -> str:
        heading = self.heading if " " in self.heading else self.heading.replace("-", " ")
        return f"{self.name}.ipynb, “{heading}”"


class ExitQuestion(BaseModel):
    """One question: what is asked, a worked answer, and where in the unit to look again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
    ask: str = Field(min_length=10, max_length=2_000)
    answer: str = Field(min_length=10, max_length=5_000)
    revisit: Revisit

    @field_validator("revisit", mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        """``NOTEBOOK.ipynb#Heading`` says the same as a table with both."""
        if not isinstance(value, str):
            return value
        found = _REVISIT.match(value.strip())
        if found is None:
            raise ValueError("it names a notebook and a heading, as in 'work_test.ipynb#The brief'")
        return found.groupdict()


@dataclass
class ExitQuestions:
    """What an ``exit.toml`` holds: its sound questions in order, and one line for each thing that is wrong."""

    questions: list[ExitQuestion] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_exit(path: Path) -> ExitQuestions:
    """Read ``exit.toml``. Never raises for its content; a missing file holds no question."""
    found = ExitQuestions()
    if not path.exists():
        return found
    where = f"{path.parent.name}/{path.name}"
    try:
        content = read_toml(path)
    except UserError as problem:
        found.problems.append(str(problem))
        return found
    except (OSError, RecursionError) as problem:
        found.problems.append(f"{where} can't be read: {type(problem).__name__}")
        return found
    entries = content.get("question", [])
    if not isinstance(entries, list):
        found.problems.append(f"{where}: key 'question' is no list of [[question]] entries")
        return found
    for key in sorted(set(content) - {"question"}):
        found.problems.append(f"{where}: unknown key {key[:40]!r}; it is passed over")
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        try:
            question = ExitQuestion.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "question"
            found.problems.append(f"{where}, question {number}: key {key!r}: {first['msg']}; it is passed over")
            continue
        if question.id in seen:
            found.problems.append(f"{where}, question {number}: the id {question.id!r} is there twice")
            continue
        seen.add(question.id)
        found.questions.append(question)
    return found
