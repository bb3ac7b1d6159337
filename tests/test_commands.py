"""What holds for every command: data is data alone, bad input is one line, names of files command no terminal."""

from __future__ import annotations

import json
from pathlib import Path

import learners
import pytest
from cli import Said, call, the_line
from learners import SECOND
from rich.console import Console

from autograde.grade import CellGrade, Grade
from worktest import chain, paths, workspace
from worktest.cli import app
from worktest.interview import keep

Capture = pytest.CaptureFixture[str]
CLAIMS = "".join(f'[[claim]]\nid = "c{n}"\ntext = "Claim {n}"\n' for n in range(8))
PROMPTS = """
[[prompt]]
id = "fit"
kind = "mentor"
notebook = "reading"
title = "Fit"
text = "Why?"
words = 50
[[prompt.criterion]]
id = "reason"
asks = "Gives a reason"
levels = ["none", "one"]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    learners.curriculum(tmp_path / "haus", monkeypatch)
    home = paths.workspace()
    learners.start(home)
    (home / SECOND / "claims.toml").write_text(CLAIMS)
    (home / SECOND / "prompts.toml").write_text(PROMPTS)
    return home


def data(said: Said) -> object:
    """What a command printed, which must be JSON in full."""
    assert said.code == 0, said
    return json.loads(said.out)


def test_what_a_check_quotes_is_no_markup(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    says = "you give [nan, nan] and the string '[/b]\x1b[2J'"
    report = {"checks": [{"passed": False, "title": "t", "says": says}]}
    graded = Grade(SECOND, "you", [CellGrade("rare-rates", "Rates", 0.0, 5.0, report)], [], [])
    monkeypatch.setattr("autograde.service.grade", lambda *_, **__: graded)
    monkeypatch.setattr("worktest.cli.console", Console(width=200))
    said = call(app, "grade", "01", capsys=capsys)
    assert said.code == 0 and "you give [nan, nan] and the string '[/b][2J'" in said.out and "\x1b" not in said.out


def test_a_unit_that_people_grade_says_so_and_counts_no_attempt(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Grade(SECOND, "you", [], [], [])
    monkeypatch.setattr("autograde.service.grade", lambda *_, **__: nothing)
    said = call(app, "grade", "01", capsys=capsys)
    assert said.code == 0 and "worktest rubric 01" in said.out and "0 of 0" not in said.out
    assert workspace.attempts(home) == []


def test_half_a_character_in_a_journal_is_still_data(home: Path, capsys: Capture) -> None:
    half = {"name": "rate", "value": 1.0, "low": 0.0, "high": 2.0, "confidence": 0.5, "because": "\ud800"}
    rest = {"choice": "\ud800", "alternatives": [], "would_change_my_mind": "", "unit": "\ud800"}
    path = home / SECOND / "journal.jsonl"
    before, lines = "0" * 16, []
    for kind in ("predict", "decide", "measure"):
        entry = {"kind": kind, **half, **rest, "time": "2026-01-01T00:00:00+00:00", "before": before}
        entry["hash"] = before = chain._digest(entry)
        lines.append(json.dumps(entry))
    path.write_text("\n".join(lines) + "\n")
    data(call(app, "journal", "01", "--json", capsys=capsys))
    data(call(app, "journal", "--json", capsys=capsys))
    chain.append(home / SECOND / "clock.jsonl", "start", {"limit_minutes": 60})
    with (home / SECOND / "clock.jsonl").open("a") as file:
        file.write(
            '{"kind": "pause", "reason": "\\ud800", "time": "2100-01-01T00:00:00+00:00", "before": "", "hash": ""}\n'
        )
    data(call(app, "clock", "01", "--json", capsys=capsys))


def test_a_sitting_with_json_talks_on_stderr(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, err, **__: "70" if err else pytest.fail("asked on stdout"))
    said = call(app, "nuance", "01", "--json", capsys=capsys)
    assert said.out == "" and "Claim" in said.err  # these claims have no truth here, so there is no result to print


def test_json_and_a_talk_do_not_go_together(home: Path, capsys: Capture) -> None:
    assert "--json is data" in the_line(call(app, "interview", "01", "--terminal", "--json", capsys=capsys))
    assert data(call(app, "form", "01", "fit", "--json", capsys=capsys))["words"] == 0  # type: ignore[call-overload,index]
    made = data(call(app, "handin", "01", "--template", "--json", capsys=capsys))
    assert [Path(name).name for name in made["files"]] == ["write_up.md", "statement_of_ai_use.md"]  # type: ignore[call-overload,index]


@pytest.mark.parametrize("option", ["--workspace", "--dir"])
def test_a_path_that_leads_nowhere_is_one_line(home: Path, tmp_path: Path, option: str, capsys: Capture) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for place in ("~nobody-of-this-name/x", str(tmp_path / "circle")):
        assert "leads nowhere" in the_line(call(app, "handin", "01", option, place, capsys=capsys))


def test_names_of_folders_command_no_terminal(home: Path, tmp_path: Path, capsys: Capture) -> None:
    odd = tmp_path / "[red] o'brien ü \x1b[31m\u202e"
    said = call(app, "start", "01", str(odd), capsys=capsys)
    assert said.code == 0 and "[red] o'brien ü" in said.out
    said = call(app, "handin", "01", "--dir", str(odd), capsys=capsys)
    assert said.code == 0 and "made: " in said.out
    lost = the_line(call(app, "clock", "01", "--dir", str(odd), capsys=capsys))
    assert "\x1b" not in said.out + lost and "\u202e" not in said.out + lost


def test_with_its_input_closed_a_command_ends_without_a_fault(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    for arguments, code in ((("form", "01", "fit"), 0), (("nuance", "01"), 130), (("start", "01"), 2)):
        monkeypatch.setattr("sys.stdin", None)
        said = call(app, *arguments, capsys=capsys)
        assert said.code == code and "unexpected" not in said.err


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("interview.yaml", ("interview", "01")),
        ("prompts.toml", ("form", "01", "fit")),
        ("unit.toml", ("journal", "01")),
        ("claims.toml", ("nuance", "01")),
    ],
)
@pytest.mark.parametrize("what", ["deep", "folder"])
def test_a_file_of_the_unit_that_can_not_be_read_is_one_line(
    home: Path, name: str, arguments: tuple[str, ...], what: str, capsys: Capture
) -> None:
    path = home / SECOND / name
    path.unlink()
    if what == "folder":
        path.mkdir()
    else:
        path.write_text("a = " + "[" * 100_000)
    the_line(call(app, *arguments, capsys=capsys))


def test_what_is_generated_never_goes_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "interview").mkdir()
    (tmp_path / "interview" / "summary.md").symlink_to(tmp_path / "elsewhere.md")
    keep.write(tmp_path / "interview", "summary.md", b"mine")
    assert not (tmp_path / "elsewhere.md").exists()
    assert (tmp_path / "interview" / "summary.md").read_bytes() == b"mine"
