"""A learner's copies of units, and what is remembered about them."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from cli import call, the_line

from worktest import hints, paths, workspace
from worktest.cli import app
from worktest.errors import UserError

Capture = pytest.CaptureFixture[str]
UNIT = "00_start_here"


@pytest.fixture
def home() -> Path:
    """This test's workspace; its name has spaces and an umlaut."""
    return paths.workspace()


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_start_copies_the_release_and_nothing_else(home: Path, capsys: Capture) -> None:
    said = call(app, "start", "00", capsys=capsys)
    assert said.code == 0 and str(home / UNIT) in said.out and said.err == ""
    released = paths.curriculum() / UNIT
    assert tree(home / UNIT) == {k: v for k, v in tree(released).items() if "__pycache__" not in k}
    assert [p.name for p in home.iterdir() if p.name.startswith(".") and p.name != paths.MARKER] == []


def test_a_copy_of_a_read_only_release_can_be_written(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release = tmp_path / "installed"
    shutil.copytree(paths.curriculum(), release)
    for path in release.rglob("*.ipynb"):
        path.chmod(0o444)
    monkeypatch.setattr(paths, "curriculum", lambda: release)
    made = workspace.start(UNIT, home / UNIT)
    assert (made / "start_here.ipynb").stat().st_mode & 0o200


def test_an_existing_folder_is_refused_and_fresh_keeps_it(home: Path, capsys: Capture) -> None:
    call(app, "start", "00", capsys=capsys)
    mine = home / UNIT / "start_here.ipynb"
    mine.write_bytes(b"my \xff\x00 work")
    (home / UNIT / "notes.md").write_text("kept")
    before = tree(home / UNIT)
    line = the_line(call(app, "start", "00", capsys=capsys))
    assert "stays as it is" in line and "--fresh" in line
    assert tree(home / UNIT) == before

    for number in (1, 2):  # twice within one second: neither copy replaces the other
        assert call(app, "start", "00", "--fresh", capsys=capsys).code == 0
        kept = sorted(home.glob(f"{UNIT}.kept-20*"))
        assert len(kept) == number
        assert tree(kept[0]) == before
        assert mine.read_bytes() == (paths.curriculum() / UNIT / "start_here.ipynb").read_bytes()


def test_start_beside_other_things(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "Übungen (1)"
    folder.mkdir()
    (folder / "thesis.tex").write_text("precious")
    assert call(app, "start", "00", str(folder), capsys=capsys).code == 0
    assert sorted(p.name for p in folder.iterdir()) == [UNIT, "thesis.tex"]
    said = call(app, "start", "00", str(folder / UNIT), capsys=capsys)
    assert "stays as it is" in the_line(said)


@pytest.mark.parametrize("wanted", ["start_her", "stat_here", "7", "", "../00", "00_start_her/"])
def test_an_unknown_unit_is_told_its_neighbours(wanted: str, capsys: Capture) -> None:
    if wanted == "start_her":
        assert paths.resolve_unit(wanted) == UNIT  # a beginning is enough
        return
    said = call(app, "start", wanted, capsys=capsys)
    if wanted in ("../00", "00_start_her/"):
        assert said.code == 0
    else:
        assert "nearest" in the_line(said) and "start_here" in said.err


def test_a_text_that_fits_two_units_is_not_guessed(tmp_path: Path) -> None:
    for name in ("01_alpha_one", "02_alpha_two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "unit.toml").touch()
    with pytest.raises(UserError, match="01_alpha_one or 02_alpha_two"):
        paths.resolve_unit("alpha", tmp_path)
    assert paths.resolve_unit("2", tmp_path) == "02_alpha_two"


def test_the_workspace_is_found_from_inside_a_unit(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    call(app, "start", "00", capsys=capsys)
    monkeypatch.delenv("WORKTEST_WORKSPACE")
    monkeypatch.chdir(home / UNIT)
    assert paths.workspace() == home
    monkeypatch.chdir(home.parent)
    assert paths.workspace() != home


def test_progress_reads_past_garbage(home: Path, capsys: Capture) -> None:
    workspace.prepare(home)
    for points in (3.0, 7, 5):
        workspace.record(home, {"unit": UNIT, "points": points, "maximum": 7})
    with (home / "progress.jsonl").open("ab") as file:
        file.write(b'{"unit": "00_start_here", "poi\n\xff\xfe\n[1]\n"x"\n\n{"unit": "gone", "points": 1}\n')
        file.write(b'{"unit": "00_start_here", "points": "many"}\n{"unit": "00_start_here"}\n')
        file.write(b"[" * 100_000 + b"\n")
    said = call(app, "progress", "--json", capsys=capsys)
    (row,) = [row for row in json.loads(said.out)["units"] if row["unit"] == UNIT]
    assert (row["attempts"], row["best"], row["last"], row["maximum"]) == (3, 7, 5, 7)
    assert "7 of 7" in call(app, "progress", capsys=capsys).out


def test_hint_without_a_cell_says_which_there_are_and_takes_none(home: Path, capsys: Capture) -> None:
    workspace.start(UNIT, home / UNIT)
    call(app, "hint", "00", "start-norm-plot", capsys=capsys)
    said = call(app, "hint", "00", capsys=capsys)
    assert said.code == 0 and "start-norm-plot: 1 of 3 taken" in said.out
    assert "start-residual-norms: 0 of 3 taken" in said.out and hints.taken(home / UNIT, "start-norm-plot") == 1


def test_hints_push_harder_each_time_and_are_recorded(home: Path, capsys: Capture) -> None:
    call(app, "start", "00", capsys=capsys)
    given = [call(app, "hint", "00", "start-norm-plot", capsys=capsys).out for _ in range(4)]
    assert [text.split()[1] for text in given] == ["1", "2", "3", "3"]
    assert len(set(given)) == 3
    assert hints.taken(home / UNIT, "start-norm-plot") == 3 and hints.taken(home / UNIT, "start-residual-norms") == 0
    (home / UNIT / "hints_taken.jsonl").write_text('garbage\n{"topic": "start-norm-plot", "number": 1}\n[]\n')
    assert "Hint 2 of 3" in call(app, "hint", "00", "start-norm-plot", capsys=capsys).out

    assert "hints 1 to 3, not 9" in the_line(call(app, "hint", "00", "start-norm-plot", "9", capsys=capsys))
    assert "not 0" in the_line(call(app, "hint", "00", "start-norm-plot", "0", capsys=capsys))
    assert "start-norm-plot" in the_line(call(app, "hint", "00", "norm-plot", capsys=capsys))
    assert "valid integer" in the_line(call(app, "hint", "00", "start-norm-plot", "three", capsys=capsys))


def test_a_command_for_a_unit_that_was_never_started(capsys: Capture) -> None:
    for command in (["check", "00"], ["grade", "00"], ["hint", "00", "start-norm-plot"]):
        assert "worktest start 00" in the_line(call(app, *command, capsys=capsys))


@pytest.mark.parametrize(("number", "word"), [(errno.ENOSPC, "no space left"), (errno.EACCES, "can't be written")])
def test_a_disk_that_takes_nothing(
    number: int, word: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def copytree(source: Path, target: Path, **_: object) -> None:
        Path(target).mkdir()
        (Path(target) / "half.ipynb").write_text("{")
        raise OSError(number, os.strerror(number))

    call(app, "start", "00", capsys=capsys)
    (home / UNIT / "start_here.ipynb").write_text("mine")
    monkeypatch.setattr(shutil, "copytree", copytree)
    assert word in the_line(call(app, "start", "00", "--fresh", capsys=capsys))
    assert (home / UNIT / "start_here.ipynb").read_text() == "mine"
    assert [p.name for p in home.iterdir() if p.is_dir()] == [UNIT]


def test_a_workspace_that_can_not_be_made(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a file").write_text("not a folder")
    for command in (["start", "00"], ["grade", "00"]):
        said = call(app, *command, "--workspace", str(tmp_path / "a file" / "ws"), capsys=capsys)
        assert "a file" in the_line(said)


def test_hints_in_a_folder_that_can_not_be_written(home: Path, capsys: Capture) -> None:
    call(app, "start", "00", capsys=capsys)
    (home / UNIT / "hints_taken.jsonl").mkdir()  # root may write into any folder, but not into this
    assert "hints_taken.jsonl" in the_line(call(app, "hint", "00", "start-norm-plot", capsys=capsys))
