"""What ``autograde build --check`` holds a unit's ``interview.yaml`` to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jupytext

from autograde.build.source import script_of
from worktest.errors import UserError
from worktest.interview.bank import BOUND, FILE, read_bank
from worktest.safe import headings
from worktest.units import UnitInfo

LEAST, LEAST_BOUND = 16, 8


def problems_of_interview(folder: Path, info: UnitInfo) -> Iterator[str]:
    """Everything that is wrong with the interview of the unit in ``folder``; nothing when it has none.

    Names must stand in unit.toml, headings in the notebooks' scripts, ids once; each question has two branches (the
    schema sees to it), and there are at least 16, at least 8 of them about a decision, prediction or result.
    """
    path = folder / FILE
    if not path.is_file():
        return
    try:
        bank = read_bank(path, info)
    except UserError as error:
        yield str(error)
        return
    yield from (f"{path.parent / problem}" for problem in bank.problems)
    bound = sum(question.about in BOUND for question in bank.questions)
    if len(bank.questions) < LEAST:
        yield f"{path}: {len(bank.questions)} questions; a unit has at least {LEAST}"
    if bound < LEAST_BOUND:
        yield f"{path}: {bound} questions about a decision, prediction or result; at least {LEAST_BOUND} are"
    headings = {name: _headings(script_of(folder, name)) for name in info.notebooks}
    for question in bank.questions:
        where = f"{path}: question {question.id!r}: key 'revisit'"
        place = question.revisit
        if place.notebook not in headings:
            yield f"{where}: the unit has no notebook {place.notebook!r}"
        elif place.heading not in headings[place.notebook]:
            yield f"{where}: {place.notebook} has no heading {place.heading!r}"


def _headings(script: Path) -> set[str]:
    """The headings of a notebook's script; empty when it is missing (which another check says)."""
    if not script.is_file():
        return set()
    cells = jupytext.reads(script.read_text(encoding="utf-8"), fmt="py:percent").cells
    return {heading for cell in cells if cell.cell_type == "markdown" for heading in headings(cell.source)}
