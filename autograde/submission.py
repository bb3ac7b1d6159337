"""Look at a submitted notebook before it is graded: what must be refused, what is put back, what is worth saying."""

from __future__ import annotations

import ast
import copy
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograde.examiner.sitting import CHECK_SUFFIX
from worktest.errors import UserError
from worktest.units import UnitInfo

MOST_CHARACTERS = 50_000_000
"""Longest notebook file that is read."""
_MOST_LINES = 300
_ADVICE = "fix it in JupyterLab, or get a fresh copy with `worktest start UNIT --fresh` (yours is kept)"


@dataclass
class Findings:
    """What was found in one notebook: reasons to refuse it, cells that are put back (by grade_id), other remarks."""

    refused: list[str] = field(default_factory=list)
    restored: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def notebooks_of(info: UnitInfo, released: Path, folder: Path) -> list[str]:
    """The notebooks of a unit that a submission is graded by, its release in ``released``.

    One that carries no points may be missing: a unit can have got it since the learner began.
    """
    return [
        name
        for name in info.notebooks
        if os.path.lexists(folder / f"{name}.ipynb") or _carries_points(released / f"{name}.ipynb")
    ]


def _carries_points(path: Path) -> bool:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return any(cell["metadata"].get("nbgrader", {}).get("grade") for cell in cells)


