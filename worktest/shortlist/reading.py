"""A reading order: what the stream names first, then what belongs to its topics; about ten, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from worktest.shortlist.evidence import Evidence
from worktest.shortlist.rank import Row, topics_of
from worktest.shortlist.tables import papers, topics
from worktest.shortlist.wishes import Wishes

MOST = 10


@dataclass(frozen=True)
class Entry:
    """One paper: why it stands here, the unit whose reading notebook says what to read in it, and where it was read."""

    key: str
    name: str
    title: str
    url: str
    why: str
    unit: str = ""
    read: str = ""


def reading_order(row: Row, seen: Evidence, wishes: Wishes) -> list[Entry]:
    """The papers to read for one stream, in order. A paper that was read stays in its place, and says where."""
    why: dict[str, str] = dict.fromkeys(row.stream.papers, "the stream names it")
    found = row.findings
    for name in topics_of(found, wishes):
        how = "is about" if name in found.about else "names in passing"
        for key in topics()[name].papers:
            why.setdefault(key, f"for {topics()[name].title}, which it {how}")
    order = list(why)[: max(MOST, len(row.stream.papers))]
    return [_entry(key, why[key], seen, row.units) for key in order]


def _entry(key: str, why: str, seen: Evidence, preferred: list[str]) -> Entry:
    paper = papers()[key]
    units = [work for work in seen.works if key in work.info.papers and "reading" in work.info.notebooks]
    units.sort(key=lambda work: (work.name not in preferred, work.name))
    where = f"unit {units[0].number}, reading.ipynb" if units else ""
    return Entry(key, paper.name, paper.title, paper.url, why, where, seen.read.get(key, ""))
