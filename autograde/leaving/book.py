"""A learner in the gradebook, and in the hub's group of a course."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograde import course
from worktest.safe import plain

_BOOK = "gradebook.db"


@contextlib.contextmanager
def _open(root: Path) -> Iterator[Any]:
    course.api(root)  # makes nbgrader ready: its schema's version, its programs
    with course.gradebook(root) as book:
        yield book


def submissions_of(root: Path, student: str) -> int | None:
    """How many submissions of ``student`` the gradebook has; None when it doesn't know them."""
    from nbgrader.api import MissingEntry

    if not (root / _BOOK).is_file():
        return None
    with _open(root) as book:
        try:
            return len(book.find_student(student).submissions)
        except MissingEntry:
            return None


def students(root: Path) -> list[str]:
    """Everybody whom the gradebook knows."""
    if not (root / _BOOK).is_file():
        return []
    with _open(root) as book:
        return [str(one.id) for one in book.students]


def remove(root: Path, student: str) -> str:
    """Take the learner out of the gradebook, and their text out of its file; gives what went wrong, or ""."""
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with _open(root) as book:
            book.remove_student(student)
    except (InvalidEntry, SQLAlchemyError) as error:
        return (
            f"gradebook: {plain((str(error).splitlines() or ['no reason given'])[0], 200)}: run the same command again"
        )
    try:  # a deleted row's text stays in the file until its place is used again
        with contextlib.closing(sqlite3.connect(root / _BOOK, timeout=60)) as database:
            database.execute("VACUUM")
    except sqlite3.Error as error:
        return (
            f"{root / _BOOK}: deleted rows can still be read out of the file ({error}): run sqlite3 FILE VACUUM on it"
        )
    return ""


def leave_group(root: Path, student: str) -> tuple[str, str]:
    """On a hub: take the learner out of the course's group; gives what is gone and what is not, "" for nothing."""
    if not (root / course.SHARED).is_file():
        return "", ""
    name = course.settings(root).CourseDirectory.course_id
    group = f"hub: the group nbgrader-{name}"
    if "JUPYTERHUB_API_TOKEN" not in os.environ:
        return (
            "",
            f"{group}: it can be changed from the course's own terminal on the hub, or by the hub's administrator",
        )
    from nbgrader.auth.jupyterhub import JupyterhubApiError

    asked = course.api(root).authenticator
    try:
        asked.remove_student_from_course(student, name)
        still = name in (asked.get_student_courses(student) or [])
    except JupyterhubApiError:  # the hub does not know them
        still = False
    except OSError as error:
        return "", f"{group}: the hub did not answer ({error})"
    if still:
        return "", f"{group}: the hub refused, and its administrator has to take them out"
    return (
        f"{group} (if the hub's settings name its learners, take them out there too: it reads them when it starts)",
        "",
    )
