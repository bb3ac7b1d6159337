"""Make a full submission of a brief-only notebook, so that nbgrader and the examiner find what they look for.

The learner's cells stay in their order. Below them every graded topic gets its solution cell, which only says that the
answer stands above, and its check cell. Works on the notebook in memory: the learner's file is only read.
"""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograde.submission import grade_id_of
from worktest.brief import EXPLORE, FLAG, is_brief_only, is_given, is_written, tags_of

_ABOVE = "# Worked from the brief alone: the answer stands above."
_HEADING = re.compile(r"^\s*#{1,6}\s+`?([a-z0-9-]+)`?[\s:.]*$")


def fill_in(notebook: NotebookNode, released: NotebookNode) -> None:
    """Change ``notebook`` in place if it is a brief-only one; any other stays as it is."""
    if not is_brief_only(notebook):
        return
    originals = {grade_id_of(c): c for c in released.cells if grade_id_of(c)}
    present: set[str] = set()
    for position, cell in enumerate(notebook.cells):
        grade_id = grade_id_of(cell)
        given = grade_id in originals and is_given(originals[grade_id]) and grade_id not in present
        answers = _answered_prompt(cell, originals, present)
        if given or answers:
            present.add(answers or grade_id)
            original = originals[answers or grade_id]
            cell.metadata = NotebookNode({"nbgrader": copy.deepcopy(original.metadata.nbgrader)})
            continue
        cell.metadata.pop("nbgrader", None)  # a copied cell, or one from the full notebook: the learner's own here
        if cell.cell_type == "code" and EXPLORE in tags_of(cell) and not _is_released(cell, released):
            notebook.cells[position] = _shown(cell)
    for grade_id, original in originals.items():
        if grade_id in present or is_given(original):  # a given cell that is missing is put back by the repair
            continue
        added = copy.deepcopy(original)
        if original.metadata.nbgrader.solution and not is_written(original):
            added.source = _ABOVE
        notebook.cells.append(added)
    notebook.metadata["worktest"].pop(FLAG)


def _answered_prompt(cell: NotebookNode, originals: dict[str, NotebookNode], present: set[str]) -> str:
    """The written prompt whose id is the heading that a text cell begins with, or ""."""
    lines = cell.source.strip().splitlines()
    found = _HEADING.match(lines[0]) if lines and cell.cell_type == "markdown" else None
    name = found[1] if found else ""
    if name not in originals or name in present or not is_written(originals[name]) or not "".join(lines[1:]).strip():
        return ""
    return name


def _is_released(cell: NotebookNode, released: NotebookNode) -> bool:
    return any(cell.get("id") == other.get("id") for other in released.cells)


def _shown(cell: NotebookNode) -> NotebookNode:
    """A cell that its author tagged as exploring, as text: grading shows it and does not run it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", cell.source)), default=2)
    fence = "`" * (longest + 1)
    text = f"Tagged `{EXPLORE}`, so not run in grading:\n\n{fence}python\n{cell.source}\n{fence}"
    shown = new_markdown_cell(text)
    if cell.get("id"):
        shown.id = cell.id
    return shown
