"""Enter examined submissions into nbgrader's gradebook, and read what stands there. One process at a time does this."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from autograde import course
from autograde.examiner import steps
from autograde.examiner.execution import Outcome
from autograde.examiner.sitting import CHECK_SUFFIX
from autograde.jobs import Settings
from autograde.paths import solutions
from worktest.errors import UserError
from worktest.units import load_unit

_TRIES = 5


@dataclass
class Entered:
    """What the gradebook says of one submission: (points, maximum) by graded cell."""

    marks: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """Points reached by the examiner."""
        return sum(points for points, _ in self.marks.values())

    @property
    def maximum(self) -> float:
        """Points that the examiner can give."""
        return sum(maximum for _, maximum in self.marks.values())

    @property
    def cells(self) -> dict[str, float]:
        """Points by graded cell."""
        return {topic: points for topic, (points, _) in self.marks.items()}


class Gradebook:
    """nbgrader's gradebook of the course in ``root``, for one unit; a context manager."""

    def __init__(self, root: Path, unit: str, *, run_explore: bool = False, no_sandbox: bool = False) -> None:
        self.root, self.unit = root, unit
        self.run_explore = run_explore
        self.info = load_unit(solutions() / unit)
        self.settings = Settings.of(root, run_explore=run_explore, no_sandbox=no_sandbox)
        self.api: Any = None

    def __enter__(self) -> Gradebook:
        self.api = course.api(self.root)
        self.api.config.Examine.run_explore = self.settings.run_explore
        self.api.config.Examine.no_sandbox = self.settings.no_sandbox
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.api = None

    def enter(self, student: str, outcomes: dict[str, Outcome], progress: Any = None) -> Entered:
        """Let nbgrader grade one submission, whose notebooks were examined; gives what then stands in the gradebook.

        Raises UserError with nbgrader's reason and the place of its log.
        """
        steps.prepared.update(outcomes)
        steps.progress_hook = progress
        try:
            for attempt in range(1, _TRIES + 1):
                result = self.api.autograde(self.unit, student, force=True, create=True)
                log = course.write_log(self.root, f"{self.unit}-{student}", result)
                if result["success"] or "database is locked" not in str(result.get("log")):
                    break
                time.sleep(attempt)  # formgrader, or somebody's backup, holds it for a moment
        finally:
            steps.progress_hook = None
            for key in outcomes:
                steps.prepared.pop(key, None)
        if not result["success"]:
            raise UserError(f"{_reason(result)}; the whole log is in {log}")
        entered = self.read(student)
        if entered is None:
            raise UserError(f"nbgrader graded it, but the gradebook does not hold it; its log is in {log}")
        return entered

    def read(self, student: str) -> Entered | None:
        """What the gradebook says, or None when it has no grade of this submission."""
        from nbgrader.api import MissingEntry

        marks: dict[str, tuple[float, float]] = {}
        with course.gradebook(self.root) as book:
            for cell in self.info.graded:
                try:
                    mark = book.find_grade(cell.id + CHECK_SUFFIX, cell.notebook, self.unit, student)
                except MissingEntry:
                    return None
                marks[cell.id] = (float(mark.auto_score or 0.0), float(mark.max_score))
        return Entered(marks)


def _reason(result: dict[str, object]) -> str:
    """The telling line of a failed grading: our own errors say it best."""
    text = f"{result.get('log') or ''}\n{result.get('error') or ''}"
    own = [line for line in text.splitlines() if "UserError:" in line]
    if own:
        return own[-1].split("UserError:", 1)[1].strip()
    raised = [line for line in text.splitlines() if re.match(r"\s*[\w.]*(Error|Exception|Interrupt)\b", line)]
    telling = [line for line in raised if "NbGraderException" not in line] or raised  # which only points at the log
    return telling[-1].strip()[:300] if telling else course.last_line(result)
