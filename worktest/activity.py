"""When somebody worked on a unit, and what came of it: the measured times that `worktest progress` shows.

One line an event in ``activity.jsonl`` beside the notebooks. A gap of more than fifteen minutes between two events is
taken as a break and not counted.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

from worktest import recording
from worktest.lines import entries_of

FILE = "activity.jsonl"
BREAK_MINUTES = 15.0


def note(folder: Path, kind: str, **data: Any) -> None:
    """Add an event. A disk that is full or read-only must not stop a learner's work, so nothing is raised."""
    if not recording.is_on():
        return
    entry = {"time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "kind": kind, **data}
    try:
        with (folder / FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
    except OSError:
        pass


def events(folder: Path) -> list[dict[str, Any]]:
    """All events, oldest first, each with ``time`` as an aware datetime; what can't be read is passed over."""
    found = []
    for entry in entries_of(folder / FILE):
        try:
            entry["time"] = dt.datetime.fromisoformat(entry["time"])
            if entry["time"].tzinfo is not None and isinstance(entry["kind"], str):
                found.append(entry)
        except (ValueError, TypeError, KeyError):
            continue
    return sorted(found, key=lambda entry: entry["time"])


def minutes(folder: Path) -> float:
    """Minutes worked on the unit in ``folder``, breaks left out."""
    times = [entry["time"] for entry in events(folder)]
    return _worked(times)


def cell_minutes(folder: Path) -> dict[str, float]:
    """Minutes from the event before a graded cell's first check to the first time all its visible checks passed."""
    found: dict[str, float] = {}
    begun = None
    all_events = events(folder)
    for entry in all_events:
        topic = entry.get("topic")
        if entry["kind"] != "check":
            begun = begun or entry["time"]
            continue
        if isinstance(topic, str) and topic not in found and entry.get("passed") == entry.get("total"):
            times = [e["time"] for e in all_events if (begun or entry["time"]) <= e["time"] <= entry["time"]]
            found[topic] = _worked(times)
            begun = entry["time"]
    return found


def _worked(times: list[dt.datetime]) -> float:
    gaps = [(b - a).total_seconds() / 60 for a, b in itertools.pairwise(times)]
    return sum(gap for gap in gaps if gap <= BREAK_MINUTES)
