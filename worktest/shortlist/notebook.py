"""What the notebook of unit 00 calls: read, rank, look, compare, plan. Everything is printed as plain text.

In a learner's own run this reads and writes the workspace. Where a notebook only runs again (a build, a re-check)
nothing is read or written: the figures are those of an empty workspace and of made-up wishes, and the output says so.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from worktest import paths, recording, workspace
from worktest.errors import UserError
from worktest.safe import plain
from worktest.shortlist import own as owns
from worktest.shortlist import words
from worktest.shortlist.describe import for_reading
from worktest.shortlist.programs import programs as table_of_programs
from worktest.shortlist.rank import Shortlist, shortlist
from worktest.shortlist.wishes import example

WIDTH = 110
NO_DAY = dt.date(2027, 1, 1)
"""The day from which a run that keeps nothing counts its dates, so that it gives the same each time."""


class Desk:
    """A workspace's shortlist as a notebook uses it. Made by :func:`open_desk`."""

    def __init__(self, home: Path | None) -> None:
        self.home = home
        self.own = owns.read_own(home)

    @property
    def whole(self) -> Shortlist:
        """Read anew each time: a wish or a pasted description may have been added."""
        if self.home is None:
            return shortlist(None, example(), NO_DAY)
        return shortlist(self.home)

    def streams(self) -> None:
        """The names and titles of all descriptions, by name: no order is given away."""
        rows = sorted(self.whole.rows, key=lambda row: (row.stream.invented, row.stream.id))
        _print(
            f"{row.stream.id:22} {row.stream.title}" + ("" if row.stream.invented else "  (pasted by you)")
            for row in rows
        )

    def read(self, name: str) -> None:
        """The text of one description, and nothing that the tool found in it."""
        stream = self.whole.row(name).stream
        _print([stream.title, f"By {stream.mentor}." if stream.mentor else "", "", for_reading(stream)])

    def rank(self, *order: Any, because: dict[str, Any]) -> None:
        """Write down your order, the best first, with reasons. Raises UserError for a name without a reason."""
        if any(name is ... for name in order) or any(text is ... for text in because.values()):
            print("shortlist: not recorded yet: fill in the names, and a reason for each")
            return
        whole = self.whole
        streams = [whole.row(name).stream for name in order]
        if len({stream.id for stream in streams}) < len(streams):
            raise UserError("each stream has one place: a name stands there twice")
        reasons = {whole.row(name).stream.id: text for name, text in because.items() if isinstance(text, str)}
        if missing := [stream.id for stream in streams if not reasons.get(stream.id, "").strip()]:
            raise UserError(f"{missing[0]}: write down a reason for its place, in `because`")
        wanted = [stream.id for stream in streams]
        if [name for name in self.own.order if name in wanted] == wanted and all(
            self.own.because[n] == " ".join(reasons[n].split()) for n in wanted
        ):
            print("shortlist: your order is written down already")
            return
        for number, stream in enumerate(streams, start=1):
            if self.home is None:
                self.own.place(stream.id, min(number, len(self.own.order) + 1), reasons[stream.id])
            else:
                owns.place(self.home, self.own, stream, number, reasons[stream.id])
        print("shortlist: your order is " + ", ".join(wanted))

    def table(self) -> None:
        """The tool's three columns for all streams, in the order of the rule."""
        whole = self._shown()
        print(f"{'stream':22} {'interest':9} {'evidence':13} constraints")
        for row in whole.rows:
            print(f"{row.stream.id:22} {words.interest(row):9} {words.evidence(row):13} {words.constraints(row)}")
        _print(words.notes(whole))

    def about(self, name: str) -> None:
        """What the tool found in one description, with its reasons; the text itself is not repeated."""
        row = self.whole.row(name)
        whole = self._shown([row.stream.id])
        _print(words.about(row, whole, text=False))

    def asks(self, *names: str) -> int:
        """How many asks the tool finds in these descriptions together."""
        whole = self.whole
        return sum(len(whole.row(name).asked) for name in names)

    def thin(self, name: str) -> float:
        """Of what one stream asks and a file could show: the share (0 to 1) that your files do not show."""
        row = self.whole.row(name)
        if not row.countable:
            raise UserError(
                f"{row.stream.id}: the tool finds no ask in it, so there is no share; choose another stream for this"
            )
        return 1.0 - row.share

    def compare(self) -> None:
        """Your order beside the tool's."""
        _print(words.compared(self.own, self._shown(self.own.order)))

    def plan(self, name: str, hours_a_week: float) -> None:
        """What would make evidence for one stream within two weeks."""
        if isinstance(hours_a_week, bool) or not isinstance(hours_a_week, int | float) or not 0 < hours_a_week <= 100:
            raise UserError(f"hours a week are a number between 0 and 100, not {str(hours_a_week)[:20]!r}")
        _print(words.plan(self.whole.row(name), hours_a_week))

    def programs(self, name: str = "") -> None:
        """How matching works in the programs, as far as it was read."""
        _print(words.of_programs(table_of_programs(), name))

    def _shown(self, names: list[str] | None = None) -> Shortlist:
        whole = self.whole
        if self.home is None:
            print("(This run keeps nothing: an empty workspace and made-up wishes.)")
        owns.note_shown(self.home, [row.stream.id for row in whole.rows if names is None or row.stream.id in names])
        return whole


def open_desk() -> Desk:
    """The shortlist of the workspace around this notebook."""
    return Desk(workspace.prepare(paths.workspace()) if recording.is_on() else None)


def _print(lines: Iterable[str]) -> None:
    """Print lines, each paragraph wrapped; what stands indented stays so."""
    for line in lines:
        for part in plain(line).split("\n"):
            lead = part[: len(part) - len(part.lstrip())]
            hang = lead + ("  " if part.lstrip().startswith("- ") else "")
            print(textwrap.fill(part, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False))
