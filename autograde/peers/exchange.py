"""The way of packets and scores through a course's exchange. What lies in its inbox was put there by anybody."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograde import course
from autograde.peers.store import Exchange
from worktest import peers
from worktest.errors import UserError
from worktest.peers_hub import FOLDER, INBOX, SAID, place_of
from worktest.safe import plain
from worktest.units import read_toml
from worktest.workspace import disk_problem

_MOST = 5_000
"""Files that are looked at in an inbox at once."""


@dataclass
class Sent:
    """A file from the inbox: who owns it, its bytes, where it lies."""

    owner: str
    raw: bytes
    path: Path


def shared_of(root: Path) -> Path | None:
    """The exchange's folder for peers, of a course that has an exchange; None for one that has none."""
    if not (root / course.SHARED).is_file():
        return None
    told = read_toml(root / course.SHARED)
    if "exchange" not in told:  # another kind of exchange, which has no folder
        return None
    return Path(told["exchange"]) / told["course"] / FOLDER


def open_for_readers(shared: Path) -> None:
    """Make the folders: one that can be walked through and not listed, and an inbox to which anybody may add."""
    try:
        for folder, mode in ((shared, 0o711), (shared / INBOX, 0o1733)):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
    except OSError as error:
        raise disk_problem(error, shared) from None


def place(found: Exchange, root: Path, reader: str) -> str | None:
    """The name of a reader's folder; None for a hand-in that came without nbgrader's secret."""
    if reader not in found.places:
        secret = root / "submitted" / reader / found.unit / "submission_secret.txt"
        if not secret.is_file():
            return None
        found.places[reader] = place_of(secret.read_text(encoding="ascii", errors="replace"), found.unit)
    return found.places[reader]


def put(folder: Path, name: str, data: bytes) -> None:
    """Put a file into a reader's folder, whole or not at all. Raises UserError when it can't be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        partial = folder / f".{name}.partial"
        partial.write_bytes(data)
        partial.chmod(0o644)
        partial.replace(folder / name)
    except OSError as error:
        raise disk_problem(error, folder) from None


def inbox(shared: Path, unit: str) -> Iterator[Sent | str]:
    """What was sent for a unit; a line in place of a file that is not taken."""
    try:
        handle = os.open(shared / INBOX, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    try:
        names = sorted(name for name in os.listdir(handle) if name.startswith(f"{unit}+") and name.endswith(".json"))
        for name in names[:_MOST]:
            try:
                file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handle)
            except OSError:
                yield f"{plain(name, 200)}: it is a link, or can't be read"
                continue
            with os.fdopen(file, "rb") as source:
                about = os.fstat(file)
                if not stat.S_ISREG(about.st_mode) or about.st_nlink > 1:
                    yield f"{plain(name, 200)}: it is no plain file"
                    continue
                raw = source.read(peers.MAX_BYTES + 1)
            owner = account_of(about.st_uid)
            if owner is None:
                yield f"{plain(name, 200)}: there is no account with the number {about.st_uid}"
                continue
            yield Sent(owner, raw, shared / INBOX / name)
    finally:
        os.close(handle)


def account_of(uid: int) -> str | None:
    """The account with this number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None


def said_name(prompt: str) -> str:
    """The file in which an author reads what peers said."""
    return f"{SAID}{prompt}.md"


def drop(sent: Sent) -> None:
    """Take a file out of the inbox, once it is kept. Raises UserError when it can't be."""
    try:
        sent.path.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{sent.path} can't be removed: {error.strerror}") from None
