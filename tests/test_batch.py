"""Many submissions at once: what each of them gets, what the next run does, and what stops nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from micro import DOUBLE, TOTAL, UNIT, answered, cell_of

from autograde import batch, course
from autograde.batch import Batch, grade_batch
from autograde.engine import pool
from worktest.errors import UserError

Hand = Callable[..., Path]


@contextmanager
def threads(workers: int) -> Iterator[Executor]:
    """Workers that know the unit of these tests; processes of their own would look for the real ones."""
    with ThreadPoolExecutor(workers) as executor:
        yield executor


@pytest.fixture
def space(micro_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pool, "local", threads)
    return tmp_path


@pytest.fixture
def hand(micro_root: Path, space: Path) -> Hand:
    """Put a submission of a student's where nbgrader looks for it."""

    def put(student: str, answers: dict[str, str] | None = None, text: str | None = None) -> Path:
        folder = space / "course" / "submitted" / student / UNIT
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "micro.ipynb"
        if text is not None:
            target.write_text(text)
        else:
            nbformat.write(answered(micro_root, answers), target)
        return target

    return put


def points(result: Batch) -> dict[str, Any]:
    return {row.student: row.points if row.state != "failed" else row.reason for row in result.rows}


WRONG = {DOUBLE: "def double(values):\n    return values"}


def test_a_bad_submission_stops_none_of_the_others(hand: Hand, space: Path, micro_root: Path) -> None:
    hand("ann")
    hand("bob", WRONG)
    hand("cut", text='{"cells": [')
    double = answered(micro_root)
    double.cells.append(cell_of(double, DOUBLE))
    nbformat.write(double, hand("dup"))
    (hand("eve").parent / "extra.py").symlink_to("/etc/passwd")
    hand("fay").unlink()
    (space / "course" / "submitted" / "gus").symlink_to(space / "course" / "submitted" / "ann")
    hand("zed", {TOTAL: "import os\nos._exit(1)"})
    told: list[tuple[str, int, int]] = []
    result = grade_batch(UNIT, space, workers=2, report=lambda row, done, of: told.append((row.student, done, of)))
    found = points(result)
    assert found["ann"] == 7 and found["bob"] == 3 and found["zed"] == 4
    assert "invalid JSON" in found["cut"] and "2 times" in found["dup"] and "is a link" in found["eve"]
    assert "no micro.ipynb" in found["fay"] and "is a link" in found["gus"]
    assert [done for _, done, _ in told] == list(range(1, 9)) and {of for _, _, of in told} == {8}
    assert not list((space / "course" / "autograded").glob("eve/*/extra.py"))


def test_the_next_run_goes_on_where_this_one_stopped(hand: Hand, space: Path) -> None:
    for name in ("ann", "bob"):
        hand(name)
    first = grade_batch(UNIT, space)
    hand("cat", WRONG)
    hand("bob", WRONG)
    second = grade_batch(UNIT, space)
    assert points(first) == {"ann": 7, "bob": 7} and points(second) == {"ann": 7, "bob": 3, "cat": 3}
    assert [row.state for row in second.rows] == ["kept", "graded", "graded"]
    third = grade_batch(UNIT, space, students=["ann"], again=True)
    assert [row.state for row in third.rows] == ["graded"] and points(third) == {"ann": 7}
    (space / "course" / "gradebook.db").unlink()  # the ledger alone is no grade
    with sqlite3.connect(space / "course" / "gradebook.db"):
        pass
    shutil.rmtree(space / "course" / "synced")
    assert [row.state for row in grade_batch(UNIT, space).rows] == ["graded"] * 3


def test_ctrl_c_ends_after_what_is_being_entered(hand: Hand, space: Path) -> None:
    for number in range(5):
        hand(f"s{number}")
    seen: list[str] = []

    def stop(row: batch.Row, done: int, of: int) -> None:
        seen.append(row.student)
        if done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    result = grade_batch(UNIT, space, workers=1, report=stop)
    assert result.stopped and len(seen) == 2
    again = grade_batch(UNIT, space)
    assert [row.state for row in again.rows].count("kept") == 2 and set(points(again).values()) == {7.0}


