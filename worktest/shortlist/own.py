"""The learner's own ranking, written down before the tool's is shown: ``shortlist.jsonl`` of the workspace, chained.

Kinds: ``placed`` (stream, place from 1, of how many, because, a digest of the text that was read) and ``shown`` (the
tool's order). A later placing of the same stream moves it, and counts as a revision.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import chain, recording
from worktest.errors import UserError
from worktest.safe import counted, plain
from worktest.shortlist.describe import Stream
from worktest.shortlist.rank import Row

FILE = "shortlist.jsonl"
MAX_REASON = 2_000


@dataclass
class Own:
    """The learner's order, with the reason for each place.

    ``shown``: streams whose place or reasons the tool has shown. ``late``: those of them that were placed only then.
    """

    order: list[str] = field(default_factory=list)
    because: dict[str, str] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    revisions: dict[str, int] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def place(self, stream: str, place: int, because: str) -> None:
        """Put a stream at a place, counted from 1; what stands there moves down."""
        if stream in self.order:
            self.order.remove(stream)
            self.revisions[stream] = self.revisions.get(stream, 0) + 1
        elif stream in self.shown:
            self.late.add(stream)
        self.order.insert(place - 1, stream)
        self.because[stream] = because


def read_own(home: Path | None) -> Own:
    """Read the file. Never raises for its content: an entry that can't be read is named and passed over."""
    found = Own()
    if home is None:
        return found
    record = chain.read(home / FILE)
    found.problems = list(record.problems)
    for number, entry in enumerate(record.entries, start=1):
        if entry["kind"] == "shown":
            order = entry.get("order")
            found.shown |= {str(name) for name in order} if isinstance(order, list) else set()
            continue
        stream, place, because = entry.get("stream"), entry.get("place"), entry.get("because")
        if (
            entry["kind"] != "placed"
            or not (isinstance(stream, str) and isinstance(because, str) and isinstance(place, int))
            or isinstance(place, bool)
            or not 1 <= place <= len(found.order) + 1
        ):
            found.problems.append(f"{FILE}, entry {number}: can't be read as a place of a stream; it is passed over")
            continue
        found.place(stream, place, because)
    return found


def digest_of(stream: Stream) -> str:
    """Names the text that was read: a pasted description may change later."""
    return hashlib.sha256(stream.whole.encode("utf-8", "replace")).hexdigest()[:16]


def place(home: Path, own: Own, stream: Stream, at: int, because: str) -> None:
    """Write down where a stream stands among those placed. Raises UserError for no place, or without a reason."""
    last = len(own.order) + (stream.id not in own.order)
    if not 1 <= at <= last:
        raise UserError(f"{stream.id}: a place is a number from 1 to {last}, not {at}")
    reason = " ".join(plain(because, MAX_REASON).split())
    if not reason:
        raise UserError(f"{stream.id}: a place without a reason teaches nothing later: write one sentence")
    entry = {"stream": stream.id, "place": at, "of": last, "because": reason, "text": digest_of(stream)}
    if recording.is_on():
        chain.append(home / FILE, "placed", entry)
    own.place(stream.id, at, reason)


def note_shown(home: Path | None, order: list[str]) -> None:
    """Note, once for each stream, that the tool's order was shown. It never raises: the look matters more."""
    if home is None or not home.is_dir() or not recording.is_on():
        return
    if set(order) <= read_own(home).shown:
        return
    try:
        chain.append(home / FILE, "shown", {"order": order})
    except UserError:
        return


@dataclass(frozen=True)
class Difference:
    """A stream's place in the learner's order and in the tool's, among those placed; and both reasons."""

    stream: str
    title: str
    mine: int
    tools: int
    because: str
    reasons: tuple[str, ...]
    late: bool

    @property
    def apart(self) -> int:
        """By how many places the two differ."""
        return abs(self.mine - self.tools)


def differences(own: Own, rows: list[Row]) -> list[Difference]:
    """Every placed stream that is still there, those where the two orders differ most first."""
    there = {row.stream.id: row for row in rows}
    mine = [name for name in own.order if name in there]
    tools = [row.stream.id for row in rows if row.stream.id in mine]
    found = [
        Difference(
            stream=name,
            title=there[name].stream.title,
            mine=mine.index(name) + 1,
            tools=tools.index(name) + 1,
            because=own.because[name],
            reasons=reasons(there[name]),
            late=name in own.late,
        )
        for name in mine
    ]
    return sorted(found, key=lambda difference: (-difference.apart, difference.mine))


def reasons(row: Row) -> tuple[str, ...]:
    """The tool's reasons in three short lines, one a column."""
    weight = "not said" if row.interest is None else str(row.interest)
    clashes = (
        "; ".join(f"{c.what}: {c.reason.rstrip('.')}" for c in row.clashes) or "nothing clashes with what you said"
    )
    shown = f"something to show for {row.shown} of {counted(len(row.countable), 'ask')} that it found"
    return (
        f"interest {weight}: {'; '.join(row.interest_why)}",
        f"evidence: {shown if row.countable else 'it found no ask that a file could show'}",
        f"constraints: {clashes}",
    )


def to_json(own: Own, rows: list[Row]) -> dict[str, Any]:
    """Plain data."""
    return {
        "order": own.order,
        "because": own.because,
        "placed_after_the_tool_was_shown": sorted(own.late),
        "revisions": own.revisions,
        "differences": [{**vars(d), "apart": d.apart} for d in differences(own, rows)],
    }
