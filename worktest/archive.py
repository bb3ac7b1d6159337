"""``worktest archive``: everything that is a learner's own, in one file that can be read without worktest."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from worktest import progress
from worktest.archive_files import MOST_BYTES, NAME, Found, Listing, chunks, listed, opened
from worktest.archive_grades import MAX_PAGE, as_csv, as_json, of_attempts, of_page
from worktest.errors import UserError

SUMS = "SHA256SUMS"
_SHOWN_LEFT_OUT = 500
_OLDEST, _YOUNGEST = 315_532_800, 4_354_819_198
"""1980 to 2107: the years that a zip file can name."""
_README = """Your work with worktest, all of it in one place. Nothing here needs worktest to be read.

work/        your workspace as it was: units with their notebooks, drafts, write-ups, figures;
             research folders; records. On a hub: your home, with a folder for each course
feedback/    feedback pages of someone who works alone; on a hub they are in work/COURSE/UNIT/feedback/
handed_in/   what was handed in on a hub, a folder for each time
grades.csv   a table for a spreadsheet: points of each attempt, notebook and graded cell, and where they stand
grades.json  the same as data, and each unit's state, tries, best and last points, minutes
SHA256SUMS   a checksum of every file: `sha256sum -c SHA256SUMS` in this folder tells whether all is whole

Notebooks (.ipynb) open in Jupyter. Records are lines of JSON (.jsonl), each with its time:

progress.jsonl   what was graded, an attempt a line      journal.jsonl    predictions, decisions, measurements
clock.jsonl      times of work tests                     rubrics.jsonl    scores of written answers
nuance.jsonl     nuance checks                           sittings.jsonl   reasoning tests
interview.jsonl  rehearsals of interviews                review.jsonl     questions that were asked again
activity.jsonl   which cells were run when               shortlist.jsonl  your order of streams

In grades.csv a row without a cell is the whole of an attempt or of a notebook. Points that wait for a person are empty.

What a course keeps of you is not in here: its gradebook and its copies of your work are the facilitator's. They remove
them when you ask them to (`autograde forget`).

Left out: {left_out}
"""


@dataclass
class Made:
    """An archive that was made: where, its files, their size unpacked, grades in it, and what stayed out."""

    path: Path
    files: int
    size: int
    grades: int
    left_out: list[str] = field(default_factory=list)


def make(home: Path, target: Path, *, everything: bool = False) -> Made:
    """Write the archive of the workspace ``home`` to ``target``, whole or not at all.

    The same files give the same bytes. ``everything``: the grader's side of a person alone as well. Raises UserError
    when something else lies at ``target``, it can't be written, or there is too much or nothing to take.
    """
    if target.is_symlink() or (target.exists() and not is_one(target)):
        raise UserError(f"{target} exists and is no archive of worktest: name another file with --to")
    listing = listed(home, target, everything=everything)
    partial = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{NAME}-", suffix=".partial", dir=target.parent)
        partial = Path(name)
        with os.fdopen(handle, "wb") as file:
            made = _pack(file, home, listing, target)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise _problem(error, target) from None
    finally:
        if partial is not None:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
    return made


def is_one(path: Path) -> bool:
    """Whether the file is an archive that `make` wrote."""
    try:
        with zipfile.ZipFile(path) as archive:
            return f"{NAME}/{SUMS}" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _problem(error: OSError, target: Path) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            f"no space left for {target}, and nothing was written: free some, or name another disk with --to"
        )
    return UserError(f"{target} can't be written ({error.strerror or error}): name another file with --to")


class _Packer:
    """Puts files into an open archive, with their checksums, and reads grades out of feedback pages on the way."""

    def __init__(self, archive: zipfile.ZipFile, home: Path, left_out: list[str]) -> None:
        self.archive, self.left_out = archive, list(left_out)
        self.rows = of_attempts(home)
        self.sums: dict[str, str] = {}
        self.size = 0
        self.newest = 0.0

    def take(self, one: Found) -> None:
        """Put in a learner's file; one that can't be opened is named among what stays out."""
        try:
            file = opened(one)
        except OSError as error:
            self.left_out.append(f"{one.name}: can't be read ({error.strerror or error})")
            return
        digest = hashlib.sha256()
        page: list[bytes] | None = [] if _may_be_a_page(one) else None
        with file:
            about = os.fstat(file.fileno())
            self.newest = max(self.newest, about.st_mtime)
            with self.archive.open(_entry(one.name, about.st_mtime, about.st_size), "w") as inside:
                for data in chunks(file, one, MOST_BYTES - self.size):
                    inside.write(data)
                    digest.update(data)
                    self.size += len(data)
                    if page is not None:
                        page.append(data)
        self.sums[one.name] = digest.hexdigest()
        if page:
            self.rows += of_page(one.name, b"".join(page).decode("utf-8", "replace"))

    def add(self, name: str, content: bytes) -> None:
        """Put in a file of ours."""
        self.archive.writestr(_entry(name, self.newest, len(content)), content)
        self.sums[name] = hashlib.sha256(content).hexdigest()


def _pack(file: BinaryIO, home: Path, listing: Listing, target: Path) -> Made:
    with zipfile.ZipFile(file, "w") as archive:
        packer = _Packer(archive, home, listing.left_out)
        for one in listing.files:
            packer.take(one)
        packer.add("grades.csv", as_csv(packer.rows))
        packer.add("grades.json", as_json(packer.rows, _units(home)))
        packer.add("README.txt", _README.format(left_out=_lines(packer.left_out)).encode("utf-8", "replace"))
        lines = "".join(f"{packer.sums[name]}  {name}\n" for name in sorted(packer.sums))
        packer.add(SUMS, lines.encode("utf-8", "replace"))
    grades = sum(bool(row.cell) for row in packer.rows)
    return Made(target, len(packer.sums), packer.size, grades, packer.left_out)


def _may_be_a_page(one: Found) -> bool:
    return one.name.endswith(".html") and "feedback" in one.name.split("/") and one.size <= MAX_PAGE


def _lines(left_out: list[str]) -> str:
    said = "".join(f"\n  {line}" for line in left_out[:_SHOWN_LEFT_OUT])
    more = len(left_out) - _SHOWN_LEFT_OUT
    return (said or "nothing") + (f"\n  and {more} more" if more > 0 else "")


def _units(home: Path) -> list[dict[str, Any]]:
    """What ``worktest progress`` says of units that were begun; nothing in it depends on the day."""
    return [
        {
            "unit": row.unit,
            "title": row.title,
            "state": row.state,
            "attempts": row.attempts,
            "best": row.best,
            "last": row.last,
            "maximum": row.maximum,
            "minutes_worked": row.worked,
        }
        for row in progress.gather(home).rows
        if row.started or row.attempts
    ]


def _entry(name: str, changed: float, size: int) -> zipfile.ZipInfo:
    """An archive's entry that depends on the file only: its time in UTC, and rights for its owner."""
    date = time.gmtime(min(max(changed, _OLDEST), _YOUNGEST))[:6]
    entry = zipfile.ZipInfo(f"{NAME}/{name}", date)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.file_size = size  # lets zipfile choose the form for large ones
    return entry
