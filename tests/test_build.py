"""`autograde build --check` on a copy of unit 00: green as it is, red with the right line for each thing wrong."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import nbformat
import pytest
from cli import call, the_line
from nbformat.v4 import new_markdown_cell, new_output

from autograde.build import verify
from autograde.build.make import release, to_json, worked_notebook, write_release
from autograde.build.references import References
from autograde.build.source import read_script
from autograde.cli import app
from worktest import paths
from worktest.errors import UserError
from worktest.units import load_unit

UNIT = "00_start_here"
REAL = Path(__file__).resolve().parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of unit 00, worked and released, with the bibliography and the register."""
    root = tmp_path / "checkout"
    (root / "solutions").mkdir(parents=True)
    for side in ("solutions", "curriculum"):
        shutil.copytree(REAL / side / UNIT, root / side / UNIT, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("references.bib", "grade_ids.txt"):
        shutil.copyfile(REAL / "solutions" / name, root / "solutions" / name)
    return root


@cache
def bibliography() -> References:
    """The repository's own, which every copy holds: it is read once."""
    return References.read(REAL / "solutions" / "references.bib")


def problems(root: Path) -> list[str]:
    return verify.problems_of(UNIT, root / "solutions", root / "curriculum", bibliography())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# The repository's own -------------------------------------------------------------------------------------------


def test_the_repositorys_own_unit_is_green(capsys: pytest.CaptureFixture[str]) -> None:
    said = call(app, "build", "00", "--check", capsys=capsys)
    assert said.code == 0, said
    assert "nothing stale, nothing leaked" in said.out


def test_an_unchanged_source_changes_no_byte(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "checkout", lambda: copy)
    before = tree(copy)
    said = call(app, "build", capsys=capsys)
    assert said.code == 0 and "running" not in said.out and "written" not in said.out
    assert tree(copy) == before
    edit(copy / "curriculum" / UNIT / "unit.toml", "minutes = 60", "minutes = 26")
    (copy / "curriculum" / UNIT / "left.txt").write_text("over")
    said = call(app, "build", "--check", capsys=capsys)
    assert "2 problems in 1 units" in the_line(said, code=1) and "left.txt" in said.out
    assert call(app, "build", capsys=capsys).code == 0
    assert tree(copy) == before


# What must be red ------------------------------------------------------------------------------------------------


def _nb(root: Path, side: str, change: Callable[[nbformat.NotebookNode], None]) -> None:
    path = root / side / UNIT / "start_here.ipynb"
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    change(notebook)
    path.write_text(to_json(notebook), encoding="utf-8")


def _solution_line(root: Path) -> str:
    script = (root / "solutions" / UNIT / "start_here.nb.py").read_text(encoding="utf-8")
    return next(line.strip() for line in script.splitlines() if "run_with_hooks(tokens, fwd_hooks=[(place" in line)


def _hidden_line(root: Path) -> str:
    text = (root / "solutions" / UNIT / "hidden.py").read_text(encoding="utf-8")
    return next(line.strip() for line in text.splitlines() if line.startswith("def ") and "answer, rng" in line)


RED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a stale notebook": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", "# # Start here", "# # Start now"),
        r"start_here\.ipynb: stale; run `autograde build 00_start_here`"),
    "a stale world": (
        lambda r: edit(r / "solutions" / UNIT / "world.py", "D_MODEL = 32", "D_MODEL = 16"), r"ipynb: stale"),
    "a hand-edited release": (
        lambda r: edit(r / "curriculum" / UNIT / "start_here.ipynb", "# Start here", "# Start now"),
        r"start_here\.ipynb: not what the build makes"),
    "a missing released file": (
        lambda r: (r / "curriculum" / UNIT / "visible.py").unlink(), r"visible\.py: missing"),
    "an extra file in the release": (
        lambda r: (r / "curriculum" / UNIT / "notes.txt").write_text("x"), r"notes\.txt: not on the list of released"),
    "hidden checks in the release": (
        lambda r: shutil.copy(r / "solutions" / UNIT / "hidden.py", r / "curriculum" / UNIT),
        r"hidden\.py: leak from hidden\.py"),
    "a file in the source that nobody listed": (
        lambda r: (r / "solutions" / UNIT / "ideas.md").write_text("x"), r"ideas\.md: not on the list of files"),
    "a solution line in the text": (
        lambda r: _nb(r, "curriculum", lambda nb: nb.cells.append(
            new_markdown_cell("Try this:\n\n    " + _solution_line(r)))), r"leak from the solution in start_here"),
    "a solution line in the metadata": (
        lambda r: _nb(r, "curriculum", lambda nb: nb.metadata.update(note=["x\n" + _solution_line(r)])),
        r"leak from the solution in start_here"),
    "a solution line in an output": (
        lambda r: _nb(r, "curriculum", lambda nb: nb.cells[3].update(
            outputs=[new_output("stream", text="  " + _solution_line(r) + "\n")])), r"leak from the solution"),
    "an output": (
        lambda r: _nb(r, "curriculum", lambda nb: nb.cells[3].update(outputs=[new_output("stream", text="1")])),
        r"leak: a cell has outputs"),
    "a hidden line in a hint": (
        lambda r: edit(r / "curriculum" / UNIT / "hints.toml", "[start-norm-plot]", "# " + "x\n" + _hidden_line(r)),
        r"hints\.toml: leak from hidden\.py: 'def "),
    "a marker": (
        lambda r: edit(r / "curriculum" / UNIT / "world.py", "D_MODEL = 32", "D_MODEL = 32  ### BEGIN HIDDEN TESTS"),
        r"leak: the marker 'BEGIN HIDDEN TESTS'"),
    "a changed grade_id": (
        lambda r: [edit(p, "start-norm-plot", "start-other-plot")
                   for _ in range(9) for p in (r / "solutions" / UNIT).glob("*.*")
                   if p.suffix in (".toml", ".py") and "start-norm-plot" in p.read_text(encoding="utf-8")],
        r"released grade_id 'start-norm-plot' of start_here is gone; it must never change"),
    "a new grade_id that is not entered": (
        lambda r: edit(r / "solutions" / "grade_ids.txt", f"{UNIT} start_here start-norm-plot\n", ""),
        r"'start-norm-plot' is not entered"),
    "a graded cell without points": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", '# %% check="start-norm-plot"', "# %%"),
        r"no cell is marked check='start-norm-plot', so it has no points"),
    "a graded cell without an answer cell": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", '# %% solution="start-norm-plot"', "# %%"),
        r"no cell is marked solution='start-norm-plot'"),
    "a test cell that tests nothing": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", 'unit.check("start-norm-plot")', "pass"),
        r"cell 15: the test cell of 'start-norm-plot' must call check"),
    "a cell that unit.toml does not know": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", 'check="start-norm-plot"', 'check="start-plott"'),
        r"there is no graded cell 'start-plott'"),
    "a card of a cell that is not there": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", "{{card start-norm-plot}}", "{{card start-nothing}}"),
        r"cell 13: there is no graded cell 'start-nothing'"),
    "hidden checks that do not parse": (
        lambda r: edit(r / "solutions" / UNIT / "hidden.py", "import numpy", "import ) numpy"), r"can't be read: SyntaxError"),
    "a missing card": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", "{{card start-norm-plot}}", ""),
        r"\{\{card start-norm-plot\}\} is missing"),
    "an unknown citation in the text": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", "[@mats2026]", "[@nobody1999]"),
        r"cell 2: unknown citation 'nobody1999'"),
    "an unknown citation in unit.toml": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", '"mats2026"', '"nobody1999"'),
        r"unit\.toml: key 'papers': unknown citation 'nobody1999'"),
    "a missing prerequisite": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", "prerequisites = []", 'prerequisites = ["07_gone"]'),
        r"key 'prerequisites': there is no unit '07_gone'"),
    "a unit that needs itself": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", "prerequisites = []", f'prerequisites = ["{UNIT}"]'),
        r"a cycle: 00_start_here -> 00_start_here"),
    "a dead relative link": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", "# # Start here", "# # Start here\n# [x](img/gone.png)"),
        r"dead link to img/gone\.png"),
    "a dead heading link": (
        lambda r: edit(r / "solutions" / UNIT / "start_here.nb.py", "# # Start here", "# # Start here\n# [x](#No-Such-Place)"),
        r"dead link to the heading #No-Such-Place"),
    "hints that are too few": (
        lambda r: edit(r / "solutions" / UNIT / "hints.toml", "[start-norm-plot]", "[start-other]"),
        r"hints\.toml: 'start-norm-plot' needs three hints"),
    "checks that are not counted": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", "held_back = 4", "held_back = 5"),
        r"key 'held_back' of 'start-residual-norms' says 5, hidden\.py has 4"),
    "checks of a cell that is not there": (
        lambda r: edit(r / "solutions" / UNIT / "hidden.py", '@check("start-norm-plot")', '@check("start-gone")'),
        r"checks of 'start-gone', which unit.toml does not list"),
    "a check without a docstring": (
        lambda r: edit(r / "solutions" / UNIT / "hidden.py", '    """is right for a stream drawn at random"""\n', ""),
        r"check fresh_random_stream of start-residual-norms has no docstring"),
    "unit.toml that is no TOML": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", "minutes = 60", "minutes ="),
        r"unit\.toml is not well-formed TOML: .*line 3"),
    "unit.toml with a wrong value": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", "minutes = 60", 'minutes = "soon"'),
        r"unit\.toml: key 'minutes': .*integer"),
    "unit.toml with an unknown key": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", "minutes = 60", "minutes = 60\nhours = 1"),
        r"unit\.toml: key 'hours': "),
    "unit.toml without a key": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", 'stage = "start"', ""), r"key 'stage': Field required"),
    "a graded cell with no points in unit.toml": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", "points = 4", "points = 0"), r"key 'graded\.0\.points': "),
    "a graded cell listed twice": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", 'id = "start-norm-plot"', 'id = "start-residual-norms"'),
        r"'start-residual-norms' is listed twice"),
    "an unknown notebook": (
        lambda r: edit(r / "solutions" / UNIT / "unit.toml", 'notebook = "start_here"', 'notebook = "start_there"'),
        r"names the unknown notebook 'start_there'"),
    "a script that is not there": (
        lambda r: (r / "solutions" / UNIT / "start_here.nb.py").unlink(), r"start_here\.nb\.py is missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", RED)
