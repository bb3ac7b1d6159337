"""Three columns for each stream, each with its reasons: interest, evidence, constraints. They are never added up.

The order: streams that clash with a wish come last; then by interest, the higher first; then by evidence, the larger
share of what is asked first; then by title. Nothing here says whether a mentor would take somebody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest.shortlist import describe, evidence, find
from worktest.shortlist.constraints import CLASHES, Constraint, constraints
from worktest.shortlist.describe import Stream
from worktest.shortlist.evidence import Evidence
from worktest.shortlist.find import Findings
from worktest.shortlist.tables import asks, topics
from worktest.shortlist.wishes import Wishes, read_wishes

RULE = (
    "Order: what clashes with one of your wishes comes last; then by interest, the higher first; then by evidence, "
    "the larger share of what is asked first; then by title."
)
CAVEAT = (
    "This matches words. A mentor reads your work, which it does not, and may ask in words that it does not know. "
    "It says nothing about whether you would be taken."
)
DEFAULT_UNIT = "01_logit_diff_amplification"
"""Trains something of whatever a stream without a known topic asks."""


@dataclass(frozen=True)
class Asked:
    """One thing that a stream asks: the sentence, what the learner has to show for it, what was begun.

    ``state``: "shown", "thin" (nothing or too little), or "no file" where no file could show it. ``todo``, ``command``,
    ``minutes``: what would make evidence, for what is not shown.
    """

    id: str
    title: str
    quote: str
    state: str
    shown: tuple[str, ...]
    begun: tuple[str, ...]
    todo: str
    command: str
    minutes: int


@dataclass
class Row:
    """One stream with its three columns."""

    stream: Stream
    findings: Findings
    interest: int | None
    interest_why: list[str]
    asked: list[Asked]
    constraints: list[Constraint]
    units: list[str] = field(default_factory=list)

    @property
    def countable(self) -> list[Asked]:
        """What is asked and could be shown by a file."""
        return [asked for asked in self.asked if asked.state != "no file"]

    @property
    def thin(self) -> list[Asked]:
        """What is asked and not shown, by any file."""
        return [asked for asked in self.asked if asked.state != "shown"]

    @property
    def shown(self) -> int:
        """How many of the countable asks have something to show."""
        return sum(asked.state == "shown" for asked in self.asked)

    @property
    def share(self) -> float:
        """Of what is asked and could be shown: the share that is; 0 where nothing was found."""
        return self.shown / len(self.countable) if self.countable else 0.0

    @property
    def clashes(self) -> list[Constraint]:
        """The wishes that this stream does not meet."""
        return [constraint for constraint in self.constraints if constraint.state == CLASHES]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "id": self.stream.id,
            "title": self.stream.title,
            "invented": self.stream.invented,
            "papers": list(self.stream.papers),
            "interest": {"value": self.interest, "because": self.interest_why},
            "evidence": {
                "shown": self.shown,
                "of": len(self.countable),
                "asks": [vars(asked) for asked in self.asked],
                "said not to be asked": self.findings.denied,
            },
            "constraints": [vars(constraint) for constraint in self.constraints],
        }


@dataclass
class Shortlist:
    """Everything: rows in the order of the rule, wishes, evidence, and a line for each thing that can't be read."""

    rows: list[Row]
    wishes: Wishes
    evidence: Evidence
    problems: list[str]

    def row(self, name: str) -> Row:
        """The row of the stream that ``name`` means. Raises UserError with what there is."""
        stream = describe.one_of([row.stream for row in self.rows], name, self.problems)
        return next(row for row in self.rows if row.stream.id == stream.id)


def shortlist(home: Path | None, wishes: Wishes | None = None, today: dt.date | None = None) -> Shortlist:
    """Rank all streams for the workspace ``home`` (None: an empty one).

    Args:
        home: the workspace.
        wishes: in place of those in its ``shortlist.toml``.
        today: the day from which dates without a year are counted; default: today.

    Raises:
        UserError: if the wishes can't be read.
    """
    wanted = read_wishes(home) if wishes is None else wishes
    streams, problems = describe.all_streams(home)
    seen = evidence.gather(home)
    day = today or dt.date.today()
    rows = [_row(stream, wanted, seen, day) for stream in streams]
    rows.sort(key=lambda row: (bool(row.clashes), -(row.interest or 0), -row.share, row.stream.title.lower()))
    return Shortlist(rows, wanted, seen, problems + seen.problems)


def _row(stream: Stream, wishes: Wishes, seen: Evidence, today: dt.date) -> Row:
    findings = find.find(stream)
    interest, why = _interest(findings, wishes)
    units = _units_for(findings, wishes, {work.name for work in seen.works})
    asked = [_asked(name, findings.asks[name], stream, seen, units) for name in asks() if name in findings.asks]
    return Row(stream, findings, interest, why, asked, constraints(stream, findings, wishes, today), units)


def _interest(findings: Findings, wishes: Wishes) -> tuple[int | None, list[str]]:
    """The highest weight among the topics a stream is about; with reasons.

    Where none of these has a weight, a topic named in passing counts; as 1 at most, if the stream is about something
    else.
    """
    why = []
    for how, names in (("about", findings.about), ("in passing:", findings.passing)):
        for name in names:
            said = f"you gave it {wishes.topics[name]}" if name in wishes.topics else "you have not said"
            why.append(f"{how} {topics()[name].title} ({said})")
    weights = [wishes.topics[name] for name in findings.about if name in wishes.topics]
    most = 1 if findings.about else 3
    weights = weights or [min(wishes.topics[name], most) for name in findings.passing if name in wishes.topics]
    if not (findings.about or findings.passing):
        why = ["no topic of the table was found in it: read it yourself"]
    return max(weights, default=None), why


def topics_of(findings: Findings, wishes: Wishes) -> list[str]:
    """The topics of a stream: what it is about, then what it names in passing, each the highest weight first."""
    names = [*findings.about, *findings.passing]
    return sorted(names, key=lambda name: (name not in findings.about, -wishes.topics.get(name, 0)))


def _units_for(findings: Findings, wishes: Wishes, there: Collection[str]) -> list[str]:
    """The units that train what the stream is about, in the order of its topics; only units that are there."""
    names = topics_of(findings, wishes)
    units = dict.fromkeys(unit for name in names for unit in topics()[name].units if unit in there)
    return list(units) or [name for name in (DEFAULT_UNIT,) if name in there]


def _asked(name: str, quote: str, stream: Stream, seen: Evidence, units: list[str]) -> Asked:
    ask = asks()[name]
    shown, begun = tuple(seen.shown.get(name, ())), tuple(seen.begun.get(name, ()))
    if name == "reading" and stream.papers:  # other papers than the stream's are no evidence here
        read = [key for key in stream.papers if key in seen.read]
        line = f"{len(read)} of the {len(stream.papers)} papers that it names: claims answered in a nuance check"
        enough = len(read) * 2 >= len(stream.papers)
        shown, begun = ((line,), ()) if enough else ((), (line,) if read else ())
    state = "no file" if not ask.file else "shown" if shown else "thin"
    number = units[0][:2] if units else "01"
    todo, command = (text.replace("{NN}", number) for text in (ask.todo, ask.command))
    return Asked(name, ask.title, quote, state, shown, begun, todo, command, ask.minutes)
