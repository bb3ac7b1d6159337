"""The folder in which models lie: one folder a model; its ``about.json`` says what it is, with its files' checksums."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from worktest import paths
from worktest.errors import UserError
from worktest.workspace import disk_problem

ABOUT = "about.json"
MAKER = "worktest models get"


def home() -> Path:
    """Where models lie: $WORKTEST_MODELS, else ``worktest/models`` in the user's cache folder.

    Raises UserError for a user without a home.
    """
    if named := os.environ.get("WORKTEST_MODELS"):
        return paths.given_path(named)
    user = paths.given_path("~")
    if sys.platform == "darwin":
        cache = user / "Library" / "Caches"
    elif sys.platform == "win32":
        cache = Path(os.environ.get("LOCALAPPDATA") or user / "AppData" / "Local")
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or user / ".cache")
    return cache / "worktest" / "models"


class FileStamp(BaseModel):
    """What a file was when it was put there."""

    bytes: int
    sha256: str
    mtime_ns: int = 0


class About(BaseModel):
    """What a model is and where it came from: the content of ``about.json``."""

    made_by: str = MAKER
    name: str
    title: str
    source: str
    source_sha256: str = ""
    rounding: str
    dtype: str
    licence: str = ""
    date: str = ""
    versions: dict[str, str] = {}
    files: dict[str, FileStamp] = {}


@dataclass(frozen=True)
class Kept:
    """A model that is on this machine."""

    path: Path
    about: About

    @property
    def bytes(self) -> int:
        """Size on disk by its own record."""
        return sum(stamp.bytes for stamp in self.about.files.values())

    def damage(self, *, full: bool = False) -> str | None:
        """What is wrong with a file, or None. Hashes what has another date than recorded; with ``full`` everything."""
        for name, stamp in self.about.files.items():
            path = self.path / name
            try:
                found = path.stat()
                if found.st_size != stamp.bytes:
                    return f"{path} is damaged ({found.st_size:,} bytes, it had {stamp.bytes:,})"
                if (full or found.st_mtime_ns != stamp.mtime_ns) and sha256_of(path) != stamp.sha256:
                    return f"{path} is damaged (its checksum is not the recorded one)"
            except FileNotFoundError:
                return f"{path} is gone"
            except OSError as error:
                return f"{path} can't be read ({error.strerror or error})"
        return None


def sha256_of(path: Path) -> str:
    """The file's sha256 as hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept(name: str) -> Kept | None:
    """The model of that name if it is here, damaged or not; None also for a folder that is not ours."""
    folder = home() / name
    try:
        about = About.model_validate_json((folder / ABOUT).read_bytes())
    except (OSError, ValidationError, ValueError):
        return None
    plain_names = all(file == Path(file).name and file not in ("", ".", "..") for file in about.files)
    return Kept(folder, about) if about.made_by == MAKER and about.name == name and plain_names else None


def all_kept() -> list[Kept]:
    """All models here, by name."""
    try:
        names = sorted(p.name for p in home().iterdir() if p.is_dir() and not p.name.startswith("."))
    except OSError:
        return []
    return [found for name in names if (found := kept(name))]


def unfinished() -> dict[str, int]:
    """Models that a get began and did not finish, with the bytes that it left."""
    try:
        folders = sorted(home().glob(".*.work"))
    except OSError:
        return {}
    return {p.name[1:-5]: sum(f.stat().st_size for f in p.rglob("*") if f.is_file()) for p in folders if p.is_dir()}


def work_folder(name: str) -> Path:
    """Where a get keeps what is not finished."""
    return home() / f".{name}.work"


def lock_file(name: str) -> Path:
    """What two gets at once share."""
    return home() / f".{name}.lock"


def put(ready: Path, about: About) -> Kept:
    """Make the finished folder ``ready`` the model ``about.name``; a damaged one of ours is replaced.

    Raises UserError when something that is not ours lies in its place, or the disk says no.
    """
    target = home() / about.name
    try:
        stamps = {}
        for path in sorted(ready.iterdir()):
            found = path.stat()
            stamps[path.name] = FileStamp(bytes=found.st_size, sha256=sha256_of(path), mtime_ns=found.st_mtime_ns)
        about = about.model_copy(
            update={"files": stamps, "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
        )
        (ready / ABOUT).write_text(json.dumps(about.model_dump(), indent=1) + "\n", encoding="utf-8")
        if target.exists():
            old = _set_aside(about.name)
            ready.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            ready.rename(target)
    except OSError as error:
        raise disk_trouble(error, target) from None
    return Kept(target, about)


def _set_aside(name: str) -> Path:
    """Move our model into the work folder. Raises UserError when something that is not ours lies with it."""
    refuse_foreign(name)
    target, there = home() / name, kept(name)
    ours = {*there.about.files, ABOUT} if there else set()
    if others := sorted(p.name for p in target.iterdir() if p.name not in ours):
        raise UserError(
            f"{target} holds files that are not worktest's ({', '.join(others)[:200]}): move them away first"
        )
    old = work_folder(name) / "old"
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    return old


def refuse_foreign(name: str) -> None:
    """Raises UserError when what lies in the model's place was not put there by us."""
    target = home() / name
    if target.is_symlink() or (target.exists() and kept(name) is None):
        raise UserError(f"{target} is there and was not made by worktest: move it away, or set WORKTEST_MODELS")


def remove(name: str) -> list[str]:
    """Remove a model's files and what a get left of it; gives the names of files that are not ours and stay.

    Raises UserError when the disk says no.
    """
    there = kept(name)
    try:
        with FileLock(lock_file(name), timeout=0):
            if work_folder(name).is_dir():
                shutil.rmtree(work_folder(name))
            return _remove_files(there) if there else []
    except Timeout:
        raise UserError(f"a `worktest models get {name}` is at work: stop it first") from None
    except OSError as error:
        raise disk_trouble(error, home() / name) from None


def _remove_files(there: Kept) -> list[str]:
    for file in [*there.about.files, ABOUT]:
        (there.path / file).unlink(missing_ok=True)
    left = sorted(p.name for p in there.path.iterdir())
    if not left:
        there.path.rmdir()
    return left


def disk_trouble(error: OSError, where: Path) -> UserError:
    """One clear line for a failed write."""
    if isinstance(error, PermissionError):
        return UserError(f"{where} can't be written (permission denied): set WORKTEST_MODELS to a folder of yours")
    return disk_problem(error, where)


def need_space(where: Path, needed: int, what: str) -> None:
    """Raises UserError when the disk has less than ``needed`` bytes and a little."""
    free = shutil.disk_usage(where).free
    if free < needed + 10_000_000:
        raise UserError(
            f"no space for {what} on the disk of {where}: it needs {needed / 1e6:.0f} MB and {free / 1e6:.0f} MB are "
            f"free; free some, or set WORKTEST_MODELS to a folder on another disk"
        )
