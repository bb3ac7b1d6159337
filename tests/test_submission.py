"""What a submitted notebook may look like, what is put back, and what is refused with one line."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograde.submission import compare, notebooks_of, read_notebook, repair
from worktest import paths
from worktest.errors import UserError
from worktest.units import UnitInfo

NORMS, PLOT = "start-residual-norms", "start-norm-plot"
RELEASE = paths.curriculum() / "00_start_here" / "start_here.ipynb"


@pytest.fixture
def released() -> NotebookNode:
    notebook = nbformat.read(RELEASE, as_version=4)
    for cell in notebook.cells:
        if "nbgrader" not in cell.metadata:
            cell.metadata = NotebookNode()  # the build leaves jupytext's layout notes there
    return notebook


def grade_ids(notebook: NotebookNode) -> list[str]:
    return [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]


def cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def without(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") != grade_id]
    return notebook


def well_formed(notebook: NotebookNode) -> dict[str, Any]:
    nbformat.validate(notebook)
    ids = [c.id for c in notebook.cells]
    assert len(set(ids)) == len(ids)
    return json.loads(nbformat.writes(notebook))


# Reading -----------------------------------------------------------------------------------------------------------

WHOLE = RELEASE.read_text(encoding="utf-8")
BAD_FILES = {
    "empty": ("", "invalid JSON at line 1"),
    "no JSON": ("<html>", "invalid JSON at line 1, column 1"),
    "truncated": (WHOLE[: len(WHOLE) // 2], "invalid JSON at line"),
    "a list": ("[]", "no nbformat"),
    "a number": ("3", "no nbformat"),
    "an object": ("{}", "no nbformat"),
    "true as version": ('{"nbformat": true}', "no nbformat"),
    "version as text": ('{"nbformat": "4"}', "no nbformat"),
    "format 3": ('{"nbformat": 3, "nbformat_minor": 0, "worksheets": [], "metadata": {}}', "old notebook format 3"),
    "format 5": (WHOLE.replace('"nbformat": 4', '"nbformat": 5'), "newer than worktest reads"),
    "no cells": ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "not a well-formed notebook"),
    "cells of an odd type": (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": {"a": 1}}', "not a well-formed notebook"),
    "a cell without source": (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}',
        "not a well-formed notebook"),
    "nested without end": ("[" * 200_000, "nested too deep"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_is_no_notebook(case: str, tmp_path: Path) -> None:
    text, reason = BAD_FILES[case]
    path = tmp_path / "start_here.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=reason) as problem:
        read_notebook(path)
    assert "\n" not in str(problem.value) and str(problem.value).startswith("start_here.ipynb ")


def test_bytes_that_are_no_text_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "start_here.ipynb"
    with pytest.raises(UserError, match=r"there is no start_here\.ipynb"):
        read_notebook(path)
    path.mkdir()
    with pytest.raises(UserError, match=r"there is no start_here\.ipynb"):
        read_notebook(path)
    path.rmdir()
    path.write_bytes(b"\x80\x81\x82")
    with pytest.raises(UserError, match="not UTF-8"):
        read_notebook(path)


def test_older_minor_formats_are_read(tmp_path: Path, released: NotebookNode) -> None:
    old = json.loads(WHOLE)
    old["nbformat_minor"] = 2
    for raw in old["cells"]:
        del raw["id"]
    path = tmp_path / "start_here.ipynb"
    path.write_text(json.dumps(old))
    read = read_notebook(path)
    findings = compare(read, released, "start_here")
    assert not findings.refused and not findings.restored
    repair(read, released)
    assert well_formed(read) == well_formed(released)  # other tools drop ids: a cell is known by its text too


# Comparing and repairing -------------------------------------------------------------------------------------------


def test_the_release_itself_has_nothing_to_say(released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    findings = compare(mine, released, "start_here")
    assert (findings.refused, findings.restored, findings.remarks) == ([], {}, [])
    repair(mine, released)
    assert mine == released


def test_a_missing_answer_is_refused_and_a_renamed_one_is_named(released: NotebookNode) -> None:
    (line,) = compare(without(copy.deepcopy(released), NORMS), released, "start_here").refused
    assert f"{NORMS!r} is missing" in line and "renamed" not in line
    mine = copy.deepcopy(released)
    cell(mine, NORMS).metadata.nbgrader.grade_id = "my-own-name"
    (line,) = compare(mine, released, "start_here").refused
    assert "'my-own-name'" in line and "renamed" in line


@pytest.mark.parametrize("grade_id", [NORMS, f"{NORMS}-check", "start-setup"])
def test_a_cell_that_is_there_twice_is_refused(grade_id: str, released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    mine.cells.append(copy.deepcopy(cell(mine, grade_id)))
    (line,) = compare(mine, released, "start_here").refused
    assert f"{grade_id!r} is there 2 times" in line and f"and {len(mine.cells)})" in line and "merge" in line


@pytest.mark.parametrize("grade_id", [f"{NORMS}-check", f"{PLOT}-check", "start-setup"])
def test_a_deleted_locked_cell_comes_back_where_it_was(grade_id: str, released: NotebookNode) -> None:
    mine = without(copy.deepcopy(released), grade_id)
    assert "put back" in compare(mine, released, "start_here").restored[grade_id]
    repair(mine, released)
    assert grade_ids(mine) == grade_ids(released)
    assert cell(mine, grade_id).source == cell(released, grade_id).source
    well_formed(mine)


def test_all_locked_cells_deleted(released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    mine.cells = [cell(mine, NORMS), cell(mine, PLOT)]
    repair(mine, released)
    assert grade_ids(mine) == grade_ids(released)
    well_formed(mine)


def test_an_edited_locked_cell_is_said(released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    cell(mine, "start-setup").source += "\nimport os"
    cell(mine, f"{PLOT}-check").source = "10"
    restored = compare(mine, released, "start_here").restored
    assert set(restored) == {"start-setup", f"{PLOT}-check"}
    assert all("edited" in text for text in restored.values())


def test_a_test_cell_above_its_answer_is_moved_below(released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    check = cell(mine, f"{NORMS}-check")
    mine.cells.remove(check)
    mine.cells.insert(0, check)
    assert "moved below" in compare(mine, released, "start_here").restored[f"{NORMS}-check"]
    repair(mine, released)
    assert grade_ids(mine) == grade_ids(released)


def test_graded_cells_turned_into_text_are_code_again(released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    for grade_id in (NORMS, f"{PLOT}-check"):
        old = cell(mine, grade_id)
        new = new_markdown_cell(old.source, metadata=old.metadata, attachments={"a.png": {"image/png": "x"}})
        mine.cells[mine.cells.index(old)] = new
    cell(mine, NORMS).source = "answer = 1"
    restored = compare(mine, released, "start_here").restored
    assert "markdown" in restored[NORMS] and "code again" in restored[f"{PLOT}-check"]
    repair(mine, released)
    assert cell(mine, NORMS).cell_type == cell(mine, f"{PLOT}-check").cell_type == "code"
    assert cell(mine, NORMS).source == "answer = 1"
    well_formed(mine)


def test_metadata_of_the_submission_decides_nothing(released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    mine.metadata = NotebookNode(kernelspec={"name": "ir", "display_name": "R", "language": "R"}, title="<script>")
    cell(mine, f"{NORMS}-check").metadata.nbgrader.update(points=1000, locked=False, grade=False, schema_version=1)
    cell(mine, NORMS).metadata.tags = ["explore"]
    own = new_code_cell(
        "1", metadata={"nbgrader": {"grade": True, "grade_id": "mine", "points": 50, "solution": False}}
    )
    mine.cells += [
        own,
        *(
            new_code_cell("2", metadata={"nbgrader": odd, "tags": ["explore"]})
            for odd in (None, "text", [1], {"grade_id": [2]})
        ),
    ]
    assert not compare(mine, released, "start_here").refused
    repair(mine, released)
    kept = [c for c in mine.cells if c in released.cells]
    assert kept == released.cells and mine.metadata == released.metadata
    assert all(not c.metadata for c in mine.cells[len(released.cells) :])
    well_formed(mine)


def test_copied_cells_with_one_id_are_told_apart(released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    for source in ("a = 1", "b = 2"):
        mine.cells.append(new_code_cell(source, id=cell(mine, NORMS).id))
    repair(mine, released)
    well_formed(mine)
    assert cell(mine, NORMS).id == cell(released, NORMS).id


# Syntax ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["def f(:\n    pass", "x = (1,\n", "for i in range(3):\nprint(i)", "a b", "1 = x"])
def test_a_syntax_error_is_a_remark_and_no_refusal(source: str, released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    cell(mine, NORMS).source = source
    findings = compare(mine, released, "start_here")
    assert not findings.refused
    (remark,) = findings.remarks
    number = mine.cells.index(cell(mine, NORMS)) + 1
    assert f"cell {number}: syntax error (line" in remark and "other cells are graded" in remark


@pytest.mark.parametrize(
    "source",
    ["%matplotlib inline", "!ls -la | head", "files = !ls", "%%bash\nfor f in *; do echo $f; done", "len?", "?len",
     "await something()", "%time x = 1", "%%timeit\npass", "", "# only a comment", "async for x in y:\n    pass"],
)  # fmt: skip
def test_what_ipython_understands_is_no_syntax_error(source: str, released: NotebookNode) -> None:
    mine = copy.deepcopy(released)
    cell(mine, NORMS).source = source
    assert compare(mine, released, "start_here").remarks == []


def test_a_notebook_without_points_may_be_missing_and_one_with_points_may_not(tmp_path: Path) -> None:
    released, folder = tmp_path / "released", tmp_path / "mine"
    for name, about in (("work", {"nbgrader": {"grade": True}}), ("extra", {})):
        released.mkdir(exist_ok=True)
        cell = new_code_cell("1", metadata=about)
        nbformat.write(new_notebook(cells=[cell]), released / f"{name}.ipynb")
    info = UnitInfo(title="A unit", stage="start", minutes=1, notebooks=["work", "extra"])
    assert notebooks_of(info, released, folder) == ["work"]
    folder.mkdir()
    (folder / "extra.ipynb").write_text("no notebook", encoding="utf-8")
    assert notebooks_of(info, released, folder) == ["work", "extra"]  # what is there is looked at
