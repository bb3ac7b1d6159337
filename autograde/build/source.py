"""Read a notebook's percent script and give it what nbgrader, nbval and a reader need.

Cell headers carry short marks that are expanded here::

    # %% solution="lda-amplify-logits"      the learner writes here, between the BEGIN/END SOLUTION markers
    # %% check="lda-amplify-logits"         runs the visible checks; carries the points of unit.toml
    # %% locked="lda-setup"                 given code that is put back when edited; with tags=["later"] it calls
                                            what the learner writes, and stands below it in the brief-only form
    # %% tags=["explore"]                   run by the learner, not needed for grades
    # %% yours="predict-rate"               the learner fills it in, no grade needs it; released as the commented
                                            lines below ``### RELEASED AS``
    # %% [markdown] written="lda-why"       a text that a person grades with the rubric of that prompt

In Markdown, ``{{card TOPIC}}`` becomes the exercise's card, ``{{prompt ID}}`` a prompt of prompts.toml with its rubric,
and ``[@key]`` a link to a source in references.bib.
"""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from autograde.build.prompts import PROMPT, as_markdown, points_of_prompt, prompt_of, read_prompts
from autograde.build.references import References
from autograde.examiner.sitting import CHECK_SUFFIX
from worktest.errors import UserError
from worktest.prompts import Prompt
from worktest.units import GradedCell, UnitInfo

_MARKS = ("solution", "check", "locked", "yours", "written")
_RELEASED_AS = "### RELEASED AS"
Prompts = dict[str, Prompt]
_CARD = re.compile(r"\{\{card ([a-z0-9-]+)\}\}")
_CITATION = re.compile(r"\[@([A-Za-z0-9_:-]+)\]")
SOURCE_SUFFIX = ".nb.py"


def script_of(unit_folder: Path, notebook: str) -> Path:
    """The percent script of a notebook."""
    return unit_folder / f"{notebook}{SOURCE_SUFFIX}"


def read_script(path: Path, unit: UnitInfo, references: References) -> NotebookNode:
    """The notebook that the script at ``path`` describes, not executed yet.

    Raises UserError (file, cell, reason) for an unknown topic, a duplicate mark or an unknown citation.
    """
    if not path.is_file():
        raise UserError(f"{path} is missing: unit.toml names the notebook")
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    prompts = read_prompts(path.parent)
    seen: dict[str, int] = {}
    used: dict[str, int] = {}
    for number, cell in enumerate(notebook.cells, start=1):
        where = f"{path}, cell {number}"
        cell.metadata.pop("lines_to_next_cell", None)  # jupytext's note to itself
        _expand_marks(cell, unit, prompts, where)
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id and seen.setdefault(grade_id, number) != number:
            raise UserError(f"{where}: {grade_id!r} was already used in cell {seen[grade_id]}")
        if cell.cell_type == "markdown":
            cell.source = _expand_text(cell.source, unit, prompts, references, where)
        cell.id = _derived_id(cell, used)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata = NotebookNode(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return notebook


def _expand_marks(cell: NotebookNode, unit: UnitInfo, prompts: Prompts, where: str) -> None:
    marks = {mark: cell.metadata.pop(mark) for mark in _MARKS if mark in cell.metadata}
    if len(marks) > 1:
        raise UserError(f"{where}: a cell has one of {', '.join(_MARKS)}, not {' and '.join(marks)}")
    for mark, topic in marks.items():
        if (cell.cell_type == "markdown") != (mark == "written"):
            raise UserError(f"{where}: a cell marked {mark!r} is a {'text' if mark == 'written' else 'code'} cell")
        if mark == "yours":
            _split_release(cell, where)
            continue
        if mark == "locked":
            about = _about(str(topic), grade=False, solution=False, locked=True)
        elif mark == "written":
            points = points_of_prompt(prompt_of(prompts, str(topic), where))
            about = {**_about(str(topic), grade=True, solution=True, locked=False), "points": points}
        elif mark == "solution":
            _graded(unit, topic, where)
            about = _about(topic, grade=False, solution=True, locked=False)
        else:
            points = _graded(unit, topic, where).points
            about = {
                **_about(topic + CHECK_SUFFIX, grade=True, solution=False, locked=True),
                "points": points,
            }
            if f'check("{topic}")' not in cell.source:
                raise UserError(f'{where}: the test cell of {topic!r} must call check("{topic}")')
            # nbval compares this cell's output even in its lax mode: the worked answer passes all visible checks
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "nbval-check-output"]
        cell.metadata["nbgrader"] = NotebookNode(about)


def _split_release(cell: NotebookNode, where: str) -> None:
    """Keep what the worked notebook runs, and note in the metadata what the release shows in its place."""
    worked, marker, below = cell.source.partition(_RELEASED_AS)
    lines = below.strip("\n").splitlines()
    if not marker or not lines or any(line.strip() and not line.startswith("#") for line in lines):
        raise UserError(f"{where}: below {_RELEASED_AS!r} stand the lines of the release, each a comment")
    released = "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)
    try:
        ast.parse(released)  # a line "# # why?" would fail: jupytext reads a call for help, and takes off a sign
    except (SyntaxError, ValueError) as error:
        at = f"line {error.lineno}: {error.msg}" if isinstance(error, SyntaxError) else str(error)
        raise UserError(f"{where}: below {_RELEASED_AS!r}, what is released is no Python: {at}") from None
    cell.source = worked.rstrip()
    cell.metadata["worktest"] = NotebookNode(released_as=released)


def _graded(unit: UnitInfo, topic: str, where: str) -> GradedCell:
    try:
        return unit.cell(topic)
    except UserError as error:
        raise UserError(f"{where}: {error}") from None


def _about(grade_id: str, *, grade: bool, solution: bool, locked: bool) -> dict[str, Any]:
    return {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }


def _expand_text(text: str, unit: UnitInfo, prompts: Prompts, references: References, where: str) -> str:
    text = _CARD.sub(lambda match: card(_graded(unit, match[1], where)), text)
    text = PROMPT.sub(lambda match: as_markdown(prompt_of(prompts, match[1], where)), text)
    return _CITATION.sub(lambda match: references.link(match[1], where), text)


def card(cell: GradedCell) -> str:
    """The card of an exercise: what a learner wants to know before starting."""
    llm = "LLM off: write it yourself" if cell.llm == "off" else "LLM on: use one if you like, and check it"
    points = f"{cell.points} point{'s' if cell.points > 1 else ''}"
    return (
        f"| Exercise | Difficulty | Importance | Time | LLM | Worth |\n|---|---|---|---|---|---|\n"
        f"| **{cell.title}** (`{cell.id}`) | {cell.difficulty} of 5 | {cell.importance} of 5 "
        f"| about {cell.minutes} min | {llm} | {points} |"
    )


def _derived_id(cell: NotebookNode, used: dict[str, int]) -> str:
    """A cell id that depends on the cell alone, so that a rebuild changes nothing that did not change.

    A cell with a grade_id keeps its id when its text changes; the same text twice is told apart by its count.
    """
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    key = f"grade_id {grade_id}" if grade_id else f"{cell.cell_type}\0{cell.source}"
    count = used[key] = used.get(key, 0) + 1
    return hashlib.sha256(f"{key}\0{count}".encode()).hexdigest()[:12]
