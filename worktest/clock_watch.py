"""Note when each cell of a timed work test was first run, so that the hand-in can say what came after the limit."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from worktest import activity, recording

_watched: set[Path] = set()


def digest_of(source: str) -> str:
    """A short name of a cell's text; blanks at its ends don't matter."""
    return hashlib.sha256(source.strip().encode("utf-8", "surrogatepass")).hexdigest()[:12]


def watch(folder: Path) -> None:
    """From now on note every cell that runs in this kernel, if a clock was started for the unit in ``folder``."""
    if folder in _watched or not recording.is_on() or not (folder / "clock.jsonl").is_file():
        return
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return
    _watched.add(folder)

    def note(result: Any) -> None:
        source = getattr(getattr(result, "info", None), "raw_cell", "")
        if isinstance(source, str) and source.strip():
            activity.note(folder, "cell", source=digest_of(source))

    shell.events.register("post_run_cell", note)


def first_runs(folder: Path) -> dict[str, Any]:
    """When each cell text was first run (an aware datetime), by :func:`digest_of`."""
    found: dict[str, Any] = {}
    for entry in activity.events(folder):
        if entry["kind"] == "cell" and isinstance(entry.get("source"), str):
            found.setdefault(entry["source"], entry["time"])
    return found
