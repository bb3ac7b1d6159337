"""The clock of a timed work test: what is written down, in ``clock.jsonl`` beside the notebook (:mod:`worktest.chain`).

It measures and never judges: a pause is logged with its reason, work after the limit is said and marked, nothing is
ever locked. How the entries add up is in :mod:`worktest.clock_state`.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from worktest import chain
from worktest.clock_state import Clock, read_clock
from worktest.errors import UserError
from worktest.paths import UNIT_NAME
from worktest.safe import plain

FILE = "clock.jsonl"
MAX_TEXT = 5_000
_MOST_MINUTES = 100 * 60
_DURATION = re.compile(
    r"(?:([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*h(?:ours?|rs?)?)?\s*(?:([0-9]{1,5})\s*(?:m|min|mins|minutes)?)?"
)


def minutes_of(text: str) -> float:
    """Minutes that ``text`` means: ``3h``, ``90m``, ``2h30``, ``1.5h``, ``2 h 30 min``.

    Raises UserError for anything else, for nothing, and for more than a hundred hours.
    """
    wanted = text.strip().lower()
    found = _DURATION.fullmatch(wanted)
    hours, minutes = found.groups() if found else (None, None)
    bare = hours is None and not re.search(r"[a-z]", wanted)  # 90 of what?
    if not found or bare or (hours is None and minutes is None):
        raise UserError(f"{plain(text, 40)!r} is no length of time; write it like 3h, 90m or 2h30")
    total = 60 * float(hours or 0) + float(minutes or 0)
    if not 0 < total <= _MOST_MINUTES:
        raise UserError(f"{plain(text, 40)!r}: a clock runs for more than nothing and at most 100 hours")
    return total


def path_of(folder: Path) -> Path:
    """Where the clock of the unit in ``folder`` is kept."""
    return folder / FILE


def number_of(folder: Path) -> str:
    """What a command calls the unit in ``folder``: its number, or UNIT where the folder was named otherwise."""
    return folder.name[:2] if UNIT_NAME.match(folder.name) else "UNIT"


def state(folder: Path, now: dt.datetime | None = None) -> Clock:
    """The clock as it stands. Raises UserError when none was started, or nothing of its file can be read."""
    found = find(folder, now)
    if found is None:
        raise UserError(
            f"no clock was started in {folder}; start one with `worktest clock {number_of(folder)} start 3h`"
        )
    return found


def find(folder: Path, now: dt.datetime | None = None) -> Clock | None:
    """The clock as it stands, or None when none was started.

    Raises UserError when there is a file and no start can be read in it.
    """
    path = path_of(folder)
    if not path.exists():
        return None
    found = read_clock(folder, path, now or dt.datetime.now(dt.UTC))
    if found is None:
        raise UserError(
            f"{path} is damaged: no start of a clock can be read in it; `worktest clock {number_of(folder)} start 3h` "
            "begins anew below what is there"
        )
    return found


def start(folder: Path, limit: float) -> Clock:
    """Start the clock with ``limit`` minutes. Raises UserError when one runs already."""
    try:
        running = find(folder)
    except UserError:  # damaged: a new start is what mends it
        running = None
    if running is not None:
        raise UserError(f"{path_of(folder)}: a clock was started {running.when(running.started)}; there is one a unit")
    return _write(folder, "start", limit_minutes=limit)


def pause(folder: Path, reason: str) -> Clock:
    """Stop the clock for a while. Raises UserError without a reason, or when it does not run."""
    now = state(folder)
    text = _text(reason, "say why in a few words", folder, 'pause "lunch"')
    if now.paused is not None:
        raise UserError(f"the clock is paused already, {now.when(now.paused.begin)} ({plain(now.paused.text, 80)})")
    if now.finished is not None:
        raise UserError(f"the clock was finished {now.when(now.finished)}: there is nothing to pause")
    return _write(folder, "pause", reason=text)


def resume(folder: Path) -> Clock:
    """Let the clock run again, after a pause or after it was finished. Raises UserError when it runs."""
    now = state(folder)
    if now.running:
        raise UserError("the clock runs: there is no pause to end")
    return _write(folder, "resume")


def checkpoint(folder: Path, note: str) -> Clock:
    """Write down what is known and what comes next. Raises UserError without a note."""
    state(folder)
    return _write(
        folder, "checkpoint", note=_text(note, "say where you stand", folder, 'checkpoint "what I know, what next"')
    )


def finish(folder: Path) -> Clock:
    """End the work. Raises UserError when it was ended before."""
    now = state(folder)
    if now.finished is not None:
        raise UserError(
            f"the clock was finished {now.when(now.finished)}; "
            f"`worktest clock {number_of(folder)} resume` takes it up again"
        )
    return _write(folder, "finish")


def forgive(folder: Path, minutes: float, reason: str) -> Clock:
    """Take time that was no work off the clock, with the reason; it is logged like everything.

    Raises UserError without a reason, or for more time than was counted.
    """
    now = state(folder)
    text = _text(reason, "say why in a few words", folder, 'forgive 8h "laptop asleep"')
    if minutes > now.worked + 0.5:
        raise UserError(f"only {spell(now.worked)} are on the clock; {spell(minutes)} can't be taken off")
    return _write(folder, "forgive", minutes=minutes, reason=text)


def _text(text: str, wanted: str, folder: Path, example: str) -> str:
    kept = plain(text, MAX_TEXT + 1).strip()
    if not kept:
        raise UserError(f"{wanted}: `worktest clock {number_of(folder)} {example}`")
    if len(kept) > MAX_TEXT:
        raise UserError(f"a note of more than {MAX_TEXT:,} characters belongs into a file of its own")
    return kept


def _write(folder: Path, kind: str, **entry: Any) -> Clock:
    before = None if kind == "start" else state(folder)
    if before is not None and before.over > 0:
        entry["over_minutes"] = round(before.over, 1)
    chain.append(path_of(folder), kind, entry)
    return state(folder)


# As people read it ------------------------------------------------------------------------------------------------


def spell(minutes: float) -> str:
    """``125.4`` minutes as ``2 h 05 min``."""
    whole = max(round(minutes), 0)
    if not whole and minutes > 0:
        return "less than 1 min"
    return f"{whole // 60} h {whole % 60:02d} min" if whole >= 60 else f"{whole} min"


def one_line(clock: Clock) -> str:
    """The state in one line."""
    left = f"{spell(-clock.left)} over the limit of" if clock.over > 0 else f"{spell(clock.left)} left of"
    line = f"{spell(clock.worked)} worked, {left} {spell(clock.limit)}"
    if clock.finished is not None:
        return f"finished {clock.when(clock.finished)}: {line}"
    if clock.paused is not None:
        return f"paused {clock.when(clock.paused.begin)} ({plain(clock.paused.text, 80)}): {line}"
    return line


def advice(clock: Clock, number: str) -> list[str]:
    """What is worth saying about the clock now, one line each."""
    lines = []
    for gap in clock.gaps:
        if gap.open_minutes >= 1:
            lines.append(
                f"no sign of work between {clock.stamp(gap.begin)} and {clock.stamp(gap.end)}; "
                f"{spell(gap.open_minutes)} of it count. Was the laptop asleep? "
                f'`worktest clock {number} forgive {_short(gap.open_minutes)} "laptop asleep"`'
            )
    if clock.over > 0 and clock.finished is None:
        lines.append("you are over the limit: nothing is locked, and what comes now is marked in the hand-in")
    elif clock.running and clock.since_checkpoint >= 90:
        lines.append(
            f"no checkpoint for {spell(clock.since_checkpoint)} of work: what do you know, and what comes next? "
            f'`worktest clock {number} checkpoint "..."`'
        )
    return lines


def _short(minutes: float) -> str:
    whole = int(minutes)
    return f"{whole // 60}h{whole % 60:02d}" if whole >= 60 else f"{whole}m"
