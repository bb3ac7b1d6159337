"""What a check cell of the stock course runs: all checks of its topic, in the learner's own kernel.

This is how a hidden test is usually done with nbgrader, with the very checks and the seed that the examiner takes.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
from pathlib import Path
from typing import Any

from autograde.examiner.sitting import points_of
from worktest.checks.registry import CheckSet, unit_checks
from worktest.checks.run import Report, run_check
from worktest.room import Room
from worktest.units import load_unit

SEEDS = "bench_seeds.json"
"""Lies beside the notebooks of a submission: the seed of each graded cell."""


def check_line(topic: str) -> str:
    """The source of a check cell; it leaves no name behind that a learner could have taken."""
    return f'__import__("{__name__}", fromlist=["points"]).points("{topic}", globals())'


def points(topic: str, namespace: dict[str, Any]) -> float:
    """Points of ``topic``, from all of its checks on what ``namespace`` holds; the unit lies in the current folder.

    nbgrader takes a number that a check cell ends with as its points.
    """
    folder = Path.cwd()
    seed = int(json.loads((folder / SEEDS).read_text(encoding="ascii"))[topic])
    room = Room(folder, namespace)
    results = []
    # a warning on stderr would be zero points: a teacher who knows nbgrader keeps the tests quiet
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for check in _checks(folder).of(topic):
            results.append(run_check(check, room.handle, seed))
            room.handle({"op": "drop", "name": "-"})
    return points_of(Report(topic, results), float(load_unit(folder).cell(topic).points))


@functools.cache
def _checks(folder: Path) -> CheckSet:
    return unit_checks(folder) + unit_checks(folder, visible=False)
