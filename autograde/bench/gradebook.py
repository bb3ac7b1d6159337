"""Read the points of graded cells from a gradebook, in one way for both sides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograde.examiner.sitting import CHECK_SUFFIX
from autograde.paths import solutions
from worktest.units import load_unit

Scores = dict[str, dict[str, float]]
"""Points by student and graded cell; what the gradebook does not know is left out."""


def scores(root: Path, course_id: str, unit: str, students: Sequence[str]) -> Scores:
    """The automatic points of ``students`` in the course that lies in ``root``."""
    from nbgrader.api import Gradebook, MissingEntry

    graded = load_unit(solutions() / unit).graded
    found: Scores = {student: {} for student in students}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", course_id) as book:
        for student in students:
            for cell in graded:
                try:
                    mark = book.find_grade(cell.id + CHECK_SUFFIX, cell.notebook, unit, student)
                except MissingEntry:
                    continue
                if mark.auto_score is not None:
                    found[student][cell.id] = float(mark.auto_score)
    return found
