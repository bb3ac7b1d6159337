"""`worktest shortlist`: a first look, the table, JSON, and a wrong call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli import call, the_line
from streams import INVENTED, Capture, paste

from worktest.cli import app
from worktest.shortlist import own, rank
from worktest.shortlist.wishes import FILE as WISHES


def test_a_first_look_gives_no_order_away_and_says_how_to_begin(home: Path, capsys: Capture) -> None:
    paste(home, "zebra.txt", "Send me an essay about your garden.")
    said = call(app, "shortlist", capsys=capsys).out
    names = [line.split()[0] for line in said.partition("\n\n")[0].splitlines()]
    assert names == ["zebra", *sorted(one.id for one in INVENTED)]
    assert "shortlist --read" in said and "shortlist --wishes" in said and "evidence" not in said
    assert not own.read_own(home).shown


def test_looking_makes_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(tmp_path / "none"))
    for arguments in ([], ["resampling"], ["--compare"], ["--json"], ["--programs"]):
        assert call(app, "shortlist", *arguments, capsys=capsys).code == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nowhere"], "there is no stream 'nowhere'; there are: "),
        (["re"], "could be"),
        ([""], "there is no stream ''"),
        (["--read", "--wishes"], "choose one"),
        (["resampling", "--compare"], "leave 'resampling' out"),
        (["--read", "--json"], "--json goes with the tables"),
        (["--programs", "nasa"], "there is no program 'nasa' here; there are: mats"),
        (["--read", "nowhere"], "there is no stream 'nowhere'"),
    ],
)
def test_a_wrong_call_is_one_clear_line(arguments: list[str], named: str, home: Path, capsys: Capture) -> None:
    assert named in the_line(call(app, "shortlist", *arguments, capsys=capsys))


def test_the_table_says_its_rule_and_what_it_cannot_know(home: Path, capsys: Capture) -> None:
    own.place(home, own.Own(), INVENTED[0], 1, "it is clear")
    text = " ".join(call(app, "shortlist", capsys=capsys).out.split())
    assert rank.RULE in text and rank.CAVEAT in text and "worktest shortlist --wishes" in text


def test_json_keeps_the_columns_apart(home: Path, capsys: Capture) -> None:
    (home / WISHES).write_text("[topics]\ncontrol = 3\n")
    data = json.loads(call(app, "shortlist", "--json", capsys=capsys).out)
    first = data["streams"][0]
    assert first["id"] == "resampling" and first["interest"]["value"] == 3
    assert set(first) == {"id", "title", "invented", "papers", "interest", "evidence", "constraints"}
    one = json.loads(call(app, "shortlist", "resampling", "--json", capsys=capsys).out)
    assert one["reading"][0]["key"] == "bhatt2025ctrlz" and one["text"]
