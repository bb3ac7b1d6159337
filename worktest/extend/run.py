"""``worktest extend run``: run what has no result yet, keep each result at once, log what was done and what failed."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from worktest.errors import UserError
from worktest.extend.folder import Research
from worktest.extend.log import PILOT, RESULTS, Run, add_run, code_digest, results_digest
from worktest.extend.plan import Plan
from worktest.extend.process import environment
from worktest.extend.results import Results, Row, read_results, write_results
from worktest.lines import entries_of
from worktest.workspace import disk_problem

OUTPUT = "last_run.txt"
"""What the experiment printed, with the traceback of what failed."""
LOCK = ".run.lock"
"""Held while jobs run: two runs would each write the rows that it knows of, and lose those of the other."""
PILOT_SEEDS = (101, 102)
Job = tuple[str, int]


@dataclass
class Done:
    """What one call did: how many jobs were finished, what failed and why, and lines worth saying."""

    finished: int = 0
    failed: dict[Job, str] = field(default_factory=dict)
    skipped: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        failed = [{"condition": c, "seed": s, "error": why} for (c, s), why in self.failed.items()]
        return {
            "finished": self.finished,
            "failed": failed,
            "skipped": self.skipped,
            "seconds": round(self.seconds, 2),
            "notes": self.notes,
        }


def run(
    research: Research,
    conditions: list[str] | None = None,
    seeds: list[int] | None = None,
    *,
    again: bool = False,
    pilot: bool = False,
    progress: Callable[[str, int, int], None] = lambda text, done, total: None,
) -> Done:
    """Run jobs in a process of their own, seed by seed, so that what stops early leaves whole pairs.

    Args:
        research: the folder.
        conditions: only these; default all of the plan.
        seeds: only these; default all of the plan (a pilot: 101 and 102).
        again: run what has a result, too; the new one takes its place, and the log says so.
        pilot: try things out: results go to pilot.csv, on seeds that are not the registered ones.
        progress: told what runs now, the how many-th job that is, and of how many.

    Raises:
        UserError: when nothing is registered and this is no pilot, for a condition or a seed that may not be run, for
            damaged results, when the experiment can't be imported, or while another run of the folder goes on.
    """
    with _alone(research.path):
        return _run(research, conditions, seeds, again, pilot, progress)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run of the folder out. The lock is gone with the process that holds it, however that ends."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(
            f"another `worktest extend run` is at work in {folder}, and this one did nothing: wait for it, or stop it "
            "with Ctrl-C where it runs; then the same command goes on"
        ) from None
    except OSError as error:
        raise disk_problem(error, folder) from None
    try:
        yield
    finally:
        lock.release()


def _run(
    research: Research,
    conditions: list[str] | None,
    seeds: list[int] | None,
    again: bool,
    pilot: bool,
    progress: Callable[[str, int, int], None],
) -> Done:
    plan, log = research.plan(), research.log()
    if log.registration is None and not pilot:
        raise UserError(
            "nothing is registered yet: `worktest extend register` first, so that what you expected stands before what "
            "came; or try things out with --pilot (other seeds, kept in pilot.csv)"
        )
    chosen = [plan.condition_of(name).id for name in conditions or [c.id for c in plan.condition]]
    wanted = list(dict.fromkeys(seeds or (PILOT_SEEDS if pilot else plan.seeds)))
    if pilot and (seen := sorted(set(wanted) & set(plan.seeds))):
        raise UserError(f"seed {seen[0]} is one of the plan's: a pilot on it would show you the result; take another")
    name = PILOT if pilot else RESULTS
    results = read_results(research.path, name)
    if results.problems:
        raise UserError(f"{results.problems[0]}; take the line out, or move {name} away, since it is written anew")
    done = Done(notes=[] if pilot else _notes(plan, log.registrations[-1].content, wanted))
    jobs = list(_jobs(plan, results, chosen, wanted, again, done))
    if done.skipped and not pilot and (runs := [run for run in log.runs if not run.pilot]):
        done.notes += _stale(research.path, runs)
    if jobs:
        _Running(research.path, plan, name, results, jobs, pilot, done, progress).go()
    return done


def _notes(plan: Plan, registered: dict[str, Any], seeds: list[int]) -> list[str]:
    found = []
    if plan.registered() != registered:
        changed = [key for key, value in plan.registered().items() if value != registered.get(key)]
        found.append(f"plan.toml differs from what is registered ({', '.join(changed)}): register anew, and say why")
    if odd := [seed for seed in seeds if seed not in registered.get("seeds", [])]:
        found.append(f"seed {odd[0]} is not registered: say why with `worktest extend deviate`")
    return found


def _stale(folder: Path, runs: list[Run]) -> list[str]:
    """What speaks against keeping the rows that are there."""
    found = []
    if runs[-1].code != code_digest(folder):
        found.append(
            "the code was changed after the last run: rows that stay are of the older code; --again runs them anew"
        )
    if results_digest(folder) not in [run.results for run in runs]:
        found.append(f"{RESULTS} is not as a run left it: put it back, or run everything with --again")
    return found


def _jobs(
    plan: Plan, results: Results, conditions: list[str], seeds: list[int], again: bool, done: Done
) -> Iterator[Job]:
    for seed in seeds:
        for condition in conditions:
            there = all(seed in results.values(condition, measure.id) for measure in plan.measure)
            if there and not again:
                done.skipped += 1
            else:
                yield condition, seed


class _Running:
    """One process and what comes of its jobs."""

    def __init__(
        self,
        folder: Path,
        plan: Plan,
        name: str,
        results: Results,
        jobs: list[Job],
        pilot: bool,
        done: Done,
        progress: Callable[[str, int, int], None],
    ) -> None:
        self.folder, self.plan, self.name, self.jobs, self.pilot = folder, plan, name, jobs, pilot
        self.rows = {(row.condition, row.seed, row.measure): row for row in results.rows}
        self.had = {(row.condition, row.seed) for row in results.rows}
        self.done, self.progress = done, progress
        self.came: dict[Job, bool] = {}
        self.took: dict[Job, float] = {}
        self.begun = 0.0
        self.now: Job | None = None
        self.broken = ""

    def go(self) -> None:
        """Run to the end, or to what stops it; what was done is logged in any case."""
        before, code, begun = results_digest(self.folder, self.name), code_digest(self.folder), time.monotonic()
        try:
            self._work()
        finally:
            self.done.seconds = time.monotonic() - begun
            self._log(before, code)
        if self.broken:
            raise UserError(f"experiment.py can't be imported: {self.broken}; {OUTPUT} has the whole of it")

    def _work(self) -> None:
        try:
            with tempfile.TemporaryDirectory() as scratch, (self.folder / OUTPUT).open("wb") as output:
                answers = Path(scratch) / "answers.jsonl"
                order = {
                    "jobs": self.jobs,
                    "measures": [measure.id for measure in self.plan.measure],
                    "answers": str(answers),
                }
                process = subprocess.Popen(
                    [sys.executable, "-m", "worktest.extend.runner", str(self.folder)],
                    stdin=subprocess.PIPE,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=environment(),
                )
                try:
                    self._follow(process, json.dumps(order), answers)
                finally:
                    if process.poll() is None:
                        process.kill()
                    process.wait()
        except OSError as error:
            raise disk_problem(error, self.folder) from None

    def _follow(self, process: subprocess.Popen[bytes], order: str, answers: Path) -> None:
        assert process.stdin is not None
        self.progress("starting", 0, len(self.jobs))  # importing torch takes seconds
        try:
            process.stdin.write(order.encode())
            process.stdin.close()
        except BrokenPipeError:
            pass  # it ended at once: named below
        read, running = 0, True
        while running:
            running = process.poll() is None  # asked first, so that the last lines are read after its end
            lines = list(entries_of(answers))
            for entry in lines[read:]:
                self._take(entry)
            read = len(lines)
            if running:
                time.sleep(0.1)
        if process.returncode and not self.broken:
            self._ended_early(process.returncode)

    def _take(self, entry: dict[str, Any]) -> None:
        if "import" in entry:
            self.broken = str(entry["import"])
            return
        if "begins" in entry:
            condition, seed = entry["begins"]
            self.now, self.begun = (condition, seed), time.monotonic()
            self.progress(f"{condition}, seed {seed}", len(self.came) + 1, len(self.jobs))
            return
        job = (str(entry["condition"]), int(entry["seed"]))
        self.now, self.came[job], self.took[job] = None, "values" in entry, float(entry["seconds"])
        if "values" in entry:
            for measure, value in entry["values"].items():
                self.rows[(*job, measure)] = Row(job[0], job[1], measure, float(value))
            write_results(self.folder, list(self.rows.values()), self.name)
            self.done.finished += 1
        else:
            self.done.failed[job] = str(entry["failed"])

    def _ended_early(self, code: int) -> None:
        said = f"the process was killed by signal {-code}" if code < 0 else f"the process ended with code {code}"
        job = self.now or next((job for job in self.jobs if job not in self.came), self.jobs[-1])
        self.done.failed[job] = f"{said}; {OUTPUT} has what it said last"
        self.came[job], self.took[job] = False, time.monotonic() - self.begun if self.begun else 0.0
        left = len(self.jobs) - len(self.came)
        if left:
            self.done.notes.append(f"{left} jobs were not reached; the same command goes on with them")

    def _log(self, before: str, code: str) -> None:
        """One entry for each condition that something was done for."""
        after = results_digest(self.folder, self.name)
        for condition in dict.fromkeys(condition for condition, _ in self.came):
            mine = [job for job in self.came if job[0] == condition]
            failed = {str(seed): self.done.failed[c, seed] for c, seed in mine if (c, seed) in self.done.failed}
            add_run(
                self.folder,
                Run(
                    time="",
                    condition=condition,
                    seeds=[seed for _, seed in mine if self.came[condition, seed]],
                    failed=failed,
                    seconds=round(sum(self.took[job] for job in mine), 2),
                    code=code,
                    results=after,
                    results_before=before,
                    replaced=[s for _, s in mine if self.came[condition, s] and (condition, s) in self.had],
                    pilot=self.pilot,
                ),
            )


def measure_all(research: Research) -> list[str]:
    """Write what came of each comparison into the journal, beside what was predicted; gives the journal's own lines."""
    from worktest.extend.results import named
    from worktest.journal import Journal

    plan = research.plan()
    estimates = named(plan, research.results())
    journal = Journal(research.path)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        for comparison in plan.comparison:
            estimate = estimates.get(comparison.id)
            if estimate is not None and estimate.low is not None and estimate.high is not None:
                journal.measure(comparison.id, estimate.mean, (estimate.low, estimate.high), estimate.unit)
    return said.getvalue().splitlines()
