"""Two runs of one folder at once: the second says so and does nothing, the first loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli import call, the_line
from test_extend import EXPERIMENT, home, mine  # noqa: F401 (fixtures)

from worktest.cli import app
from worktest.extend import folder as folders
from worktest.extend.results import read_results

SLOW = EXPERIMENT.replace("import random", "import os\nimport random\nimport time").replace(
    "    values",
    "    end = time.monotonic() + 20\n    while seed == 2 and time.monotonic() < end and not os.path.exists('go_on'):\n"
    "        time.sleep(0.02)\n    values",
)


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`worktest extend run` in another process, at the second seed, where it waits (20 s) for the file ``go_on``."""
    program = "import sys; from worktest.cli import main; sys.argv = ['worktest', 'extend', 'run', '--json']; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        until(lambda: len(read_results(folder).rows) == 2 or process.poll() is not None)
        yield process
    finally:
        (folder / "go_on").touch()  # the experiment's own process ends with its job, whatever became of the other
        process.communicate(timeout=60)


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and not there():
        time.sleep(0.05)


@pytest.fixture
def slow(mine: Path, capsys: pytest.CaptureFixture[str]) -> Path:  # noqa: F811
    (mine / "experiment.py").write_text(SLOW, encoding="utf-8")
    assert call(app, "extend", "register", capsys=capsys).code == 0
    return mine


@pytest.mark.parametrize("arguments", [(), ("--again",), ("--condition", "plain", "--seed", "3"), ("--pilot",)])
def test_a_second_run_is_one_line_and_the_first_loses_nothing(
    slow: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with running(slow) as first:
        before = {path.name: path.read_bytes() for path in slow.iterdir() if path.is_file()}
        line = the_line(call(app, "extend", "run", *arguments, "--json", capsys=capsys))
        assert "another `worktest extend run` is at work" in line and str(slow) in line and "wait for it" in line
        assert {path.name: path.read_bytes() for path in slow.iterdir() if path.is_file()} == before
        (slow / "go_on").touch()
        out, err = first.communicate(timeout=60)
    assert first.returncode == 0 and json.loads(out)["finished"] == 6, err
    assert len(read_results(slow).rows) == 6
    log = folders.at(slow).log()
    assert not log.problems and [(run.condition, run.seeds, run.replaced) for run in log.runs] == [
        ("double", [1, 2, 3], []),
        ("plain", [1, 2, 3], []),
    ]
    assert "6 had a result" in call(app, "extend", "run", capsys=capsys).out  # and the lock is open again


def test_a_run_that_was_killed_locks_nobody_out(slow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running(slow) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait(timeout=60)
        (slow / "go_on").touch()  # what it was running ends, too
    said = call(app, "extend", "run", capsys=capsys)
    assert said.code == 0 and "4 runs" in said.out and "2 had a result" in said.out
    assert len(read_results(slow).rows) == 6


def test_another_folder_may_run_at_the_same_time(slow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(app, "extend", "90", "other", capsys=capsys).code == 0
    other = slow.with_name("other")
    (other / "plan.toml").write_text((slow / "plan.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (other / "experiment.py").write_text(EXPERIMENT, encoding="utf-8")
    with running(slow):
        assert call(app, "extend", "run", "other", "--pilot", capsys=capsys).code == 0
        assert len(read_results(other, "pilot.csv").rows) == 4
