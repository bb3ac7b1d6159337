"""Read ``solutions/UNIT/answers/TOPIC/*.py``.

Each file begins with two lines: what kind of answer it is and why somebody would write it, and which checks it must
lose::

    # wrong: amplifies from `before`, so alpha = 0 gives `before` back
    # loses: alpha_zero_is_the_after_model, fresh_random_logits
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import nbformat

from autograde.examiner.sitting import topic_of
from autograde.paths import solutions
from worktest.errors import UserError
from worktest.paths import curriculum
from worktest.units import load_unit

Kind = Literal["wrong", "hard-coded", "right", "worked", "blank"]
_FIRST = re.compile(r"^# (wrong|hard-coded|right): (\S.*)$")
_SECOND = re.compile(r"^# loses: (\S.*)$")


@dataclass(frozen=True)
class BankAnswer:
    """One answer of the bank. ``loses`` names the checks that it must lose; empty for a right one."""

    unit: str
    topic: str
    name: str
    kind: Kind
    about: str
    loses: frozenset[str]
    code: str

    @property
    def is_right(self) -> bool:
        """Whether it must pass every check."""
        return self.kind in ("right", "worked")


def read_bank(unit: str) -> list[BankAnswer]:
    """All answers of ``unit``, with its worked answer (``worked``) and its released stub (``blank``) for each cell.

    Raises UserError naming the file for a header that is not well formed or a topic that the unit does not have.
    """
    folder = solutions() / unit
    info = load_unit(folder)
    found = []
    for cell in info.graded:
        files = sorted((folder / "answers" / cell.id).glob("*.py"))
        found += [_read(path, unit, cell.id) for path in files]
        worked = _cell_source(folder / f"{cell.notebook}.ipynb", cell.id)
        blank = _cell_source(curriculum() / unit / f"{cell.notebook}.ipynb", cell.id)
        found.append(BankAnswer(unit, cell.id, "worked", "worked", "the worked notebook's", frozenset(), worked))
        found.append(BankAnswer(unit, cell.id, "blank", "blank", "the released stub", frozenset({"*"}), blank))
    known = {cell.id for cell in info.graded}
    for path in sorted((folder / "answers").glob("*/")):
        if path.is_dir() and path.name not in known and path.name != "__pycache__":
            raise UserError(f"{path}: unit.toml lists no graded cell {path.name!r}")
    return found


def given_cells(unit: str) -> list[str]:
    """What runs before any answer is asked: given code and worked answers of all notebooks of ``unit``, in order.

    Cells that no grade needs and test cells are not among them.
    """
    return [
        str(cell.source)
        for path in sorted((solutions() / unit).glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and "nbgrader" in cell.metadata and topic_of(cell) is None
    ]


def _read(path: Path, unit: str, topic: str) -> BankAnswer:
    text = path.read_text(encoding="utf-8")
    lines = [*text.splitlines(), "", ""]
    first, second = _FIRST.match(lines[0]), _SECOND.match(lines[1])
    if not first or not second:
        raise UserError(f"{path}: begin with '# wrong|hard-coded|right: why' and '# loses: checks' (or none)")
    loses = frozenset() if second[1] == "none" else frozenset(name.strip() for name in second[1].split(","))
    kind = first[1]
    if (kind == "right") != (not loses):
        raise UserError(f"{path}: a right answer loses none, any other kind names at least one check")
    return BankAnswer(unit, topic, path.stem, kind, first[2], loses, text)  # type: ignore[arg-type]


def _cell_source(path: Path, topic: str) -> str:
    if not path.is_file():
        raise UserError(f"{path} is missing; run `autograde build`")
    for cell in nbformat.read(path, as_version=4).cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade_id") == topic and about.get("solution"):
            return str(cell.source)
    raise UserError(f"{path}: there is no solution cell {topic!r}")
