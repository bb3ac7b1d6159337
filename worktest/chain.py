"""A file of JSON lines in which every line carries the hash of the one before it.

The journal, the nuance check and the rubric sittings are kept this way. It is no lock: who wants to cheat can write the
whole file anew. It shows honest people, and whoever reads along, that nothing was changed after the fact.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

from worktest.errors import UserError
from worktest.workspace import disk_problem

_START = "0" * 16
MAX_PROBLEMS = 10
"""A file that is no record at all would otherwise be named line by line."""
MAX_LINE = 200_000
"""Characters; a longer line is not an entry that worktest wrote."""


@dataclass
class Record:
    """What a file holds: its good entries, oldest first, and one line for each thing that is wrong with it."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _digest(entry: dict[str, Any]) -> str:
    """Hash of an entry without its own hash."""
    text = json.dumps({k: v for k, v in entry.items() if k != "hash"}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read(path: Path) -> Record:
    """Read a chained file. Never raises: what can be read is given, the rest is named.

    A missing file is an empty record.
    """
    try:
        return _read(path)
    except OSError as error:
        return Record(problems=[f"{path.name} can't be read: {error.strerror or error}"])


def _read(path: Path) -> Record:
    """The same; raises OSError for a file that can't be opened, so that nothing is added to what was not seen."""
    record = Record()
    if not path.is_file():
        return record
    before = _START
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        try:
            entry = json.loads(line) if len(line) <= MAX_LINE else None
            digest = _digest(entry) if isinstance(entry, dict) else ""
        except (ValueError, RecursionError):  # what is nested almost too deep is read, and can't be written again
            entry, digest = None, ""
        if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str):
            record.problems.append(f"{where} can't be read; it is passed over")
            before = ""
            continue
        if entry.get("hash") != digest:
            record.problems.append(f"{where} was changed after it was written")
        elif before and entry.get("before") != before:
            record.problems.append(f"{where} does not follow the line above it: a line was removed, moved or changed")
        before = str(entry.get("hash"))
        record.entries.append(entry)
    if len(record.problems) > MAX_PROBLEMS:
        more = len(record.problems) - MAX_PROBLEMS
        record.problems[MAX_PROBLEMS:] = [
            f"{path.name}: {more} more lines are damaged: it may be another file by mistake"
        ]
    return record


def append(path: Path, kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Add one entry, with the time (UTC) and the hashes; gives it as written.

    Raises UserError when the entry is no plain data, is too long, or can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock")):
            entries = _read(path).entries
            whole = {
                "kind": kind,
                **entry,
                "time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                "before": str(entries[-1].get("hash")) if entries else _START,
            }
            whole["hash"] = _digest(whole)
            line = json.dumps(whole, ensure_ascii=False, allow_nan=False)
            if len(line) > MAX_LINE:
                raise UserError(f"{path.name}: an entry of {len(line):,} characters is too long; shorten the text")
            whole_file = not path.is_file() or path.stat().st_size == 0 or path.read_bytes().endswith(b"\n")
            with path.open("a", encoding="utf-8") as file:
                file.write(("" if whole_file else "\n") + line + "\n")
    except (TypeError, ValueError) as error:
        raise UserError(f"{path.name}: an entry holds only numbers, texts, lists and dicts ({error})") from None
    except OSError as error:
        raise disk_problem(error, path) from None
    return whole
