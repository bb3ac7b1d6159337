"""Readiness says what was measured, over how many, and one next step; and nothing that was not measured."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import learners
import pytest
from cli import call, the_line
from learners import FIRST, SECOND

from worktest import paths, progress, times
from worktest.cli import app
from worktest.readiness import CAVEAT, Area

Capture = pytest.CaptureFixture[str]
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    learners.curriculum(tmp_path / "haus", monkeypatch)
    return paths.workspace()


def area_of(home: Path, name: str) -> Area:
    return next(area for area in progress.gather(home, NOW).areas if area.id == name)


def figures(home: Path, name: str) -> dict[str, tuple[float, float]]:
    """What was measured in an area: value and denominator by name."""
    return {figure.what: (round(figure.value, 4), figure.of) for figure in area_of(home, name).figures}


def command(home: Path, name: str) -> str:
    step = area_of(home, name).step
    return step.command if step else ""


# What is measured -----------------------------------------------------------------------------------------------


def test_without_a_workspace_everything_is_not_yet(home: Path, capsys: Capture) -> None:
    found = progress.gather(home, NOW)
    areas = ["reading", "building", "judgement", "writing", "defending", "carrying-on"]
    assert [area.id for area in found.areas] == areas
    assert not any(area.figures or area.done for area in found.areas) and found.problems == []
    assert {command(home, area.id) for area in found.areas} == {"worktest start 01"}
    said = call(app, "progress", capsys=capsys)
    assert said.code == 0 and said.out.count("not yet") == 6 and not home.exists()


def test_a_unit_that_was_only_started_measures_nothing_but_what_is_open(home: Path) -> None:
    learners.start(home)
    assert figures(home, "reading") == {"mentor questions drafted within their limits": (0, 2)}
    assert figures(home, "building") == {} and figures(home, "defending") == {"units rehearsed": (0, 1)}
    expected = ["worktest nuance 01", "worktest grade 01", "worktest lab", "worktest handin 01 --template"]
    areas = ["reading", "building", "judgement", "writing"]
    assert [command(home, name) for name in areas] == expected
    assert command(home, "defending") == "worktest interview 01"


def test_each_figure_of_a_full_workspace(home: Path) -> None:
    learners.full(home, NOW)
    gaps = [0.1, 0.8, 0.4, 0.3, 0.05, 0.3, 0.2, 0.5]
    assert figures(home, "reading") == {
        "Brier score, first sittings": (round(sum(g**2 for g in gaps) / 8, 4), 8),
        "mentor questions drafted within their limits": (1, 2),
    }
    assert figures(home, "building") == {"points in work tests that were graded": (12, 14)}
    assert figures(home, "judgement") == {
        "predictions made before measuring": (1, 3),
        "measured values inside your intervals": (1, 1),
        "decisions with alternatives and a reason": (1, 2),
        "points in reasoning notebooks": (3, 4),
        "distance of your scores from the reference": (0.5, 6),
    }
    assert figures(home, "writing") == {"write-ups handed in": (1, 1), "your own scores by the rubric": (3, 4)}
    assert figures(home, "defending") == {"units rehearsed": (1, 1), "your own scores of your answers": (1.5, 2)}
    assert progress.gather(home, NOW).problems == []


def test_the_first_sitting_counts_and_not_the_best(home: Path) -> None:
    learners.start(home)
    sure = [{"id": "a", "probability": 1.0, "truth": True}]
    wrong = [{"id": "a", "probability": 1.0, "truth": False}]
    entries: list[Any] = [
        ("graded", NOW, {"first": False, "brief": sure}),
        ("graded", NOW, {"first": True, "brief": wrong}),
    ]
    learners.chained(home / SECOND / "nuance.jsonl", entries)
    assert figures(home, "reading")["Brier score, first sittings"] == (1.0, 1)
    assert "1 sitting since" in area_of(home, "reading").done[0]


def test_a_retake_never_stands_in_for_the_first_sitting(home: Path) -> None:
    learners.start(home)
    brief = [{"id": "a", "probability": 1.0, "truth": True}]
    learners.chained(home / SECOND / "nuance.jsonl", [("graded", NOW, {"first": False, "brief": brief})])
    assert "Brier" not in "".join(figures(home, "reading"))


def test_a_brier_score_without_its_claims_is_told_apart(home: Path) -> None:
    learners.start(home)
    learners.chained(home / SECOND / "nuance.jsonl", [("graded", NOW, {"first": True, "brier": 0.3})])
    assert figures(home, "reading")["Brier score, first sitting of 01"] == (0.3, 1)


def test_own_scores_of_an_older_version_count_no_more(home: Path) -> None:
    learners.full(home, NOW)
    path = home / SECOND / "rubrics.jsonl"
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    again = [
        (entry.pop("kind"), NOW, {k: v for k, v in entry.items() if k not in ("hash", "before", "time")})
        for entry in entries
    ]
    learners.chained(path, [*again, ("own", NOW, {"prompt": "report", "text": "another", "words": 1})])
    assert "your own scores by the rubric" not in figures(home, "writing")


def test_the_best_attempt_counts_and_the_cell_that_lost_most_is_named(home: Path) -> None:
    learners.start(home)
    learners.graded(home, (SECOND, NOW, {"rare-rates": 5, "rare-sample": 0, "rare-plot": 3}),
                    (SECOND, NOW, {"rare-rates": 1, "rare-sample": 1, "rare-plot": 1}),
                    (SECOND, NOW, {"rare-infer": 4}))  # fmt: skip
    assert figures(home, "building") == {"points in work tests that were graded": (8, 14)}
    assert command(home, "building") == "worktest hint 01 rare-sample"
    learners.graded(home, (SECOND, NOW, {"rare-rates": 5, "rare-sample": 6, "rare-plot": 3}))
    assert command(home, "building") == "worktest start 01 --brief-only --fresh"
    about = {"cells": [], "metadata": {"worktest": {"brief_only": True}}, "nbformat": 4, "nbformat_minor": 5}
    (home / SECOND / "work_test.ipynb").write_text(json.dumps(about))
    assert command(home, "building") == "worktest review", "it was built from the brief alone"


def test_there_is_no_overall_score(home: Path, capsys: Capture) -> None:
    learners.full(home, NOW)
    data = json.loads(call(app, "progress", "--json", capsys=capsys).out)
    assert set(data) == {"units", "readiness", "caveat", "times", "points_over_time", "review", "problems"}
    assert all(set(area) == {"id", "title", "done", "figures", "next"} for area in data["readiness"])
    assert all(figure["of"] > 0 for area in data["readiness"] for figure in area["figures"])
    assert "no overall score" in CAVEAT and "predicts" in " ".join(call(app, "progress", capsys=capsys).out.split())


def test_the_steps_are_commands_that_can_be_typed(home: Path, tmp_path: Path) -> None:
    known = {c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands}
    known |= {str(group.name) for group in app.registered_groups}
    learners.full(home, NOW)
    places = [home, tmp_path / "none"]
    commands = [a.step.command for place in places for a in progress.gather(place, NOW).areas if a.step]
    assert len(commands) == 12 and all(c.split()[0] == "worktest" and c.split()[1] in known for c in commands)


def test_the_next_step_moves_on(home: Path) -> None:
    learners.full(home, NOW)
    unit = home / SECOND
    (unit / "drafts" / "doubt.md").write_text("short enough")
    assert command(home, "reading") == "worktest nuance 01"
    assert command(home, "writing") == "worktest rubric 01 fit"
    (unit / "hand_in" / "report.pdf").unlink()
    assert command(home, "writing") == "worktest handin 01 --template"
    (unit / "write_up.md").write_text("# A")
    assert command(home, "writing") == "worktest handin 01"
    for name in ("drafts", "journal.jsonl"):
        path = unit / name
        path.rename(unit / f"old-{name}")
    assert "`rate-at-3`" in str(area_of(home, "judgement").step)
    assert command(home, "reading") == "worktest form 01 fit"


# Times ----------------------------------------------------------------------------------------------------------


def test_times_beside_the_cards(home: Path, capsys: Capture) -> None:
    learners.full(home, NOW)
    data = json.loads(call(app, "progress", "--json", capsys=capsys).out)
    ratios = {cell["cell"]: cell["ratio"] for cell in data["times"]["cells"]}
    expected = {
        "warm-norms": 20 / 15,
        "rare-rates": 25 / 15,
        "rare-sample": 1.5,
        "rare-plot": 1.0,
        "rare-infer": 20 / 12,
    }
    assert ratios == pytest.approx(expected) and data["times"]["ratio"] == pytest.approx(1.5)
    assert {row["unit"]: row["worked"] for row in data["units"]} == {FIRST: 20, SECOND: 85}
    out = " ".join(call(app, "progress", capsys=capsys).out.split())
    assert "Your times are 1.5 times the cards' (median of 5 cells; half of them between 1.3 and 1.7)" in out


def test_the_clock_counts_what_the_events_miss_and_nothing_twice(home: Path) -> None:
    learners.start(home)
    unit, begun = home / SECOND, NOW - 2 * DAY
    learners.worked(unit, begun, ("rare-rates", 20))  # 0 to 20
    at = [begun + dt.timedelta(minutes=m) for m in (10, 70, 100, 130, 500)]
    learners.chained(unit / times.CLOCK_FILE, [
        ("start", at[0], {"limit_minutes": 180}), ("pause", at[1], {"reason": "lunch"}), ("resume", at[2], {}),
        ("checkpoint", at[3], {"note": "?"}), ("forgive", at[3], {"minutes": 5, "reason": "phone"}),
    ])  # fmt: skip
    (row,) = [row for row in progress.gather(home, NOW).rows if row.unit == SECOND]
    assert row.worked == pytest.approx(70 + 30 - 5)  # 0 to 70 and 100 to 130; the clock that still runs adds nothing


def test_one_cell_is_only_a_first_guess(home: Path) -> None:
    assert "No graded cell was timed yet" in times.sentence([])
    assert "median of 1 cell; few" in times.sentence([times.CellTime("01", "a-b", 12.0, 10)])


# Damage ---------------------------------------------------------------------------------------------------------

ODD: list[Any] = ["abc", None, -3, float("nan"), float("inf"), 10**400, True, [], {"a": 1}, "\x1b[2J" * 3]


@pytest.mark.parametrize("value", ODD, ids=[f"odd-{n}" for n in range(len(ODD))])
def test_odd_values_everywhere_are_left_out(home: Path, value: Any, capsys: Capture) -> None:
    learners.full(home, NOW)
    unit = home / SECOND
    with (home / "progress.jsonl").open("a") as file:
        for entry in ({"unit": SECOND, "points": value, "time": NOW.isoformat()}, {"unit": value, "points": 3}, {"unit": SECOND, "points": 1, "time": value, "cells": [value, {"id": value}, {"id": "rare-plot", "points": value}]}):  # fmt: skip
            file.write(json.dumps(entry) + "\n")
    with (unit / "activity.jsonl").open("a") as file:
        for entry in ({"time": value, "kind": "open"}, {"time": NOW.isoformat(), "kind": value}, {"time": NOW.isoformat(), "kind": "check", "topic": value, "passed": value, "total": value}):  # fmt: skip
            file.write(json.dumps(entry) + "\n")
    for name in ("nuance", "rubrics", "interview", "journal", "clock"):
        path = unit / f"{name}.jsonl"
        more = [
            {"kind": kind, **dict.fromkeys(("brief", "brier", "first", "prompt", "distance", "level", "answer", "criterion", "hash", "rehearsal", "question", "scores", "name", "value", "low", "minutes", "time"), value)}
            for kind in ("graded", "own", "shown", "score", "answer", "predict", "decide", "measure", "start", "forgive")
        ]  # fmt: skip
        more += [
            {"kind": "shown", "prompt": "report", "distance": value},
            {"kind": "graded", "brief": [{"probability": value, "truth": value}]},
        ]
        with path.open("a") as file:
            file.writelines(json.dumps(entry) + "\n" for entry in more)
    before = {"reading": (8.0, 0.16), "building": (14.0, 12.0)}
    found = progress.gather(home, NOW)
    for name, (of, value_) in before.items():
        first = next(area for area in found.areas if area.id == name).figures[0]
        assert (first.of, round(first.value, 2)) == (of, value_)
    assert found.problems
    said = call(app, "progress", capsys=capsys)
    assert said.code == 0 and "\x1b" not in said.out
    json.loads(call(app, "progress", "--json", capsys=capsys).out, parse_constant=lambda name: pytest.fail(name))


def test_a_brier_of_abc_is_named(home: Path) -> None:
    learners.start(home)
    learners.chained(home / SECOND / "nuance.jsonl", [("graded", NOW, {"first": True, "brier": "abc"})])
    (problem,) = progress.gather(home, NOW).problems
    assert SECOND in problem and "'abc'" in problem
    assert "Brier" not in "".join(figures(home, "reading"))


def test_a_time_in_the_future_is_named_and_left_out(home: Path) -> None:
    learners.start(home)
    learners.worked(home / SECOND, NOW + 30 * DAY, ("rare-rates", 20))
    learners.graded(home, (SECOND, NOW + 30 * DAY, {"rare-rates": 3}))
    found = progress.gather(home, NOW)
    assert [row.worked for row in found.rows] == [None, None] and found.points == []
    assert "in the future" in found.problems[-2] + found.problems[-1]
    assert len(found.problems) == 2


@pytest.mark.parametrize("name", ["journal.jsonl", "nuance.jsonl", "rubrics.jsonl", "interview.jsonl", "clock.jsonl", "activity.jsonl", "prompts.toml", "unit.toml", "exit.toml", "drafts/fit.md"])  # fmt: skip
@pytest.mark.parametrize("content", [b"\xff\xfe\x00garbage", b"[" * 100_000, b"{}\n" * 3, b"a = [\n"])
def test_a_damaged_file_leaves_the_others(home: Path, name: str, content: bytes, capsys: Capture) -> None:
    learners.full(home, NOW)
    (home / SECOND / name).write_bytes(content)
    said = call(app, "progress", capsys=capsys)
    assert said.code == 0 and "12 of 14" in said.out
    if (name.endswith("toml") and name != "unit.toml") or name in ("nuance.jsonl", "journal.jsonl", "rubrics.jsonl"):
        lines = [line for line in said.out.splitlines() if line.startswith("note: ")]
        assert 1 <= len(lines) <= 20 and all(name.partition(".")[0] in line for line in lines)


def test_a_draft_that_is_a_book_or_a_folder(home: Path) -> None:
    learners.full(home, NOW)
    (home / SECOND / "drafts" / "fit.md").write_text("word " * 60_000)
    (home / SECOND / "drafts" / "doubt.md").unlink()
    (home / SECOND / "drafts" / "doubt.md").mkdir()
    assert figures(home, "reading")["mentor questions drafted within their limits"] == (0, 2)
    said = "".join(progress.gather(home, NOW).problems)
    assert "fit.md" in said and "doubt.md is no file" in said


def test_a_prompt_that_points_out_of_its_folder_reads_nothing(home: Path) -> None:
    learners.start(home)
    (home / "secret.md").write_text("words of somebody else")
    path = home / SECOND / "prompts.toml"
    path.write_text(path.read_text().replace('id = "fit"', 'id = "../../secret"'))
    assert "mentor questions drafted within their limits" not in figures(home, "reading")
    assert "../../secret" in "".join(progress.gather(home, NOW).problems)


def test_tables_fit_80_columns(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    learners.full(home, NOW)
    tables = [line for line in call(app, "progress", capsys=capsys).out.splitlines() if line[:1] in "┏┃┡│├└"]
    assert len(tables) > 20 and max(map(len, tables)) <= 80


def test_a_file_without_html_is_asked_about(home: Path, capsys: Capture) -> None:
    assert "--html" in the_line(call(app, "progress", "page.html", capsys=capsys))
