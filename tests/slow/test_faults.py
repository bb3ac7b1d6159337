"""The grader killed (kill -9) at random moments of a batch: nothing is lost or counted twice, a rerun completes.

``WORKTEST_KILLS=20`` tries twenty moments instead of four; the seed is printed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of Unix")]
ROOT = Path(__file__).resolve().parents[2]
UNIT = "00_start_here"
GRADE = [sys.executable, "-m", "autograde.cli", "grade", UNIT, "--json", "--workspace"]
STUDENTS = [f"s{n}" for n in range(6)]


def hand_in(workspace: Path) -> None:
    """Worked and blank notebooks in turn."""
    for number, student in enumerate(STUDENTS):
        folder = workspace / "course" / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        shutil.copy(ROOT / ("solutions" if number % 2 else "curriculum") / UNIT / "start_here.ipynb", folder)


def book(workspace: Path) -> dict[str, Any]:
    """All that the gradebook holds: each submission, once for each time it is there, with its scores."""
    from nbgrader.api import Gradebook

    from autograde import course

    with Gradebook(course.settings(workspace / "course").CourseDirectory.db_url, "worktest") as gradebook:
        found: dict[str, Any] = {}
        for submission in gradebook.assignment_submissions(UNIT):
            scores = sorted((g.name, g.auto_score) for n in submission.notebooks for g in n.grades)
            found.setdefault(submission.student.id, []).append(scores)
        return found


def whole(workspace: Path) -> dict[str, Any]:
    done = subprocess.run([*GRADE, str(workspace)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert {row["student"] for row in json.loads(done.stdout)["rows"]} == set(STUDENTS)
    return book(workspace)


def test_killed_at_any_moment_a_rerun_completes(tmp_path: Path) -> None:
    seed = int(os.environ.get("WORKTEST_SEED", random.randrange(10**6)))
    print(f"WORKTEST_SEED={seed}")
    rng = random.Random(seed)
    hand_in(tmp_path / "calm")
    begun = time.monotonic()
    expected = whole(tmp_path / "calm")
    lasts = time.monotonic() - begun
    assert all(len(times) == 1 for times in expected.values()) and len(expected) == len(STUDENTS)
    moments = []
    for trial in range(int(os.environ.get("WORKTEST_KILLS", "4"))):
        workspace = tmp_path / f"trial{trial}"
        hand_in(workspace)
        grader = subprocess.Popen(
            [*GRADE, str(workspace)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        moment = rng.uniform(0.2, lasts)
        time.sleep(moment)
        ended = grader.poll() is not None
        grader.send_signal(signal.SIGKILL)
        grader.wait()
        moments.append(f"{moment:.1f} s{' (it had ended)' if ended else ''}")
        assert whole(workspace) == expected, moments
        for folder in ("submitted", "autograded"):
            assert sorted(p.name for p in (workspace / "course" / folder).iterdir()) == STUDENTS
        assert not [p for p in psutil.process_iter() if str(workspace) in " ".join(_words(p))]
    print("killed after", ", ".join(moments))


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
