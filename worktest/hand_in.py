"""``worktest handin``: put together in ``hand_in/`` what a mentor gets, and say what is missing."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worktest import clock as clock_module
from worktest import journal
from worktest.brief import FLAG, tags_of
from worktest.clock_state import Clock
from worktest.errors import UserError
from worktest.hand_in_log import log_text, mark_late_cells
from worktest.units import UnitInfo, load_unit
from worktest.work import WORK_TEST
from worktest.workspace import disk_problem, make_own

if TYPE_CHECKING:
    from nbformat import NotebookNode
from worktest.write_up import (
    MAX_PAGES,
    STATEMENT,
    WRITE_UP,
    missing_in_statement,
    missing_in_write_up,
    read_text,
)

FOLDER = "hand_in"
PDF = "write_up.pdf"
LOG = "log.md"


@dataclass
class HandIn:
    """What was made, what a mentor would miss, and what is worth knowing."""

    files: list[Path] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pages: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {
            "files": [str(path) for path in self.files],
            "missing": self.missing,
            "notes": self.notes,
            "pages": self.pages,
        }


def build(folder: Path, unit: str, *, strict: bool = False) -> HandIn:
    """Make ``folder/hand_in/``; the learner's own files are only read.

    What can't be read is named under ``missing``, and the rest is made all the same; with ``strict`` nothing is made
    while anything is missing. Raises UserError when the folder can't be written.
    """
    info = load_unit(folder)
    found = HandIn()
    parts: dict[str, bytes] = {}
    clock = _clock(folder, unit, found)
    for name in _notebooks(info, folder):
        _take_notebook(folder, f"{name}.ipynb", clock, parts, found)
    if not info.scenarios or (folder / WRITE_UP).exists():  # a reasoning test's report stands in its notebook
        _take_write_up(folder, unit, info.title, parts, found)
    _take_statement(folder, unit, parts, found)
    parts[LOG] = log_text(folder, unit, info.title, clock, journal.view(folder)).encode("utf-8", "replace")
    if strict and found.missing:
        return found
    parts[f"{unit}.zip"] = _zipped(unit, parts)
    found.files = _write(folder / FOLDER, parts, info, unit)
    return found


def _notebooks(info: UnitInfo, folder: Path) -> list[str]:
    """The notebooks of the work test: those begun from the brief alone, else those with graded cells, else all."""
    graded = {cell.notebook for cell in info.graded}
    brief = [name for name in info.notebooks if _from_the_brief(folder / f"{name}.ipynb")]
    if info.scenarios and WORK_TEST in info.notebooks:  # whose graded cells belong to the reading
        return [WORK_TEST]
    return brief or [name for name in info.notebooks if name in graded] or info.notebooks


def _from_the_brief(path: Path) -> bool:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"]["worktest"]
        return about[FLAG] is True
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return False  # what is wrong with it is named where it is taken


def _clock(folder: Path, unit: str, found: HandIn) -> Clock | None:
    try:
        clock = clock_module.find(folder)
    except UserError as problem:
        found.notes.append(str(problem))
        return None
    if clock is not None:
        found.notes += clock.problems
        if clock.finished is None:
            found.notes.append(f"the clock is not finished: `worktest clock {unit[:2]} finish`, then hand in again")
    return clock


def _take_notebook(folder: Path, name: str, clock: Clock | None, parts: dict[str, bytes], found: HandIn) -> None:
    path = folder / name
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        found.missing.append(f"{name} is not in {folder}")
        return
    except OSError as error:
        found.missing.append(str(disk_problem(error, path)))
        return
    parts[name] = content
    import nbformat

    try:
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError, nbformat.ValidationError):
        found.missing.append(f"{name} is not a whole notebook; it goes in as it is: repair it in JupyterLab")
        return
    unrun = _not_run(notebook)
    if unrun:
        found.notes.append(
            f"{name}: {unrun} code cell{'s have' if unrun != 1 else ' has'} no output of a run; a mentor reads the "
            "saved outputs: run all and save"
        )
    failed = _failed(notebook)
    if failed:
        found.notes.append(
            f"{name}: {failed} code cell{'s end' if failed != 1 else ' ends'} in an error; a notebook that runs from "
            "top to bottom has none"
        )
    if _out_of_order(notebook):
        found.notes.append(f"{name}: the cells were not run from top to bottom: restart the kernel, run all and save")
    late = mark_late_cells(notebook, clock, folder)
    if late:
        found.notes.append(f"{name}: {late} cell{'s are' if late != 1 else ' is'} marked as run first after the limit")
        parts[name] = (nbformat.writes(notebook) + "\n").encode()


def _not_run(notebook: NotebookNode) -> int:
    """Code cells with something in them that were never run, or whose outputs were cleared."""
    return sum(
        c.cell_type == "code" and bool(c.source.strip()) and c.get("execution_count") is None for c in notebook.cells
    )


def _failed(notebook: NotebookNode) -> int:
    """Code cells whose saved output ends in an error that the author did not mean (tag ``raises-exception``)."""
    return sum(
        c.cell_type == "code"
        and "raises-exception" not in tags_of(c)
        and any(output.get("output_type") == "error" for output in c.outputs)
        for c in notebook.cells
    )


def _out_of_order(notebook: NotebookNode) -> bool:
    """Whether a cell was run before one that stands above it."""
    counts = [c.get("execution_count") for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    numbers = [count for count in counts if count is not None]
    return any(later <= earlier for earlier, later in pairwise(numbers))


def _take_write_up(folder: Path, unit: str, title: str, parts: dict[str, bytes], found: HandIn) -> None:
    from worktest.pdf import render

    try:
        text = read_text(folder / WRITE_UP)
    except UserError as problem:
        found.missing.append(str(problem).replace("UNIT", unit[:2]))
        return
    found.missing += missing_in_write_up(text)
    rendered = render(text, folder, f"{title}: write-up")
    parts[PDF] = rendered.content
    found.pages = rendered.pages
    if rendered.pages > MAX_PAGES:
        found.missing.append(f"{WRITE_UP}: {rendered.pages} pages as a PDF; the limit is {MAX_PAGES}")
    found.missing += [f"{WRITE_UP}: {p}" for p in rendered.problems if "figure" in p]
    found.notes += [f"{WRITE_UP}: {p}" for p in rendered.problems if "figure" not in p]


def _take_statement(folder: Path, unit: str, parts: dict[str, bytes], found: HandIn) -> None:
    try:
        text = read_text(folder / STATEMENT)
    except UserError as problem:
        found.missing.append(str(problem).replace("UNIT", unit[:2]))
        return
    found.missing += missing_in_statement(text)
    parts[STATEMENT] = text.encode()


def _zipped(unit: str, parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{unit}/{name}", content)
    return packed.getvalue()


def _write(target: Path, parts: dict[str, bytes], info: UnitInfo, unit: str) -> list[Path]:
    """Write the parts; one of an earlier hand-in that is none now is removed, files of others stay."""
    ours = {PDF, STATEMENT, LOG, f"{unit}.zip", *(f"{name}.ipynb" for name in info.notebooks)}
    try:
        make_own(target)
        for name, content in parts.items():
            partial = target / f".{name}.partial"
            partial.write_bytes(content)
            os.replace(partial, target / name)
        for name in ours - set(parts):
            (target / name).unlink(missing_ok=True)
    except OSError as error:
        raise disk_problem(error, target) from None
    return [target / name for name in parts]
