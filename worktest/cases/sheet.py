"""A case as a learner has it: what was done and claimed, tables, figures, and what is asked. Read from its folder."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worktest.errors import UserError

FILE = "case.json"
_NAME = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
"""Never a path: files of this name are read in the case's folder."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ask(_Strict):
    """A number that is asked for, and whether with a 95 % interval."""

    id: str = Field(pattern=_NAME)
    asks: str
    interval: bool


class Option(_Strict):
    """One of the rival explanations."""

    id: str = Field(pattern=_NAME)
    text: str


class Trial(_Strict):
    """An experiment that could be done next: its cost, and the outcome that comes or doesn't."""

    id: str = Field(pattern=_NAME)
    text: str
    cost: float
    outcome: str


class Sheet(_Strict):
    """``case.json``: everything that is asked, and the names of the files beside it."""

    scenario: str = Field(pattern=_NAME)
    title: str
    minutes: int
    brief: str
    tables: dict[str, str]
    figures: list[str]
    numbers: list[Ask] = Field(min_length=1)
    explanations: list[Option] = Field(min_length=2)
    experiments: list[Trial] = Field(min_length=1)
    cost_unit: str


class Case:
    """A case in ``folder``: ``sheet`` says what is asked, ``tables`` holds the data.

    In a notebook the case shows itself: brief, figures, questions.
    """

    def __init__(self, folder: Path, sheet: Sheet) -> None:
        self.folder, self.sheet = folder, sheet

    @classmethod
    def read(cls, folder: Path) -> Case:
        """Read the case in ``folder``; raises UserError (file, reason) when it is missing or damaged."""
        path = folder / FILE
        try:
            return cls(folder, Sheet.model_validate_json(path.read_bytes()))
        except OSError as error:
            raise UserError(f"{path} can't be read: {error.strerror or error}") from None
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            raise UserError(
                f"{path} is damaged (key {key!r}: {first['msg']}); its sitting can't be gone on with"
            ) from None

    @cached_property
    def tables(self) -> dict[str, dict[str, np.ndarray]]:
        """The tables by name, each a dict of columns as numpy arrays: integers, floats, or texts.

        Raises UserError when a file is missing or not a table.
        """
        return {name: _columns(self.folder / f"{name}.csv") for name in self.sheet.tables}

    @property
    def figures(self) -> list[Path]:
        """The figures' files."""
        return [self.folder / f"{name}.png" for name in self.sheet.figures]

    def as_markdown(self) -> str:
        """The case in Markdown, without its figures."""
        sheet = self.sheet
        parts = [f"## {sheet.title}", f"About {sheet.minutes} minutes.", sheet.brief.strip(), "**The data**"]
        parts.append("\n".join(f"- `{name}`: {note}" for name, note in sheet.tables.items()))
        return "\n\n".join([*parts, *self.questions()])

    def questions(self) -> list[str]:
        """What is asked, one Markdown paragraph or list a part."""
        sheet = self.sheet
        numbers = [f"- `{n.id}`{', with a 95 % interval' if n.interval else ''}: {n.asks}" for n in sheet.numbers]
        experiments = [
            f"- `{e.id}` ({priced(e.cost, sheet.cost_unit)}): {e.text} The outcome to bet on: *{e.outcome}*."
            for e in sheet.experiments
        ]
        return [
            "**1. Numbers**", "\n".join(numbers),
            "**2. Explanations.** How probable is each? One of them made these data.",
            "\n".join(f"- `{e.id}`: {e.text}" for e in sheet.explanations),
            "**3. The next experiment.** The cheapest that tells the likely ones apart.", "\n".join(experiments),
            "**4. A change of mind.** How probable is your favourite if the outcome comes, and if it doesn't?",
        ]  # fmt: skip

    def show(self) -> None:
        """Display the case in a notebook."""
        from IPython.display import Image, Markdown, display

        display(Markdown(self.as_markdown()))
        for path in self.figures:
            display(Image(filename=str(path)))

    def _ipython_display_(self) -> None:
        self.show()

    def __repr__(self) -> str:
        tables = ", ".join(self.sheet.tables)
        return f"Case {self.sheet.scenario!r} ({self.sheet.title}); tables: {tables}; files in {self.folder}"


def priced(cost: float, unit: str) -> str:
    """``1 person-hour``, ``2.5 person-hours``."""
    first, _, rest = unit.partition(" ")
    if cost == 1:
        first = first.removesuffix("s")
    return f"{cost:g} {first} {rest}".rstrip()


def _columns(path: Path) -> dict[str, np.ndarray]:
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} can't be read: {getattr(error, 'strerror', None) or type(error).__name__}") from None
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise UserError(f"{path} is no table any more: every line has as many fields as the first one")
    return {name: _typed([row[place] for row in rows[1:]]) for place, name in enumerate(rows[0])}


def _typed(texts: list[str]) -> np.ndarray:
    kinds: tuple[Any, ...] = (int, float)
    for kind in kinds:
        try:
            return np.array([kind(text) for text in texts])
        except ValueError:
            continue
    return np.array(texts)