def test_a_fault_is_named(case: str, copy: Path) -> None:
    change, line = RED[case]
    change(copy)
    found = problems(copy)
    assert [p for p in found if re.search(line, p)], found
    assert all("\n" not in p and str(copy) in p for p in found)


def test_a_cycle_over_two_units(copy: Path) -> None:
    shutil.copytree(copy / "solutions" / UNIT, copy / "solutions" / "01_other")
    edit(copy / "solutions" / UNIT / "unit.toml", "prerequisites = []", 'prerequisites = ["01_other"]')
    edit(copy / "solutions" / "01_other" / "unit.toml", "prerequisites = []", f'prerequisites = ["{UNIT}"]')
    assert any(f"a cycle: {UNIT} -> 01_other -> {UNIT}" in p for p in problems(copy))


def test_a_source_that_is_not_sound_is_refused(copy: Path) -> None:
    folder = copy / "solutions" / UNIT
    script = folder / "start_here.nb.py"
    text = script.read_text(encoding="utf-8")
    for old, new, line in (
        ('check="start-norm-plot"', 'check="start-residual-norms"', "must call check|already used in cell"),
        ('solution="start-norm-plot"', 'solution="start-residual-norms"', "was already used in cell"),
        ('locked="start-setup"', 'locked="a" check="start-norm-plot"', "a cell has one of"),
    ):
        script.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(UserError, match=line):
            read_script(script, load_unit(folder), bibliography())


