"""Everything that the facilitator's page shows of one unit in one course, gathered once; nothing is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograde import course
from autograde.entry import Entered
from autograde.examiner.sitting import CHECK_SUFFIX
from autograde.grade import read_cells
from autograde.paths import solutions
from autograde.report import book, guesses, handed_in, losses, roster
from autograde.report.handed_in import HandIn, Released
from worktest import paths
from worktest.drafts import is_stub
from worktest.errors import UserError
from worktest.prompts import read_prompts
from worktest.safe import plain
from worktest.units import GradedCell, UnitInfo, load_unit

State = Literal["passed", "part", "missed", "untouched", "waits"]
"""Of a graded cell: all points, some, none although something was written, as given out, not graded yet."""


@dataclass
class Person:
    """Where one learner of the course is. ``cells`` is empty for somebody who handed nothing in."""

    id: str
    name: str = ""
    handed_in: bool = False
    time: dt.datetime | None = None
    late: bool = False
    graded: Literal["", "yes", "earlier"] = ""
    """``earlier``: what was graded is an earlier hand-in than the one that lies there."""
    cells: dict[str, State] = field(default_factory=dict)
    written: int = 0
    predicted: int = 0
    sittings: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The name, or the account where there is none."""
        return self.name or self.id

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {**self.__dict__, "time": self.time.isoformat() if self.time else None}


@dataclass
class Group:
    """A unit as the group has it. ``peers`` is what :func:`worktest.peers.merge` gives, or None."""

    unit: str
    info: UnitInfo
    now: dt.datetime
    due: dt.datetime | None = None
    people: list[Person] = field(default_factory=list)
    written: int = 0
    """How many written answers everybody is asked for."""
    tallies: list[losses.Tally] = field(default_factory=list)
    predicted: list[guesses.Predicted] = field(default_factory=list)
    decided: list[guesses.Decided] = field(default_factory=list)
    peers: dict[str, Any] | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def handed_in(self) -> int:
        """How many handed something in."""
        return sum(person.handed_in for person in self.people)

    @property
    def graded(self) -> int:
        """How many have a grade of this hand-in or of an earlier one."""
        return sum(person.graded != "" for person in self.people)

    @property
    def late(self) -> int:
        """How many handed in after the due date."""
        return sum(person.late for person in self.people)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {
            "unit": self.unit,
            "title": self.info.title,
            "due": self.due.isoformat() if self.due else None,
            "people": [person.to_json() for person in self.people],
            "cells": [tally.to_json() for tally in self.tallies],
            "predictions": [one.to_json() for one in self.predicted],
            "decisions": [one.to_json() for one in self.decided],
            "notes": self.notes,
        }


def gather(unit: str, workspace: Path, *, peers: dict[str, Any] | None = None, now: dt.datetime | None = None) -> Group:
    """Read where everybody in the workspace's course is with ``unit``.

    Raises UserError when there is no course in the workspace, or the unit's own files can't be read; what learners
    handed in never raises.
    """
    root = course.root_of(workspace)
    if not root.is_dir():
        raise UserError(f"there is no course in {workspace}: run this in the course's terminal, or name --workspace")
    info = load_unit(solutions() / unit)
    released = Released.of(info, read_prompts(solutions() / unit), paths.curriculum() / unit)
    kept = book.read(root, unit)
    group = Group(unit, info, now or dt.datetime.now(dt.UTC), kept.due, peers=peers, written=len(released.asked()))
    enrolled, problem = roster.enrolled(root)
    group.notes += [problem] if problem else []
    folders = [path for path in (root / "submitted").glob(f"*/{unit}") if path.is_dir()]
    there = {path.parent.name for path in folders if not path.parent.name.startswith(".")}
    journals, seen = [], dict[str, list[losses.Seen]]()
    known = {*kept.names, *kept.entries, *there}
    # The Littlest JupyterHub calls the account of its user "ana" "jupyter-ana": one person, one row
    never_came = {name for name in enrolled if f"jupyter-{name}" not in known}
    for name in sorted(known | never_came):
        person = Person(name, kept.names.get(name, ""))
        found = handed_in.read(root / "submitted" / name / unit, released) if name in there else HandIn()
        entry = kept.entries.get(name)
        _fill(person, found, entry, kept.due, group, present=name in there)
        person.cells = {cell.id: _state(cell, found, entry, released) for cell in info.graded if person.handed_in}
        if entry is not None:
            for topic, one in _seen(info, unit, root, person, entry).items():
                seen.setdefault(topic, []).append(one)
        journals.append(found.journal)
        group.people.append(person)
    group.people.sort(key=lambda person: (person.shown.casefold(), person.id))
    group.tallies = losses.tallies(info, seen)
    group.predicted = guesses.predicted(info, journals)
    group.decided = guesses.decided(info, journals)
    return group


def _fill(
    person: Person, found: HandIn, entry: book.Entry | None, due: dt.datetime | None, group: Group, *, present: bool
) -> None:
    """What stands in a person's row beside the graded cells."""
    graded = entry is not None and all(cell.id + CHECK_SUFFIX in entry.marks for cell in group.info.graded)
    person.handed_in = present or graded
    person.problems = [found.refused] if found.refused else list(dict.fromkeys(found.problems))
    person.time = found.time or (entry.time if entry else None)
    last = (entry.due if entry else None) or due
    person.late = person.time is not None and last is not None and person.time > last
    if entry is not None and graded:
        newer = found.time is not None and entry.time is not None and found.time != entry.time
        person.graded = "earlier" if newer else "yes"
    person.written = len(found.written)
    names = set(group.info.predictions)
    person.predicted = sum(name in names and not guess.late for name, guess in found.journal.predictions.items())
    person.sittings = found.sittings


def _state(cell: GradedCell, found: HandIn, entry: book.Entry | None, released: Released) -> State:
    """What became of one graded cell, by the gradebook where it knows the cell, else by what was handed in."""
    mark = entry.marks.get(cell.id + CHECK_SUFFIX) if entry else None
    if entry is None or mark is None:
        source = found.sources.get(cell.id, "")
        given = released.sources.get(cell.id, "")
        waits = not is_stub(source) and source.strip() != given.strip()
        return "waits" if waits or found.refused else "untouched"
    points, maximum = mark
    if points >= maximum:
        return "passed"
    if points > 0:
        return "part"
    return "untouched" if cell.id in entry.blank else "missed"


def _seen(info: UnitInfo, unit: str, root: Path, person: Person, entry: book.Entry) -> dict[str, losses.Seen]:
    """The graded cells of a person with the examiner's reports, as the graded notebooks hold them."""
    marks = {c.id: entry.marks.get(c.id + CHECK_SUFFIX) for c in info.graded}
    known = {topic: mark for topic, mark in marks.items() if mark is not None}
    reports: dict[str, dict[str, Any]] = {}
    try:
        whole = Entered({c.id: known.get(c.id, (0.0, 0.0)) for c in info.graded})
        reports = {cell.topic: cell.report for cell in read_cells(info, unit, root, person.id, whole)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = plain(f"{type(error).__name__}: {error}", 120)
        person.problems.append(f"the graded notebooks can't be read ({why}): grade again with --again")
    return {
        topic: losses.Seen(*mark, topic in entry.blank and not mark[0], reports.get(topic, {}))
        for topic, mark in known.items()
    }
