"""nbgrader as it comes: a course of its own, graded by ``nbgrader autograde`` with nothing of ours in its settings."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import autograde
from autograde.bench.block import Block, shared_out
from autograde.bench.gradebook import scores
from autograde.bench.in_kernel import SEEDS, check_line
from autograde.bench.memory import Watch
from autograde.examiner.sitting import topic_of
from autograde.paths import solutions
from worktest.errors import UserError
from worktest.paths import curriculum
from worktest.units import load_unit

COURSE = "stock"
_CONFIG = f"""c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "{COURSE}"
c.Execute.timeout = 600
"""
_BEGUN = re.compile(r"Creating/updating student with ID '([^']+)'")
_FAILED = re.compile(r"There was an error processing assignment: .*submitted[/\\]([^/\\]+)[/\\]")
_LOG_LINE = re.compile(r"^\[\w+ \| \w+\] (?!Traceback)")


def make_course(root: Path, unit: str) -> None:
    """Make a course in ``root`` that holds ``unit``, with all checks in its check cells.

    nbgrader lays the files of the source folder beside each submission it grades: the hidden checks among them, since
    the learner's kernel must read them. Raises UserError when nbgrader can't make the release.
    """
    source = root / "source" / unit
    released = curriculum() / unit
    shutil.copytree(released, source, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__"))
    for path in sorted((solutions() / unit).glob("hidden*.py")):
        shutil.copyfile(path, source / path.name)
    for name in load_unit(released).notebooks:
        notebook = nbformat.read(released / f"{name}.ipynb", as_version=4)
        for cell in notebook.cells:
            if topic := topic_of(cell):
                cell.source = check_line(topic)
        nbformat.write(notebook, source / f"{name}.ipynb")
    (root / "nbgrader_config.py").write_text(_CONFIG, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", unit],
        cwd=root,
        env=_environment(),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise UserError(f"nbgrader could not make its own course: {(done.stderr.strip() or '?').splitlines()[-1]}")


def hand_in(root: Path, unit: str, student: str, folder: Path, seeds: dict[str, int]) -> None:
    """Put a copy of the notebooks in ``folder`` where nbgrader looks for submissions, and the seeds beside it."""
    target = root / "submitted" / student / unit
    shutil.copytree(folder, target)
    (target / SEEDS).write_text(json.dumps(seeds), encoding="ascii")


def autograde_block(root: Path, unit: str, students: Sequence[str]) -> Block:
    """Grade everything that lies in ``submitted``, which is what ``students`` handed in, in one process.

    One process for all of them is what favours nbgrader: it starts once. A submission that it can't finish does not
    stop it; it names it at the end.
    """
    begun: dict[str, float] = {}
    lines: list[str] = []
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "nbgrader", "autograde", unit],
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdout is not None
    with process, Watch(process.pid) as watch:
        for line in process.stdout:
            lines.append(line)
            if found := _BEGUN.search(line):
                begun[found[1]] = time.monotonic()
        process.wait()
    end = time.monotonic()
    failed = reasons(lines)
    graded = [s for s in students if (root / "autograded" / s / unit).is_dir()]
    if unknown := set(students) - set(graded) - set(failed):
        raise UserError(f"nbgrader did not grade {min(unknown)}: {lines[-1].strip() if lines else 'it said nothing'}")
    block = Block(list(students), end - start, failed=failed, peak=watch.peak, peak_shared=watch.peak_shared)
    ends = [*list(begun.values())[1:], end]
    own = {student: to - since for (student, since), to in zip(begun.items(), ends, strict=True)}
    block.each = shared_out(own, block.seconds) if set(own) == set(students) else {}
    block.scores = scores(root, COURSE, unit, students)
    explore = _explore_cells(unit)
    for student in graded:
        _read(root / "autograded" / student / unit, student, explore, block)
    shutil.rmtree(root / "submitted")  # else the next block would grade what failed once more
    return block


def reasons(lines: Sequence[str]) -> dict[str, str]:
    """For each submission that nbgrader's log says it could not process, the last line of the traceback."""
    found: dict[str, str] = {}
    student = ""
    for line in lines:
        if match := _FAILED.search(line):
            student = match[1]
            found[student] = ""
        elif _LOG_LINE.match(line):
            student = ""
        elif student and line.strip():
            found[student] = line.strip()[:300]
    return found


def _read(folder: Path, student: str, explore: set[str], block: Block) -> None:
    """Enter run times and what is odd about check cells, from the notebooks that nbgrader executed."""
    block.ran[student] = block.explored[student] = 0.0
    for path in sorted(folder.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code":
                continue
            seconds = _seconds(cell)
            block.ran[student] += seconds
            if cell.get("id") in explore:
                block.explored[student] += seconds
            topic = topic_of(cell)
            if topic and (odd := oddity(cell)):
                block.notes[student, topic] = odd


def oddity(cell: NotebookNode) -> str:
    """Why nbgrader did not take a number from this check cell, or "" when it did."""
    for output in cell.outputs:
        if output.output_type == "error":
            return f"the check cell ended in {output.ename}"
        if output.output_type == "stream" and output.name == "stderr":
            return "something was written to stderr while the check cell ran"
        if output.output_type == "execute_result":
            return ""
    return "the check cell gave no number"


def _seconds(cell: NotebookNode) -> float:
    """How long nbclient saw the cell run."""
    times = cell.metadata.get("execution", {})
    begin, end = times.get("iopub.status.busy"), times.get("iopub.status.idle") or times.get("shell.execute_reply")
    if not begin or not end:
        return 0.0
    return (dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(begin)).total_seconds()


def _explore_cells(unit: str) -> set[str]:
    return {
        str(cell.get("id"))
        for path in sorted((curriculum() / unit).glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if "explore" in cell.metadata.get("tags", [])
    }


def _environment() -> dict[str, str]:
    """Our own, with this Python's programs in front (nbgrader calls ``alembic`` by name) and our packages in reach."""
    package = str(Path(autograde.__file__).resolve().parent.parent)
    extended = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PYTHONPATH": os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")])),
    }
    return {k: v for k, v in {**os.environ, **extended}.items() if k != "NBGRADER_EXECUTION"}