@pytest.mark.parametrize(
    ("entry", "line"),
    [("@misc{a, title = {T}, year = {2025}, url = {u}}", "'a' lacks author"),
     ("@misc{a, author = {A}, title = {T}, year = {2025}, url = {u}}\n" * 2, "twice")],
)  # fmt: skip
def test_a_bibliography_that_is_not_whole(entry: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text(entry)
    with pytest.raises(UserError, match=line):
        References.read(path)


def test_cell_ids_follow_the_cells_alone(copy: Path) -> None:
    folder = copy / "solutions" / UNIT
    script = folder / "start_here.nb.py"
    ids = [c.id for c in read_script(script, load_unit(folder), bibliography()).cells]
    assert ids == [c.id for c in read_script(script, load_unit(folder), bibliography()).cells]
    edit(script, "# # Start here", "# # Start now")
    edit(script, "    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n    # another way\n")
    changed = [c.id for c in read_script(script, load_unit(folder), bibliography()).cells]
    assert changed[1:] == ids[1:] and changed[0] != ids[0]
    assert len(set(ids)) == len(ids)


def test_the_release_holds_stubs_and_no_worked_thing(copy: Path) -> None:
    files = {p.as_posix(): data for p, data in release(UNIT, copy / "solutions" / UNIT).items()}
    assert set(files) == {
        "start_here.ipynb",
        "shortlist.ipynb",
        "real_model.ipynb",
        "unit.toml",
        "world.py",
        "visible.py",
        "hints.toml",
    }
    notebook = json.loads(files["start_here.ipynb"])
    assert "worktest" not in notebook["metadata"]
    assert b"raise NotImplementedError()" in files["start_here.ipynb"]
    assert b"nbval" not in files["start_here.ipynb"]


@pytest.mark.slow
def test_executing_again_gives_the_same_bytes(copy: Path) -> None:
    folder = copy / "solutions" / UNIT
    before = tree(copy)
    again = to_json(worked_notebook(folder, "start_here", load_unit(folder), bibliography()))
    assert again.encode() == before[f"solutions/{UNIT}/start_here.ipynb"]
    assert write_release(release(UNIT, folder), copy / "curriculum" / UNIT) == []
    assert tree(copy) == before  # running it leaves nothing in the folder


def test_a_notebook_that_does_not_run_is_named(copy: Path) -> None:
    import micro

    root = copy.parent / "other"
    folder = micro.write_source(root)
    references = References.read(root / "solutions" / "references.bib")
    script = folder / "micro.nb.py"
    for line, said in (
        ("1 / 0", "division by zero"),
        ("import sys; print('w', file=sys.stderr)", "writes to stderr: w"),
    ):
        script.write_text(f"# %%\n{line}\n", encoding="utf-8")
        with pytest.raises(UserError, match=said) as problem:
            worked_notebook(folder, "micro", load_unit(folder), references)
        assert str(script) in str(problem.value)
