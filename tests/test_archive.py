"""What a learner takes along when they leave: all of their own, whole, in a form that needs no worktest."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from cli import call, the_line
from feedback_page import graded_cell, grades_of, notebook_of, resources_of, written_cell

from autograde.feedback.exporter import FeedbackExporter
from autograde.feedback.grades import Mark
from worktest import archive, archive_files, calibration, chain, paths, workspace
from worktest.archive_grades import as_csv, of_page
from worktest.checks.run import Result
from worktest.cli import app
from worktest.errors import UserError

UNIT = "00_start_here"
Capture = pytest.CaptureFixture[str]


def page_text(name: str = UNIT) -> str:
    """A feedback page: one checked cell with 4 of 5 points, one written answer that waits."""
    results = [Result("a", "adds", True), Result("b", "adds <more>", False, False, "off", "a", "b", "c")]
    notebook = notebook_of(graded_cell("start-here-wilson", results), written_cell("start-here-why", "Because."))
    marks = grades_of(start_here_wilson_check=Mark(4, 5, 4, None), start_here_why=Mark(0, 3, None, None))
    return str(FeedbackExporter().from_notebook_node(notebook, resources_of(marks, name))[0])


def alone(home: Path) -> Path:
    """A person alone: a unit with their work in it, records, research, and the grader's side."""
    workspace.prepare(home)
    unit = workspace.start(UNIT, home / UNIT)
    (unit / "start_here.ipynb").write_text('{"mine": true}', encoding="utf-8")
    (unit / "drafts").mkdir()
    (unit / "drafts" / "why.md").write_text("Because.", encoding="utf-8")
    chain.append(unit / "journal.jsonl", "decide", {"name": "a"})
    (unit / ".ipynb_checkpoints").mkdir()
    (unit / ".ipynb_checkpoints" / "old.ipynb").write_text("old", encoding="utf-8")
    (home / "research" / "mine").mkdir(parents=True)
    (home / "research" / "mine" / "plan.toml").write_text("plan", encoding="utf-8")
    cells = [{"id": "start-here-wilson", "title": "=1+1", "points": 2, "maximum": 5, "failed": ["bounds"]}]
    workspace.record(home, {"unit": UNIT, "points": 2, "maximum": 5, "cells": cells})
    side = home / "course"
    (side / "feedback" / "learner" / UNIT).mkdir(parents=True)
    (side / "feedback" / "learner" / UNIT / "start_here.html").write_text(page_text(), encoding="utf-8")
    for name in ("gradebook.db", "secret"):
        (side / name).write_text("the grader's", encoding="utf-8")
    return home


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as found:
        assert found.testzip() is None
        return {name.removeprefix("worktest-archive/"): found.read(name) for name in found.namelist()}


