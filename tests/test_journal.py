"""The journal: the first entry counts, what is measured is held against it, and nothing is written where none runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from cli import call, the_line

from worktest import chain, recording
from worktest.cli import app
from worktest.errors import UserError
from worktest.journal import FILE, Journal, view


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def test_the_first_prediction_counts_and_the_last_measurement(journal: Journal, capsys: Any) -> None:
    journal.predict("rate", 0.01, (0.001, 0.05), 0.8)
    journal.predict("rate", 0.2, (0.1, 0.3), 0.9)
    journal.measure("rate", 0.4)
    journal.measure("rate", np.float32(0.02), interval=(0.01, torch.tensor(0.04)), unit="share of answers")
    seen = view(journal.path.parent)
    prediction = seen.predictions["rate"]
    assert (prediction.value, prediction.confidence, prediction.revisions) == (0.01, 0.8, 1)
    assert prediction.hit is True and prediction.measured == seen.measurements["rate"]
    assert seen.measurements["rate"].unit == "share of answers" and seen.problems == []
    said = capsys.readouterr().out.splitlines()
    assert "a revision: your first entry counts" in said[1] and "you predicted 0.01, 0.001 to 0.05" in said[2]


def test_a_prediction_after_the_measurement_is_none(journal: Journal) -> None:
    journal.measure("rate", 0.4)
    journal.predict("rate", 0.4, (0.3, 0.5), 0.9)
    prediction = view(journal.path.parent).predictions["rate"]
    assert prediction.late and prediction.hit is None


def test_running_a_cell_again_adds_nothing(journal: Journal, capsys: Any) -> None:
    for _ in range(3):
        journal.decide("alpha", 4, [1, 2.0, "none"], "it shows", "no hits")
    assert len(chain.read(journal.path).entries) == 1
    decision = view(journal.path.parent).decisions["alpha"]
    assert decision.choice == 4.0 and decision.alternatives == ("1", "2.0", "none") and decision.revisions == 0
    assert "written down before" in capsys.readouterr().out


def test_placeholders_are_named_and_not_recorded(journal: Journal, capsys: Any) -> None:
    journal.predict("rate", ..., (..., ...), 0.8)
    journal.decide("alpha", choice=..., alternatives=[...], because=..., would_change_my_mind="x")
    journal.measure("rate", ...)
    assert not journal.path.exists()
    said = capsys.readouterr().out
    assert "prediction 'rate' is not recorded yet: fill in value, interval" in said
    assert "fill in choice, alternatives, because" in said


@pytest.mark.parametrize("environment", [recording.OFF, {"NBGRADER_EXECUTION": "autograde"}])
def test_nothing_is_written_in_a_build_or_in_grading(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, capsys: Any, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    journal.predict("rate", 0.1, (0, 1), 0.8)
    assert not journal.path.exists() and "prediction rate = 0.1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rate", "much", (0, 1), 0.8), "value is a finite number, not 'much'"),
        (("rate", True, (0, 1), 0.8), "value is a finite number"),
        (("rate", float("nan"), (0, 1), 0.8), "finite"),
        (("rate", 10**400, (0, 1), 0.8), "not one beyond 1e308"),
        (("rate", 10**5000, (0, 1), 0.8), "not one beyond 1e308"),
        (("rate", 0.5, 0.1, 0.8), "two numbers"),
        (("rate", 0.5, (1, 0), 0.8), "1 is above 0"),
        (("rate", 0.5, (0, 1), 80), "0.8 for 80 %"),
        (("rate", 2, (0, 1), 0.8), "lies outside your interval"),
        ((7, 0.5, (0, 1), 0.8), "name is a short text"),
        (("rate", np.zeros(3), (0, 1), 0.8), "finite number"),
    ],
)
def test_an_odd_prediction_is_refused_in_one_line(journal: Journal, arguments: Any, says: str) -> None:
    with pytest.raises(UserError, match=says):
        journal.predict(*arguments)
    assert not journal.path.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"choice": object()}, "choice is a number or a text"),
        ({"alternatives": 3.5, "because": 4}, "because is a text"),
        ({"alternatives": {"a": 1}}, "alternatives is a list"),
        ({"because": "x" * 6000}, "keep it under"),
    ],
)
def test_an_odd_decision_is_refused_in_one_line(journal: Journal, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        journal.decide(**{"name": "alpha", "choice": 4, **changes})
    assert not journal.path.exists()


def test_what_is_no_entry_is_named_and_the_rest_is_read(journal: Journal) -> None:
    journal.predict("rate", 0.1, (0, 1), 0.8)
    for entry in ({"name": "x", "value": "many"}, {"name": ["x"]}, {"value": 1}):
        chain.append(journal.path, "measure", {"low": None, "high": None, "unit": "", **entry})
    chain.append(journal.path, "sermon", {"name": "x"})
    seen = view(journal.path.parent)
    assert list(seen.predictions) == ["rate"] and not seen.measurements
    assert len(seen.problems) == 4 and "entry 5: a 'sermon'" in seen.problems[-1]


def test_the_error_in_a_notebook_is_one_line() -> None:
    assert UserError("a clear line")._render_traceback_() == ["worktest: a clear line"]


def learner(tmp_path: Path) -> Path:
    folder = tmp_path / "arbeit für mich" / "01_logit_diff_amplification"
    folder.mkdir(parents=True)
    (folder / "unit.toml").write_text('title = "A unit"\nstage = "start"\nminutes = 1\nnotebooks = ["a"]\n')
    return folder


def test_the_command_shows_it_without_what_a_terminal_would_run(tmp_path: Path, capsys: Any) -> None:
    folder = learner(tmp_path)
    journal = Journal(folder)
    journal.predict("rate", 0.1, (0, 0.2), 0.8)
    journal.measure("rate", 0.3)
    journal.decide("alpha", "[red]4[/red]\x1b[2J", because="it shows")
    capsys.readouterr()
    said = call(app, "journal", "01", capsys=capsys)
    assert said.code == 0 and "\x1b[2J" not in said.out and "[red]4[/red]" in said.out and " no " in said.out
    data = json.loads(call(app, "journal", "01", "--json", capsys=capsys).out)
    assert data["predictions"]["rate"]["measured"]["value"] == 0.3


def test_over_all_units(tmp_path: Path, capsys: Any) -> None:
    folder = learner(tmp_path)
    said = call(app, "journal", capsys=capsys)
    assert said.code == 0 and "too few" in said.out
    for number in range(10):
        Journal(folder).predict(f"p{number}", 1, (0, 2), 0.9)
        Journal(folder).measure(f"p{number}", 1 if number < 3 else 5)
    capsys.readouterr()
    data = json.loads(call(app, "journal", "--json", capsys=capsys).out)
    assert data["brier"] == pytest.approx(0.3 * 0.01 + 0.7 * 0.81)
    assert "surer than you are right: 90% sure, 30% right" in data["finding"]
    assert (folder.parent / "calibration.png").read_bytes().startswith(b"\x89PNG")


def test_a_unit_that_was_not_started(tmp_path: Path, capsys: Any) -> None:
    assert "worktest start 01" in the_line(call(app, "journal", "01", capsys=capsys))
    assert FILE == "journal.jsonl"
