"""`worktest extend handin`: the draft for the capstone's rubric, and what it says is still open."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli import call
from extended import change

from worktest import drafts, paths
from worktest.cli import app
from worktest.extend.check import findings
from worktest.extend.folder import Research
from worktest.extend.hand_in import CAPSTONE, PROMPT, hand_in


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The capstone, in the workspace of ``research``."""
    return shutil.copytree(paths.curriculum() / CAPSTONE, tmp_path / CAPSTONE)


def test_an_honest_paper_is_the_draft_without_a_name_and_nothing_is_open(research: Research, unit: Path) -> None:
    made = hand_in(research, unit.parent)
    assert made.notes == [] and made.draft == drafts.path_of(unit, PROMPT)
    text = drafts.read_draft(unit, PROMPT)
    assert "The treated toy gains more" in text and "Author" not in text and "{{" not in text


def test_open_findings_are_counted_in_one_note(
    research: Research, unit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(research, "references.bib", "title  = {On Gains},", "")
    (one,) = findings(research)
    assert hand_in(research, unit.parent).notes == ["1 finding of `worktest extend check` is open"], one
    change(research, "paper.md", "None was used for the text.", "[Write here: what was used]")
    many = len(findings(research))
    assert many > 1
    said = call(app, "extend", "handin", research.name, "--workspace", str(unit.parent), capsys=capsys)
    assert said.code == 0 and f"note: {many} findings of `worktest extend check` are open\n" in said.out
    assert "note: the earlier draft is kept in" in said.out
    # the same paper again is the same draft, and what is open is said again
    said = call(app, "extend", "handin", research.name, "--workspace", str(unit.parent), "--json", capsys=capsys)
    assert json.loads(said.out)["notes"] == [f"{many} findings of `worktest extend check` are open"]


def test_without_the_capstone_there_is_no_draft_and_no_count(research: Research, tmp_path: Path) -> None:
    change(research, "references.bib", "title  = {On Gains},", "")
    made = hand_in(research, tmp_path)
    assert made.draft is None and len(made.notes) == 1 and "no draft for the rubric" in made.notes[0]
