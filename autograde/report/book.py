"""What nbgrader's gradebook says about a unit: who is in the course, when it is due, and each graded cell's points."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from autograde import course


@dataclass
class Entry:
    """One submission as it was graded: (points, maximum) by cell, cells left as they were given out, its time."""

    marks: dict[str, tuple[float, float]] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    time: dt.datetime | None = None
    due: dt.datetime | None = None
    """With this person's extension."""


@dataclass
class Book:
    """The course's people by id with their names ("" where nobody gave one), the due date, and what was graded."""

    names: dict[str, str] = field(default_factory=dict)
    due: dt.datetime | None = None
    entries: dict[str, Entry] = field(default_factory=dict)


_NO_ANSWER = "No response."  # nbgrader's words for a cell that was handed in as it was given out


def read(root: Path, unit: str) -> Book:
    """Read the gradebook of the course in ``root``; one that is not there is an empty one, and is not made."""
    from nbgrader.api import MissingEntry

    found = Book()
    if not (root / "gradebook.db").is_file():
        return found
    with course.gradebook(root) as book:
        for student in book.students:
            parts = (student.first_name, student.last_name)
            found.names[str(student.id)] = " ".join(part for part in parts if part)
        try:
            found.due = _utc(book.find_assignment(unit).duedate)
        except MissingEntry:  # never released or graded here
            return found
        for submission in book.assignment_submissions(unit):
            entry = Entry(time=_utc(submission.timestamp), due=_utc(submission.duedate))
            for notebook in submission.notebooks:
                entry.blank |= {c.name for c in notebook.comments if c.auto_comment == _NO_ANSWER}
                for grade in notebook.grades:
                    if grade.auto_score is not None or grade.manual_score is not None:
                        entry.marks[grade.name] = (float(grade.score or 0.0), float(grade.max_score or 0.0))
            found.entries[str(submission.student_id)] = entry
    return found


def _utc(time: dt.datetime | None) -> dt.datetime | None:
    """A time of the gradebook, which notes UTC without saying so."""
    return None if time is None else time.replace(tzinfo=dt.UTC)
