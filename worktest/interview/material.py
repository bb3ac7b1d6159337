"""What a rehearsal is made of: the learner's journal, saved notebooks, written answers and last grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import drafts, journal, paths, workspace
from worktest.errors import UserError
from worktest.interview.bank import FILE, Bank, read_bank
from worktest.interview.notebooks import Work, read_work
from worktest.safe import plain
from worktest.units import UnitInfo, load_unit, read_toml
from worktest.write_up import executive_summary

FOLDER = "interview"
_STORIES = ("write-up", "finding")
"""Kinds of prompts whose answers tell the story, in this order."""


@dataclass(frozen=True)
class Lost:
    """Points that the last grade did not give in one cell, and the checks that failed there."""

    cell: str
    title: str
    points: float
    maximum: float
    failed: tuple[str, ...]


@dataclass
class Material:
    """All that is known about one learner's work on one unit; ``notes`` says what could not be used."""

    unit: str
    folder: Path
    info: UnitInfo
    journal: journal.View
    work: Work
    bank: Bank
    lost: list[Lost] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def gather(unit: str, folder: Path, home: Path) -> Material:
    """Read all there is about ``unit`` in the learner's ``folder`` and the workspace ``home``.

    Raises UserError only when the unit or its questions can't be read at all.
    """
    info = load_unit(folder)
    released = paths.curriculum() / unit
    source = folder / FILE if (folder / FILE).is_file() else released / FILE
    bank = read_bank(source, info)
    if not bank.questions:
        raise UserError(f"{source}: no question in it can be used; the first problem: {bank.problems[0]}")
    seen = journal.view(folder)
    work = read_work(folder, released, info.notebooks)
    material = Material(unit, folder, info, seen, work, bank)
    out = {cell.id for cell in info.graded if cell.notebook in work.not_asked}
    material.lost = [lost for lost in _lost(workspace.attempts(home), unit) if lost.cell not in out]
    material.story = _story(material)
    if not (folder / journal.FILE).is_file():
        material.notes.append(f"there is no {journal.FILE}: nothing was predicted or decided, so that is asked about")
    material.notes += [plain(problem, 300) for problem in (*seen.problems, *work.problems, *bank.problems)]
    material.notes = list(dict.fromkeys(material.notes))
    return material


def _number(value: object) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
    return float(value) if good else None  # type: ignore[arg-type]


def _lost(attempts: list[dict[str, Any]], unit: str) -> Iterator[Lost]:
    """Cells of the last grade with points missing; a file that was edited by hand may hold anything."""
    mine = [attempt for attempt in attempts if attempt.get("unit") == unit]
    cells = mine[-1].get("cells") if mine else None
    for cell in cells if isinstance(cells, list) else []:
        if not isinstance(cell, dict) or not isinstance(cell.get("id"), str):
            continue
        points, maximum = _number(cell.get("points")), _number(cell.get("maximum"))
        failed = cell.get("failed")
        titles = [t for t in failed if isinstance(t, str)] if isinstance(failed, list) else []
        if points is not None and maximum is not None and points < maximum:
            title = str(cell.get("title") or cell["id"])
            yield Lost(cell["id"], plain(title, 120), points, maximum, tuple(plain(t, 200) for t in titles))


def _story(material: Material) -> list[str]:
    """The story in the learner's own words: the first there is of executive summary, write-up, findings, claim."""
    if summary := executive_summary(material.folder):
        return [plain(summary, 6000)]
    prompts = _prompts(material)
    for kind in _STORIES:
        names = [e["id"] for e in prompts if e.get("kind") == kind and isinstance(e.get("id"), str)]
        texts = [material.work.written.get(name, "") or _draft(material.folder, name) for name in names]
        if any(texts):
            return [plain(text, 6000) for text in texts if text]
    return [plain(material.work.claim, 6000)] if material.work.claim else []


def _prompts(material: Material) -> list[dict[str, Any]]:
    path = material.folder / "prompts.toml"
    if not path.is_file():
        return []
    try:
        found = read_toml(path).get("prompt", [])
    except UserError as error:
        material.notes.append(str(error))
        return []
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _draft(folder: Path, name: str) -> str:
    """What was drafted for a prompt, when the notebook has no answer to it yet."""
    try:
        text = drafts.read_draft(folder, Path(name).name).strip()
    except UserError:
        return ""
    return "" if drafts.is_stub(text) else text
