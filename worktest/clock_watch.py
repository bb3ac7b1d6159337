"""Note when each cell of a timed work test was first run, so that the hand-in can say what came after the limit."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from worktest import activity, recording

_LONG_SECONDS = 600.0
_watched: set[Path] = set()


def digest_of(source: str) -> str:
    """A short name of a cell's text; blanks at its ends don't matter."""
    return hashlib.sha256(source.strip().encode("utf-8", "surrogatepass")).hexdigest()[:12]


def watch(folder: Path) -> None:
    """From the next cell on note every cell that this kernel runs, if a clock was started in ``folder``."""
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

    begun = dt.datetime.now(dt.UTC)

    def before(info: Any) -> None:
        nonlocal begun
        begun = dt.datetime.now(dt.UTC)
        source = getattr(info, "raw_cell", "")
        if isinstance(source, str) and source.strip():
            activity.note(folder, "cell", source=digest_of(source))

    def after(result: Any) -> None:
        if (dt.datetime.now(dt.UTC) - begun).total_seconds() > _LONG_SECONDS:  # a sign of life at its end, too
            activity.note(folder, "ran")

    shell.events.register("pre_run_cell", before)
    shell.events.register("post_run_cell", after)


def first_runs(folder: Path) -> dict[str, Any]:
    """When each cell text was first run (an aware datetime), by :func:`digest_of`."""
    found: dict[str, Any] = {}
    for entry in activity.events(folder):
        if entry["kind"] == "cell" and isinstance(entry.get("source"), str):
            found.setdefault(entry["source"], entry["time"])
    return found
