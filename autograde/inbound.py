"""What lies in a course's inbound folder: whose it is, from when, whether it is whole; and putting a copy in place.

nbgrader's submit copies the files first and writes ``timestamp.txt`` and ``submission_secret.txt`` after them. A
submission that broke on the way, for a full disk or a server that was killed, lacks one of these, and would be taken
by nbgrader in place of an earlier whole one.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import parse_utc

STAMP = "timestamp.txt"
SECRET = "submission_secret.txt"
_MOST_STAMP = 200


@dataclass(frozen=True)
class Submission:
    """A folder of the inbound, by what its name says: whose, and from when (UTC, as it is written and as a time)."""

    path: Path
    student: str
    stamp: str
    time: dt.datetime


def read_name(path: Path, unit: str) -> Submission | None:
    """The submission of ``unit`` that this folder's name tells of; None where it is none, or its time is no time.

    A hidden one is being written: it gets its name when it is whole (`autograde.hub.whole`).
    """
    parts = path.name.rsplit("+", 3)
    if len(parts) < 3 or parts[1] != unit or parts[0][:1] in ("", "."):
        return None
    try:
        time = parse_utc(parts[2])
    except (ValueError, OverflowError):
        return None
    return Submission(path, parts[0], parts[2], time)


def submissions(inbound: Path, unit: str, student: str = "*") -> dict[str, list[Submission]]:
    """All that lie there for ``unit``, by student ("*": everybody), the newest first."""
    found: dict[str, list[Submission]] = {}
    for path in inbound.iterdir():
        one = read_name(path, unit)
        if one is not None and student in ("*", one.student):
            found.setdefault(one.student, []).append(one)
    for several in found.values():
        several.sort(key=lambda one: (one.time, one.path.name), reverse=True)
    return found


def what_is_missing(one: Submission) -> str:
    """Why a submission is only half there, or "". Its files were looked at before: plain ones, no link among them."""
    for name in (STAMP, SECRET):
        told = _small_text(one.path / name)
        if not told or (name == STAMP and told != one.stamp):
            return f"it broke off while it was handed in, before its {name} was written"
    if empty := [path.name for path in sorted(one.path.glob("*.ipynb")) if path.stat().st_size == 0]:
        return f"it broke off while it was handed in: {empty[0]} is empty"
    return ""


def _small_text(path: Path) -> str:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(_MOST_STAMP).decode("ascii", errors="replace").strip()
    except OSError:
        return ""


def put(target: Path, fill: Callable[[Path], None]) -> None:
    """Make the folder ``target`` anew, in place of what is there: whole, or not at all.

    ``fill`` gets an empty folder beside it. When it raises, that folder goes, and ``target`` is as it was.
    """
    fresh, old = (target.with_name(f".{target.name}.{what}") for what in ("new", "old"))
    mend(target)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(parents=True)
        fill(fresh)
        for place, _, names in os.walk(fresh):
            for name in names:
                sync(os.path.join(place, name))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def mend(target: Path) -> None:
    """Put back what `put` had moved aside, where it was killed before the new folder was in place."""
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def sync(path: str | os.PathLike[str]) -> None:
    """Have a file's or a folder's content on the disk before what follows: a power cut can come between."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
