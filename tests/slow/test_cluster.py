"""Grading on a dask cluster of two workers on this machine, one of which is killed half way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from autograde.batch import Row, grade_batch
from worktest.errors import UserError
from worktest.paths import curriculum, units_in

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
UNIT = "00_start_here"


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two worker processes, started as people start them."""
    port = "18786"
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "false"}
    words = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--no-dashboard",
    ]
    address = f"tcp://127.0.0.1:{port}"
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
        "--no-nanny",
    ]
    started = []
    try:
        with open(tmp_path / "dask.log", "wb") as log:
            for command in (words, worker, worker):
                started.append(
                    subprocess.Popen(
                        command, env=environment, stdout=log, stderr=log, cwd=tmp_path, start_new_session=True
                    )
                )
                time.sleep(2)
        yield address
    finally:
        for process in started:
            for child in [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []:
                child.kill()
            process.kill()
            process.wait()


def hand_in(workspace: Path, students: list[str]) -> None:
    for student in students:
        folder = workspace / "course" / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / UNIT / "start_here.ipynb", folder)


def test_a_worker_that_is_killed_half_way_loses_nothing(scheduler: str, tmp_path: Path) -> None:
    assert UNIT in units_in(curriculum())
    students = [f"s{n}" for n in range(8)]
    hand_in(tmp_path, students)
    killed: list[int] = []

    def kill_one(row: Row, done: int, of: int) -> None:
        if done == 2 and not killed:
            workers = [p for p in psutil.process_iter() if "distributed.cli.dask_worker" in " ".join(_words(p))]
            killed.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    result = grade_batch(UNIT, tmp_path, dask=scheduler, report=kill_one)
    assert killed
    assert {row.student: row.state for row in result.rows} == dict.fromkeys(students, "graded")
    assert len({row.points for row in result.rows}) == 1 and result.rows[0].points == result.rows[0].maximum > 0
    assert [row.state for row in grade_batch(UNIT, tmp_path, dask=scheduler).rows] == ["kept"] * 8


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_nobody_at_the_address(tmp_path: Path) -> None:
    hand_in(tmp_path, ["ann"])
    with pytest.raises(UserError, match="no dask scheduler answers"):
        grade_batch(UNIT, tmp_path, dask="tcp://127.0.0.1:1")
