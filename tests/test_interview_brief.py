"""A rehearsal about a work test that was worked from its brief alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

from interview_learners import CODE, UNIT, Learner, code, markdown, notebook, plotted, png

from worktest.interview.binding import bind
from worktest.interview.material import Material

_SECOND = """
[[graded]]
id = "talk-later"
title = "Later"
notebook = "later"
points = 5
difficulty = 1
importance = 1
minutes = 1
llm = "off"
held_back = 1
"""


def worked_from_the_brief(root: Path, home: Path, *cells: dict[str, object], later: str = "") -> Material:
    """One notebook from its brief alone, with a second one beside it that was no part of it; graded once."""
    learner = Learner(root, home)
    second = notebook(code("raise NotImplementedError()", grade_id="talk-later"))
    for folder in (root / "curriculum" / UNIT, learner.folder):
        text = (folder / "unit.toml").read_text().replace('["work"]', '["work", "later"]')
        (folder / "unit.toml").write_text(text + _SECOND)
        (folder / "later.ipynb").write_text(second)
    if later:
        (learner.folder / "later.ipynb").write_text(notebook(code(later, grade_id="talk-later")))
    brief = json.loads(notebook(*cells))
    brief["metadata"] = {"worktest": {"brief_only": True}}
    (learner.folder / "work.ipynb").write_text(json.dumps(brief))
    lost = {"id": "talk-later", "title": "Later", "points": 0, "maximum": 5, "failed": ["names a result"]}
    (home / "progress.jsonl").write_text(json.dumps({"unit": UNIT, "points": 4, "maximum": 9, "cells": [lost]}) + "\n")
    return learner.material()


MINE = (
    code(f"import math\n\n{CODE}\n\nprint(mean([1, 2]))", [plotted(png())]),
    code("def helper(values):\n    return sorted(values)[0]"),
    markdown("## talk-claim\n\nThe rate is 0.12."),
)


def test_the_own_code_is_asked_about_and_what_was_no_part_of_it_is_not(talk_root: Path, tmp_path: Path) -> None:
    material = worked_from_the_brief(talk_root, tmp_path / "a", *MINE)
    lines = [(line.cell, line.function, line.number, line.text) for line in material.work.code]
    assert lines == [
        ("talk-mean", "mean", 5, "total = sum(values)"),
        ("talk-mean", "mean", 6, "return total / len(values)"),
    ]
    assert len(material.work.plots) == 1 and material.work.claim == "The rate is 0.12."
    kinds = [question.about for question in bind(material, random.Random(0))]
    assert "code" in kinds and "points" not in kinds
    assert not any("later" in note for note in material.notes)


def test_the_notebook_beside_it_counts_once_it_was_begun(talk_root: Path, tmp_path: Path) -> None:
    material = worked_from_the_brief(talk_root, tmp_path / "a", *MINE, later="result = 1 + 1")
    assert [lost.cell for lost in material.lost] == ["talk-later"]
    assert any("later.ipynb holds no outputs" in note for note in material.notes)
