"""A sample of answers through everything a learner's goes through: hand-in, nbgrader, examiner, gradebook."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import nbformat

from autograde.answers.bank import BankAnswer, read_bank
from autograde.answers.judge import Progress, Row
from autograde.engine.sandbox import trusted
from autograde.grade import grade
from autograde.paths import solutions
from worktest.paths import curriculum
from worktest.units import load_unit


def prove_whole_path(unit: str, progress: Progress = lambda _: None) -> list[Row]:
    """Grade four submissions of ``unit``: blank, worked, one of right answers, one of hard-coded or wrong ones.

    The blank one must get no point, the worked and the right one all, the wrong one fewer than all in every cell.
    """
    info = load_unit(solutions() / unit)
    if not info.graded:
        return []
    bank = read_bank(unit)
    row = Row(unit, f"{unit} through nbgrader", answers=4, seeds=1)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wt-path-") as scratch:
        workspace = Path(scratch).resolve()
        for label in ("blank", "worked", "right", "wrong"):
            progress(f"{unit}: the {label} notebook through nbgrader")
            folder = workspace / label
            folder.mkdir()
            for name in info.notebooks:
                chosen = {a.topic: a for a in bank if _chosen(a, label, bank)}
                _write(unit, name, label, chosen, folder)
            result = grade(unit, folder, workspace, student=label, no_sandbox=not trusted().walls)
            row.checks = sum(len(cell.report.get("checks", [])) for cell in result.cells)
            for cell in result.cells:
                if label == "blank" and cell.points > 0:
                    row.false_accepts.append(f"blank got {cell.points:g} points for {cell.topic}")
                if label == "wrong" and cell.points >= cell.maximum:
                    row.false_accepts.append(f"wrong got all points for {cell.topic}")
                if label in ("worked", "right") and cell.points < cell.maximum:
                    row.false_rejects.append(f"{label} got {cell.points:g} of {cell.maximum:g} for {cell.topic}")
    row.seconds = time.monotonic() - begun
    return [row]


def _chosen(answer: BankAnswer, label: str, bank: list[BankAnswer]) -> bool:
    """Whether ``answer`` is the one that stands for its topic in the submission ``label``."""
    kinds = {
        "blank": ("blank",),
        "worked": ("worked",),
        "right": ("right",),
        "wrong": ("hard-coded", "wrong"),
    }[label]
    for kind in kinds:
        of_kind = [a for a in bank if a.topic == answer.topic and a.kind == kind]
        if of_kind:
            return answer == of_kind[0]
    return False


def _write(unit: str, name: str, label: str, chosen: dict[str, BankAnswer], folder: Path) -> None:
    """Write the released notebook with the chosen answers into ``folder``; ``worked`` is the worked notebook itself."""
    origin = solutions() if label == "worked" else curriculum()
    notebook = nbformat.read(origin / unit / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        topic = cell.metadata.get("nbgrader", {}).get("grade_id")
        if topic in chosen and cell.metadata.nbgrader.solution:
            cell.source = chosen[topic].code
    nbformat.write(notebook, folder / f"{name}.ipynb")