def test_a_worker_that_dies_loses_nothing(hand: Hand, space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        hand(f"s{number}")
    pools: list[int] = []

    class Dying(ThreadPoolExecutor):
        """The first pool loses a worker once it has been given two submissions."""

        given = 0

        def submit(self, *args: Any, **kwargs: Any) -> Any:
            self.given += 1
            if len(pools) == 1 and self.given == 2:
                raise BrokenProcessPool("a worker was killed")
            return super().submit(*args, **kwargs)

    @contextmanager
    def dying(workers: int) -> Iterator[Executor]:
        pools.append(workers)
        with Dying(workers) as executor:
            yield executor

    monkeypatch.setattr(pool, "local", dying)
    assert points(grade_batch(UNIT, space)) == {"s0": 7, "s1": 7, "s2": 7}
    assert len(pools) == 2


def test_what_breaks_every_pool_fails_alone(hand: Hand, space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("good", "killer", "last"):
        hand(name)

    @contextmanager
    def fragile(workers: int) -> Iterator[Executor]:
        class Fragile(ThreadPoolExecutor):
            def submit(self, function: Any, packed: bytes, /, *args: Any, **kwargs: Any) -> Any:
                if json.loads(packed)[0]["seed"] == seeds.get("killer"):
                    raise BrokenProcessPool("a worker was killed")
                return super().submit(function, packed)

        with Fragile(workers) as executor:
            yield executor

    seeds: dict[str, int] = {}
    real = batch.jobs_of

    def noting(unit: str, where: Path, student: str, settings: Any) -> Any:
        jobs = real(unit, where, student, settings)
        seeds[student] = jobs[0].seed
        return jobs

    hand("killer", {TOTAL: "def total(values):\n    return float(sum(values))  # the killer"})
    monkeypatch.setattr(batch, "jobs_of", noting)
    monkeypatch.setattr(pool, "local", fragile)
    found = points(grade_batch(UNIT, space))
    assert found["good"] == 7 and found["last"] == 7 and "ended" in found["killer"]


def test_a_locked_gradebook_is_waited_for(hand: Hand, space: Path) -> None:
    hand("ann")
    grade_batch(UNIT, space)
    hand("ann", WRONG)
    holder = sqlite3.connect(space / "course" / "gradebook.db", check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(7.0, holder.rollback)  # longer than SQLite's own patience of five seconds
    release.start()
    try:
        assert points(grade_batch(UNIT, space)) == {"ann": 3}
    finally:
        release.join()
        holder.close()


def test_a_full_disk_is_said_and_the_next_run_completes(
    hand: Hand, space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ann", "bob"):
        hand(name)
    from nbconvert.writers import FilesWriter

    real = FilesWriter.write

    def full(self: Any, *args: Any, **kwargs: Any) -> Any:
        if "bob" in str(self.build_directory):
            raise OSError(28, "No space left on device")
        return real(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(FilesWriter, "write", full)
        found = points(grade_batch(UNIT, space))
    assert found["ann"] == 7 and "No space left" in found["bob"]
    assert points(grade_batch(UNIT, space)) == {"ann": 7, "bob": 7}


def test_jobs_and_outcomes_survive_the_journey(hand: Hand, space: Path) -> None:
    hand("ann")
    root = course.prepare(space, [UNIT])
    (job,) = batch.jobs_of(UNIT, root, "ann", batch.Gradebook(root, UNIT).settings)
    assert [pool._job(data) for data in json.loads(pool.pack([job]))] == [job]
    other = json.loads(pool.pack([job]))
    other[0]["version"] = "another"
    with pytest.raises(UserError, match="another version"):
        pool.unpack(pool.examine(json.dumps(other).encode()))


def test_what_workers_examined_is_not_examined_again(hand: Hand, space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader's own sanitizing and ours give the same notebook: else every submission would run twice."""
    hand("ann")
    from autograde.examiner import steps

    def never(*_: Any) -> Any:
        raise AssertionError("examined by nbgrader's own process")

    monkeypatch.setattr(steps, "hold", never)
    assert points(grade_batch(UNIT, space)) == {"ann": 7}


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://host:1", "tcp://host", "tcp://ho st:1"])
def test_what_is_no_address_of_a_cluster_is_one_line(address: str) -> None:
    with pytest.raises(UserError, match="takes an address such as"), pool.cluster(address):
        pass


def test_without_a_sandbox_it_is_said_once_and_nothing_is_run(
    hand: Hand, space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand("ann")

    def none(no_sandbox: bool = False) -> Any:
        raise UserError("answers are not run: no sandbox")

    monkeypatch.setattr(batch, "best", none)
    with pytest.raises(UserError, match="no sandbox"):
        grade_batch(UNIT, space)
    assert not (space / "course" / "autograded").exists()


def test_nobody_handed_in(space: Path, hand: Hand) -> None:
    with pytest.raises(UserError, match="no submissions"):
        grade_batch(UNIT, space)
    hand("ann")
    with pytest.raises(UserError, match="no submission of .* by zoe"):
        grade_batch(UNIT, space, students=["zoe"])


def test_workers_end_with_their_pool_and_what_they_had_begun_is_dropped() -> None:
    with pool.local(1) as executor:
        worker = psutil.Process(executor.submit(os.getpid).result(120))
        begun = executor.submit(time.sleep, 100)
        while not begun.running():
            time.sleep(0.01)
    assert isinstance(begun.exception(60), BrokenProcessPool)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
