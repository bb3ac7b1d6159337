"""Grade one submission: hand in a copy, let nbgrader grade it through the examiner, read the result."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograde import brief_only, course
from autograde.examiner import steps
from autograde.examiner.sitting import CHECK_SUFFIX, Progress
from autograde.paths import solutions
from autograde.submission import Findings, compare, read_notebook
from autograde.written import fill_from_drafts
from worktest.errors import UserError
from worktest.units import UnitInfo, load_unit
from worktest.workspace import disk_problem

TRAVELS = ("journal.jsonl", "nuance.jsonl", "rubrics.jsonl", "clock.jsonl")
"""What a learner wrote down beside the notebooks, and hands in with them."""
_MOST_BYTES = 5_000_000


@dataclass
class CellGrade:
    """Points of one graded cell and the checks behind them (the examiner's report as plain data)."""

    topic: str
    title: str
    points: float
    maximum: float
    report: dict[str, Any] = field(default_factory=dict)


@dataclass
class Grade:
    """The grade of one submission of one unit."""

    unit: str
    student: str
    cells: list[CellGrade]
    notes: list[str]
    feedback: list[Path]

    @property
    def points(self) -> float:
        """Points reached by the examiner."""
        return sum(cell.points for cell in self.cells)

    @property
    def maximum(self) -> float:
        """Points that the examiner can give."""
        return sum(cell.maximum for cell in self.cells)

    def brief(self) -> list[dict[str, Any]]:
        """What a later reader wants of each cell: its points, and the words of the checks that failed."""
        return [
            {
                "id": c.topic,
                "title": c.title,
                "points": c.points,
                "maximum": c.maximum,
                "failed": [check["title"] for check in c.report.get("checks", []) if not check["passed"]],
            }
            for c in self.cells
        ]

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {
            "unit": self.unit,
            "student": self.student,
            "points": self.points,
            "maximum": self.maximum,
            "cells": [
                {
                    "id": c.topic,
                    "title": c.title,
                    "points": c.points,
                    "maximum": c.maximum,
                    "report": c.report,
                }
                for c in self.cells
            ],
            "notes": self.notes,
            "feedback": [str(path) for path in self.feedback],
        }


def grade(
    unit: str,
    folder: Path,
    workspace: Path,
    *,
    student: str = course.LEARNER,
    progress: Progress = lambda _: None,
) -> Grade:
    """Grade the notebooks of ``unit`` in ``folder``. Works on a copy; ``folder`` is only read.

    Raises UserError with one line when the submission can't be graded; earlier grades then stay as they are.
    """
    info = load_unit(solutions() / unit)
    progress("reading the notebooks")
    findings = _inspect(info, unit, folder)
    with course.one_at_a_time(workspace, progress):
        return _grade(info, unit, folder, workspace, student, findings, progress)


def _grade(
    info: UnitInfo,
    unit: str,
    folder: Path,
    workspace: Path,
    student: str,
    findings: Findings,
    progress: Progress,
) -> Grade:
    progress("preparing the course")
    root = course.prepare(workspace, [unit])
    filled = _hand_in(info, unit, folder, root, student)

    api = course.api(root)
    steps.progress_hook = progress
    try:
        result = api.autograde(unit, student, force=True, create=True)
    finally:
        steps.progress_hook = None
    log = course.write_log(root, f"{unit}-{student}", result)
    if not result["success"]:
        raise UserError(f"{unit} could not be graded: {_reason(result)}; the whole log is in {log}", exit_code=1)
    progress("writing feedback")
    feedback = api.generate_feedback(unit, student, force=True)
    if not feedback["success"]:
        raise UserError(f"graded, but no feedback page could be written: {course.last_line(feedback)}", exit_code=1)
    pages = [root / "feedback" / student / unit / f"{name}.html" for name in info.notebooks]
    notes = [*findings.restored.values(), *findings.remarks, *filled]
    return Grade(unit, student, _read_cells(info, unit, root, student), notes, [p for p in pages if p.is_file()])


def _inspect(info: UnitInfo, unit: str, folder: Path) -> Findings:
    together = Findings()
    for name in info.notebooks:
        submitted = read_notebook(folder / f"{name}.ipynb")
        released = nbformat.read(_released(unit, name), as_version=4)
        brief_only.fill_in(submitted, released)
        findings = compare(submitted, released, name)
        together.refused += findings.refused
        together.restored.update(findings.restored)
        together.remarks += findings.remarks
    if together.refused:
        more = f" (and {len(together.refused) - 1} more like it)" if len(together.refused) > 1 else ""
        raise UserError(f"not graded: {together.refused[0]}{more}")
    return together


def _released(unit: str, notebook: str) -> Path:
    from worktest.paths import curriculum

    return curriculum() / unit / f"{notebook}.ipynb"


def _hand_in(info: UnitInfo, unit: str, folder: Path, root: Path, student: str) -> list[str]:
    """Put a copy of the notebooks where nbgrader looks for submissions; the last hand-in is replaced whole.

    Written cells that still hold their stub are filled from the drafts; gives one note for each.
    """
    target = root / "submitted" / student / unit
    partial = target.with_name(f".{unit}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name in info.notebooks:
            shutil.copyfile(folder / f"{name}.ipynb", partial / f"{name}.ipynb")
        notes = fill_from_drafts(unit, folder, partial, info.notebooks)
        for name in TRAVELS:
            if _lies_in(folder, name) and (folder / name).stat().st_size <= _MOST_BYTES:
                shutil.copyfile(folder / name, partial / name)
        stamp = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        (partial / "timestamp.txt").write_text(stamp, encoding="ascii")
        shutil.rmtree(target, ignore_errors=True)
        partial.rename(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise disk_problem(error, target) from None
    return notes


def _lies_in(folder: Path, name: str) -> bool:
    """Whether there is such a file and it lies in ``folder`` itself, not behind a link to somewhere else."""
    return (folder / name).is_file() and (folder / name).resolve().is_relative_to(folder.resolve())


def _read_cells(info: UnitInfo, unit: str, root: Path, student: str) -> list[CellGrade]:
    """Points from the gradebook, reports from the graded notebook."""
    from nbgrader.api import Gradebook

    reports: dict[str, dict[str, Any]] = {}
    for name in info.notebooks:
        graded = nbformat.read(root / "autograded" / student / unit / f"{name}.ipynb", as_version=4)
        for cell in graded.cells:
            for output in cell.get("outputs", []):
                if report := output.get("metadata", {}).get("worktest", {}).get("report"):
                    reports[report["topic"]] = report
    cells = []
    with Gradebook(course.settings(root).CourseDirectory.db_url, "worktest") as book:
        for cell in info.graded:
            mark = book.find_grade(cell.id + CHECK_SUFFIX, cell.notebook, unit, student)
            points = float(mark.auto_score or 0.0)
            cells.append(CellGrade(cell.id, cell.title, points, float(mark.max_score), reports.get(cell.id, {})))
    return cells


def _reason(result: dict[str, object]) -> str:
    """The telling line of a failed grading: our own errors say it best."""
    text = f"{result.get('log') or ''}\n{result.get('error') or ''}"
    own = [line for line in text.splitlines() if "UserError:" in line]
    return own[-1].split("UserError:", 1)[1].strip() if own else course.last_line(result)
