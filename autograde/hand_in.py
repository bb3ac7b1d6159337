"""Hand a submission in: a clean copy where nbgrader looks for it; and what a handed-in folder may not hold."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from pathlib import Path

from autograde.submission import notebooks_of
from autograde.written import fill_from_drafts
from worktest.units import UnitInfo
from worktest.workspace import disk_problem

TRAVELS = ("journal.jsonl", "nuance.jsonl", "rubrics.jsonl", "clock.jsonl", "sittings.jsonl")
"""What a learner wrote down beside the notebooks, and hands in with them."""
MOST_BYTES = 5_000_000
MOST_IN_ALL = 100_000_000
MOST_FILES = 2_000


def hand_in(info: UnitInfo, unit: str, folder: Path, root: Path, student: str) -> list[str]:
    """Put a copy of the notebooks where nbgrader looks for submissions; the last hand-in is replaced whole.

    Written cells that still hold their stub are filled from the drafts; gives one note for each.
    """
    target = root / "submitted" / student / unit
    partial = target.with_name(f".{unit}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        names = notebooks_of(info, root / "curriculum" / unit, folder)
        for name in names:
            shutil.copyfile(folder / f"{name}.ipynb", partial / f"{name}.ipynb")
        notes = fill_from_drafts(unit, folder, partial, names)
        for name in TRAVELS:
            if _lies_in(folder, name) and (folder / name).stat().st_size <= MOST_BYTES:
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


def problem_of_folder(folder: Path) -> str:
    """Why a handed-in folder is not touched at all, or "": links out of it, things that are no files, floods."""
    files = size = 0
    if folder.is_symlink() or folder.parent.is_symlink():
        return f"{folder.name} is a link, not a folder that was handed in"
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = os.path.join(place, name)
            about = os.lstat(path)
            shown = os.path.relpath(path, folder)
            if stat.S_ISLNK(about.st_mode):
                return f"{shown!r} is a link: hand in the file itself"
            if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
                return f"{shown!r} is neither a file nor a folder"
            files, size = files + 1, size + about.st_size
            if files > MOST_FILES or size > MOST_IN_ALL:
                return f"more than {MOST_FILES:,} files or {MOST_IN_ALL // 10**6} MB were handed in"
    return ""
