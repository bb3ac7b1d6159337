"""Run one submitted notebook and examine it: all that needs a kernel, and nothing that needs a gradebook.

A :class:`Job` and its :class:`Outcome` are plain data. So the work can be done in this process, in a worker beside it
or on another machine, and only who holds the gradebook ever writes to it.
"""

from __future__ import annotations

import copy
import hashlib
import json
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograde.engine.sandbox import best
from autograde.examiner.kernel import KernelRoom, Limits
from autograde.examiner.seeds import submission_seed
from autograde.examiner.sitting import Progress, Sitting, topic_of
from autograde.paths import solutions
from worktest.checks.answer import RoomLost
from worktest.checks.registry import CheckSet, unit_checks
from worktest.errors import UserError
from worktest.paths import curriculum

NOTES = "worktest_notes"
"""Where a repaired notebook keeps, until it is examined, what was put back: a line by grade_id."""


_loading = threading.RLock()
_checks: dict[Path, tuple[str, CheckSet]] = {}


def checks_of(unit: str) -> CheckSet:
    """All checks of ``unit``: the visible ones first, then the hidden ones."""
    folder = solutions() / unit
    with _loading:  # files are read one at a time: declarations go to the set that is being read
        version = version_of(unit)
        if _checks.get(folder, ("",))[0] != version:
            _checks[folder] = (version, unit_checks(folder) + unit_checks(folder, visible=False))
        return _checks[folder][1]


@dataclass(frozen=True)
class Job:
    """One repaired notebook to be examined.

    ``skip`` holds the ids of cells that no grade needs; None runs every cell. ``version`` is a digest of the unit's
    checks and files: a worker on another machine must have the same. ``hide`` names folders that no kernel may see.
    """

    unit: str
    notebook: str
    seed: int
    skip: tuple[str, ...] | None
    notes: dict[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    no_sandbox: bool = False
    hide: tuple[str, ...] = ()
    version: str = ""

    @property
    def key(self) -> str:
        """The same for two jobs that ask for the same."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass
class Outcome:
    """What came out: the outputs of each code cell by its place in the notebook, seconds spent running code in the
    kernel, and how that was done where it was not in the best way there is ("" where it was).
    """

    outputs: dict[int, list[dict[str, Any]]]
    run_seconds: float = 0.0
    lacking: str = ""

    def write_into(self, notebook: NotebookNode) -> None:
        """Replace the outputs of ``notebook``'s code cells, in place."""
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                cell.outputs = [nbformat.from_dict(output) for output in self.outputs.get(place, [])]
                cell.execution_count = 1 if topic_of(cell) else None


def job_of(
    unit: str,
    notebook: NotebookNode,
    released: NotebookNode,
    secret: bytes,
    *,
    run_explore: bool = False,
    limits: Limits | None = None,
    no_sandbox: bool = False,
    hide: tuple[str, ...] = (),
) -> Job:
    """The job of a repaired notebook; its notes are taken out of the metadata, in place."""
    explore = tuple(sorted(c.id for c in released.cells if "explore" in c.metadata.get("tags", [])))
    bare = copy.deepcopy(notebook)
    notes = bare.metadata.pop(NOTES, {})
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cell.metadata = NotebookNode({k: v for k, v in cell.metadata.items() if k == "nbgrader"})
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.pop("checksum", None)  # nbgrader writes it at different moments
    return Job(
        unit,
        nbformat.writes(bare),
        submission_seed(secret, notebook),
        None if run_explore else explore,
        notes,
        limits or Limits(),
        no_sandbox,
        hide,
        version_of(unit),
    )


def hold(job: Job, progress: Progress = lambda _: None) -> Outcome:
    """Examine one notebook in a kernel of its own.

    Raises UserError when this machine gives no sandbox, no kernel, or holds another version of the unit.
    """
    if job.version != version_of(job.unit):
        raise UserError(f"this machine has another version of {job.unit} than the one that is graded: install the same")
    notebook = nbformat.reads(job.notebook, as_version=4)
    if job.skip is not None and not any(topic_of(cell) for cell in notebook.cells):
        return Outcome(_untouched(notebook))
    execution = best(job.no_sandbox)
    progress("starting a kernel")
    try:
        with KernelRoom(curriculum() / job.unit, job.limits, execution, [Path(p) for p in job.hide]) as room:
            skip = None if job.skip is None else frozenset(job.skip)
            Sitting(room, checks_of(job.unit), job.seed, skip, job.notes, progress).hold(notebook)
            return Outcome(_outputs(notebook), room.busy_seconds, str(execution) if execution.why else "")
    except RoomLost as problem:
        raise UserError(f"no answer was run: {problem}") from None


def _outputs(notebook: NotebookNode) -> dict[int, list[dict[str, Any]]]:
    return {
        place: [json.loads(json.dumps(output)) for output in cell.outputs]
        for place, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
    }


def _untouched(notebook: NotebookNode) -> dict[int, list[dict[str, Any]]]:
    """A notebook with nothing to examine: no kernel is started for it."""
    said = {"output_type": "stream", "name": "stdout", "text": f"[worktest] {Sitting.NOT_NEEDED}\n"}
    return {place: [dict(said)] for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"}


_versions: dict[str, tuple[tuple[int, ...], str]] = {}


def version_of(unit: str) -> str:
    """A digest of a unit's released files and all its checks; looked up again only when a file's time has changed."""
    files = [*sorted((solutions() / unit).glob("*.py")), *sorted(p for p in (curriculum() / unit).rglob("*"))]
    files = [p for p in files if p.is_file() and "__pycache__" not in p.parts and not p.name.startswith(("make_", "."))]
    times = tuple(p.stat().st_mtime_ns for p in files)
    key = f"{solutions()}/{unit}"
    if key not in _versions or _versions[key][0] != times:
        digest = hashlib.sha256()
        for path in files:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        _versions[key] = (times, digest.hexdigest()[:16])
    return _versions[key][1]
