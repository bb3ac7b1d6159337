"""Readiness counts what the other parts really write: every file here comes from the function that a learner's act calls."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_clock import Watch, watch  # noqa: F401 (a fixture)

from autograde.claims import truths
from autograde.written import reference_scores
from worktest import clock, drafts, hand_in, nuance, progress, rubrics, workspace
from worktest.interview import build, record
from worktest.interview.material import gather
from worktest.journal import Journal
from worktest.prompts import read_prompts
from worktest.readiness import Area
from worktest.units import load_unit
from worktest.write_up import write_templates

UNIT = "01_logit_diff_amplification"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return workspace.start(UNIT, workspace.prepare(tmp_path / "heim") / UNIT)


def area(folder: Path, name: str) -> Area:
    return next(found for found in progress.gather(folder.parent).areas if found.id == name)


def figures(folder: Path, name: str) -> dict[str, tuple[float, float]]:
    return {figure.what: (figure.value, figure.of) for figure in area(folder, name).figures}


def test_a_nuance_sitting_counts(folder: Path) -> None:
    sitting = nuance.current(folder)
    for claim in sitting.open_claims:
        nuance.answer(folder, sitting, claim.id, 0.5)
    nuance.settle(folder, UNIT, sitting, truths(UNIT, [claim.id for claim in sitting.claims]))
    assert figures(folder, "reading")["Brier score, first sittings"] == (0.25, 8)


def test_a_rubric_sitting_counts(folder: Path) -> None:
    prompt = next(p for p in read_prompts(folder).values() if p.kind == "mentor")
    drafts.write_draft(folder, prompt.id, "A short answer of mine.")
    rubrics.commit(folder, prompt)
    for sample in prompt.sample:
        for criterion in prompt.criterion:
            rubrics.score(folder, prompt, sample.id, criterion.id, 0)
    rubrics.reveal(folder, prompt, reference_scores(UNIT, prompt.id))
    for criterion in prompt.criterion:
        rubrics.score(folder, prompt, "own", criterion.id, criterion.top)
    assert figures(folder, "reading")["mentor questions drafted within their limits"][0] == 1
    assert figures(folder, "writing")["your own scores by the rubric"] == (prompt.points, prompt.points)
    distance, scores = figures(folder, "judgement")["distance of your scores from the reference"]
    assert distance > 0 and scores == 3 * len(prompt.criterion)


def test_predictions_decisions_and_measurements_count(folder: Path) -> None:
    info, journal = load_unit(folder), Journal(folder)
    first, second = info.predictions[:2]
    journal.predict(first, 1.0, (0.5, 2.0), 0.8)
    journal.measure(first, 1.5)
    journal.measure(second, 1.5)
    journal.predict(second, 1.5, (1, 2), 0.9)  # after the measurement
    journal.decide(info.decisions[0], 4, [1, 2], "it shows", "no hits")
    journal.decide(info.decisions[1], "x")
    found = figures(folder, "judgement")
    assert found["predictions made before measuring"] == (1, len(info.predictions))
    assert found["measured values inside your intervals"] == (1, 1)
    assert found["decisions with alternatives and a reason"] == (1, len(info.decisions))


def test_a_hand_in_and_a_rehearsal_count(folder: Path) -> None:
    assert figures(folder, "writing")["write-ups handed in"] == (0, 1)
    write_templates(folder)
    hand_in.build(folder, UNIT)
    assert figures(folder, "writing")["write-ups handed in"] == (1, 1)

    rehearsal, _ = build.rehearsal_for(gather(UNIT, folder, folder.parent), count=2, seed=1)
    assert figures(folder, "defending")["units rehearsed"] == (0, 1), "drawn is not answered"
    first, second = rehearsal.questions
    rehearsal.keep_text(first, "answer", "Because I had seen it.")
    rehearsal.keep_branch(second, 1)
    tops = {criterion.id: len(criterion.levels) - 1 for criterion in record.CRITERIA}
    rehearsal.keep_scores(first, tops)
    assert figures(folder, "defending")["units rehearsed"] == (1, 1)
    assert figures(folder, "defending")["your own scores of your answers"] == (2.0, len(tops))
    assert area(folder, "defending").done == ["01: 1 rehearsal, 2 questions answered"]


def test_points_and_measured_times_count(folder: Path, watch: Watch) -> None:  # noqa: F811
    info = load_unit(folder)
    cells = [{"id": c.id, "title": c.title, "points": c.points, "maximum": c.points, "failed": []} for c in info.graded]
    points = sum(c.points for c in info.graded)
    workspace.record(folder.parent, {"unit": UNIT, "points": points, "maximum": points, "cells": cells})
    for name, notebook in (("building", "work_test"), ("judgement", "reasoning")):
        top = sum(c.points for c in info.graded if c.notebook == notebook)
        assert (top, top) in figures(folder, name).values()

    clock.start(folder, 180)
    watch.later(30)
    clock.pause(folder, "lunch")
    watch.later(60)
    clock.resume(folder)
    watch.later(10)
    clock.finish(folder)
    (row,) = [row for row in progress.gather(folder.parent).rows if row.unit == UNIT]
    assert row.worked == pytest.approx(40, abs=0.1)
