"""How the entries of ``clock.jsonl`` add up: time worked and left, pauses, gaps, the moment the limit was reached."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import activity, chain
from worktest.safe import finite

GAP_MINUTES = 120.0
"""So long without an event while the clock runs, and it is said: a laptop may have slept."""
Stretch = tuple[dt.datetime, dt.datetime]
_YEARS = range(1970, 9000)
"""In others a time can't be counted with: a second before year 1 is none."""


@dataclass(frozen=True)
class Event:
    """One entry: when, what, the text that goes with it, minutes (of a limit or of forgiven time)."""

    time: dt.datetime
    kind: str
    text: str = ""
    minutes: float = 0.0


@dataclass
class Pause:
    """A stretch in which the clock stood still; ``end`` is None while it does."""

    begin: dt.datetime
    text: str
    end: dt.datetime | None = None


@dataclass
class Gap:
    """A long stretch of running time without any event; ``open_minutes`` of it still count."""

    begin: dt.datetime
    end: dt.datetime
    open_minutes: float


@dataclass
class Clock:
    """The clock at the moment ``now``. All times are aware, all lengths are minutes."""

    now: dt.datetime
    limit: float
    started: dt.datetime
    events: list[Event]
    problems: list[str]
    stretches: list[Stretch] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    finished: dt.datetime | None = None

    @property
    def worked(self) -> float:
        """Minutes that count."""
        return sum(_minutes(a, b) for a, b in self.stretches)

    @property
    def left(self) -> float:
        """Minutes until the limit; negative after it."""
        return self.limit - self.worked

    @property
    def over(self) -> float:
        """Minutes worked after the limit."""
        return max(-self.left, 0.0)

    @property
    def paused(self) -> Pause | None:
        """The pause that goes on now."""
        last = self.pauses[-1] if self.pauses else None
        return last if last is not None and last.end is None and self.finished is None else None

    @property
    def running(self) -> bool:
        """Whether time counts now."""
        return self.finished is None and self.paused is None

    @property
    def limit_reached(self) -> dt.datetime | None:
        """The moment at which the limit was reached, or None."""
        left = self.limit
        for begin, end in self.stretches:
            length = _minutes(begin, end)
            if length > left:
                return begin + dt.timedelta(minutes=left)
            left -= length
        return None

    @property
    def since_checkpoint(self) -> float:
        """Minutes worked since the last checkpoint, or since the start."""
        marks = [event.time for event in self.events if event.kind == "checkpoint"]
        begin = marks[-1] if marks else self.started
        return sum(_minutes(max(a, begin), b) for a, b in self.stretches if b > begin)

    def worked_at(self, time: dt.datetime) -> float:
        """Minutes that were on the clock at ``time``, as it is counted now."""
        return sum(_minutes(a, min(b, time)) for a, b in self.stretches if a < time)

    def is_after_limit(self, time: dt.datetime) -> bool:
        """Whether ``time`` lies after the moment the limit was reached."""
        reached = self.limit_reached
        return reached is not None and time > reached

    def stamp(self, time: dt.datetime) -> str:
        """``time`` in local time, with the day unless it is today."""
        local = time.astimezone()
        today = local.date() == self.now.astimezone().date()
        return f"{local:%H:%M}" if today else f"{local:%d %b %H:%M}"

    def when(self, time: dt.datetime) -> str:
        """``time`` as part of a sentence."""
        return f"at {self.stamp(time)}"


def read_clock(folder: Path, path: Path, now: dt.datetime) -> Clock | None:
    """Add up the entries in ``path``; None when no start is among them. Never raises for the file's content."""
    record = chain.read(path)
    problems = list(record.problems)
    events: list[Event] = []
    for number, entry in enumerate(record.entries, start=1):
        event = _event(entry)
        if event is None or (event.kind != "start" and not events):
            problems.append(f"{path.name}, entry {number}: a {entry['kind']!r} that can't be used; it is passed over")
        elif event.kind == "start" and events:
            problems.append(f"{path.name}, entry {number}: a second start; the first one counts")
        else:
            events.append(event)
    if not events:
        return None
    clock = Clock(now, events[0].minutes, events[0].time, events, problems)
    _run(clock)
    _find_gaps(clock, folder)
    for event in events:
        if event.kind == "forgive":
            _take_off(clock, event)
    for gap in clock.gaps:
        gap.open_minutes = sum(
            _minutes(max(a, gap.begin), min(b, gap.end)) for a, b in clock.stretches if a < gap.end and b > gap.begin
        )
    return clock


