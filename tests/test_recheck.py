"""`worktest check`, which runs a notebook afresh; and two gradings at the same time."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import micro
import nbformat
import pytest
from cli import call, the_line
from micro import DOUBLE, TOTAL, UNIT, answered
from nbformat.v4 import new_code_cell

from autograde import course
from worktest.checks.run import MIME
from worktest.cli import app

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(micro_root: Path, tmp_path: Path) -> Path:
    """A learner's folder of the micro unit, answered rightly."""
    folder = tmp_path / "mein ordner"
    folder.mkdir()
    for path in (micro_root / "curriculum" / UNIT).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    nbformat.write(answered(micro_root), folder / "micro.ipynb")
    return folder


def check(folder: Path, capsys: Capture) -> tuple[int, dict[str, tuple[int, int]]]:
    said = call(app, "check", "90", "--dir", str(folder), "--json", capsys=capsys)
    return said.code, {r["topic"]: (r["passed"], r["total"]) for r in json.loads(said.out)}


def test_right_answers_are_green_and_the_file_stays(folder: Path, capsys: Capture) -> None:
    before = (folder / "micro.ipynb").read_bytes()
    assert check(folder, capsys) == (0, {DOUBLE: (1, 1), TOTAL: (1, 1)})
    assert (folder / "micro.ipynb").read_bytes() == before


def test_a_wrong_answer_and_a_test_cell_that_is_gone(folder: Path, micro_root: Path, capsys: Capture) -> None:
    nb = answered(micro_root, {DOUBLE: "def double(values): return values"}, before=("1 / 0", "input()"))
    nb.cells.remove(micro.cell_of(nb, f"{TOTAL}-check"))
    nbformat.write(nb, folder / "micro.ipynb")
    assert check(folder, capsys) == (1, {DOUBLE: (0, 1), TOTAL: (0, 0)})


def test_a_cell_that_ends_the_kernel_gives_one_line(folder: Path, micro_root: Path, capsys: Capture) -> None:
    nb = answered(micro_root)
    nb.cells.insert(2, new_code_cell("import os; os._exit(1)"))
    nbformat.write(nb, folder / "micro.ipynb")
    said = call(app, "check", "90", "--dir", str(folder), "--json", capsys=capsys)
    assert "could not be run to its end" in the_line(said, code=1)


def test_a_cell_with_odd_tags_or_a_forged_verdict_stops_nothing(
    folder: Path, micro_root: Path, capsys: Capture
) -> None:
    nb = answered(micro_root)
    forged = f"display({{{MIME!r}: {{'topic': ['x'], 'checks': 3}}, 'text/plain': ''}}, raw=True)"
    nb.cells.insert(2, new_code_cell(forged))
    nb.cells[2].metadata["tags"] = 3
    nb.cells.insert(2, new_code_cell(forged.replace("3}", "[{'name': 1}], 'held_back': 1}")))
    nbformat.write(nb, folder / "micro.ipynb")
    assert check(folder, capsys) == (0, {DOUBLE: (1, 1), TOTAL: (1, 1)})


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '{"nbformat": 9}', '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}'],
)
def test_a_file_that_is_no_notebook_gives_one_line(text: str, folder: Path, capsys: Capture) -> None:
    (folder / "micro.ipynb").write_text(text, encoding="utf-8")
    said = call(app, "check", "90", "--dir", str(folder), "--json", capsys=capsys)
    line = the_line(said)
    assert "micro.ipynb is not a whole notebook" in line and "object" not in line
    (folder / "micro.ipynb").unlink()
    said = call(app, "check", "90", "--dir", str(folder), "--json", capsys=capsys)
    assert "there is no micro.ipynb" in the_line(said)


def test_a_second_grading_waits_for_the_first(tmp_path: Path) -> None:
    waits, done = threading.Event(), threading.Event()

    def second() -> None:
        with course.one_at_a_time(tmp_path, lambda text: waits.set()):
            done.set()

    with course.one_at_a_time(tmp_path, lambda text: pytest.fail("nobody else is here")):
        thread = threading.Thread(target=second, daemon=True)
        thread.start()
        assert waits.wait(30) and not done.is_set()
    thread.join(30)
    assert done.is_set()
