"""Our side. Everything about which engine grades stands in :func:`ours`, and nowhere else."""

from __future__ import annotations

import contextlib
import importlib.util
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from autograde.bench.block import Block
from autograde.bench.gradebook import scores
from autograde.examiner.sitting import Sitting
from worktest.checks.run import Report
from worktest.errors import UserError

COURSE = "worktest"


def has_batch() -> bool:
    """Whether the engine that grades many submissions at once is there."""
    return importlib.util.find_spec("autograde.batch") is not None


def ours(root: Path, unit: str, students: Sequence[str], *, workers: int, explore: bool) -> Block:
    """Grade what ``students`` handed in to the course in ``root``; gives seconds and points by cell.

    ``explore``: also run the cells that no grade needs. Raises UserError where the engine can't do that.
    """
    begun = time.monotonic()
    block = Block(list(students))
    if has_batch():
        from autograde.batch import grade_batch  # type: ignore[import-not-found, unused-ignore]

        grade_batch(unit, root, students=list(students), workers=workers, run_explore=explore)
    else:
        _one_by_one(root, unit, block, explore)
    block.seconds = time.monotonic() - begun
    block.scores = scores(root, COURSE, unit, students)
    for student in students:
        if not block.scores[student]:
            block.failed.setdefault(student, "the gradebook has no points")
    return block


def _one_by_one(root: Path, unit: str, block: Block, explore: bool) -> None:
    """The engine for a single learner, once for each submission."""
    from autograde.grade import grade

    if explore:
        raise UserError("explore cells run on our side only with the batch engine (autograde.batch), which is not here")
    for student in block.students:
        begun = time.monotonic()
        with _cells_timed() as ran:
            try:
                grade(unit, root / "submitted" / student / unit, root.parent, student=student)
                block.ran[student] = sum(ran)
                block.explored[student] = 0.0
            except UserError as refused:
                block.failed[student] = str(refused)
        block.each[student] = time.monotonic() - begun


@contextlib.contextmanager
def _cells_timed() -> Iterator[list[float]]:
    """Collect the seconds that each cell and each examination of this process takes, from around the sitting."""
    seconds: list[float] = []
    run, examine = Sitting.run, Sitting.examine
    depth = 0

    @contextlib.contextmanager
    def timed() -> Iterator[None]:
        nonlocal depth
        begun, depth = time.monotonic(), depth + 1
        try:
            yield
        finally:
            depth -= 1
            if not depth:  # a cell that is run again runs inside of its first run
                seconds.append(time.monotonic() - begun)

    def timed_run(self: Sitting, source: str) -> list[NotebookNode]:
        with timed():
            return run(self, source)

    def timed_examine(self: Sitting, topic: str) -> Report:
        with timed():
            return examine(self, topic)

    Sitting.run, Sitting.examine = timed_run, timed_examine  # type: ignore[method-assign]
    try:
        yield seconds
    finally:
        Sitting.run, Sitting.examine = run, examine  # type: ignore[method-assign]
