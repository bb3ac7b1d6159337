"""Spaced review: the exit questions of units that were worked on, and when each is asked again.

Everything is kept in ``review.jsonl`` of the workspace, a chained file (:mod:`worktest.chain`) with three kinds of
entry: ``enter`` (a unit's questions were asked for), ``draft`` (an answer that was written and not rated yet) and
``review`` (card, rating, answer). The memory of a card is rebuilt by replaying its ratings with fsrs; its
fuzz is off, so the same file always gives the same dates.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import fsrs

from worktest import activity, chain, paths, workspace
from worktest.errors import UserError
from worktest.exit_questions import FILE as EXIT_FILE
from worktest.exit_questions import ExitQuestion, read_exit
from worktest.safe import counted, plain
from worktest.units import load_unit

FILE = "review.jsonl"
RATINGS = {1: "missed", 2: "got there with effort", 3: "got it", 4: "easy"}
"""fsrs's Again, Hard, Good and Easy, as a learner says it."""
MAX_ANSWER = 10_000
"""Characters of an answer that are kept."""
LONGEST_DAYS = 365
_DAY = dt.timedelta(days=1)
_YEARS = range(2000, 9000)


@cache
def scheduler() -> fsrs.Scheduler:
    """Days only: a question is asked once a sitting, so fsrs's steps of minutes are left out."""
    return fsrs.Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


@dataclass
class Card:
    """A question in the review: when it is due, how often it was asked, and an answer that waits for its rating."""

    unit: str
    question: ExitQuestion
    memory: fsrs.Card
    reviews: int = 0
    missed: int = 0
    draft: str = ""
    draft_done: bool = False

    @property
    def id(self) -> str:
        """``unit/question``."""
        return f"{self.unit}/{self.question.id}"

    @property
    def due(self) -> dt.date:
        """The day (local time) on which it is due."""
        return self.memory.due.astimezone().date()

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it is due on the day of ``now``: the hour of the last review makes no difference."""
        return self.due <= now.astimezone().date()

    def to_json(self) -> dict[str, Any]:
        """Plain data; the worked answer is not in it."""
        return {
            "card": self.id,
            "unit": self.unit,
            "ask": self.question.ask,
            "due": self.due.isoformat(),
            "reviews": self.reviews,
            "missed": self.missed,
        }


@dataclass
class Deck:
    """All cards of the units that entered, soonest first; units that did not enter yet; one line a problem."""

    home: Path
    cards: list[Card] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def of(self, unit: str) -> list[Card]:
        """The cards of one unit."""
        return [card for card in self.cards if card.unit == unit]


def home_of(folder: Path) -> Path:
    """The workspace around a unit's folder, or the one that commands would use from here."""
    for parent in folder.resolve().parents:
        if (parent / paths.MARKER).is_file():
            return parent
    return paths.workspace()


def load(home: Path, *, now: dt.datetime | None = None, also: Path | None = None, unit: str = "") -> Deck:
    """Read the review of a workspace. Never raises for the content of its files.

    Args:
        home: the workspace.
        now: the time it is; entries from a day or more later are passed over.
        also: a unit's folder outside the workspace, its questions under the name ``unit``, entered or not.
        unit: the name of a unit whose questions are wanted, entered or not.
    """
    now = now or dt.datetime.now(dt.UTC)
    deck = Deck(home)
    log = chain.read(home / FILE)
    deck.problems += log.problems
    entries = list(_sound(log.entries, now, deck.problems))
    entered = _entered_by_log(entries)
    folders = {name: found[0] for name, found in paths.learners_units(home).items()}
    if also is not None:
        folders[unit or also.name] = also
    graded = _graded(home)
    by_id: dict[str, Card] = {}
    damaged: set[str] = set()
    for name, folder in sorted(folders.items()):
        questions, wrong = _questions(name, folder)
        deck.problems += wrong
        damaged |= {name} if wrong else set()
        times = [time for time in (entered.get(name), graded.get(name), all_green(folder)) if time]
        if not times and name != unit:
            deck.waiting += [name] if questions else []
            continue
        since = min([*times, now])
        for question in questions:
            card = Card(name, question, fsrs.Card(card_id=0, due=since))
            by_id[card.id] = card
    gone: dict[str, set[str]] = {}
    for entry, time in entries:
        if entry["kind"] == "enter":
            continue
        card_or_none = by_id.get(entry["card"])
        if card_or_none is None:
            name, _, question_id = entry["card"].partition("/")
            gone.setdefault(name, set()).add(question_id)
            continue
        _replay(card_or_none, entry, time)
    for name, ids in sorted(gone.items()):
        if name not in damaged:  # else its own line says why
            what = f"{counted(len(ids), 'question')} of {plain(name, 60)!r}"
            deck.problems.append(f"{FILE}: {what} can't be found any more; no longer asked")
    place = {id_: number for number, id_ in enumerate(by_id)}
    deck.cards = sorted(by_id.values(), key=lambda card: (card.due, place[card.id]))
    return deck


