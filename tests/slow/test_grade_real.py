"""The real command on the real unit 00, as a learner's shell runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from autograde.paths import solutions

pytestmark = pytest.mark.slow
UNIT = "00_start_here"


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """A shell in which the environment is not activated: its commands are called by their full path."""
    environment = {k: v for k, v in os.environ.items() if k in ("PYTHONPATH", "HOME", "LANG")}
    return environment | {"PATH": "/usr/bin:/bin", "WORKTEST_WORKSPACE": str(tmp_path / "größer als gedacht")}


def run(shell: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from worktest.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=shell, timeout=300
    )


def test_blank_then_worked_with_a_flood_and_heavy_outputs(shell: dict[str, str]) -> None:
    assert run(shell, "start", "00").returncode == 0
    notebook = Path(shell["WORKTEST_WORKSPACE"]) / UNIT / "start_here.ipynb"
    blank = run(shell, "grade", "00", "--json")
    assert (blank.returncode, blank.stderr) == (0, "")
    result = json.loads(blank.stdout)
    assert (result["points"], result["maximum"], result["notes"]) == (0, 7, [])

    worked = nbformat.read(solutions() / UNIT / "start_here.ipynb", as_version=4)
    worked.cells.insert(0, new_code_cell("for _ in range(100):\n    print('x' * 1_000_000)"))
    worked.cells[0].outputs = [new_output("stream", text="y" * 30_000_000)]
    worked.cells.insert(1, new_code_cell("import warnings; warnings.warn('noise')"))
    nbformat.write(worked, notebook)
    before = notebook.read_bytes()
    full = run(shell, "grade", "00", "--json")
    assert (full.returncode, full.stderr) == (0, "")
    assert json.loads(full.stdout)["points"] == 7
    assert notebook.read_bytes() == before
    (page,) = [page for page in json.loads(full.stdout)["feedback"] if "start_here" in Path(page).name]
    assert "and was stopped" in Path(page).read_text(encoding="utf-8")
    assert Path(page).stat().st_size < 2_000_000
    progress = run(shell, "progress", "--json")
    (row,) = [row for row in json.loads(progress.stdout)["units"] if row["unit"] == UNIT]
    assert (row["attempts"], row["best"], row["last"]) == (2, 7, 7)
