"""Everything that ``worktest progress`` shows, gathered from a workspace; nothing is written and nothing leaves it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import paths, review, times, workspace
from worktest.errors import UserError
from worktest.extend.state import carrying_on
from worktest.readiness import CAVEAT, Area, readiness
from worktest.safe import finite, plain
from worktest.units import UnitInfo, load_unit
from worktest.work import Work, read_work

MOST_POINTS = 10_000
"""More than any unit has; a larger number was not written by a grader."""


@dataclass
class Row:
    """One unit: its state, its best and last grade, and the minutes that were worked on it."""

    unit: str
    title: str
    started: bool
    attempts: int
    best: float | None
    last: float | None
    maximum: int
    minutes: int
    worked: float | None = None
    review_due: int = 0

    @property
    def state(self) -> str:
        """In one word, or how long the unit takes."""
        return "graded" if self.attempts else "started" if self.started else f"about {self.minutes} min"


@dataclass
class Progress:
    """What there is: units, graded attempts with their times, readiness, measured times, review, problems."""

    home: Path
    now: dt.datetime
    rows: list[Row] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    points: list[tuple[str, dt.datetime, float]] = field(default_factory=list)
    """(unit, time, share of the unit's points) of each graded attempt, oldest first."""
    cells: list[times.CellTime] = field(default_factory=list)
    deck: review.Deck | None = None
    problems: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        deck = self.deck or review.Deck(self.home)
        ratio = times.typical_ratio(self.cells)
        return {
            "units": [{**vars(row), "state": row.state} for row in self.rows],
            "readiness": [area.to_json() for area in self.areas],
            "caveat": CAVEAT,
            "times": {
                "ratio": ratio,
                "cells": [{**vars(cell), "ratio": cell.ratio} for cell in self.cells],
            },
            "points_over_time": [
                {"unit": unit, "time": time.isoformat(timespec="seconds"), "share": share}
                for unit, time, share in self.points
            ],
            "review": {
                "due": [card.to_json() for card in deck.cards if card.is_due(self.now)],
                "later": [card.to_json() for card in deck.cards if not card.is_due(self.now)],
                "waiting": deck.waiting,
            },
            "problems": self.problems,
        }


def gather(home: Path, now: dt.datetime | None = None) -> Progress:
    """Read a workspace, which need not be there. Never raises for the content of a learner's files."""
    found = Progress(home, now or dt.datetime.now(dt.UTC))
    attempts = [a for a in workspace.attempts(home) if isinstance(a["unit"], str)]
    graded = [a for a in attempts if finite(a.get("points"), 0, MOST_POINTS) is not None]
    if odd := len(attempts) - len(graded):
        found.problems.append(f"progress.jsonl: {odd} attempts without a sensible number of points; they are left out")
    found.deck = review.load(home, now=found.now)
    found.problems += found.deck.problems
    for name, info, folder, release in _units(home, found.problems):
        mine = [a for a in graded if a["unit"] == name]
        work = read_work(name, info, folder, release, mine)
        time = times.of_unit(name, folder, info, found.now) if work.started else times.UnitTime()
        found.works.append(work)
        found.problems += [*work.problems, *time.problems]
        found.cells += time.cells
        maximum = sum(cell.points for cell in info.graded)
        found.points += _over_time(name, mine, maximum, found)
        found.rows.append(
            Row(
                unit=name,
                title=info.title,
                started=work.started,
                attempts=len(mine),
                best=max((a["points"] for a in mine), default=None),
                last=mine[-1]["points"] if mine else None,
                maximum=maximum,
                minutes=info.minutes,
                worked=time.minutes,
                review_due=sum(card.is_due(found.now) for card in found.deck.of(name)),
            )
        )
    found.points.sort(key=lambda point: point[1])
    begun = [work.number for work in found.works if work.work_test is not None]
    found.areas = [*readiness(found.works), carrying_on(home, begun)]
    found.problems = [plain(problem, 400).replace("\n", " ") for problem in dict.fromkeys(found.problems)]
    return found


def _units(home: Path, problems: list[str]) -> list[tuple[str, UnitInfo, Path, Path]]:
    """Released units, and those that only the workspace holds: name, description, learner's folder, release."""
    found = []
    released = paths.units_in(paths.curriculum())
    own = {name: folders[0] for name, folders in paths.learners_units(home).items()}
    for name in sorted({*released, *own}):
        release, folder = paths.curriculum() / name, own.get(name, home / name)
        try:
            info = load_unit(release if name in released else folder)
        except UserError as problem:
            problems.append(str(problem))
            continue
        found.append((name, info, folder, release))
    return found


def _over_time(name: str, mine: list[dict[str, Any]], maximum: int, found: Progress) -> list[Any]:
    points, odd = [], 0
    for attempt in mine if maximum else []:  # without points there is nothing to draw
        time = review.moment(attempt.get("time"))
        if time is None or time > found.now + dt.timedelta(days=1):
            odd += 1
            continue
        points.append((name, time, min(attempt["points"] / maximum, 1.0)))
    if odd:
        found.problems.append(f"progress.jsonl: {odd} attempts of {name} without a usable time; they are not drawn")
    return points
