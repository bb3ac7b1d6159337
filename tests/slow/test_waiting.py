"""The grader that waits in the background: the same grades, its own units only, and one line for a problem."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograde.engine import waiting, warm
from worktest import paths
from worktest.errors import UserError

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not warm.possible(), reason="nothing is forked here")]
ROOT = Path(__file__).resolve().parents[2]
UNIT = "00_start_here"


@pytest.fixture(scope="module", autouse=True)
def grader() -> Iterator[None]:
    waiting.begin()
    deadline = time.monotonic() + 60
    while not (warm.base() / "grade.sock").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    yield
    waiting.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "curriculum" / UNIT, tmp_path / UNIT)
    shutil.copy(ROOT / "solutions" / UNIT / "start_here.ipynb", tmp_path / UNIT)
    return tmp_path / UNIT


def test_it_grades_as_grading_here_does(folder: Path, tmp_path: Path) -> None:
    said: list[str] = []
    done = waiting.ask(UNIT, folder, tmp_path, no_sandbox=False, progress=said.append)
    assert done is not None and done.points == done.maximum > 0
    assert all(page.is_file() for page in done.feedback) and "entering the grades" in said
    assert [cell.report["passed"] for cell in done.cells] == [cell.report["total"] for cell in done.cells]


def test_a_problem_is_one_line(folder: Path, tmp_path: Path) -> None:
    (folder / "start_here.ipynb").write_text('{"cells": [')
    with pytest.raises(UserError, match="invalid JSON"):
        waiting.ask(UNIT, folder, tmp_path, no_sandbox=False, progress=lambda _: None)


def test_other_units_are_not_its_business(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "checkout", lambda: tmp_path)
    assert waiting.ask(UNIT, folder, tmp_path, no_sandbox=False, progress=lambda _: None) is None
