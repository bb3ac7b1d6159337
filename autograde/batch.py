"""Grade all submissions of a unit: examined side by side, entered into the gradebook one after another.

One nbgrader process does the whole batch, with one submission a call, so a bad one never stops the others. A ledger
beside the course says which submissions, in which state, are in the gradebook: the next run goes on where this one
ended.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograde import course
from autograde.engine import pool, warm
from autograde.engine.sandbox import best
from autograde.entry import Entered, Gradebook
from autograde.examiner.execution import Job, version_of
from autograde.hand_in import problem_of_folder
from autograde.jobs import jobs_of
from autograde.paths import solutions
from worktest.errors import UserError
from worktest.units import load_unit

State = Literal["graded", "kept", "failed"]
Report = Callable[["Row", int, int], None]
"""Called after each submission with its row, how many are done, and how many there are."""
_MOST_BREAKS = 3


@dataclass
class Row:
    """What became of one submission: graded now, kept from an earlier run, or failed for a reason."""

    student: str
    state: State
    points: float = 0.0
    maximum: float = 0.0
    reason: str = ""
    seconds: float = 0.0
    run_seconds: float = 0.0
    cells: dict[str, float] = field(default_factory=dict)


@dataclass
class Batch:
    """All rows, the wall time in seconds, and whether the batch was stopped before its end."""

    unit: str
    rows: list[Row] = field(default_factory=list)
    seconds: float = 0.0
    stopped: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        rows = [dict(row.__dict__) for row in self.rows]
        return {"unit": self.unit, "rows": rows, "seconds": self.seconds, "stopped": self.stopped}


def grade_batch(
    unit: str,
    workspace: Path,
    *,
    students: list[str] | None = None,
    workers: int | None = None,
    dask: str | None = None,
    again: bool = False,
    run_explore: bool = False,
    no_sandbox: bool = False,
    report: Report = lambda *_: None,
    say: Callable[[str], None] = lambda _: None,
) -> Batch:
    """Grade the submissions of ``unit`` in the workspace's course (``course/submitted/STUDENT/UNIT``).

    Submissions that are in the gradebook already, unchanged, are kept unless ``again``. Ctrl-C ends the batch after the
    submission that is being entered. Raises UserError when there is nothing to grade or nothing to grade it with.
    """
    begun = time.monotonic()
    load_unit(solutions() / unit)
    if dask is None:
        if warm.possible():
            warm.begin()  # it takes seconds, and so does nbgrader
        best(no_sandbox)  # refused once for all, not once for each
    with course.one_at_a_time(workspace, say):
        say("preparing the course")
        root = course.prepare(workspace, [unit])
        names = find_students(root, unit, students)
        result = Batch(unit)
        with contextlib.ExitStack() as stack:
            book = stack.enter_context(Gradebook(root, unit, run_explore=run_explore, no_sandbox=no_sandbox))
            stopping = stack.enter_context(_ctrl_c(say))
            runner = _Runner(root, unit, book, _Ledger(root, unit), names, again, report, result, stopping)
            runner.sort_out()
            if runner.waiting:
                say("starting workers")
                count = workers or (16 if dask else pool.default_workers())
                runner.run(lambda: pool.cluster(dask) if dask else pool.local(count), at_once=count + 1)
        result.stopped = stopping.is_set()
    result.rows.sort(key=lambda row: row.student)
    result.seconds = time.monotonic() - begun
    return result


def find_students(root: Path, unit: str, wanted: list[str] | None = None) -> list[str]:
    """Who has handed ``unit`` in. Raises UserError when nobody has, or one of ``wanted`` has not."""
    found = sorted(
        folder.parent.name
        for folder in (root / "submitted").glob(f"*/{unit}")
        if folder.is_dir() and not folder.parent.name.startswith(".")
    )
    if missing := sorted(set(wanted or []) - set(found)):
        raise UserError(f"no submission of {unit} by {', '.join(missing)} in {root / 'submitted'}")
    if not found and (root / course.SHARED).is_file():
        raise UserError(f"no submissions of {unit}: `autograde collect {unit[:2]}` takes in what was handed in")
    if not found:
        raise UserError(f"no submissions of {unit}: put them into {root / 'submitted'}/STUDENT/{unit}/")
    return wanted or found


class _Ledger:
    """Which state of which submission is in the gradebook: one small file each, written once the grade is there."""

    def __init__(self, root: Path, unit: str) -> None:
        self.root, self.unit = root, unit
        self.folder = root / "ledger" / unit
        self.folder.mkdir(parents=True, exist_ok=True)

    def digest(self, student: str, explore: bool) -> str:
        """A digest of what was handed in and of what it is held against."""
        folder = self.root / "submitted" / student / self.unit
        digest = hashlib.sha256(f"{version_of(self.unit)} {explore}".encode())
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()

    def has(self, student: str, digest: str) -> bool:
        """Whether this state of the submission was entered."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            path = self.folder / f"{student}.json"
            return bool(json.loads(path.read_text(encoding="utf-8")).get("digest") == digest)
        return False

    def note(self, student: str, digest: str) -> None:
        """Note that it was; a note is whole or not there."""
        path = self.folder / f"{student}.json"
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps({"digest": digest}), encoding="utf-8")
        partial.replace(path)


