"""One run of the comparison: the same class for both sides, graded in turns, so that a machine that slows hits both."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograde import course
from autograde.answers.bank import read_bank
from autograde.answers.judge import Progress
from autograde.bench import machine, stock
from autograde.bench.apart import ours_apart
from autograde.bench.block import Block, Side, split
from autograde.bench.figures import Compared, Ratio, compare, ratio
from autograde.bench.submissions import CYCLE, Kind, Submission, cycle_for, plan, seeds_of, write
from autograde.paths import solutions
from worktest.errors import UserError
from worktest.units import load_unit

ALONE, SUBMITTED, SAME = "nbgrader alone", "ours, as submitted", "ours, same cells"
GradeOurs = Callable[..., Block]
"""The shape of :func:`autograde.bench.apart.ours_apart`."""


@dataclass
class Outcome:
    """All that was measured. ``same`` is our side with explore cells, None when it was not run (``why_not``)."""

    unit: str
    topics: list[str]
    submissions: list[Submission]
    stock: Side
    submitted: Side
    same: Side | None
    why_not: str
    workers: int
    seed: int
    engine: str = ""
    order: list[str] = field(default_factory=list)
    machine: dict[str, Any] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)

    def ratios(self) -> dict[str, Ratio | None]:
        """Time for a submission, nbgrader over ours: with the same cells run, and as each side grades by itself."""
        return {
            "same cells": ratio(self.stock, self.same) if self.same else None,
            "as submitted": ratio(self.stock, self.submitted),
        }

    def scores(self) -> dict[str, Compared]:
        """nbgrader's points against ours, under each condition that was run."""
        sides = [self.submitted, *([self.same] if self.same else [])]
        return {side.name: compare(self.stock, side, self.topics) for side in sides}

    def mix(self, side: Side) -> dict[str, int]:
        """How many submissions of each kind the side graded."""
        mine = {student for block in side.blocks for student in block.students}
        return dict(Counter(s.kind for s in self.submissions if s.student in mine))


def run(
    unit: str,
    *,
    stock_count: int = 8,
    ours_count: int = 40,
    same_count: int | None = None,
    blocks: int = 2,
    workers: int = 2,
    seed: int = 0,
    cycle: Sequence[Kind] = CYCLE,
    progress: Progress = lambda _: None,
    grade_ours: GradeOurs = ours_apart,
) -> Outcome:
    """Grade ``stock_count`` submissions of ``unit`` with nbgrader alone and ``ours_count`` with ours.

    nbgrader's are the first of ours. ``blocks`` of them stand between blocks of ours. ``same_count`` (default: as many
    as ours) of ours are graded once more with explore cells, 0: none. Raises UserError when a side can't be set up.
    """
    if stock_count > ours_count:
        raise UserError("nbgrader grades the first of our submissions: --stock is at most --ours")
    kinds = cycle_for(stock_count, cycle)
    submissions = plan(ours_count, kinds)
    with tempfile.TemporaryDirectory(prefix="wt-bench-", ignore_cleanup_errors=True) as scratch:
        desk = _Desk(Path(scratch).resolve(), unit, submissions, seed)
        progress(f"writing {ours_count} submissions")
        desk.write()
        progress("preparing nbgrader's own course")
        stock.make_course(desk.stock_root, unit)
        same, why_not = ours_count if same_count is None else min(same_count, ours_count), ""
        if not same:
            why_not = "it was left out"
        students = [s.student for s in submissions]
        outcome = Outcome(
            unit,
            [cell.id for cell in load_unit(solutions() / unit).graded],
            submissions,
            Side(ALONE),
            Side(SUBMITTED),
            Side(SAME) if same else None,
            why_not,
            workers,
            seed,
            engine=f"{workers} workers",
            machine=machine.describe(),
            loads=[machine.load()],
        )
        for turn in in_turns(students, stock_count, same, blocks):
            progress(f"{turn.side}: {len(turn.students)} submissions")
            outcome.order.append(f"{turn.side} {len(turn.students)}")
            if turn.side == ALONE:
                desk.hand_in_stock(turn.students)
                outcome.stock.blocks.append(stock.autograde_block(desk.stock_root, unit, turn.students))
            else:
                explore = turn.side == SAME
                side = outcome.same if explore and outcome.same else outcome.submitted
                root = desk.ours_root(explore)
                desk.hand_in_ours(root, turn.students)
                side.blocks.append(grade_ours(root, unit, turn.students, workers=workers, explore=explore))
            outcome.loads.append(machine.load())
    return outcome


@dataclass(frozen=True)
class Turn:
    """Whose turn it is and with which submissions."""

    side: str
    students: list[str]


def in_turns(students: Sequence[str], stock_count: int, same_count: int, blocks: int) -> list[Turn]:
    """Blocks of nbgrader's between blocks of ours, ours first and last; which of our conditions is first alternates."""
    theirs = split(students[:stock_count], blocks)
    submitted = split(students, len(theirs) + 1)
    same = split(students[:same_count], len(theirs) + 1) if same_count else []
    turns: list[Turn] = []
    for number in range(max(len(submitted), len(theirs), len(same))):
        mine = [
            Turn(name, parts[number]) for name, parts in ((SUBMITTED, submitted), (SAME, same)) if number < len(parts)
        ]
        turns += mine[::-1] if number % 2 else mine
        turns += [Turn(ALONE, theirs[number])] if number < len(theirs) else []
    return turns


class _Desk:
    """The folders of one run: what was handed in, nbgrader's course, and a course of ours for each condition."""

    def __init__(self, folder: Path, unit: str, submissions: Sequence[Submission], seed: int) -> None:
        self.folder, self.unit, self.submissions, self.seed = folder, unit, submissions, seed
        self.stock_root = folder / "stock"
        self.secret = hashlib.sha256(f"bench {seed}".encode()).digest()

    def write(self) -> None:
        bank = read_bank(self.unit)
        for submission in self.submissions:
            write(self.unit, submission, bank, self._handed_in(submission.student), self.seed)

    def hand_in_stock(self, students: Sequence[str]) -> None:
        for student in students:
            folder = self._handed_in(student)
            stock.hand_in(self.stock_root, self.unit, student, folder, seeds_of(self.unit, folder, self.secret))

    def ours_root(self, explore: bool) -> Path:
        """The course for one condition; made when it is first asked for, before a clock runs."""
        workspace = self.folder / ("same" if explore else "submitted")
        root = course.root_of(workspace)
        if not root.is_dir():
            make_ours(workspace, self.unit, self.secret)
        return root

    def hand_in_ours(self, root: Path, students: Sequence[str]) -> None:
        for student in students:
            hand_in_ours(root, self.unit, student, self._handed_in(student))

    def _handed_in(self, student: str) -> Path:
        return self.folder / "handed-in" / student


def make_ours(workspace: Path, unit: str, secret: bytes) -> Path:
    """Our course in ``workspace`` with a secret that is known; gives its root."""
    root = course.root_of(workspace)
    root.mkdir(parents=True)
    (root / "secret").write_text(secret.hex() + "\n", encoding="ascii")
    return course.prepare(workspace, [unit])


def hand_in_ours(root: Path, unit: str, student: str, folder: Path) -> None:
    """Put a copy of the notebooks in ``folder`` where our course looks for submissions."""
    target = root / "submitted" / student / unit
    target.mkdir(parents=True)
    for path in sorted(folder.glob("*.ipynb")):
        (target / path.name).write_bytes(path.read_bytes())