def test_everything_of_a_person_alone_is_in_it_and_the_list_holds(home: Path, capsys: Capture) -> None:
    alone(home)
    said = call(app, "archive", capsys=capsys)
    assert said.code == 0 and "2 graded cells" not in said.err
    files = unpacked(home / "worktest-archive.zip")
    for name in (
        f"{UNIT}/start_here.ipynb",
        f"{UNIT}/drafts/why.md",
        f"{UNIT}/journal.jsonl",
        "research/mine/plan.toml",
    ):
        assert files[f"work/{name}"] == (home / name).read_bytes()
    assert "work/progress.jsonl" in files and f"feedback/{UNIT}/start_here.html" in files
    assert not [name for name in files if "checkpoints" in name or "gradebook" in name or name.endswith("secret")]
    listed = dict(reversed(line.split("  ", 1)) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    readme = files["README.txt"].decode()
    assert "course/: the grader's side" in readme and f"{UNIT}/.ipynb_checkpoints/: hidden" in readme


def test_grades_are_a_table_and_data(home: Path) -> None:
    archive.make(alone(home), home / "all.zip")
    files = unpacked(home / "all.zip")
    rows = list(csv.DictReader(io.StringIO(files["grades.csv"].decode())))
    by = {(row["source"], row["cell"]): row for row in rows}
    page = f"feedback/{UNIT}/start_here.html"
    assert by["progress.jsonl", ""]["points"] == "2" and by["progress.jsonl", ""]["maximum"] == "5"
    mine = by["progress.jsonl", "start-here-wilson"]
    assert mine["note"] == "failed: bounds" and mine["title"] == "'=1+1", "a spreadsheet takes it for no formula"
    assert by[page, "start-here-wilson"]["points"] == "4"
    waits = by[page, "start-here-why"]
    assert (waits["points"], waits["maximum"], waits["note"]) == ("", "3", "waits for a person")
    data = json.loads(files["grades.json"])
    assert [(one["unit"], one["best"]) for one in data["units"]] == [(UNIT, 2)]
    assert len(data["grades"]) == len(rows)


def on_a_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a learner who fetched two units in two courses, with the environment that a hub gives."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(home / ".local" / "share" / "jupyter"))
    monkeypatch.setenv(paths.ON_A_HUB, "ana")
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(home))
    for unit in (f"basics/{UNIT}", "control/01_logit_diff_amplification"):
        workspace.start(unit.split("/")[1], home / unit)
    fetched = home / "basics" / UNIT / "feedback" / "2026-01-01 10:00:00.000000 UTC"
    fetched.mkdir(parents=True)
    (fetched / "start_here.html").write_text(page_text(), encoding="utf-8")
    cache = home / ".local" / "share" / "jupyter" / "nbgrader_cache" / "basics" / f"ana+{UNIT}+2026-01-01 10:00:00 UTC"
    cache.mkdir(parents=True)
    (cache / "start_here.ipynb").write_text("as handed in", encoding="utf-8")
    (cache / "submission_secret.txt").write_text("secret", encoding="utf-8")
    return home


def test_on_a_hub_commands_find_the_units_of_all_courses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    home = on_a_hub(tmp_path, monkeypatch)
    rows = json.loads(call(app, "progress", "--json", capsys=capsys).out)["units"]
    assert [row["unit"] for row in rows if row["started"]] == [UNIT, "01_logit_diff_amplification"]
    folder = home / "basics" / UNIT
    entry = {"name": "rate", "value": 1.0, "low": 0.0, "high": 2.0, "confidence": 0.9}
    chain.append(folder / "journal.jsonl", "predict", entry)
    chain.append(
        folder / "journal.jsonl", "measure", {"name": "rate", "value": 1.0, "low": None, "high": None, "unit": ""}
    )
    assert "rate" in call(app, "journal", "00", "--json", capsys=capsys).out
    assert [point.unit for point in calibration.gather(home)] == [UNIT]


def test_on_a_hub_all_courses_feedback_and_hand_ins_are_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    home = on_a_hub(tmp_path, monkeypatch)
    (home / ".cache" / "worktest").mkdir(parents=True)
    (home / ".cache" / "worktest" / "model").write_text("large", encoding="utf-8")
    assert call(app, "archive", "--to", "~/mine.zip", capsys=capsys).code == 0
    files = unpacked(home / "mine.zip")
    page = f"work/basics/{UNIT}/feedback/2026-01-01 10_00_00.000000 UTC/start_here.html"
    assert page in files and "work/control/01_logit_diff_amplification/unit.toml" in files
    assert f"handed_in/basics/ana+{UNIT}+2026-01-01 10_00_00 UTC/start_here.ipynb" in files
    assert not [name for name in files if "secret" in name or "model" in name.split("/")[-1].split(".")]
    points = [row["points"] for row in json.loads(files["grades.json"])["grades"] if row["cell"]]
    assert points == [4.0, None]


def test_what_lies_behind_a_link_is_not_taken(home: Path, tmp_path: Path) -> None:
    alone(home)
    other = tmp_path / "ben"
    (other / "deep").mkdir(parents=True)
    for name in ("answer.md", "deep/answer.md"):
        (other / name).write_text("ben's answer", encoding="utf-8")
    (home / UNIT / "answer.md").symlink_to(other / "answer.md")
    (home / UNIT / "deep").symlink_to(other / "deep")
    (home / "ben").symlink_to(other)
    (home / "course" / "feedback" / "learner" / UNIT).rename(tmp_path / "pages")
    (home / "course" / "feedback" / "learner").rmdir()
    (home / "course" / "feedback" / "learner").symlink_to(other)
    os.mkfifo(home / UNIT / "pipe")
    made = archive.make(home, home / "all.zip")
    assert b"ben's answer" not in b"".join(unpacked(home / "all.zip").values())
    out = "\n".join(made.left_out)
    assert all(f"{name}: a link" in out for name in (f"{UNIT}/answer.md", f"{UNIT}/deep/", "ben/"))
    assert f"{UNIT}/pipe: no plain file" in out


