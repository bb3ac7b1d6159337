"""What the build leaves for others: how long the paper is, and whether its numbers can be made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from worktest.errors import UserError
from worktest.extend.bibliography import FILE as BIB
from worktest.extend.build import PDF
from worktest.extend.check.base import PAPER, Facts, Finding
from worktest.extend.document import document_of
from worktest.extend.lock import FILE as LOCK
from worktest.extend.log import RESULTS
from worktest.extend.paper import fill
from worktest.extend.paper_pdf import pages_before_references
from worktest.safe import words_in

MOST_PAGES = 4
ABSTRACT_WORDS = 200
REPRODUCE = "reproduce.py"
_BUILD = "worktest extend build"
_SLACK = dt.timedelta(seconds=5)
"""A log's time has no parts of a second."""


def look_at_length(facts: Facts) -> Iterator[Finding]:
    """The abstract's words and the paper's pages, references apart, as the build sets them."""
    if facts.paper is None:
        return
    try:
        document = document_of(fill(facts.paper, facts.research), facts.research.path)
        words = sum(words_in(token.content) for token in document.abstract if token.type == "inline")
        pages = pages_before_references(document, facts.research.path)
    except UserError:  # a placeholder or a source that can't be read: it has its own finding
        return
    if words > ABSTRACT_WORDS:
        what = f"the abstract has {words} words; the limit is {ABSTRACT_WORDS}"
        yield Finding("length", facts.place("Abstract"), what, "cut it: a sentence each for question, test and result")
    if pages > MOST_PAGES:
        what = f"{pages} pages without the references; the limit is {MOST_PAGES}"
        yield Finding("length", PAPER, what, "cut what the claim does not need")


def look_at_reproduction(facts: Facts) -> Iterator[Finding]:
    """The lock of versions, and the program that makes the numbers again."""
    folder = facts.research.path
    if not (folder / REPRODUCE).is_file():
        todo = "put it back: `worktest extend` writes one into every new folder"
        yield Finding("reproduce", REPRODUCE, "it is missing", todo)
    try:
        made = dt.datetime.fromtimestamp((folder / LOCK).stat().st_mtime, dt.UTC)
    except OSError:
        yield Finding("reproduce", LOCK, "it is missing: nobody knows the versions that these numbers need", _BUILD)
        return
    _paper_is_made(facts)
    last = _time(facts.runs[-1].time) if facts.runs else None
    if last is not None and made + _SLACK < last:
        yield Finding("reproduce", LOCK, f"it is older than the last run ({facts.runs[-1].time})", _BUILD)


def _paper_is_made(facts: Facts) -> None:
    """A note while paper.pdf is not there, or older than what it is made of."""
    folder = facts.research.path
    try:
        made = (folder / PDF).stat().st_mtime
    except OSError:
        facts.notes.append(f"{PDF} is not made yet: {_BUILD}")
        return
    parts = [name for name in (PAPER, RESULTS, BIB) if _changed(folder / name) > made]
    if parts:
        facts.notes.append(f"{PDF} is older than {' and '.join(parts)}: {_BUILD}")


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _time(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
