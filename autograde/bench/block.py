"""What grading a block of submissions gave, whoever graded it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograde.bench.gradebook import Scores


@dataclass
class Block:
    """One process that graded some submissions.

    ``seconds`` is the wall time from its start to its end. ``each`` shares these seconds out by submission, the start
    of the process in equal parts; it is empty where only the whole is known. ``ran`` are seconds in which cells and
    checks ran, ``explored`` the part of them in cells tagged ``explore``. ``failed`` says why a submission has no
    grade. ``notes`` names by ``(student, topic)`` what stands in a check cell beside a number. Memory is in bytes.
    """

    students: list[str]
    seconds: float = 0.0
    each: dict[str, float] = field(default_factory=dict)
    ran: dict[str, float] = field(default_factory=dict)
    explored: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    scores: Scores = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    peak: int = 0
    peak_shared: int = 0
    workers: int = 1

    @property
    def per_submission(self) -> float:
        """Seconds for one submission."""
        return self.seconds / len(self.students)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {**self.__dict__, "notes": {"/".join(where): text for where, text in self.notes.items()}}


def shared_out(own: dict[str, float], seconds: float) -> dict[str, float]:
    """``own`` seconds of each submission, and an equal part of what of ``seconds`` belongs to none of them."""
    if not own:
        return {}
    rest = (seconds - sum(own.values())) / len(own)
    return {student: value + rest for student, value in own.items()}


@dataclass
class Side:
    """All blocks that one side graded under one condition."""

    name: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many submissions."""
        return sum(len(block.students) for block in self.blocks)

    @property
    def seconds(self) -> float:
        """Wall time of all blocks."""
        return sum(block.seconds for block in self.blocks)

    @property
    def sample(self) -> list[float]:
        """Seconds for a submission, one number for each submission where they are known, else one for each block."""
        if all(block.each for block in self.blocks):
            return [seconds for block in self.blocks for seconds in block.each.values()]
        return [block.per_submission for block in self.blocks]

    @property
    def scores(self) -> Scores:
        """Points by student and graded cell."""
        return {student: points for block in self.blocks for student, points in block.scores.items()}

    @property
    def failed(self) -> dict[str, str]:
        """Why which submission has no grade."""
        return {student: why for block in self.blocks for student, why in block.failed.items()}

    @property
    def notes(self) -> dict[tuple[str, str], str]:
        """What stands in check cells beside a number."""
        return {where: text for block in self.blocks for where, text in block.notes.items()}

    @property
    def peak(self) -> int:
        """Most memory of any block, in bytes."""
        return max((block.peak for block in self.blocks), default=0)

    @property
    def peak_shared(self) -> int:
        """The same with shared pages counted once; 0 where the system does not say."""
        return max((block.peak_shared for block in self.blocks), default=0)

    def mean_ran(self, *, explore: bool = True) -> float | None:
        """Mean seconds in cells and checks over the submissions where they are known, with or without explore cells."""
        values = [
            seconds - (0.0 if explore else block.explored.get(student, 0.0))
            for block in self.blocks
            for student, seconds in block.ran.items()
        ]
        return sum(values) / len(values) if values else None

    def mean_overhead(self) -> float | None:
        """Mean wall seconds beyond the run of cells and checks, over the submissions where both are known.

        Where workers ran side by side, the run of one submission takes that part of the wall time.
        """
        values = [
            block.each[student] - seconds / block.workers
            for block in self.blocks
            for student, seconds in block.ran.items()
            if student in block.each
        ]
        return sum(values) / len(values) if values else None


def split(items: Sequence[str], parts: int) -> list[list[str]]:
    """``items`` in ``parts`` runs of nearly the same length, none of them empty."""
    parts = max(1, min(parts, len(items)))
    edges = [round(n * len(items) / parts) for n in range(parts + 1)]
    return [list(items[a:b]) for a, b in itertools.pairwise(edges)]
