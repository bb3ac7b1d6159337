"""Hold a sitting of the micro unit in a real kernel, for the tests of the examiner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import micro
import nbformat
import pytest
from micro import DOUBLE, TOTAL, UNIT, answered, cell_of
from nbformat import NotebookNode

from autograde.engine.sandbox import trusted
from autograde.examiner.execution import checks_of
from autograde.examiner.kernel import KernelRoom, Limits
from autograde.examiner.sitting import Sitting, points_of
from autograde.submission import repair
from worktest.checks.run import Report

FAST = Limits(cell_seconds=2.0, ask_seconds=1.0, start_seconds=60.0, kept_chars=2_000, flood_chars=3_000_000)
PATIENT = Limits(ask_seconds=8.0, kept_chars=2_000, flood_chars=3_000_000)
Graded = tuple[dict[str, Report], NotebookNode]
Grader = Callable[..., Graded]
BOTH, NONE = {DOUBLE: 2, TOTAL: 2}, {DOUBLE: 0, TOTAL: 0}
NO_DOUBLE, NO_TOTAL = {DOUBLE: 0, TOTAL: 2}, {DOUBLE: 2, TOTAL: 0}


def grader(root: Path, folder: Path) -> Grader:
    """A function that grades the right answers with some changes, in a kernel that runs in ``folder``."""
    folder.mkdir()
    for path in (root / "curriculum" / UNIT).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())

    def hold(
        answers: dict[str, str] | None = None,
        *,
        before: tuple[str, ...] = (),
        notebook: NotebookNode | None = None,
        limits: Limits = PATIENT,
    ) -> Graded:
        nb = notebook if notebook is not None else answered(root, answers, before=before)
        original = micro.released(root)
        explore = frozenset(c.id for c in original.cells if "explore" in c.metadata.get("tags", []))
        repair(nb, original)
        with KernelRoom(folder, limits, trusted()) as room:
            reports = Sitting(room=room, checks=checks_of(UNIT), seed=11, skip=explore).hold(nb)
        nbformat.validate(nb)
        for topic, report in reports.items():
            assert_one_verdict(cell_of(nb, f"{topic}-check"), report)
        return reports, nb

    return hold


def assert_one_verdict(cell: NotebookNode, report: Report) -> None:
    """nbgrader takes no output as full points, stderr as zero, and a number above the maximum as a crash."""
    (output,) = cell.outputs
    assert output.output_type == "execute_result"
    assert 0.0 <= float(output.data["text/plain"]) <= cell.metadata.nbgrader.points
    assert float(output.data["text/plain"]) == points_of(report, cell.metadata.nbgrader.points)


def passed(graded: Graded) -> dict[str, int]:
    """Checks passed by topic; each topic has two, one visible and one held back."""
    assert all(len(report.results) == 2 for report in graded[0].values())
    return {topic: report.passed for topic, report in graded[0].items()}


def shown(graded: Graded, source_part: str) -> str:
    """Everything that the cell with this text in it shows."""
    (cell,) = [c for c in graded[1].cells if c.cell_type == "code" and source_part in c.source]
    return "\n".join(str(o.get("text") or o.get("data") or o.get("evalue")) for o in cell.outputs)


def def_double(body: str) -> dict[str, str]:
    """An answer whose function has this body."""
    return {DOUBLE: "def double(values):\n" + "".join(f"    {line}\n" for line in body.splitlines())}


def slow(*values: str) -> list[Any]:
    """These parameters in the slow tests only."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]
