"""How long things took: minutes on each unit, and each graded cell against the minutes its card says."""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import activity, chain
from worktest.review import moment
from worktest.safe import finite
from worktest.units import UnitInfo

CLOCK_FILE = "clock.jsonl"
Stretch = tuple[dt.datetime, dt.datetime]
_STOPS = ("pause", "finish")
SHORTEST = 0.5
"""Minutes; a cell that was green sooner was not worked on under the clock (run again, or pasted in)."""


@dataclass(frozen=True)
class CellTime:
    """One graded cell: minutes until its checks were green the first time, and what its card says."""

    unit: str
    cell: str
    minutes: float
    card: int

    @property
    def ratio(self) -> float:
        """Own minutes for each minute of the card."""
        return self.minutes / self.card


@dataclass
class UnitTime:
    """Minutes worked on one unit (breaks over fifteen minutes left out), its cells, one line a problem."""

    minutes: float | None = None
    cells: list[CellTime] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def of_unit(name: str, folder: Path, info: UnitInfo, now: dt.datetime) -> UnitTime:
    """The measured times of the unit in ``folder``. Never raises for the content of its files."""
    found = UnitTime()
    marks: list[dt.datetime] = []
    try:
        marks = [time for event in activity.events(folder) if (time := moment(event["time"].isoformat()))]
        cells = activity.cell_minutes(folder)
    except (OSError, OverflowError) as error:
        found.problems.append(f"{name}/{activity.FILE} can't be read: {type(error).__name__}")
        cells = {}
    log = chain.read(folder / CLOCK_FILE)
    found.problems += [f"{name}: {problem}" for problem in log.problems]
    ahead = [time for time in marks if time > now + dt.timedelta(days=1)]
    if ahead:
        found.problems.append(f"{name}: {len(ahead)} recorded times lie in the future; they are left out")
    marks = sorted(set(marks) - set(ahead))
    close = dt.timedelta(minutes=activity.BREAK_MINUTES)
    stretches = [(a, b) for a, b in itertools.pairwise(marks) if b - a <= close]
    clocked, forgiven, odd = _clocked(log.entries, now)
    if odd:
        found.problems.append(f"{name}: {CLOCK_FILE}: {odd} entries that can't be used; they are passed over")
    if marks or clocked:
        found.minutes = max(_length([*stretches, *clocked]) - forgiven, 0.0)
    cards = {cell.id: cell.minutes for cell in info.graded}
    found.cells = [
        CellTime(name, cell, minutes, cards[cell])
        for cell, minutes in cells.items()
        if cell in cards and minutes >= SHORTEST
    ]
    return found


def _clocked(entries: list[dict[str, Any]], now: dt.datetime) -> tuple[list[Stretch], float, int]:
    """Stretches in which the clock of a timed work test ran, minutes taken off it, and how many entries are odd.

    A clock that was never finished counts up to its last entry: nobody knows what came after it.
    """
    stretches: list[Stretch] = []
    forgiven, odd = 0.0, 0
    since: dt.datetime | None = None
    for entry in entries:
        time = moment(entry.get("time"))
        minutes = finite(entry.get("minutes"), 0, 10_000) if entry["kind"] == "forgive" else 0.0
        if time is None or time > now + dt.timedelta(days=1) or minutes is None:
            odd += 1
            continue
        if since is not None and time > since:
            stretches.append((since, time))
        forgiven += minutes
        running = entry["kind"] in ("start", "resume") or (since is not None and entry["kind"] not in _STOPS)
        since = time if running else None
    return stretches, forgiven, odd


def _length(stretches: list[Stretch]) -> float:
    """Minutes that the stretches cover together."""
    total, end = 0.0, None
    for begin, close in sorted(stretches):
        first = begin if end is None else max(begin, end)
        if close > first:
            total += (close - first).total_seconds() / 60
            end = close
    return total


def typical_ratio(cells: list[CellTime]) -> float | None:
    """The median of own minutes over the cards' minutes; None without a measured cell."""
    return statistics.median(cell.ratio for cell in cells) if cells else None


def sentence(cells: list[CellTime]) -> str:
    """What the measured cells say to somebody who plans."""
    ratio = typical_ratio(cells)
    if ratio is None:
        return "No graded cell was timed yet: the clock runs from opening the notebook to a cell's first green check."
    over = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
    spread = "few: take it as a first guess"
    if len(cells) >= 5:
        low, _, high = statistics.quantiles((cell.ratio for cell in cells), n=4, method="inclusive")
        spread = f"half of them between {low:.1f} and {high:.1f}"
    return f"Your times are {ratio:.1f} times the cards' (median of {over}; {spread})."
