"""What the gradebook says about a submission, beside the notebook and never inside it.

A notebook's own metadata come from the learner; nbgrader's step writes grades among them, ours keeps them apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

KEY = "worktest_grades"
"""Where the exporter's resources hold the :class:`Grades`."""

_NO_ANSWER = "No response."  # nbgrader's words, in place of a comment


@dataclass(frozen=True)
class Mark:
    """The points of one graded cell. ``auto`` is None where only a person can grade, ``manual`` until one has."""

    points: float
    maximum: float
    auto: float | None
    manual: float | None
    again: bool = False
    """A person gave points for an earlier hand-in, and the answer has been handed in again."""

    @property
    def waits(self) -> bool:
        """Whether nobody has graded this cell yet."""
        return self.auto is None and self.manual is None


@dataclass
class Grades:
    """Marks and comments of one notebook by grade_id, and who handed it in."""

    student: str
    name: str = ""
    handed_in: str = ""
    late_penalty: float = 0.0
    marks: dict[str, Mark] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    """Cells that were handed in as they were given out."""


class ReadGrades(Preprocessor):
    """Takes the place of nbgrader's ``GetGrades``; leaves the notebook as it is."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Put the :class:`Grades` of this notebook into ``resources``."""
        from nbgrader.api import Gradebook

        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as book:
            submission = book.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            student = submission.assignment.student
            stamp = submission.assignment.timestamp
            grades = Grades(
                student=about["student"],
                name=" ".join(part for part in (student.first_name, student.last_name) if part),
                handed_in=f"{stamp:%Y-%m-%d %H:%M} UTC" if stamp else "",
                late_penalty=float(submission.late_submission_penalty or 0.0),
                comments={c.name: c.manual_comment for c in submission.comments if c.manual_comment},
                blank=frozenset(c.name for c in submission.comments if c.auto_comment == _NO_ANSWER),
            )
            for grade in submission.grades:
                grades.marks[grade.name] = Mark(
                    points=float(grade.score or 0.0),
                    maximum=float(grade.max_score or 0.0),
                    auto=grade.auto_score,
                    manual=grade.manual_score,
                    again=bool(grade.manual_score is not None and grade.needs_manual_grade),
                )
        resources[KEY] = grades
        return nb, resources