@dataclass
class _Runner:
    root: Path
    unit: str
    book: Gradebook
    ledger: _Ledger
    names: list[str]
    again: bool
    report: Report
    result: Batch
    stopping: threading.Event
    waiting: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    begun: dict[str, float] = field(default_factory=dict)

    def done(self, row: Row) -> None:
        """Enter a row, and say so."""
        self.result.rows.append(row)
        self.report(row, len(self.result.rows), len(self.names))

    def fail(self, student: str, problem: object) -> None:
        """A submission that is not graded, and why."""
        seconds = time.monotonic() - self.begun.get(student, time.monotonic())
        self.done(Row(student, "failed", reason=" ".join(str(problem).split())[:400], seconds=seconds))

    def sort_out(self) -> None:
        """What is refused at a glance, what is in the gradebook already, and what waits to be examined."""
        for student in self.names:
            if problem := problem_of_folder(self.root / "submitted" / student / self.unit):
                self.fail(student, problem)
                continue
            self.digests[student] = self.ledger.digest(student, self.book.run_explore)
            entered = self.book.read(student) if self.ledger.has(student, self.digests[student]) else None
            if entered is not None and not self.again:
                self.done(Row(student, "kept", entered.points, entered.maximum, cells=entered.cells))
            else:
                self.waiting.append(student)

    def run(self, start: Callable[[], contextlib.AbstractContextManager[Executor]], at_once: int) -> None:
        """Have all that wait examined.

        A pool that breaks is replaced. When it breaks again and again each submission gets a pool of its own, and the
        one whose pool breaks then fails.
        """
        breaks = 0
        while self.waiting and not self.stopping.is_set():
            try:
                with start() as executor:
                    self.run_in(executor, at_once if breaks < _MOST_BREAKS else 1)
            except BrokenExecutor:
                breaks += 1
                if breaks > _MOST_BREAKS:
                    self.fail(self.waiting.pop(0), "the process that examined it ended, and so did the ones after it")

    def run_in(self, executor: Executor, at_once: int) -> None:
        """Keep ``executor`` busy until nothing waits, entering each result as it comes."""
        running: dict[Future[bytes], tuple[str, list[Job]]] = {}
        queue = list(self.waiting)
        while (queue or running) and not self.stopping.is_set():
            if queue and len(running) < at_once:
                student = queue.pop(0)
                if jobs := self.prepare(student):
                    running[executor.submit(pool.examine, pool.pack(jobs))] = (student, jobs)
            patience = 0.0 if queue and len(running) < at_once else 0.5
            for future in wait(running, timeout=patience, return_when=FIRST_COMPLETED).done:
                student, jobs = running.pop(future)
                answer = future.exception() or future.result()
                if isinstance(answer, BrokenExecutor):
                    raise answer
                self.waiting.remove(student)
                self.enter(student, jobs, answer)
                break  # first give the idle worker something to do

    def prepare(self, student: str) -> list[Job] | None:
        """The jobs of a submission, or None when it failed for a reason that stands in its row."""
        self.begun.setdefault(student, time.monotonic())
        try:
            return jobs_of(self.unit, self.root, student, self.book.settings)
        except UserError as problem:
            self.waiting.remove(student)
            self.fail(student, problem)
            return None

    def enter(self, student: str, jobs: list[Job], answer: bytes | BaseException) -> None:
        """Let nbgrader enter one examined submission."""
        try:
            if isinstance(answer, BaseException):
                raise UserError(f"it could not be examined: {type(answer).__name__}: {answer}")
            outcomes = pool.unpack(answer)
            entered: Entered = self.book.enter(student, dict(zip((j.key for j in jobs), outcomes, strict=True)))
        except UserError as problem:
            self.fail(student, problem)
            return
        self.ledger.note(student, self.digests[student])
        seconds = time.monotonic() - self.begun[student]
        run_seconds = sum(outcome.run_seconds for outcome in outcomes)
        self.done(Row(student, "graded", entered.points, entered.maximum, "", seconds, run_seconds, entered.cells))


@contextlib.contextmanager
def _ctrl_c(say: Callable[[str], None]) -> Iterator[threading.Event]:
    """The first Ctrl-C asks the batch to end after what it is entering; a second one ends it at once."""
    asked = threading.Event()

    def ask(*_: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        say("stopping after the submission that is being entered (Ctrl-C again: at once)")

    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