def _event(entry: dict[str, Any]) -> Event | None:
    """An entry of the file as an event, or None when it is none."""
    kind = entry["kind"]
    try:
        time = dt.datetime.fromisoformat(entry["time"])
        minutes = {"start": "limit_minutes", "forgive": "minutes"}.get(kind)
        length = finite(entry[minutes], 0, 10_000) if minutes else 0.0
        text = {"pause": "reason", "forgive": "reason", "checkpoint": "note"}.get(kind)
        words = entry[text] if text else ""
    except (KeyError, TypeError, ValueError):
        return None
    known = kind in ("start", "pause", "resume", "checkpoint", "finish", "forgive")
    dated = time.tzinfo is not None and time.year in _YEARS
    if not (known and dated and isinstance(words, str)) or length is None or (minutes and not length):
        return None
    return Event(time, kind, words, length)


def _minutes(begin: dt.datetime, end: dt.datetime) -> float:
    return max((end - begin).total_seconds() / 60, 0.0)


def _run(clock: Clock) -> None:
    """Fill in stretches, pauses and the end. A clock of the machine that went back makes a stretch of no length."""
    running: dt.datetime | None = None
    last = clock.started
    for event in clock.events:
        if event.time < last - dt.timedelta(seconds=1):
            back = _minutes(event.time, last)
            clock.problems.append(
                f"this machine's clock went back by {back:.0f} min before the {event.kind!r} {clock.when(event.time)}; "
                "no time counts for that step"
            )
        if running is not None:
            clock.stretches.append((running, max(event.time, running)))
            running = event.time
        if event.kind in ("start", "resume"):
            running = event.time
            clock.finished = None
            if clock.pauses and clock.pauses[-1].end is None:
                clock.pauses[-1].end = max(event.time, clock.pauses[-1].begin)
        elif event.kind == "pause":
            if running is not None:  # a second pause in a row, written by hand, changes nothing
                clock.pauses.append(Pause(event.time, event.text))
            running = None
        elif event.kind == "finish":
            running, clock.finished = None, event.time
            if clock.pauses and clock.pauses[-1].end is None:
                clock.pauses[-1].end = max(event.time, clock.pauses[-1].begin)
        last = event.time
    if clock.now < last - dt.timedelta(seconds=1):
        clock.problems.append(
            f"this machine's clock stands {_minutes(clock.now, last):.0f} min before the last entry "
            f"({clock.when(last)}); set it right, or no time counts until then"
        )
    if running is not None:
        clock.stretches.append((running, max(clock.now, running)))


def _find_gaps(clock: Clock, folder: Path) -> None:
    """Long parts of running time in which nothing was written down: no clock event, no cell, no check."""
    signs = sorted({entry["time"] for entry in activity.events(folder)})
    for begin, end in _merged(clock):
        inside = [time for time in signs if begin < time < end]
        marks = [event.time for event in clock.events if begin < event.time < end]
        points = sorted([begin, *inside, *marks, end])
        for a, b in itertools.pairwise(points):
            if _minutes(a, b) > GAP_MINUTES:
                clock.gaps.append(Gap(a, b, _minutes(a, b)))


def _merged(clock: Clock) -> list[Stretch]:
    """Running time in pieces that touch no more."""
    found: list[Stretch] = []
    for begin, end in clock.stretches:
        if found and found[-1][1] == begin:
            found[-1] = (found[-1][0], end)
        elif end > begin:
            found.append((begin, end))
    return found


def _take_off(clock: Clock, event: Event) -> None:
    """Take forgiven minutes out: from the longest gap before the entry, then from the others, then from just before."""
    left = event.minutes
    gaps = sorted((gap for gap in clock.gaps if gap.end <= event.time), key=lambda g: _minutes(g.begin, g.end))
    for gap in reversed(gaps):
        left = _cut(clock, gap.begin, gap.end, left)
    _cut(clock, clock.started, event.time, left)


def _cut(clock: Clock, begin: dt.datetime, end: dt.datetime, minutes: float) -> float:
    """Remove ``minutes`` of what counts between ``begin`` and ``end``, from the end; gives what was too much."""
    kept: list[Stretch] = []
    for a, b in reversed(clock.stretches):
        low, high = max(a, begin), min(b, end)
        take = min(minutes, _minutes(low, high)) if low < high else 0.0
        if take <= 0:
            kept.append((a, b))
            continue
        minutes -= take
        middle = high - dt.timedelta(minutes=take)
        kept += [piece for piece in ((high, b), (a, middle)) if piece[1] > piece[0]]
    clock.stretches = kept[::-1]
    return minutes
