"""Does a submission cost the same in a batch of ten as in one of five hundred? Our side alone."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from autograde.answers.bank import read_bank
from autograde.answers.judge import Progress
from autograde.bench.apart import ours_apart
from autograde.bench.run import GradeOurs, hand_in_ours, make_ours
from autograde.bench.submissions import CYCLE, Kind, plan, write


@dataclass(frozen=True)
class Point:
    """One batch: how many submissions, wall seconds of all, most memory in bytes (``shared``: shared pages once)."""

    size: int
    seconds: float
    peak: int
    shared: int

    @property
    def per_submission(self) -> float:
        """Seconds for one submission."""
        return self.seconds / self.size

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {**self.__dict__, "per_submission": self.per_submission}


def measure(
    unit: str,
    sizes: Sequence[int],
    *,
    workers: int = 2,
    seed: int = 0,
    cycle: Sequence[Kind] = CYCLE,
    progress: Progress = lambda _: None,
    grade_ours: GradeOurs = ours_apart,
) -> list[Point]:
    """Grade a batch of each size, each in a course and a process of its own."""
    bank = read_bank(unit)
    points = []
    for size in sizes:
        progress(f"{unit}: a batch of {size}")
        with tempfile.TemporaryDirectory(prefix="wt-flat-", ignore_cleanup_errors=True) as scratch:
            folder = Path(scratch).resolve()
            root = make_ours(folder / "home", unit, hashlib.sha256(f"bench {seed}".encode()).digest())
            submissions = plan(size, cycle)
            for submission in submissions:
                write(unit, submission, bank, folder / submission.student, seed)
                hand_in_ours(root, unit, submission.student, folder / submission.student)
            block = grade_ours(root, unit, [s.student for s in submissions], workers=workers, explore=False)
        points.append(Point(size, block.seconds, block.peak, block.peak_shared))
    return points


def render(unit: str, points: Sequence[Point]) -> Table:
    """Time and memory by size, and both against the first size."""
    table = Table(title=f"{unit}: time and memory by size of the batch", title_justify="left")
    for heading in (
        "batch of",
        "seconds",
        "s each",
        "to the first",
        "peak MB",
        "pages once",
        "to the first",
    ):
        table.add_column(heading, justify="right")
    for point in points:
        table.add_row(
            str(point.size),
            f"{point.seconds:.1f}",
            f"{point.per_submission:.2f}",
            f"{point.per_submission / points[0].per_submission:.2f}",
            f"{point.peak / 1e6:.0f}",
            f"{point.shared / 1e6:.0f}" if point.shared else "-",
            f"{point.peak / points[0].peak:.2f}" if points[0].peak else "-",
        )
    return table
