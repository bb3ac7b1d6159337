"""A whole unit in twenty lines, without torch: what the tests grade when the subject is the machinery."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograde.build.make import release, to_json, worked_notebook, write_release
from autograde.build.references import References
from worktest.units import load_unit

UNIT = "90_micro"
DOUBLE, TOTAL = "micro-double", "micro-total"

_UNIT_TOML = """
title = "A unit for tests"
stage = "start"
minutes = 1
notebooks = ["micro"]
"""
_GRADED_TOML = """
[[graded]]
id = "{id}"
title = "{title}"
notebook = "micro"
points = {points}
difficulty = 1
importance = 1
minutes = 1
llm = "off"
held_back = 1
"""
_SCRIPT = '''# %% [markdown] tags=["brief"]
# # Micro
#
# {{card micro-double}}
#
# {{card micro-total}}

# %% locked="micro-setup"
import numpy as np

import worktest

unit = worktest.open_unit()

# %% tags=["explore"]
print("a long sweep")

# %% solution="micro-double"
def double(values):
    """Twice the values, as a new array."""
    ### BEGIN SOLUTION
    answer_of_the_author = [2 * value for value in values]
    return np.asarray(answer_of_the_author)
    ### END SOLUTION

# %% check="micro-double"
unit.check("micro-double")

# %% solution="micro-total"
def total(values):
    """The sum of the values."""
    ### BEGIN SOLUTION
    return float(np.sum(np.asarray(values)))
    ### END SOLUTION

# %% check="micro-total"
unit.check("micro-total")
'''
_VISIBLE = '''"""Visible checks."""

from worktest.checks import check, expect


@check("micro-double")
def doubles_one_two(answer, rng):
    """doubles two numbers"""
    expect.close(answer.call("double", [1.0, 2.0]), [2.0, 4.0], "Every value must be doubled.")


@check("micro-total")
def sums_one_two(answer, rng):
    """sums two numbers"""
    expect.close(answer.call("total", [1.0, 2.0]), 3.0, "The values must be added up.")
'''
_HIDDEN = '''"""Held-back checks."""

from worktest.checks import check, expect


@check("micro-double")
def doubles_what_is_drawn(answer, rng):
    """doubles any numbers"""
    secret_of_the_examiner = rng.normal(size=(5,)) + 1234.0
    got = answer.call("double", secret_of_the_examiner)
    expect.close(got, 2 * secret_of_the_examiner, "Every value must be doubled, whatever it is.")


@check("micro-total")
def sums_what_is_drawn(answer, rng):
    """sums any numbers"""
    numbers_of_the_examiner = rng.normal(size=(7,)) + 1234.0
    expect.close(answer.call("total", numbers_of_the_examiner), numbers_of_the_examiner.sum(), "All count.")
'''
_WORLD = '''"""Nothing to see."""

ANSWER_TO_EVERYTHING = 42
'''
_BIB = "@misc{doe, author = {Doe, Jo}, title = {A Title}, year = {2025}, url = {https://example.org}}\n"

RIGHT = {
    DOUBLE: "def double(values):\n    return np.asarray(values) * 2",
    TOTAL: "def total(values):\n    return float(sum(values))",
}


def write_source(root: Path) -> Path:
    """Write the unit's hand-written files under ``root/solutions``; gives its folder."""
    folder = root / "solutions" / UNIT
    folder.mkdir(parents=True)
    (root / "curriculum").mkdir(exist_ok=True)
    (root / "solutions" / "references.bib").write_text(_BIB)
    cells = ((DOUBLE, "Twice", 4), (TOTAL, "The sum", 3))
    graded = "".join(_GRADED_TOML.format(id=i, title=t, points=p) for i, t, p in cells)
    (folder / "unit.toml").write_text(_UNIT_TOML + graded)
    hints = "".join(f'[{topic}]\nhints = ["one", "two", "three"]\n' for topic in RIGHT)
    (folder / "hints.toml").write_text(hints)
    (folder / "micro.nb.py").write_text(_SCRIPT)
    (folder / "visible.py").write_text(_VISIBLE)
    (folder / "hidden.py").write_text(_HIDDEN)
    (folder / "world.py").write_text(_WORLD)
    return folder


def build(root: Path) -> None:
    """Write, execute and release the unit under ``root``, as ``autograde build`` does."""
    folder = write_source(root)
    info = load_unit(folder)
    worked = worked_notebook(folder, "micro", info, References.read(root / "solutions" / "references.bib"))
    (folder / "micro.ipynb").write_text(to_json(worked), encoding="utf-8")
    write_release(release(UNIT, folder), root / "curriculum" / UNIT)


def released(root: Path) -> NotebookNode:
    """The notebook that a learner gets."""
    return nbformat.read(root / "curriculum" / UNIT / "micro.ipynb", as_version=4)


def cell_of(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The cell with this grade_id."""
    (found,) = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id]
    return found


def answered(root: Path, answers: dict[str, str] | None = None, *, before: tuple[str, ...] = ()) -> NotebookNode:
    """A submission: the release with these answers (default: the right ones) and ``before`` as cells of the
    learner's own, right after the setup cell.
    """
    notebook = released(root)
    for topic, source in {**RIGHT, **(answers or {})}.items():
        cell_of(notebook, topic).source = source
    place = notebook.cells.index(cell_of(notebook, "micro-setup")) + 1
    notebook.cells[place:place] = [new_code_cell(source) for source in before]
    return notebook
