"""Our side. Everything about which engine grades stands in :func:`ours`, and nowhere else."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from autograde.batch import grade_batch
from autograde.bench.block import Block
from autograde.bench.gradebook import scores

COURSE = "worktest"


def ours(root: Path, unit: str, students: Sequence[str], *, workers: int, explore: bool) -> Block:
    """Grade what ``students`` handed in to the course in ``root``; gives seconds and points by cell.

    ``explore``: also run the cells that no grade needs.
    """
    begun = time.monotonic()
    block = Block(list(students), workers=workers)
    batch = grade_batch(unit, root.parent, students=list(students), workers=workers, run_explore=explore)
    for row in batch.rows:
        if row.state == "failed":
            block.failed[row.student] = row.reason
        block.ran[row.student] = row.run_seconds
        block.each[row.student] = row.run_seconds / workers  # side by side: a worker's second is less of the clock's
        if not explore:
            block.explored[row.student] = 0.0
    block.seconds = time.monotonic() - begun
    block.scores = scores(root, COURSE, unit, students)
    for student in students:
        if not block.scores[student]:
            block.failed.setdefault(student, "the gradebook has no points")
    return block
