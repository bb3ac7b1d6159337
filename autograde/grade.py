"""Grade one submission: hand in a copy, let nbgrader grade it through the examiner, read the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from autograde import brief_only, course
from autograde.engine import warm
from autograde.entry import Entered, Gradebook
from autograde.examiner.sitting import Progress, topic_of
from autograde.grades import CellGrade, Grade
from autograde.hand_in import hand_in
from autograde.jobs import hold_all, jobs_of
from autograde.paths import solutions
from autograde.submission import Findings, compare, notebooks_of, read_notebook
from worktest.errors import UserError
from worktest.paths import curriculum
from worktest.units import UnitInfo, load_unit


def grade(
    unit: str,
    folder: Path,
    workspace: Path,
    *,
    student: str = course.LEARNER,
    progress: Progress = lambda _: None,
    no_sandbox: bool = False,
) -> Grade:
    """Grade the notebooks of ``unit`` in ``folder``. Works on a copy; ``folder`` is only read.

    Answers run in a sandbox; with ``no_sandbox`` they run with the grader's own rights. Raises UserError with one line
    when the submission can't be graded; earlier grades then stay as they are.
    """
    info = load_unit(solutions() / unit)
    if warm.possible():
        warm.begin()
    progress("reading the notebooks")
    findings = _inspect(info, unit, folder)
    with course.one_at_a_time(workspace, progress):
        return _grade(info, unit, folder, workspace, student, findings, progress, no_sandbox)


def _grade(
    info: UnitInfo,
    unit: str,
    folder: Path,
    workspace: Path,
    student: str,
    findings: Findings,
    progress: Progress,
    no_sandbox: bool,
) -> Grade:
    progress("preparing the course")
    root = course.prepare(workspace, [unit])
    filled = hand_in(info, unit, folder, root, student)
    with Gradebook(root, unit, no_sandbox=no_sandbox) as book:
        outcomes = hold_all(jobs_of(unit, root, student, book.settings), progress)
        progress("entering the grades")
        try:
            entered = book.enter(student, outcomes, progress)
        except UserError as problem:
            raise UserError(f"{unit} could not be graded: {problem}", exit_code=1) from None
        api = book.api
    progress("writing feedback")
    feedback = api.generate_feedback(unit, student, force=True)
    if not feedback["success"]:
        raise UserError(f"graded, but no feedback page could be written: {course.last_line(feedback)}", exit_code=1)
    pages = [root / "feedback" / student / unit / f"{name}.html" for name in info.notebooks]
    lacking = sorted({outcome.lacking for outcome in outcomes.values() if outcome.lacking})
    how = [f"how the answers were run: {text}" for text in lacking]
    notes = [*how, *findings.restored.values(), *findings.remarks, *filled]
    cells = read_cells(info, unit, root, student, entered)
    return Grade(unit, student, cells, notes, [page for page in pages if page.is_file()])


def _inspect(info: UnitInfo, unit: str, folder: Path) -> Findings:
    together = Findings()
    for name in notebooks_of(info, curriculum() / unit, folder):
        submitted = read_notebook(folder / f"{name}.ipynb")
        released = nbformat.read(curriculum() / unit / f"{name}.ipynb", as_version=4)
        brief_only.fill_in(submitted, released)
        findings = compare(submitted, released, name)
        together.refused += findings.refused
        together.restored.update(findings.restored)
        together.remarks += findings.remarks
    if together.refused:
        more = f" (and {len(together.refused) - 1} more like it)" if len(together.refused) > 1 else ""
        raise UserError(f"not graded: {together.refused[0]}{more}")
    return together


def read_cells(info: UnitInfo, unit: str, root: Path, student: str, entered: Entered) -> list[CellGrade]:
    """Points as the gradebook has them, reports from the graded notebook."""
    reports: dict[str, dict[str, Any]] = {}
    for name in info.notebooks:
        path = root / "autograded" / student / unit / f"{name}.ipynb"
        if not path.is_file():  # it carries no points, and was not handed in
            continue
        graded = nbformat.read(path, as_version=4)
        for cell in graded.cells:
            for output in cell.get("outputs", []) if topic_of(cell) else []:
                if report := output.get("metadata", {}).get("worktest", {}).get("report"):
                    reports[report["topic"]] = report
    return [CellGrade(cell.id, cell.title, *entered.marks[cell.id], reports.get(cell.id, {})) for cell in info.graded]
