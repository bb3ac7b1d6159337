"""Which files go into a learner's archive: all of their own, nothing behind a link, no cache, nobody's secret."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from jupyter_core.paths import jupyter_data_dir

from worktest import workspace
from worktest.errors import UserError
from worktest.models.store import home as models_home
from worktest.peers_hub import FOLDER
from worktest.safe import plain

NAME = "worktest-archive"
MOST_FILES = 50_000
MOST_BYTES = 2_000_000_000
_WORK, _PAGES, _HANDED_IN = "work", "feedback", "handed_in"
_TOOLS = ("__pycache__", "node_modules")
_ALONE = "learner"
"""The name under which the grader's side keeps a person who works alone."""


@dataclass(frozen=True)
class Found:
    """A file that goes in: where it lies, its name in the archive, and its size when it was looked at."""

    path: Path
    name: str
    size: int


@dataclass
class Listing:
    """The files, sorted by their names in the archive, and one line for each thing that stays out."""

    files: list[Found] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def listed(home: Path, target: Path, *, everything: bool = False) -> Listing:
    """What of the workspace ``home`` goes into the archive ``target``; ``everything``: the grader's side as well.

    Raises UserError when that is more than an archive takes, or nothing.
    """
    found = Listing()
    _take(found, home, _WORK, home, target, everything)
    graders = home / workspace.COURSE
    if workspace.is_graders(graders) and not everything and not graders.is_symlink():
        own = graders / "feedback" / _ALONE
        if own.is_dir() and not own.is_symlink():
            _take(found, own, _PAGES, home, target, everything)
    cache = Path(jupyter_data_dir(), "nbgrader_cache")
    if cache.is_dir() and home in cache.parents:  # as on a hub, where the workspace is the whole home
        _take(found, cache, _HANDED_IN, home, target, everything)
    if not found.files:
        raise UserError(f"there is nothing to take in {home}: name your workspace with --workspace")
    _within_limits(found)
    found.files.sort(key=lambda one: one.name)
    return found


def _take(found: Listing, source: Path, prefix: str, home: Path, target: Path, everything: bool) -> None:
    names = {one.name for one in found.files}
    for place, folders, files in os.walk(source, onerror=lambda error: _unread(found, error, home)):
        here = Path(place)
        folders.sort()
        for name in list(folders):
            if reason := _no_folder(here / name, everything):
                folders.remove(name)
                found.left_out.append(f"{_shown(here / name, home)}/: {reason}")
        for name in sorted(files):
            path = here / name
            try:
                about = path.lstat()
            except OSError as error:
                _unread(found, error, home)
                continue
            if path == target or (here == home and name.startswith(NAME) and name.endswith(".zip")):
                continue  # an earlier archive, and no word about it: what is in it depends on the work alone
            if reason := _no_file(path, about):
                found.left_out.append(f"{_shown(path, home)}: {reason}")
                continue
            inside = _archived(PurePosixPath(prefix, *path.relative_to(source).parts), names)
            names.add(inside)
            found.files.append(Found(path, inside, about.st_size))
            if len(found.files) > MOST_FILES:
                _within_limits(found)


def _unread(found: Listing, error: OSError, home: Path) -> None:
    where = _shown(Path(str(error.filename or "")), home)
    found.left_out.append(f"{where}: can't be read ({error.strerror or error})")


def _no_folder(path: Path, everything: bool) -> str:
    if path.is_symlink():
        return "a link; what it leads to is not followed"
    if path.name.startswith("."):
        return "hidden: settings, caches, checkpoints"
    if path.name in _TOOLS or (path / "pyvenv.cfg").is_file():
        return "made by a program, and made again by it"
    if workspace.is_graders(path) and not everything:
        return "the grader's side: its gradebook, secret and worked units; `--all` takes it along"
    if path.resolve() == models_home().resolve():
        return "models; `worktest models get` fetches them again"
    return ""


def _no_file(path: Path, about: os.stat_result) -> str:
    if stat.S_ISLNK(about.st_mode):
        return "a link; what it leads to is not followed"
    if not stat.S_ISREG(about.st_mode):
        return "no plain file"
    if path.name.startswith("."):
        return "hidden: settings, keys, locks"
    if path.name == "submission_secret.txt":
        return "hidden: the key to a feedback page on the hub"
    if path.match(f"{FOLDER}/*/peer-*.json") and "-scores-" not in path.name:
        return "an answer of somebody else, given to be read"
    return ""


def _within_limits(found: Listing) -> None:
    size = sum(one.size for one in found.files)
    if len(found.files) <= MOST_FILES and size <= MOST_BYTES:
        return
    by_folder: Counter[str] = Counter()
    for one in found.files:
        by_folder["/".join(one.name.split("/")[1:3])] += one.size
    largest = ", ".join(f"{plain(name, 80)} ({bytes_ / 10**6:,.0f} MB)" for name, bytes_ in by_folder.most_common(3))
    raise UserError(
        f"an archive takes at most {MOST_FILES:,} files and {MOST_BYTES / 10**9:g} GB, and here are "
        f"{len(found.files):,}{' or more' if len(found.files) > MOST_FILES else ''} with {size / 10**9:.1f} GB; the "
        f"largest: {largest}. Move what is no work of yours out of the workspace and run it again"
    )


def _shown(path: Path, home: Path) -> str:
    inside = path.relative_to(home) if path.is_relative_to(home) else path
    return _clean(inside.as_posix())


def _clean(name: str) -> str:
    """A name that every system can unpack and every list can hold on one line."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join("_" if c in '\\:*?"<>|' or unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def _archived(path: PurePosixPath, taken: set[str]) -> str:
    name = _clean(path.as_posix())
    number = 1
    unique = name
    while unique in taken:
        number += 1
        unique = f"{name}.{number}"
    return unique


def opened(one: Found) -> BinaryIO:
    """The file, open for reading. Raises OSError when it can't be read, or is no plain file any more."""
    handle = os.open(one.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    file = os.fdopen(handle, "rb")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "no plain file any more")
    return file


def chunks(file: BinaryIO, one: Found, most: int) -> Iterator[bytes]:
    """The bytes of an open file. Raises UserError when it can't be read to its end, or has more than ``most``."""
    while True:
        try:
            data = file.read(1 << 20)
        except OSError as error:
            raise UserError(f"{one.path} can't be read to its end ({error.strerror or error}): move it away") from None
        if not data:
            return
        most -= len(data)
        if most < 0:
            raise UserError(f"{one.path} grew while it was packed, beyond what an archive takes: run it again")
        yield data
