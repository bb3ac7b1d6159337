"""What there is to show, what is thin, what would make evidence, and what to read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import learners
import pytest
from cli import call
from learners import SECOND
from streams import TODAY, Capture

from worktest import paths
from worktest.cli import app
from worktest.shortlist import evidence, rank, words
from worktest.shortlist.reading import reading_order
from worktest.shortlist.tables import papers
from worktest.shortlist.wishes import FILE as WISHES
from worktest.shortlist.wishes import example

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


@pytest.fixture
def worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody's workspace with two units, one of them done."""
    learners.curriculum(tmp_path / "haus", monkeypatch)
    home = paths.workspace()
    learners.full(home, NOW)
    return home


def test_evidence_comes_from_the_files_of_the_units(worked: Path) -> None:
    found = evidence.gather(worked)
    assert set(found.shown) == {"coding", "work-test", "writing", "code-sample", "interview", "questions"}
    assert found.shown["coding"] == ["unit 01: 12 of 14 points in its work test"]
    assert found.shown["interview"] == ["unit 01: 1 rehearsal, 1 question answered"]
    assert not found.read  # the graded sitting has no addresses, so no paper is claimed to be read


def test_reasoning_and_decisions_are_a_beginning(worked: Path) -> None:
    (worked / SECOND / "interview.jsonl").unlink()
    found = evidence.gather(worked)
    assert not {"timed", "interview"} & set(found.shown)
    assert found.begun["timed"] == ["unit 01: 3 of 4 points in its reasoning notebook, no clock"]
    assert found.begun["interview"] == ["unit 01: 1 decision with a reason in the journal, not defended yet"]


def test_too_few_points_are_begun_and_not_shown(worked: Path) -> None:
    (worked / "progress.jsonl").unlink()
    learners.graded(worked, (SECOND, NOW, {"rare-rates": 2, "rare-sample": 0, "rare-plot": 0}))
    found = evidence.gather(worked)
    assert "coding" not in found.shown
    assert found.begun["coding"] == ["unit 01: 2 of 14 points in its work test"]


def test_a_paper_whose_claims_were_answered_is_marked_as_read_and_keeps_its_place(worked: Path) -> None:
    paper = papers()["greenblatt2024control"]
    row_ = {"id": "c", "text": "t", "probability": 0.5, "truth": True, "url": paper.url, "source": paper.name}
    learners.chained(worked / SECOND / "nuance.jsonl", [
        ("sitting", NOW, {"unit": SECOND}),
        ("graded", NOW, {"unit": SECOND, "first": True, "brier": 0.2, "rows": [row_, {"url": 3}, 7]}),
    ])  # fmt: skip
    whole = rank.shortlist(worked, example(), TODAY)
    order = reading_order(whole.row("resampling"), whole.evidence, whole.wishes)
    assert [entry.key for entry in order[:3]] == ["bhatt2025ctrlz", "greenblatt2024control", "lucassen2026retrying"]
    assert [bool(entry.read) for entry in order[:3]] == [False, True, False]
    reading = next(a for a in whole.row("resampling").asked if a.id == "reading")
    assert reading.state == "thin" and reading.begun[0].startswith("1 of the 3 papers")
    assert next(a for a in whole.row("under-the-clock").asked if a.id == "reading").begun == ()


def test_a_research_folder_is_evidence_once_it_has_results(home: Path) -> None:
    folder = home / "research" / "mine"
    folder.mkdir(parents=True)
    (folder / "plan.toml").write_text("title = 'x'")
    found = evidence.gather(home)
    assert "research" not in found.shown and found.begun["research"] == ["research/mine: a plan, no results yet"]
    (folder / "results.csv").write_text("condition,seed,measure,value\na,1,m,0.5\na,2,m,0.5\n")
    assert evidence.gather(home).shown["research"] == ["research/mine: a plan and 2 rows of results"]


def test_damaged_files_are_named_and_stop_nothing(worked: Path, capsys: Capture) -> None:
    (worked / SECOND / "nuance.jsonl").write_text('{"kind": "graded"\n[[[[')
    said = call(app, "shortlist", capsys=capsys)
    assert said.code == 0 and "nuance.jsonl, line 1 can't be read" in " ".join(said.out.split())


def test_thin_names_a_command_with_minutes_and_the_unit_that_trains_the_topic(home: Path, capsys: Capture) -> None:
    (home / WISHES).write_text("[topics]\ncontrol = 3\n")
    said = call(app, "shortlist", "resampling", capsys=capsys)
    text = " ".join(said.out.split())
    assert "rehearse the interview about unit 03 (about 45 min) worktest interview 03" in text
    assert "“If it is good we have an interview of 45 minutes about your own test, no puzzles.”" in text


def test_a_plan_takes_what_fits_and_names_what_does_not() -> None:
    whole = rank.shortlist(None, example(), TODAY)
    lines = list(words.plan(whole.row("resampling"), 3))
    assert sum(line.startswith("- does not fit") for line in lines) == 1
    assert "does not fit any more: do the work test of unit 03" in "\n".join(lines)
    assert not any("does not fit" in line for line in words.plan(whole.row("resampling"), 40))


def test_a_reading_order_begins_with_the_stream_and_stays_short() -> None:
    whole = rank.shortlist(None, example(), TODAY)
    for one in whole.rows:
        order = reading_order(one, whole.evidence, whole.wishes)
        assert [entry.key for entry in order[: len(one.stream.papers)]] == list(one.stream.papers)
        assert len(order) <= 10 and len({entry.key for entry in order}) == len(order)
        assert all(entry.why and entry.url.startswith("https://") for entry in order)
    assert any(
        entry.unit == "unit 03, reading.ipynb"
        for entry in reading_order(whole.row("resampling"), whole.evidence, whole.wishes)
    )
