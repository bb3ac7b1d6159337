"""The record of rehearsals, ``interview.jsonl``: what was asked, what was answered, how the answers went.

A chained file (:mod:`worktest.chain`). Each rehearsal is one ``drawn`` entry with its seed and its questions as they
were asked, then one entry for each ``answer``, ``branch``, ``follow-up`` and ``score``; the last one under a question
counts. Nothing is ever taken out, and an answer is written the moment it is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import activity, chain, recording
from worktest.interview.binding import Bound
from worktest.interview.rubric import CRITERIA
from worktest.safe import finite, plain

FILE = "interview.jsonl"
MODES = ("written", "spoken", "pair")
MAX_ANSWER = 60_000
TEXTS = ("answer", "follow-up")


@dataclass
class Given:
    """What the learner gave to one question: texts, the branch it went (0 or 1), the levels scored."""

    texts: dict[str, str] = field(default_factory=dict)
    branch: int | None = None
    scores: dict[str, int] = field(default_factory=dict)


@dataclass
class Rehearsal:
    """One rehearsal: its number (from 1), seed, mode and questions, and what was given to each so far."""

    folder: Path
    number: int
    seed: int
    mode: str
    minutes: float | None
    questions: list[Bound]
    given: dict[str, Given] = field(default_factory=dict)

    def of(self, question: Bound) -> Given:
        """What was given to ``question``; empty before the first answer."""
        return self.given.setdefault(question.id, Given())

    @property
    def begun(self) -> bool:
        """Whether anything was answered."""
        return any(given.texts or given.branch is not None or given.scores for given in self.given.values())

    @property
    def finished(self) -> bool:
        """Whether every question was answered, went one way, and was scored."""
        return all(self._done(question) for question in self.questions)

    def _done(self, question: Bound) -> bool:
        given = self.of(question)
        return bool(given.scores) and given.branch is not None

    def keep_text(self, question: Bound, kind: str, text: str) -> bool:
        """Append an ``answer`` or a ``follow-up``; gives False when there is nothing new to keep."""
        text = plain(text, MAX_ANSWER)
        given = self.of(question)
        if not text.strip() or given.texts.get(kind) == text:
            return False
        self._append(kind, question, text=text)
        given.texts[kind] = text
        return True

    def keep_branch(self, question: Bound, branch: int) -> bool:
        """Append which way the answer went: 0 or 1."""
        given = self.of(question)
        if given.branch == branch:
            return False
        self._append("branch", question, branch=branch, went=question.branches[branch][0])
        given.branch = branch
        return True

    def keep_scores(self, question: Bound, scores: dict[str, int]) -> bool:
        """Append the levels that the learner scored the answer with."""
        given = self.of(question)
        if not scores or given.scores == scores:
            return False
        self._append("score", question, scores=scores)
        given.scores = dict(scores)
        return True

    def go_on(self, mode: str, minutes: float | None) -> None:
        """Take the rehearsal up again in another mode, or with another timer."""
        if (mode, minutes) != (self.mode, self.minutes):
            if recording.is_on():
                entry = {"rehearsal": self.number, "mode": mode, "minutes": minutes}
                chain.append(self.folder / FILE, "mode", entry)
            self.mode, self.minutes = mode, minutes

    def _append(self, kind: str, question: Bound, **data: Any) -> None:
        if recording.is_on():
            chain.append(self.folder / FILE, kind, {"rehearsal": self.number, "question": question.id, **data})
            activity.note(self.folder, "interview", step=kind)


def begin(folder: Path, seed: int, mode: str, minutes: float | None, questions: list[Bound]) -> Rehearsal:
    """Note a new rehearsal in the record and give it."""
    earlier, _ = read(folder)
    number = 1 + max((rehearsal.number for rehearsal in earlier), default=0)
    entry = {
        "rehearsal": number,
        "seed": seed,
        "mode": mode,
        "minutes": minutes,
        "questions": [question.to_json() for question in questions],
    }
    if recording.is_on():
        chain.append(folder / FILE, "drawn", entry)
    return Rehearsal(folder, number, seed, mode, minutes, questions)


def read(folder: Path) -> tuple[list[Rehearsal], list[str]]:
    """All rehearsals, oldest first, and one line for each thing that is wrong with the record. Never raises for it."""
    kept = chain.read(folder / FILE)
    found: dict[int, Rehearsal] = {}
    problems = list(kept.problems)
    for entry in kept.entries:
        try:
            if entry["kind"] == "drawn":
                rehearsal = _drawn(folder, entry)
                found[rehearsal.number] = rehearsal
            else:
                _take(found[_whole(entry["rehearsal"])], entry)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            problems.append(f"{FILE}: an entry {plain(entry['kind'], 40)!r} can't be read; it is passed over")
    return [found[number] for number in sorted(found)], problems


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("a whole number is expected")
    return value


def _drawn(folder: Path, entry: dict[str, Any]) -> Rehearsal:
    questions = [Bound.from_json(item) for item in entry["questions"]]
    if not questions:
        raise ValueError("no questions")
    number, seed = _whole(entry["rehearsal"]), _whole(entry["seed"])
    return Rehearsal(folder, number, seed, *_mode(entry), questions)


def _mode(entry: dict[str, Any]) -> tuple[str, float | None]:
    mode, minutes = entry["mode"], entry["minutes"]
    if mode not in MODES:
        raise ValueError("an unknown mode")
    length = finite(minutes, 0)
    if minutes is not None and length is None:
        raise ValueError("minutes are a number")
    return str(mode), length


def _take(rehearsal: Rehearsal, entry: dict[str, Any]) -> None:
    if entry["kind"] == "mode":
        rehearsal.mode, rehearsal.minutes = _mode(entry)
        return
    (question,) = [q for q in rehearsal.questions if q.id == entry["question"]]
    given = rehearsal.of(question)
    if entry["kind"] in TEXTS:
        given.texts[entry["kind"]] = str(entry["text"])
    elif entry["kind"] == "branch":
        given.branch = (0, 1)[_whole(entry["branch"])]
    elif entry["kind"] == "score":
        tops = {criterion.id: len(criterion.levels) - 1 for criterion in CRITERIA}
        levels = {key: _whole(level) for key, level in entry["scores"].items() if key in tops}
        given.scores = {key: min(max(level, 0), tops[key]) for key, level in levels.items()}
    else:
        raise ValueError("unknown kind")
