"""What a unit calls its own cells, for the headings of a feedback page."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograde.paths import solutions
from worktest.errors import UserError
from worktest.prompts import read_prompts
from worktest.units import load_unit, read_toml


@dataclass
class Titles:
    """Headings of a unit; where it can't be read (a course of somebody else), its folder's name must do."""

    title: str
    number: str
    graded: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    hints: frozenset[str] = frozenset()


def titles_of(unit: str, notebook: str) -> Titles:
    """The headings for ``notebook`` of ``unit``. Never raises: a page without them is better than none."""
    titles = Titles(unit, unit.split("_", 1)[0])
    folder = solutions() / unit
    try:
        info = load_unit(folder)
        titles.title = info.title
        titles.graded = {cell.id: cell.title for cell in info.graded if cell.notebook == notebook}
        titles.written = {name: prompt.title for name, prompt in read_prompts(folder).items()}
        titles.hints = frozenset(read_toml(folder / "hints.toml"))
    except (UserError, ValueError):  # ValueError: no file can have such a name
        pass
    return titles