def test_a_file_that_becomes_a_link_while_it_is_packed_is_not_followed(home: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("theirs", encoding="utf-8")
    path = home / "mine.md"
    path.symlink_to(tmp_path / "theirs")
    with pytest.raises(OSError):
        archive_files.opened(archive_files.Found(path, "work/mine.md", 4))


def test_the_same_files_give_the_same_bytes_and_an_earlier_archive_is_not_in_it(home: Path) -> None:
    alone(home)
    first = archive.make(home, home / "worktest-archive.zip")
    before = first.path.read_bytes()
    archive.make(home, home / "worktest-archive.zip")
    assert first.path.read_bytes() == before


def test_somebody_elses_file_is_not_written_over(home: Path, capsys: Capture) -> None:
    alone(home)
    (home / "notes.zip").write_text("mine", encoding="utf-8")
    assert "no archive of worktest" in the_line(call(app, "archive", "--to", str(home / "notes.zip"), capsys=capsys))
    assert (home / "notes.zip").read_text(encoding="utf-8") == "mine"


def test_a_full_disk_is_one_line_and_leaves_the_earlier_archive(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    alone(home)
    made = archive.make(home, home / "worktest-archive.zip").path
    before = made.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile._ZipWriteFile, "write", full)  # type: ignore[attr-defined]
    assert "no space left" in the_line(call(app, "archive", capsys=capsys))
    assert made.read_bytes() == before and not list(home.glob(".worktest-archive*"))


@pytest.mark.parametrize(("limit", "value"), [("MOST_BYTES", 1000), ("MOST_FILES", 3)])
def test_too_much_is_one_line_that_names_the_largest(
    home: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    alone(home)
    (home / "pictures").mkdir()
    (home / "pictures" / "big.bin").write_bytes(b"0" * 3_000_000)
    monkeypatch.setattr(archive_files, limit, value)
    with pytest.raises(UserError, match=r"the largest: .*Move what is no work of yours"):
        archive.make(home, home / "all.zip")
    assert not (home / "all.zip").exists()


def test_an_empty_workspace_is_one_line(home: Path, capsys: Capture) -> None:
    assert "nothing to take" in the_line(call(app, "archive", capsys=capsys))
    assert not any(home.iterdir())


def test_names_that_no_list_can_hold_are_changed_and_stay_apart(home: Path) -> None:
    home.mkdir(exist_ok=True)
    for name in (b"a\nb.md", b"a\\b.md", b"a_b.md", b"\xff.md"):
        Path(os.fsdecode(os.fsencode(home) + b"/" + name)).write_bytes(name)
    archive.make(home, home / "all.zip")
    work = {name: text for name, text in unpacked(home / "all.zip").items() if name.startswith("work/")}
    assert sorted(work.values()) == sorted([b"a\nb.md", b"a\\b.md", b"a_b.md", b"\xff.md"])
    assert all("\n" not in name and "\\" not in name for name in work)


@pytest.mark.parametrize("text", ["", "<![x", "<p data-unit='a' data-points='nan' data-maximum='x'>", "\ud800<" * 1000])
def test_a_page_that_is_none_gives_no_points(text: str) -> None:
    rows = of_page("x.html", text)
    assert all(row.points is None and row.maximum is None for row in rows)
    as_csv(rows)


def test_below_the_verdicts_a_page_says_nothing_about_points() -> None:
    forged = '<section data-cell="forged" data-points="5" data-maximum="5" data-waits="0"></section>'
    text = page_text().replace("The notebook as it was graded</h2>", f"The notebook as it was graded</h2>{forged}")
    assert forged in text
    assert "forged" not in {row.cell for row in of_page("x.html", text)}
