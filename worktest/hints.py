"""Hints: three a graded cell, each a bigger push. Taking one is recorded, never punished."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from worktest.errors import UserError
from worktest.lines import entries_of
from worktest.units import load_unit, read_toml
from worktest.workspace import disk_problem

_RECORD = "hints_taken.jsonl"


def taken(folder: Path, topic: str) -> int:
    """How many hints of ``topic`` were taken in this copy of the unit."""
    mine = [entry.get("number") for entry in entries_of(folder / _RECORD) if entry.get("topic") == topic]
    return max((number for number in mine if isinstance(number, int)), default=0)


def _texts(folder: Path, topic: str) -> list[str]:
    return [str(text).strip() for text in read_toml(folder / "hints.toml").get(topic, {}).get("hints", [])]


def count(folder: Path, topic: str) -> int:
    """How many hints there are for ``topic``."""
    return len(_texts(folder, topic))


def give(folder: Path, topic: str, number: int | None = None) -> tuple[int, int, str]:
    """The next hint of ``topic`` (or hint ``number``, from 1): its number, how many there are, its text.

    Raises UserError for an unknown topic or number.
    """
    load_unit(folder).cell(topic)
    texts = _texts(folder, topic)
    if not texts:
        raise UserError(f"there are no hints for {topic!r} in {folder / 'hints.toml'}")
    wanted = number if number is not None else min(taken(folder, topic) + 1, len(texts))
    if not 1 <= wanted <= len(texts):
        raise UserError(f"{topic!r} has hints 1 to {len(texts)}, not {wanted}")
    entry = {"time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "topic": topic, "number": wanted}
    try:
        with (folder / _RECORD).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
    except OSError as error:
        raise disk_problem(error, folder / _RECORD) from None
    return wanted, len(texts), texts[wanted - 1]