def read_notebook(path: Path) -> NotebookNode:
    """Read a submitted notebook. Raises UserError with one line: file, what is wrong, what to do."""
    name = path.name
    if path.is_symlink():
        raise UserError(f"{name} is a link to another file: hand in the notebook itself")
    if not path.is_file():
        raise UserError(f"there is no {name} in {path.parent}; get the unit with `worktest start UNIT`")
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text)
    except OSError as error:
        raise UserError(f"{name} can't be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UserError(f"{name} is not UTF-8 text; {_ADVICE}") from None
    except json.JSONDecodeError as error:
        raise UserError(
            f"{name} is not a whole notebook (invalid JSON at line {error.lineno}, column {error.colno}); {_ADVICE}"
        ) from None
    except RecursionError:
        raise UserError(f"{name} is not a notebook (nested too deep); {_ADVICE}") from None
    if not isinstance(raw, dict) or type(raw.get("nbformat")) is not int:
        raise UserError(f"{name} is not a notebook (no nbformat version); {_ADVICE}")
    if raw["nbformat"] < 4:
        raise UserError(f"{name} has the old notebook format {raw['nbformat']}: open and save it in JupyterLab first")
    if raw["nbformat"] > 4:
        raise UserError(
            f"{name} has notebook format {raw['nbformat']}, newer than worktest reads (4): save it as format 4"
        )
    if len(text) > MOST_CHARACTERS:
        raise UserError(f"{name} is larger than {MOST_CHARACTERS // 10**6} MB: clear its outputs and save it again")
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UserError(f"{name} holds half a character, which no file can keep; {_ADVICE}") from None
    try:
        notebook = nbformat.reads(text, as_version=4)  # joins split lines, lifts older minor versions
        nbformat.validate(notebook)
    except (nbformat.ValidationError, AttributeError, KeyError, TypeError) as error:
        raise UserError(f"{name} is not a well-formed notebook ({_first_line(error)}); {_ADVICE}") from None
    return notebook


def grade_id_of(cell: NotebookNode) -> str:
    """The cell's grade_id, or "" when it has none; a submission's metadata may hold anything."""
    about = cell.metadata.get("nbgrader")
    found = about.get("grade_id") if isinstance(about, dict) else None
    return found if isinstance(found, str) else ""


def compare(submitted: NotebookNode, released: NotebookNode, name: str, *, look_at_code: bool = True) -> Findings:
    """Hold a submission against the release: graded cells there once, locked cells unchanged, code that parses.

    What goes into ``restored`` is what :func:`repair` and nbgrader's OverwriteCells put right.
    """
    findings = Findings()
    originals = {grade_id_of(c): c for c in released.cells if grade_id_of(c)}
    places: dict[str, list[int]] = {}
    unknown: list[str] = []
    for number, cell in enumerate(submitted.cells, start=1):
        grade_id = grade_id_of(cell)
        if grade_id in originals:
            places.setdefault(grade_id, []).append(number)
        elif grade_id:
            unknown.append(f"{grade_id!r} (cell {number})")
    for grade_id, original in originals.items():
        found = places.get(grade_id, [])
        if len(found) > 1:
            where = " and ".join(str(n) for n in found)
            findings.refused.append(
                f"{name}.ipynb: the cell {grade_id!r} is there {len(found)} times (cells {where}): keep one; "
                "delete the copy, or merge them if you split the cell (select both, Shift+M)"
            )
        elif not found and original.metadata.nbgrader.solution:
            renamed = f"; there is an unknown {unknown[0]}: was it renamed?" if unknown else ""
            findings.refused.append(f"{name}.ipynb: the graded cell {grade_id!r} is missing{renamed}; {_ADVICE}")
        elif not found:
            findings.restored[grade_id] = f"The cell {grade_id!r} was missing; it was put back."
        else:
            cell = submitted.cells[found[0] - 1]
            answer = places.get(grade_id.removesuffix(CHECK_SUFFIX), found)
            if original.metadata.nbgrader.locked and cell.source != original.source:
                findings.restored[grade_id] = f"The locked cell {grade_id!r} had been edited; it was put back."
            elif cell.cell_type != original.cell_type:
                findings.restored[grade_id] = (
                    f"The cell {grade_id!r} had become a {cell.cell_type} cell; it is {original.cell_type} again."
                )
            elif found[0] < answer[0]:
                findings.restored[grade_id] = f"The cell {grade_id!r} stood above its answer; it was moved below."
    for number, cell in enumerate(submitted.cells, start=1):
        known = originals.get(grade_id_of(cell))  # decides what the cell is, whatever it was turned into
        code = (known or cell).cell_type == "code"
        if look_at_code and code and (problem := _syntax_problem(cell.source)):
            findings.remarks.append(
                f"{name}.ipynb, cell {number}: syntax error ({problem}); the other cells are graded"
            )
    return findings


def repair(submitted: NotebookNode, released: NotebookNode) -> None:
    """Give graded and locked cells their metadata, type and place back, in place.

    Nothing of a submission's own metadata stays: it decides nothing and is shown to nobody. For what
    :func:`compare` would refuse there is no repair.
    """
    submitted.metadata = copy.deepcopy(released.metadata)
    submitted.nbformat, submitted.nbformat_minor = released.nbformat, released.nbformat_minor
    originals = {grade_id_of(c): c for c in released.cells if grade_id_of(c)}
    for position, cell in enumerate(submitted.cells):
        original = originals.get(grade_id_of(cell))
        if original is not None:
            restored = copy.deepcopy(original)
            if not original.metadata.nbgrader.locked:
                restored.source = cell.source
            submitted.cells[position] = restored
        else:
            cell.metadata = NotebookNode()
    present = {grade_id_of(c): c for c in submitted.cells if grade_id_of(c)}
    before = None  # the cell of the release that was passed last
    for grade_id, original in originals.items():
        if grade_id not in present:
            place = submitted.cells.index(before) + 1 if before is not None else 0
            present[grade_id] = copy.deepcopy(original)
            submitted.cells.insert(place, present[grade_id])
        answer = present.get(grade_id.removesuffix(CHECK_SUFFIX))
        before = present[grade_id]
        if answer is not None and submitted.cells.index(before) < submitted.cells.index(answer):
            submitted.cells.remove(before)
            submitted.cells.insert(submitted.cells.index(answer) + 1, before)
    _give_ids(submitted, released)


def _give_ids(submitted: NotebookNode, released: NotebookNode) -> None:
    """Make cell ids unique where a copied cell or another tool left them doubled or out; graded cells keep theirs."""
    by_source = {c.source: c.id for c in released.cells if not grade_id_of(c)}
    used = {c.id for c in submitted.cells if grade_id_of(c)}
    for number, cell in enumerate(submitted.cells, start=1):
        if grade_id_of(cell):
            continue
        if cell.get("id") in {None, *used}:
            own = by_source.get(cell.source)
            cell.id = own if own and own not in used else f"own-{number}"
        used.add(cell.id)


def _syntax_problem(source: str) -> str:
    """The first syntax error in a cell, or "". Lines with IPython's own syntax are left to IPython."""
    from IPython.core.inputtransformer2 import TransformerManager

    if source.count("\n") > _MOST_LINES:  # its look at each line begins anew from the top
        return ""
    try:
        ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except (ValueError, RuntimeError, MemoryError) as error:  # IPython refuses some cells with a plain RuntimeError
        return str(error)
    return ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
