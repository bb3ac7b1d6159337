"""A unit's own description, ``unit.toml``, read and checked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worktest.errors import UserError

Stage = Literal["start", "application", "work test", "interview", "carrying on"]


Notebook = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", description="a file's name without .ipynb")]
"""Never a path: commands read, write and remove files of this name in the unit's folder."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GradedCell(_Strict):
    """One graded cell: what its card says, what it is worth, and how many checks the examiner holds back."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$", description="slug-topic; never changed once released")
    title: str = Field(min_length=3)
    notebook: Notebook
    points: int = Field(ge=1, le=20)
    difficulty: int = Field(ge=1, le=5)
    importance: int = Field(ge=1, le=5)
    minutes: int = Field(ge=1, le=120)
    llm: Literal["on", "off"]
    held_back: int = Field(ge=1, description="number of checks in hidden.py")


class UnitInfo(_Strict):
    """``unit.toml``: title, stage, minutes, prerequisites, papers (keys into the bibliography), programs."""

    title: str = Field(min_length=3)
    stage: Stage
    minutes: int = Field(ge=1)
    prerequisites: list[str] = []
    papers: list[str] = []
    programs: list[str] = []
    notebooks: list[Notebook] = Field(min_length=1)
    predictions: list[str] = Field([], description="names that the notebooks predict in the journal")
    decisions: list[str] = Field([], description="names that the notebooks decide in the journal")
    results: list[str] = Field([], description="names that the notebooks measure in the journal")
    journal: dict[str, str] = Field({}, description="what each of these names stands for, and in which unit")
    graded: list[GradedCell] = []
    scenarios: list[Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]] = Field(
        [], description="of an empirical reasoning test: what a sitting draws from"
    )

    def cell(self, topic: str) -> GradedCell:
        """The graded cell ``topic``; raises UserError with the names there are."""
        for cell in self.graded:
            if cell.id == topic:
                return cell
        names = ", ".join(cell.id for cell in self.graded)
        raise UserError(f"there is no graded cell {topic!r} in {self.title!r}; there are: {names}")


_QUOTES = re.compile(r"""Illegal character '\\n'|Unterminated string|Expected "'"|Invalid value|Expected newline""")
"""How the parser's words begin when a quote is missing; they never name it."""


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises UserError naming file and reason when it is missing or not well formed."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{path} is missing") from None
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = "; is a quote missing there, or one too many?" if _QUOTES.match(str(error)) else ""
        raise UserError(f"{path} is not well-formed TOML: {error}{hint}") from None
    except RecursionError:
        raise UserError(f"{path} is not well-formed TOML: it is nested too deep") from None


def load_unit(folder: Path) -> UnitInfo:
    """Read ``folder/unit.toml``; raises UserError naming file, key and reason."""
    path = folder / "unit.toml"
    try:
        unit = UnitInfo.model_validate(read_toml(path))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UserError(f"{path}: key {key!r}: {first['msg']}") from None
    if strange := set(unit.journal) - {*unit.predictions, *unit.decisions, *unit.results}:
        raise UserError(f"{path}: key 'journal': no prediction, decision or result is named {min(strange)!r}")
    ids = [cell.id for cell in unit.graded]
    for cell in unit.graded:
        if ids.count(cell.id) > 1:
            raise UserError(f"{path}: key 'graded': {cell.id!r} is listed twice")
        if cell.notebook not in unit.notebooks:
            raise UserError(f"{path}: key 'graded': {cell.id!r} names the unknown notebook {cell.notebook!r}")
    return unit
