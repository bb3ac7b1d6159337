"""What a unit's ``exit.toml`` must hold: five questions, each of which points back to a place that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jupytext

from autograde.build.source import script_of
from worktest.exit_questions import FILE, read_exit
from worktest.safe import headings
from worktest.units import UnitInfo

QUESTIONS = 5
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)


def problems_of_exit(folder: Path, info: UnitInfo) -> Iterator[str]:
    """Everything that is wrong with the exit questions of the unit in ``folder``; nothing when it has no such file."""
    path = folder / FILE
    if not path.exists():
        return
    found = read_exit(path)
    yield from (f"{path}: {problem}" for problem in found.problems)
    if not found.problems and len(found.questions) != QUESTIONS:
        yield f"{path}: {len(found.questions)} questions; a unit has {QUESTIONS}"
    headings = {name: _headings(folder, name) for name in info.notebooks}
    for question in found.questions:
        place = question.revisit
        if place.name not in headings:
            yield f"{path}: {question.id!r}: revisit names the unknown notebook {place.notebook!r}"
        elif _same(place.heading) not in headings[place.name]:
            yield f"{path}: {question.id!r}: revisit names a heading that {place.name} has not: {place.heading[:60]!r}"


def _headings(folder: Path, notebook: str) -> set[str]:
    """The headings of a notebook's script, as :func:`_same` writes them."""
    script = script_of(folder, notebook)
    if not script.is_file():
        return set()  # another check names the missing script
    cells = jupytext.reads(script.read_text(encoding="utf-8"), fmt="py:percent").cells
    texts = [_FENCE.sub("", cell.source) for cell in cells if cell.cell_type == "markdown"]
    return {_same(heading) for text in texts for heading in headings(text)}


def _same(heading: str) -> str:
    """A heading as it is compared: a link's hyphens and Markdown's marks make no difference."""
    return " ".join(re.sub(r"[`*_]", "", heading.replace("-", " ")).split()).casefold()
