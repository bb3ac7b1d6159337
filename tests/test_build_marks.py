"""Marks of the percent scripts that the human stages need: cells to fill in, written answers, prompts."""

from __future__ import annotations

from pathlib import Path

import micro
import nbformat
import pytest

from autograde.build.make import release, source_digest, to_json, worked_notebook
from autograde.build.references import References
from autograde.build.source import read_script
from worktest import paths
from worktest.errors import UserError
from worktest.units import load_unit

PROMPTS = """
[[prompt]]
id = "micro-why"
kind = "mentor"
notebook = "micro"
title = "Why twice"
text = "Why would one double a number?"
words = 50
[[prompt.criterion]]
id = "reason"
asks = "Gives a reason"
levels = ["none", "one", "one, and what would speak against it"]
[[prompt.criterion]]
id = "limits"
asks = "Names a limit"
levels = ["none", "one"]
[[prompt.sample]]
id = "a"
text = "A sample."
scores = { reason = 1, limits = 0 }
reasons = { reason = "because", limits = "none" }
"""
MORE = """
# %% yours="guess"
guess = 3
### RELEASED AS
# # your guess:
# guess = ...

# %% [markdown]
# {{prompt micro-why}}

# %% [markdown] written="micro-why"
# The author's own answer.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = micro.write_source(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(paths, "checkout", lambda: tmp_path)
    (folder / "prompts.toml").write_text(PROMPTS)
    with (folder / "micro.nb.py").open("a") as file:
        file.write(MORE)
    return folder


def read(folder: Path) -> nbformat.NotebookNode:
    bibliography = References.read(folder.parent / "references.bib")
    return read_script(folder / "micro.nb.py", load_unit(folder), bibliography)


def test_the_release_shows_what_is_to_fill_in(folder: Path) -> None:
    bibliography = References.read(folder.parent / "references.bib")
    worked = worked_notebook(folder, "micro", load_unit(folder), bibliography)
    assert any(cell.source == "guess = 3" for cell in worked.cells)
    (folder / "micro.ipynb").write_text(to_json(worked), encoding="utf-8")
    released = nbformat.reads(release(micro.UNIT, folder)[Path("micro.ipynb")].decode(), as_version=4)
    sources = [cell.source for cell in released.cells]
    assert "# your guess:\nguess = ..." in sources and "guess = 3" not in sources
    cell = micro.cell_of(released, "micro-why")
    assert cell.source == "Your answer here." and cell.metadata.nbgrader.points == 3
    assert cell.metadata.nbgrader.grade and cell.metadata.nbgrader.solution and not cell.metadata.nbgrader.locked
    text = next(s for s in sources if "Why would one double" in s)
    assert "at most 50 words" in text and "**2** one, and what would speak against it" in text
    assert all("RELEASED AS" not in s and "author's own answer" not in s for s in sources)
    assert not any("worktest" in cell.metadata for cell in released.cells)


def test_a_changed_prompt_makes_the_notebook_stale_and_a_changed_score_does_not(folder: Path) -> None:
    before = source_digest(folder, "micro")
    path = folder / "prompts.toml"
    path.write_text(PROMPTS.replace("limits = 0", "limits = 1").replace("A sample", "Another"))
    assert source_digest(folder, "micro") == before
    path.write_text(PROMPTS.replace("words = 50", "words = 60"))
    assert source_digest(folder, "micro") != before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('written="micro-why"', 'written="micro-who"', "no prompt 'micro-who'"),
        ("{{prompt micro-why}}", "{{prompt other}}", "no prompt 'other'"),
        ('# %% [markdown] written="micro-why"', '# %% written="micro-why"', "is a text cell"),
        ('# %% yours="guess"', '# %% [markdown] yours="guess"', "is a code cell"),
        ("### RELEASED AS\n", "", "stand the lines of the release"),
        ("# guess = ...", "guess = ...", "each a comment"),
        ("# guess = ...", "# guess = (...", r"micro.nb.py, cell \d+: .*is no Python: line 2: '\(' was never closed"),
        ("# # your guess:", "# # your first\n# # guess?", "what is released is no Python: line 2: "),
    ],
)
def test_a_wrong_mark_is_named(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / "micro.nb.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(UserError, match=says):
        read(folder)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Why twice"', "", "lacks title"),
        ("words = 50", "", "lacks words"),
        ("[[prompt.sample]]", '[[prompt]]\nid = "micro-why"\n[[prompt.sample]]', "there twice"),
        ("[[prompt]]", "[[prompt", "not well-formed"),
    ],
)
def test_a_damaged_prompt_file_is_named(folder: Path, old: str, new: str, says: str) -> None:
    (folder / "prompts.toml").write_text(PROMPTS.replace(old, new, 1))
    with pytest.raises(UserError, match=says):
        read(folder)
