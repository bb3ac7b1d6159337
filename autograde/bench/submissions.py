"""A class of made-up submissions: each of a kind, each another one, the same ones again for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograde.answers.bank import BankAnswer
from autograde.examiner.seeds import submission_seed
from autograde.examiner.sitting import CHECK_SUFFIX
from autograde.paths import solutions
from autograde.submission import grade_id_of, read_notebook, repair
from worktest.errors import UserError
from worktest.paths import curriculum
from worktest.units import UnitInfo, load_unit

Kind = Literal["right", "half", "wrong", "blank", "syntax", "dies", "cut"]
KINDS: tuple[Kind, ...] = ("right", "half", "wrong", "blank", "syntax", "dies", "cut")
"""``right``: every cell holds a right answer, drawn for itself: now and then two don't fit together (one gives a tensor
where the next wants a number) and cost points, on both sides. ``half``: every other cell is right. Three are broken: a
cell that does not parse, a cell that ends its kernel, and a notebook whose file was cut off.
"""
CYCLE: tuple[Kind, ...] = ("right", "wrong", "half", "dies", "blank", "right", "half", "syntax")
"""The mix of a class. A file that was cut off costs neither side anything, so it is left to who asks for it."""

_SLOW = {("lda-sample-amplified", "row_by_row")}
"""Right answers (topic, name) that stay out of a class: with them, cells that no grade needs run for minutes,
which only nbgrader alone would pay for.
"""


@dataclass(frozen=True)
class Submission:
    """One submission to be made: whose it is and of which kind."""

    student: str
    kind: Kind


def read_kinds(text: str) -> tuple[Kind, ...]:
    """The kinds in a list with commas. Raises UserError naming the first that there is not."""
    found: list[Kind] = []
    for name in (part.strip() for part in text.split(",")):
        kind = next((k for k in KINDS if k == name), None)
        if kind is None:
            raise UserError(f"there is no kind of submission {name!r}; there are: {', '.join(KINDS)}")
        found.append(kind)
    return tuple(found)


def plan(count: int, cycle: Sequence[Kind] = CYCLE) -> list[Submission]:
    """``count`` submissions whose kinds go round ``cycle``."""
    kinds = [cycle[n % len(cycle)] for n in range(count)]
    return [Submission(f"s{n:03d}-{kind}", kind) for n, kind in enumerate(kinds)]


def cycle_for(stock: int, cycle: Sequence[Kind] = CYCLE) -> tuple[Kind, ...]:
    """The cycle that gives both sides the same mix when one grades ``stock`` submissions and the other a multiple."""
    return tuple(cycle[n % len(cycle)] for n in range(stock))


def write(unit: str, submission: Submission, bank: Sequence[BankAnswer], folder: Path, seed: int = 0) -> None:
    """Write the notebooks of ``submission`` into ``folder``.

    Whatever is not blank is the worked notebook with other answers in it: a learner who went all the way. The same
    ``seed`` gives the same answers.
    """
    rng = random.Random(f"{seed}/{submission.student}")
    info = load_unit(solutions() / unit)
    chosen = _answers(info, submission.kind, bank, rng)
    origin = (curriculum() if submission.kind == "blank" else solutions()) / unit
    most = _longest(info)
    folder.mkdir(parents=True, exist_ok=True)
    for name in info.notebooks:
        notebook = nbformat.read(origin / f"{name}.ipynb", as_version=4)
        _fill(notebook, chosen, submission.student)
        if submission.kind == "dies" and name == most:
            _insert_death(notebook)
        text = nbformat.writes(notebook)
        if submission.kind == "cut" and name == most:
            text = text[: len(text) // 2]
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")


def seeds_of(unit: str, folder: Path, secret: bytes) -> dict[str, int]:
    """For each graded cell the seed that the examiner takes for this submission; none for a notebook that is cut off.

    A submission's seed is taken over the text as it is after the repair, so the repair is made here as well.
    """
    info = load_unit(solutions() / unit)
    found: dict[str, int] = {}
    for name in info.notebooks:
        try:
            notebook = read_notebook(folder / f"{name}.ipynb")
        except UserError:
            continue
        repair(notebook, nbformat.read(curriculum() / unit / f"{name}.ipynb", as_version=4))
        seed = submission_seed(secret, notebook)
        found.update({cell.id: seed for cell in info.graded if cell.notebook == name})
    return found


def _answers(info: UnitInfo, kind: Kind, bank: Sequence[BankAnswer], rng: random.Random) -> dict[str, str]:
    """The code of each graded cell. Where the bank has no wrong answer for a cell, it stays the released stub."""
    offset = rng.randrange(2)
    chosen = {}
    for position, cell in enumerate(info.graded):
        right = kind not in ("wrong", "blank") and (kind != "half" or (position + offset) % 2 == 0)
        wanted = ("right", "worked") if right else ("blank",) if kind == "blank" else ("wrong", "hard-coded")
        of_cell = [a for a in bank if a.topic == cell.id and (a.topic, a.name) not in _SLOW]
        fitting = [answer for answer in of_cell if answer.kind in wanted]
        fitting = fitting or [answer for answer in of_cell if answer.kind == "blank"]
        chosen[cell.id] = rng.choice(fitting).code
    if kind == "syntax":
        broken = rng.choice(info.graded).id
        chosen[broken] = "def not_finished(:\n" + chosen[broken]
    return chosen


def _fill(notebook: NotebookNode, chosen: dict[str, str], student: str) -> None:
    """Put the answers in, and into each a line that no other submission has; outputs are thrown away."""
    mark, marked = f"# handed in by {student}", False
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        topic = grade_id_of(cell)
        if topic in chosen and cell.metadata.nbgrader.solution:
            cell.source = f"{chosen[topic].rstrip()}\n{mark}"
            marked = True
    if not marked:
        notebook.cells.append(new_code_cell(mark, id=f"mark-{student}"))


def _insert_death(notebook: NotebookNode) -> None:
    """Put a cell that ends the kernel where half of the notebook's graded cells are behind."""
    checks = [n for n, cell in enumerate(notebook.cells) if grade_id_of(cell).endswith(CHECK_SUFFIX)]
    cell = new_code_cell("import os\n\nos._exit(1)", id="the-end")
    notebook.cells.insert(checks[(len(checks) - 1) // 2] + 1, cell)


def _longest(info: UnitInfo) -> str:
    """The notebook with the most graded cells."""
    graded = [cell.notebook for cell in info.graded]
    return max(info.notebooks, key=graded.count)
