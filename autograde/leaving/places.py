"""Where a course keeps files of a learner: its own folders, texts that name several people, and its exchange."""

from __future__ import annotations

import contextlib
import html
import os
import re
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograde import course

FOLDERS = ("submitted", "autograded", "feedback")
_WRITTEN = ("logs", "report")
"""Folders of texts that tell of several people and are made anew: a file that names the learner goes as a whole."""
_TABLES = (".csv", ".json", ".html", ".md", ".xlsx")
_MOST_READ = 20_000_000
_HEAD = 200_000
_STUDENT = re.compile(r'<p class="total" data-student="([^"]*)"')


def own_files(root: Path, student: str) -> list[Path]:
    """Folders and files of the course in ``root`` that belong to ``student``, or name them and are made anew."""
    found = [path for name in FOLDERS if os.path.lexists(path := root / name / student)]
    found += [path for path in sorted((root / "ledger").glob("*/*")) if path.stem == student]
    for name in _WRITTEN:
        found += [path for path in sorted((root / name).rglob("*")) if _names(path, student)]
    return found


def still_named(root: Path, student: str) -> list[Path]:
    """Tables and notes that somebody put right into the course's folder, or beside it, such as exported grades."""
    files = [*root.glob("*.*"), *root.parent.glob("*.*")]
    return [path for path in sorted(files) if path.suffix in _TABLES and _names(path, student)]


def _names(path: Path, student: str) -> bool:
    """Whether a plain file names the learner, in its own name or in its text."""
    if path.is_symlink() or not path.is_file():
        return False
    written = {os.fsencode(student), html.escape(student).encode("utf-8", "surrogateescape")}
    word = re.compile(rb"(?<![\w.@-])(?:" + b"|".join(map(re.escape, written)) + rb")(?![\w@-])")
    if path.stem.endswith(f"-{student}") or word.search(os.fsencode(path.stem)):
        return True
    with path.open("rb") as file:
        return bool(word.search(file.read(_MOST_READ)))


def _exchange(root: Path, name: str) -> Path | None:
    """A folder of the course's exchange, where that is in the file system and the folder is there."""
    settings = course.settings(root)
    shared = settings.Exchange.get("root")
    path = Path(str(shared), settings.CourseDirectory.course_id, name) if shared else None
    return path if path and path.is_dir() else None


def handed_in(root: Path, student: str) -> list[Path]:
    """What lies in the inbound folder under their name, whoever put it there."""
    inbound = _exchange(root, "inbound")
    if inbound is None:
        return []
    begins = (f"{student}+", f".{student}+")  # a hidden one was being written
    return sorted(path for path in inbound.iterdir() if path.name.startswith(begins))


def pages(root: Path, student: str, inbound: list[Path]) -> list[Path]:
    """Feedback pages in the exchange: named by a hash of a hand-in's secret, and each says whose it is."""
    folder = _exchange(root, "feedback")
    if folder is None:
        return []
    from nbgrader.utils import notebook_hash

    secrets, names = set(), set()
    places = [*inbound, *(unit for name in FOLDERS for unit in (root / name / student).glob("*"))]
    for place in places:
        with contextlib.suppress(OSError):
            handle = os.open(place / "submission_secret.txt", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as file:
                secrets.add(file.read(1000).decode("ascii", "replace"))
        names |= {path.stem for path in place.glob("*") if path.suffix in (".ipynb", ".html")}
    hashes = {notebook_hash(secret=secret, notebook_id=name) for secret in secrets if secret for name in names}
    return sorted(path for path in folder.glob("*.html") if path.stem in hashes or _whose(path) == student)


def _whose(page: Path) -> str:
    with page.open("rb") as file:
        found = _STUDENT.search(file.read(_HEAD).decode("utf-8", "replace"))
    return html.unescape(found[1]) if found else ""


def remove(path: Path) -> int:
    """Remove a file, a link or a folder; gives how many files are still there. No link in a folder is followed."""
    with contextlib.suppress(OSError):
        if path.is_symlink() or not path.is_dir():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path, onerror=_go_on)
    if not os.path.lexists(path):
        return 0
    return max(sum(len(files) for _, _, files in os.walk(path)), 1)


def set_aside(path: Path) -> Path:
    """Give what stays of a hand-in a name that tells nobody's, and that no collecting takes; gives where it is then."""
    target = path.with_name(f".left-{secrets.token_hex(4)}")
    try:
        path.rename(target)
    except OSError:
        return path
    return target


def _go_on(_: Callable[..., Any], __: str, ___: Any) -> None:
    """What can't be removed stays, and the rest goes."""
