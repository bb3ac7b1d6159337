"""What a learner's files say was done: sittings, drafts, points, rubrics, rehearsals. Read only, and never trusted.

Each function reads one kind of file and never raises for what is in it: what can't be read is left out and named in
``problems``. A file that is not there means that the thing was not done yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import chain
from worktest.cases import record
from worktest.drafts import answer_to
from worktest.errors import UserError
from worktest.prompts import read_prompts
from worktest.safe import finite, plain
from worktest.units import UnitInfo


@dataclass
class Nuance:
    """The nuance check of one unit: how many sittings, and the first graded one's claims and Brier score."""

    begun: int = 0
    graded: int = 0
    claims: list[tuple[float, bool]] = field(default_factory=list)
    brier: float | None = None
    problems: list[str] = field(default_factory=list)


def nuance(folder: Path) -> Nuance:
    """Read ``nuance.jsonl``: the Brier score is counted anew from the claims where they are there."""
    log = chain.read(folder / "nuance.jsonl")
    found = Nuance(problems=list(log.problems))
    found.begun = sum(entry["kind"] == "sitting" for entry in log.entries)
    graded = [entry for entry in log.entries if entry["kind"] == "graded"]
    for entry in sorted(graded, key=lambda entry: entry.get("first") is not True):  # the first sitting, then by age
        claims = _claims(entry.get("brief"))
        told = finite(entry.get("brier"), 0, 1)
        if claims:
            brier = sum((probability - truth) ** 2 for probability, truth in claims) / len(claims)
        elif told is not None:
            brier = told
        else:
            said = plain(entry.get("brier"), 30)
            found.problems.append(f"nuance.jsonl: a graded sitting without claims and with the Brier score {said!r}")
            continue
        found.graded += 1
        if found.brier is None and entry.get("first") is not False:  # a retake never stands in for the first
            found.brier, found.claims = brier, claims
    return found


def _claims(value: Any) -> list[tuple[float, bool]]:
    """Pairs (probability, truth) of a graded sitting; empty as soon as one is no such pair."""
    if not isinstance(value, list):
        return []
    pairs = []
    for item in value:
        probability = finite(item.get("probability"), 0, 1) if isinstance(item, dict) else None
        if probability is None or not isinstance(item.get("truth"), bool):
            return []
        pairs.append((probability, item["truth"]))
    return pairs


@dataclass
class Sat:
    """Sittings of an empirical reasoning test that were no practice: how many were scored, the first one's points."""

    scored: int = 0
    points: float | None = None
    maximum: float = 0.0
    problems: list[str] = field(default_factory=list)


def sat(folder: Path) -> Sat:
    """Read ``sittings.jsonl``."""
    past, problems = record.sittings(folder)
    found = Sat(problems=problems)
    for sitting in past:
        if sitting.grade is None or sitting.practice:
            continue
        found.scored += 1
        points, top = finite(sitting.grade.get("points")), finite(sitting.grade.get("maximum"), 0)
        if sitting.first and points is not None and top:
            found.points, found.maximum = points, top
    return found


@dataclass(frozen=True)
class Draft:
    """One written prompt: its kind, its word limit, and how many words the learner's draft has (None: no draft)."""

    id: str
    kind: str
    limit: int
    words: int | None

    @property
    def fits(self) -> bool:
        """Whether there is a draft, within its limit."""
        return self.words is not None and 0 < self.words <= self.limit


def drafts(folder: Path) -> tuple[list[Draft], list[str]]:
    """The prompts of a unit with the words of the learner's answers, and one line for each problem.

    An answer is what stands in the notebook's cell, else the draft (:func:`worktest.drafts.answer_to`).
    """
    try:
        prompts = read_prompts(folder)
    except (UserError, OSError, RecursionError) as problem:
        return [], [f"prompts.toml can't be read: {plain(problem, 200)}"]
    found, problems = [], []
    for prompt in prompts.values():
        words = None
        try:
            words = answer_to(folder, prompt).words or None
        except (UserError, OSError) as problem:
            problems.append(plain(problem, 200))
        found.append(Draft(prompt.id, prompt.kind, prompt.words, words))
    return found, list(dict.fromkeys(problems))


@dataclass(frozen=True)
class Points:
    """Points in one notebook's graded cells: the best attempt, of how many, and what that attempt lost most on."""

    points: float
    maximum: float
    attempts: int
    weakest: str | None = None


def points(attempts: list[dict[str, Any]], unit: str, info: UnitInfo, notebook: str) -> Points | None:
    """The best attempt's points in the graded cells of ``notebook``; None when none of its cells was graded."""
    cells = {cell.id: cell for cell in info.graded if cell.notebook == notebook}
    maximum = float(sum(cell.points for cell in cells.values()))
    whole = len(cells) == len(info.graded)
    scores: list[tuple[float, str | None]] = []
    for attempt in attempts:
        if attempt.get("unit") != unit or not cells:
            continue
        parts = attempt.get("cells")
        if isinstance(parts, list):
            got: dict[str, float] = {}
            for part in parts:
                name = str(part.get("id")) if isinstance(part, dict) else ""
                if name in cells:
                    value = finite(part.get("points"), 0)
                    got[name] = min(value or 0.0, float(cells[name].points))
            lost = {name: cell.points - got.get(name, 0.0) for name, cell in cells.items()}
            worst = max(lost, key=lambda name: lost[name])
            scores += [(sum(got.values()), worst if lost[worst] > 0 else None)] if got else []
        elif whole and (total := finite(attempt.get("points"), 0)) is not None:
            scores.append((min(total, maximum), None))  # an attempt from before cells were kept
    if not scores:
        return None
    best = max(scores, key=lambda score: score[0])
    return Points(best[0], maximum, len(scores), best[1])
