"""Look at a submitted notebook before it is graded: what must be refused, what is put back, what is worth saying."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from worktest.errors import UserError

_ADVICE = "fix it in JupyterLab, or get a fresh copy with `worktest start UNIT --fresh` (yours is kept)"


@dataclass
class Findings:
    """What was found in one notebook: reasons to refuse it, cells that are put back (by grade_id), other remarks."""

    refused: list[str] = field(default_factory=list)
    restored: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_notebook(path: Path) -> NotebookNode:
    """Read a submitted notebook. Raises UserError with one line: file, what is wrong, what to do."""
    name = path.name
    if not path.is_file():
        raise UserError(f"there is no {name} in {path.parent}; get the unit with `worktest start UNIT`")
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text)
    except UnicodeDecodeError:
        raise UserError(f"{name} is not UTF-8 text; {_ADVICE}") from None
    except json.JSONDecodeError as error:
        raise UserError(
            f"{name} is not a whole notebook (invalid JSON at line {error.lineno}, column {error.colno}); {_ADVICE}"
        ) from None
    except RecursionError:
        raise UserError(f"{name} is not a notebook (nested too deep); {_ADVICE}") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("nbformat"), int):
        raise UserError(f"{name} is not a notebook (no nbformat version); {_ADVICE}")
    if raw["nbformat"] < 4:
        raise UserError(
            f"{name} has the old notebook format {raw['nbformat']}: open and save it in JupyterLab first"
        )
    if raw["nbformat"] > 4:
        raise UserError(
            f"{name} has notebook format {raw['nbformat']}, newer than worktest reads (4): save it as format 4"
        )
    try:
        notebook = nbformat.reads(text, as_version=4)  # joins split lines, lifts older minor versions
        nbformat.validate(notebook)
    except (nbformat.ValidationError, AttributeError, KeyError, TypeError) as error:
        raise UserError(f"{name} is not a well-formed notebook ({_first_line(error)}); {_ADVICE}") from None
    return notebook


def compare(submitted: NotebookNode, released: NotebookNode, name: str) -> Findings:
    """Hold a submission against the release: graded cells there once, locked cells unchanged, code that parses."""
    findings = Findings()
    originals = {c.metadata.nbgrader.grade_id: c for c in released.cells if "nbgrader" in c.metadata}
    places: dict[str, list[int]] = {}
    unknown: list[str] = []
    for number, cell in enumerate(submitted.cells, start=1):
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in originals:
            places.setdefault(grade_id, []).append(number)
        elif grade_id:
            unknown.append(f"{grade_id!r} (cell {number})")
    for grade_id, original in originals.items():
        about = original.metadata.nbgrader
        found = places.get(grade_id, [])
        if len(found) > 1:
            where = " and ".join(str(n) for n in found)
            findings.refused.append(
                f"{name}.ipynb: the cell {grade_id!r} is there {len(found)} times (cells {where}): delete the copies"
            )
        elif not found and about.solution:
            renamed = f"; there is an unknown {unknown[0]}: was it renamed?" if unknown else ""
            findings.refused.append(
                f"{name}.ipynb: the graded cell {grade_id!r} is missing{renamed}; {_ADVICE}"
            )
        elif not found and (about.grade or about.locked):
            findings.restored[grade_id] = f"The cell {grade_id!r} was missing; it was put back."
        elif about.locked and submitted.cells[found[0] - 1].source != original.source:
            findings.restored[grade_id] = f"The locked cell {grade_id!r} had been edited; it was put back."
    for number, cell in enumerate(submitted.cells, start=1):
        if cell.cell_type == "code" and (problem := _syntax_problem(cell.source)):
            findings.remarks.append(
                f"{name}.ipynb, cell {number}: syntax error ({problem}); the other cells are graded"
            )
    return findings


def _syntax_problem(source: str) -> str:
    """The first syntax error in a cell, or "". Lines with IPython's own syntax are left to IPython."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return str(error)
    return ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