def _questions(name: str, folder: Path) -> tuple[list[ExitQuestion], list[str]]:
    """The unit's questions: from the learner's copy, else (a copy made before they were written) from the release."""
    path = folder / EXIT_FILE
    if not path.exists():
        path = paths.curriculum() / name / EXIT_FILE
    found = read_exit(path)
    return found.questions, found.problems


def _sound(entries: list[dict[str, Any]], now: dt.datetime, problems: list[str]) -> list[tuple[dict[str, Any], Any]]:
    """Entries that can be replayed, with their times; a line for each other."""
    found = []
    for number, entry in enumerate(entries, start=1):
        time = moment(entry.get("time"))
        what = ""
        if entry["kind"] not in ("enter", "draft", "review"):
            continue  # written by a later version
        if time is None:
            what = "its time can't be read"
        elif time > now + _DAY:
            what = f"its time lies in the future ({time:%Y-%m-%d})"
        elif entry["kind"] == "enter":
            what = "" if isinstance(entry.get("unit"), str) else "it names no unit"
        elif not isinstance(entry.get("card"), str):
            what = "it names no card"
        elif entry["kind"] == "review" and (type(entry.get("rating")) is not int or entry["rating"] not in RATINGS):
            what = f"the rating {plain(entry.get('rating'), 20)!r} is not 1, 2, 3 or 4"
        if what:
            problems.append(f"{FILE}, entry {number}: {what}; it is passed over")
        else:
            found.append((entry, time))
    return sorted(found, key=lambda pair: pair[1])


def _replay(card: Card, entry: dict[str, Any], time: dt.datetime) -> None:
    if entry["kind"] == "draft":
        card.draft, card.draft_done = plain(entry.get("answer", ""), MAX_ANSWER), entry.get("done") is True
        return
    card.memory, _ = scheduler().review_card(card.memory, fsrs.Rating(entry["rating"]), time)
    card.reviews += 1
    card.missed += entry["rating"] == 1
    card.draft, card.draft_done = "", False


# When a unit enters ---------------------------------------------------------------------------------------------


def _entered_by_log(entries: list[tuple[dict[str, Any], dt.datetime]]) -> dict[str, dt.datetime]:
    found: dict[str, dt.datetime] = {}
    for entry, time in entries:
        name = entry["unit"] if entry["kind"] == "enter" else entry["card"].partition("/")[0]
        found.setdefault(name, time)
    return found


def _graded(home: Path) -> dict[str, dt.datetime]:
    """When each unit was graded first."""
    found: dict[str, dt.datetime] = {}
    for attempt in workspace.attempts(home):
        time = moment(attempt.get("time"))
        if time and isinstance(attempt["unit"], str):
            found[attempt["unit"]] = min(time, found.get(attempt["unit"], time))
    return found


def all_green(folder: Path) -> dt.datetime | None:
    """When the visible checks of the last graded cell passed, or None while some cell never had all of its own pass."""
    try:
        wanted = {cell.id for cell in load_unit(folder).graded}
        events = activity.events(folder)
    except (UserError, OSError):
        return None
    if not wanted:
        return None
    for event in events:
        total = event.get("total")
        if event["kind"] == "check" and isinstance(total, int) and total > 0 and event.get("passed") == total:
            wanted.discard(str(event.get("topic")))
            if not wanted:
                return moment(event["time"].isoformat())
    return None


def moment(text: Any) -> dt.datetime | None:
    """A time as files hold it, in UTC; None for anything else, and for a year in which nobody used this."""
    try:
        time = dt.datetime.fromisoformat(text)
        return time.astimezone(dt.UTC) if time.tzinfo is not None and time.year in _YEARS else None
    except (TypeError, ValueError, OverflowError):
        return None


# Writing --------------------------------------------------------------------------------------------------------


def enter(home: Path, unit: str) -> None:
    """Bring a unit's questions into the review; raises UserError when it can't be written."""
    chain.append(home / FILE, "enter", {"unit": unit})


def keep_draft(home: Path, card: Card, answer: str, *, done: bool) -> None:
    """Keep an answer that was not rated yet; ``done``: it was finished and the worked answer shown."""
    chain.append(home / FILE, "draft", {"card": card.id, "answer": plain(answer, MAX_ANSWER), "done": done})


def rate(home: Path, card: Card, rating: int, answer: str) -> dt.date:
    """Write a review down and give the day on which the question is asked again; ``card`` is brought up to date.

    Raises UserError for a rating above 1 with an empty answer, or when it can't be written.
    """
    if rating not in RATINGS:
        raise UserError(f"a rating is 1 to 4, not {rating!r}")
    if not answer.strip() and rating != 1:
        raise UserError("without an answer of your own the rating is “missed”")
    kept = {"card": card.id, "rating": rating, "answer": plain(answer, MAX_ANSWER)}
    entry = chain.append(home / FILE, "review", kept)
    time = moment(entry["time"])
    assert time is not None  # chain.append wrote it
    _replay(card, entry, time)
    return card.due
