"""What the notebook of unit 00 calls: the same each time, and an order kept once."""

from __future__ import annotations

from pathlib import Path

import pytest
from streams import Capture

from worktest import chain, recording
from worktest.errors import UserError
from worktest.shortlist import own
from worktest.shortlist.notebook import Desk, open_desk
from worktest.shortlist.wishes import FILE as WISHES


def test_a_run_that_keeps_nothing_writes_nothing_and_is_the_same_each_time(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(recording.SWITCH, "off")
    (home / WISHES).write_text("[topics]\ngovernance = 3\n")
    before = sorted(home.rglob("*"))
    shown = []
    for _ in range(2):
        desk = open_desk()
        desk.rank("resampling", "planted", because={"resampling": "a", "planted": "b"})
        desk.table()
        desk.compare()
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] and "an empty workspace and made-up wishes" in shown[0]
    assert sorted(home.rglob("*")) == before


def test_the_desk_keeps_an_order_once_and_refuses_one_without_reasons(home: Path, capsys: Capture) -> None:
    desk = Desk(home)
    desk.rank(..., because={"resampling": ...})
    assert "not recorded yet" in capsys.readouterr().out and not (home / own.FILE).exists()
    with pytest.raises(UserError, match="planted: write down a reason"):
        desk.rank("resampling", "planted", because={"resampling": "a", "planted": " "})
    with pytest.raises(UserError, match="twice"):
        desk.rank("resampling", "resampling", because={"resampling": "a"})
    for _ in range(2):
        desk.rank("resampling", "planted", because={"resampling": "a", "planted": "b"})
    assert len(chain.read(home / own.FILE).entries) == 2
    desk.rank("planted", "resampling", because={"resampling": "a", "planted": "c"})
    assert own.read_own(home).order == ["planted", "resampling"]
    desk.table()
    assert chain.read(home / own.FILE).entries[-1]["kind"] == "shown"


def test_the_desk_counts_what_the_notebook_predicts(home: Path) -> None:
    desk = Desk(home)
    assert desk.asks("resampling", "remembering", "steering-part-time") == 8
    assert desk.thin("steering-part-time") == 1.0
    with pytest.raises(UserError, match="finds no ask"):
        desk.thin("remembering")
    with pytest.raises(UserError, match="between 0 and 100"):
        desk.plan("resampling", True)
