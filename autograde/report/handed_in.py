"""What one learner handed in, read where it lies in ``course/submitted``. Nothing in it is trusted, nothing raises."""

from __future__ import annotations

import copy
import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograde.brief_only import fill_in
from autograde.hand_in import MOST_BYTES, problem_of_folder
from autograde.submission import MOST_CHARACTERS, read_notebook
from worktest import drafts, evidence, journal, nuance
from worktest.cases import record
from worktest.errors import UserError
from worktest.prompts import Prompt
from worktest.safe import plain
from worktest.units import UnitInfo
from worktest.write_up import WRITE_UP, executive_summary


@dataclass
class HandIn:
    """One hand-in: when, the text of its cells by grade_id, its journal, its sittings, and what could not be read.

    ``refused`` says why nothing of the folder was looked at.
    """

    time: dt.datetime | None = None
    sources: dict[str, str] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    journal: journal.View = field(default_factory=journal.View)
    sittings: int = 0
    problems: list[str] = field(default_factory=list)
    refused: str = ""


@dataclass
class Released:
    """The unit as learners got it: its notebooks and the text of their cells by grade_id."""

    info: UnitInfo
    prompts: dict[str, Prompt]
    notebooks: dict[str, NotebookNode] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, info: UnitInfo, prompts: dict[str, Prompt], folder: Path) -> Released:
        """Read the release in ``folder``."""
        found = cls(info, prompts)
        for name in info.notebooks:
            if (folder / f"{name}.ipynb").is_file():
                found.notebooks[name] = nbformat.read(folder / f"{name}.ipynb", as_version=4)
                found.sources |= _sources(found.notebooks[name])
        return found

    def asked(self) -> list[Prompt]:
        """The prompts that everybody answers: those of a notebook, and the write-up. A sitting's form is none."""
        return [p for p in self.prompts.values() if p.notebook in self.info.notebooks or p.kind == "write-up"]


def read(folder: Path, released: Released) -> HandIn:
    """Read the hand-in in ``folder``."""
    if refused := problem_of_folder(folder):
        return HandIn(refused=plain(refused, 200))
    found = HandIn(time=_time(folder / "timestamp.txt"))
    for name, original in released.notebooks.items():
        try:
            found.sources |= _read_sources(folder / f"{name}.ipynb", original)
        except UserError as problem:
            found.problems.append(plain(problem, 200))
    small = [_small(folder, name, found.problems) for name in (journal.FILE, nuance.FILE, record.FILE, WRITE_UP)]
    found.written = frozenset(p.id for p in released.asked() if _is_written(folder, p, found, summary=small[3]))
    if small[0]:
        found.journal = journal.view(folder)
        found.problems += found.journal.problems
    if small[1]:
        seen = evidence.nuance(folder)
        found.sittings += seen.begun
        found.problems += seen.problems
    if small[2]:
        past, problems = record.sittings(folder)
        found.sittings += sum(not sitting.practice for sitting in past)
        found.problems += problems
    return found


def _small(folder: Path, name: str, problems: list[str]) -> bool:
    """Whether there is such a file, of a size that people write."""
    path = folder / name
    if not path.is_file():
        return False
    if path.stat().st_size > MOST_BYTES:
        problems.append(f"{name} is larger than {MOST_BYTES // 10**6} MB, so it was not read")
        return False
    return True


def _time(path: Path) -> dt.datetime | None:
    """When it was handed in, as nbgrader's ``timestamp.txt`` says; None when it says nothing that can be read."""
    try:
        with path.open("rb") as file:
            text = file.read(100).decode("ascii").strip()
        time = dt.datetime.fromisoformat(text.removesuffix(" UTC").replace(" +", "+").replace(" -", "-"))
        return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)
    except (OSError, ValueError, OverflowError):
        return None


def _read_sources(path: Path, original: NotebookNode) -> dict[str, str]:
    """The text of a notebook's cells by grade_id; of one begun from the brief alone as grading completes it."""
    if not path.is_file():  # one that carries no points may be missing; one that does was never begun
        return {}
    try:
        if path.stat().st_size > 4 * MOST_CHARACTERS:
            raise UserError(f"{path.name} is too large, so it was not read")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        about = notebook["metadata"].get("worktest")
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise UserError(f"{path.name} is not a whole notebook") from None
    if isinstance(about, dict) and about:
        whole = read_notebook(path)
        try:
            fill_in(whole, copy.deepcopy(original))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise UserError(f"{path.name} can't be completed from its brief") from None
        return _sources(whole)
    return _sources(notebook)


def _sources(notebook: Any) -> dict[str, str]:
    return {name: drafts.source_of(cell) for name, cell in drafts.written_cells(notebook)}


def _is_written(folder: Path, prompt: Prompt, found: HandIn, *, summary: bool) -> bool:
    """Whether there is an answer: in its cell, in its draft, or (the write-up) in a file of its own."""
    if not drafts.is_stub(found.sources.get(prompt.id, "")):
        return True
    if not prompt.notebook and summary and executive_summary(folder):
        return True
    try:
        return bool(drafts.read_draft(folder, prompt.id).strip())
    except UserError as problem:
        found.problems.append(plain(problem, 200))
        return False
