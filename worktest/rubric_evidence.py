"""What rubric sittings, rehearsals and hand-ins left in a unit's folder. Read only, and never trusted.

``rubrics.jsonl`` has the kinds ``own`` (prompt; its hash names the answer), ``score`` (prompt, answer, criterion,
level) and ``shown`` (prompt, distance in levels); ``interview.jsonl`` has ``drawn``, ``answer``, ``branch`` and
``score`` (rehearsal, question, scores by criterion). Other kinds are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import chain
from worktest.errors import UserError
from worktest.safe import finite, plain
from worktest.units import read_toml

TOP_OF_REHEARSAL = 2
"""The highest level of each criterion by which an answer in a rehearsal is scored."""


@dataclass(frozen=True)
class OwnScore:
    """A learner's own score of an own text: points by the rubric, of how many."""

    prompt: str
    kind: str
    points: float
    maximum: float


@dataclass
class Rubrics:
    """The rubric sittings of one unit: distances to the reference (levels) with how many scores, and own scores."""

    distances: list[tuple[float, int]] = field(default_factory=list)
    own: list[OwnScore] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def rubrics(folder: Path) -> Rubrics:
    """Read ``rubrics.jsonl`` by the rubric in ``prompts.toml``."""
    log = chain.read(folder / "rubrics.jsonl")
    found = Rubrics(problems=list(log.problems))
    prompts = _prompts(folder) if log.entries else {}
    if prompts is None:  # its own problem, which evidence.drafts names
        return found
    for name in dict.fromkeys(str(entry.get("prompt")) for entry in log.entries):
        mine = [entry for entry in log.entries if entry.get("prompt") == name]
        prompt = prompts.get(name)
        if prompt is None:
            found.problems.append(f"rubrics.jsonl: {plain(name, 60)!r} is no prompt of this unit; it is passed over")
            continue
        tops = _tops(prompt)
        scores = _count(prompt.get("sample")) * len(tops)
        shown = next((entry for entry in mine if entry["kind"] == "shown"), None)
        if shown is not None and shown.get("distance") is not None:
            distance = finite(shown["distance"], 0, max(tops.values(), default=0))
            if distance is None:
                said = plain(shown["distance"], 30)
                found.problems.append(f"rubrics.jsonl: the distance {said!r} of {name!r} is no number of levels")
            elif scores:
                found.distances.append((distance, scores))
        own = next((entry for entry in reversed(mine) if entry["kind"] == "own"), None)
        if own is not None and (levels := _levels(mine, str(own.get("hash")), tops)):
            top = sum(tops.values())
            found.own.append(OwnScore(name, str(prompt.get("kind", "")), sum(levels.values()), top))
    return found


def _prompts(folder: Path) -> dict[str, dict[str, Any]] | None:
    """The prompts by id; None when the file can't be read."""
    try:
        entries = read_toml(folder / "prompts.toml").get("prompt", [])
    except (UserError, OSError, RecursionError):
        return None
    if not isinstance(entries, list):
        return None
    return {str(entry["id"]): entry for entry in entries if isinstance(entry, dict) and "id" in entry}


def _tops(prompt: dict[str, Any]) -> dict[str, int]:
    """The highest level of each criterion."""
    criteria = prompt.get("criterion")
    return {
        str(c.get("id")): len(c["levels"]) - 1
        for c in (criteria if isinstance(criteria, list) else [])
        if isinstance(c, dict) and isinstance(c.get("levels"), list) and len(c["levels"]) > 1
    }


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0


def _levels(entries: list[dict[str, Any]], answer: str, tops: dict[str, int]) -> dict[str, int]:
    """The levels given to one answer, the last one by criterion; empty unless every criterion has one."""
    levels: dict[str, int] = {}
    for entry in entries:
        name, level = str(entry.get("criterion")), entry.get("level")
        if entry["kind"] == "score" and entry.get("answer") == answer and type(level) is int and name in tops:
            levels[name] = min(max(level, 0), tops[name])
    return levels if set(levels) == set(tops) else {}


@dataclass
class Rehearsals:
    """The rehearsals of one unit: how many were held, answers given, and the level of each scored criterion."""

    number: int = 0
    answers: int = 0
    scores: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def rehearsals(folder: Path) -> Rehearsals:
    """Read ``interview.jsonl``: a rehearsal counts once something was answered in it; its last scores count."""
    log = chain.read(folder / "interview.jsonl")
    found = Rehearsals(problems=list(log.problems))
    answered: set[tuple[str, str]] = set()
    scores: dict[tuple[str, str], list[int]] = {}
    odd = 0
    for entry in log.entries:
        key = (str(entry.get("rehearsal")), str(entry.get("question")))
        if entry["kind"] == "answer":
            answered.add(key)
        elif entry["kind"] == "branch":
            answered.add(key)  # a spoken answer leaves no text
        elif entry["kind"] == "score":
            given = entry.get("scores")
            levels = list(given.values()) if isinstance(given, dict) else []
            if not levels or not all(type(level) is int and 0 <= level <= TOP_OF_REHEARSAL for level in levels):
                odd += 1
                continue
            answered.add(key)
            scores[key] = levels
    if odd:
        found.problems.append(f"interview.jsonl: {odd} scores that can't be read; they are passed over")
    found.number = len({rehearsal for rehearsal, _ in answered})
    found.answers = len(answered)
    found.scores = [level for levels in scores.values() for level in levels]
    return found


def handed_in(folder: Path) -> bool:
    """Whether ``hand_in/`` holds a write-up, which is made as a PDF."""
    try:
        return any(path.is_file() for path in (folder / "hand_in").glob("*.pdf"))
    except OSError:
        return False


def begun_write_up(folder: Path) -> bool:
    """Whether a write-up lies beside the notebooks, its template filled in or not."""
    return (folder / "write_up.md").is_file()
