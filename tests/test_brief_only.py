"""A work test worked from its brief alone: what is started, what is asked, how it is graded."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path

import micro
import nbformat
import pytest
from cli import call, the_line
from micro import DOUBLE, RIGHT, TOTAL, UNIT, cell_of
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from test_build_marks import MORE, PROMPTS

from autograde.brief_only import fill_in
from autograde.build.make import release, to_json
from autograde.build.references import References
from autograde.build.source import read_script
from autograde.submission import compare, repair
from worktest import paths
from worktest.brief import brief_notebook, describe, is_brief_only
from worktest.cli import app
from worktest.errors import UserError
from worktest.units import GradedCell, load_unit

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "arbeit für mich"


@pytest.fixture
def folder(micro_root: Path, home: Path, capsys: Capture) -> Path:
    said = call(app, "start", "90", "--brief-only", "--timed", "90m", capsys=capsys)
    assert said.code == 0 and "micro.ipynb" in said.out and "1 h 30 min" in said.out
    return home / UNIT


def read(folder: Path) -> NotebookNode:
    return nbformat.read(folder / "micro.ipynb", as_version=4)


def write(folder: Path, *cells: NotebookNode) -> NotebookNode:
    """Put these cells where a learner writes."""
    notebook = read(folder)
    notebook.cells = [*notebook.cells[:-2], *cells]
    nbformat.write(notebook, folder / "micro.ipynb")
    return notebook


# What is started --------------------------------------------------------------------------------------------------


def test_the_notebook_holds_brief_setup_names_and_room(folder: Path, micro_root: Path) -> None:
    notebook = read(folder)
    nbformat.validate(notebook)
    assert notebook.metadata.worktest == {"brief_only": True}
    brief, setup, names, code, text = notebook.cells
    assert brief.source.startswith("# Micro") and brief.metadata.tags == ["brief"]
    assert setup.metadata.nbgrader.locked and setup.source == cell_of(micro.released(micro_root), "micro-setup").source
    for said in (f'unit.check("{DOUBLE}")', "4 points", "The sum", "def total(values):", "Twice the values, as a new"):
        assert said in names.source
    assert "worktest clock 90" in names.source
    assert (code.cell_type, code.source, text.cell_type, text.source) == ("code", "", "markdown", "")
    assert all("NotImplementedError" not in cell.source and "print(" not in cell.source for cell in notebook.cells)
    released = {path.name for path in (micro_root / "curriculum" / UNIT).iterdir()}
    here = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    assert here == released | {"clock.jsonl", "write_up.md", "statement_of_ai_use.md"}


def test_what_fails_makes_nothing(
    micro_root: Path, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nonsense in ("3 parsecs", "3", "", "-2h", "0m", "200h", "h", "2h 90 70m", "nan h"):
        line = the_line(call(app, "start", "90", "--brief-only", f"--timed={nonsense}", capsys=capsys))
        assert "3h, 90m" in line or "at most 100 hours" in line
    monkeypatch.setattr("worktest.brief.TAG", "no cell has this tag")
    assert "no brief" in the_line(call(app, "start", "90", "--brief-only", capsys=capsys))
    assert not (home / UNIT).exists()


def test_what_is_there_stays(folder: Path, capsys: Capture) -> None:
    (folder / "write_up.md").write_text("mine")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert "stays as it is" in the_line(call(app, "start", "90", "--brief-only", capsys=capsys))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert call(app, "handin", "90", "--template", capsys=capsys).out.strip() == "the templates are there already"
    assert (folder / "write_up.md").read_text() == "mine"
    assert call(app, "start", "90", "--fresh", capsys=capsys).code == 0  # and back to the whole unit
    assert not is_brief_only(read(folder)) and not (folder / "clock.jsonl").exists()


# What is examined -------------------------------------------------------------------------------------------------


def topic(stub: str) -> str:
    about = {"notebook": "n", "points": 1, "difficulty": 1, "importance": 1, "minutes": 1, "held_back": 1}
    return describe(GradedCell(id="a-b", title="A title", llm="off", **about), stub)


def test_signatures_as_their_author_wrote_them() -> None:
    text = topic(
        'import numpy as np\n\n\ndef f(\n    a: int,  # how many\n    *, b=[1, 2],\n) -> "list[int]":\n'
        '    """First line.\n\n    ```\n    an example\n    ```\n    """\n    # Your code here\n'
        "    raise NotImplementedError()\n\n\nasync def g(x): raise NotImplementedError()\n"
    )
    assert 'def f(\n    a: int,  # how many\n    *, b=[1, 2],\n) -> "list[int]":\n```' in text
    assert "\nFirst line.\n" in text and "<summary>The whole docstring</summary>\n\n````text\n" in text
    assert "async def g(x):" in text and "NotImplementedError" not in text and "import" not in text


@pytest.mark.parametrize(
    "stub",
    ["def broken(x):\n    return x + 1  # a bug", "rate = ...\n# Your code here\nraise NotImplementedError()",
     "%matplotlib inline\nx = 1", "def f(:", "class A:\n    def f(self): ..."],
)  # fmt: skip
def test_code_that_is_more_than_a_signature_is_shown_whole(stub: str) -> None:
    assert stub in topic(stub)


# Graded and checked -----------------------------------------------------------------------------------------------


def test_blank_gets_nothing_and_all_in_one_cell_everything(folder: Path, capsys: Capture) -> None:
    def graded() -> dict[str, float]:
        said = call(app, "grade", "90", "--json", capsys=capsys)
        assert said.code == 0, said.err
        return {cell["id"]: cell["points"] for cell in json.loads(said.out)["cells"]}

    assert graded() == {DOUBLE: 0.0, TOTAL: 0.0}
    one = f'{RIGHT[DOUBLE]}\nunit.check("{DOUBLE}")\nunit.clock()\n{RIGHT[TOTAL]}'
    sweep = new_code_cell("def total(values): return 'swept away'", metadata={"tags": ["explore"]})
    write(folder, new_markdown_cell("my thoughts"), new_code_cell(one), sweep, new_code_cell("1 / 0"))
    before = (folder / "micro.ipynb").read_bytes()
    assert graded() == {DOUBLE: 4.0, TOTAL: 3.0}
    assert (folder / "micro.ipynb").read_bytes() == before
    page = (folder.parent / "course" / "feedback" / "learner" / UNIT / "micro.html").read_text(encoding="utf-8")
    assert "4 of 4 points" in page and "my thoughts" in page and "not run in grading" in page

    said = call(app, "check", "90", "--json", capsys=capsys)
    assert said.code == 0 and [(r["topic"], r["passed"]) for r in json.loads(said.out)] == [(DOUBLE, 1), (TOTAL, 1)]
    assert (folder / "micro.ipynb").read_bytes() == before


def test_a_notebook_beside_the_brief_is_checked_once_it_is_begun(
    folder: Path, micro_root: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = tmp_path / "released"
    shutil.copytree(micro_root / "curriculum", released)
    monkeypatch.setattr(paths, "curriculum", lambda: released)
    beside = nbformat.v4.new_notebook(cells=[new_code_cell("print('as given out')", id="a")])
    cell = 'id = "micro-beside"\ntitle = "Beside"\nnotebook = "beside"\npoints = 1\ndifficulty = 1\n'
    cell += 'importance = 1\nminutes = 1\nllm = "off"\nheld_back = 1\n'
    for place in (released / UNIT, folder):
        about = (place / "unit.toml").read_text().replace('notebooks = ["micro"]', 'notebooks = ["micro", "beside"]')
        (place / "unit.toml").write_text(f"{about}\n[[graded]]\n{cell}")
        nbformat.write(beside, place / "beside.ipynb")
    write(folder, new_code_cell(f"{RIGHT[DOUBLE]}\n{RIGHT[TOTAL]}"))
    said = call(app, "check", "90", capsys=capsys)
    assert said.code == 0 and "micro-beside" not in said.out and "have not begun them: beside.ipynb" in said.out

    beside.cells[0].source = "x = 1"
    nbformat.write(beside, folder / "beside.ipynb")
    said = call(app, "check", "90", capsys=capsys)
    assert said.code == 1 and "micro-beside: its check did not run." in said.out and "not begun" not in said.out
    (folder / "beside.ipynb").write_text("no notebook")
    assert "beside.ipynb is not a whole notebook" in call(app, "check", "90", capsys=capsys).err


def filled(folder: Path, root: Path) -> NotebookNode:
    notebook, released = read(folder), micro.released(root)
    fill_in(notebook, released)
    assert not compare(notebook, released, "micro").refused
    whole = copy.deepcopy(notebook)
    repair(whole, released)
    nbformat.validate(whole)
    return notebook


def test_cells_copied_from_elsewhere_are_the_learners_own(folder: Path, micro_root: Path) -> None:
    full = micro.answered(micro_root)
    again = cell_of(full, "micro-setup")
    odd = new_code_cell("x = 1", metadata={"nbgrader": 3, "worktest": []})
    write(folder, cell_of(full, DOUBLE), again, odd, cell_of(full, f"{DOUBLE}-check"))
    notebook = filled(folder, micro_root)
    ids = [c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells]
    expected = ["micro-setup", DOUBLE, f"{DOUBLE}-check", TOTAL, f"{TOTAL}-check"]
    assert [name for name in ids if name] == expected
    answer = next(c for c in notebook.cells if c.source == RIGHT[DOUBLE])
    assert notebook.cells.index(answer) < ids.index(DOUBLE)
    assert "def double" not in cell_of(notebook, DOUBLE).source and odd.source in [c.source for c in notebook.cells]


def test_a_setup_that_is_gone_is_put_back_and_a_normal_notebook_is_left(folder: Path, micro_root: Path) -> None:
    notebook = read(folder)
    del notebook.cells[1]
    nbformat.write(notebook, folder / "micro.ipynb")
    findings = compare(filled(folder, micro_root), micro.released(micro_root), "micro")
    assert list(findings.restored) == ["micro-setup"]

    normal = micro.answered(micro_root)
    for flag in (None, {"brief_only": "yes"}, "brief_only", {}):
        normal.metadata["worktest"] = flag
        before = to_json(normal)
        fill_in(normal, micro.released(micro_root))
        assert to_json(normal) == before


# Written answers, and tags through the build ----------------------------------------------------------------------


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The micro unit with a written answer, released (nothing is executed)."""
    folder = micro.write_source(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(paths, "checkout", lambda: tmp_path)
    (folder / "prompts.toml").write_text(PROMPTS)
    with (folder / "micro.nb.py").open("a") as file:
        file.write(MORE + '\n# %% [markdown] tags=["brief", "nbval-x"]\n# More of the brief.\n')
    notebook = read_script(
        folder / "micro.nb.py", load_unit(folder), References.read(tmp_path / "solutions" / "references.bib")
    )
    (folder / "micro.ipynb").write_text(to_json(notebook), encoding="utf-8")
    for path, content in release(UNIT, folder).items():
        (tmp_path / "curriculum" / UNIT).mkdir(exist_ok=True)
        (tmp_path / "curriculum" / UNIT / path).write_bytes(content)
    return tmp_path / "curriculum" / UNIT


def test_the_release_keeps_the_tags_of_text(written: Path) -> None:
    tags = {c.source.splitlines()[0]: c.metadata.get("tags") for c in read(written).cells if c.cell_type == "markdown"}
    assert tags["# Micro"] == ["brief"] and tags["More of the brief."] == ["brief"]


def test_each_name_of_the_journal_says_what_it_stands_for_and_a_strange_one_is_refused(written: Path) -> None:
    def said() -> str:
        made = brief_notebook(read(written), load_unit(written), "micro", written, number="90", timed=False)
        return str(next(c for c in made.cells if c.id == "names-examined").source)

    about = written / "unit.toml"
    plain = about.read_text()
    head, graded = plain.split("[[graded]]", 1)
    names = 'predictions = ["share"]\ndecisions = ["dose"]\nresults = ["share"]\n'
    about.write_text(f"{head}{names}[[graded]]{graded}")
    assert "interview knows: predict `share`; decide `dose`; measure `share`." in said()
    about.write_text(f'{head}{names}[journal]\nshare = """a share\nof all"""\n[[graded]]{graded}')
    assert "\n- predict and measure `share`: a share of all\n- decide `dose`\n" in said()
    about.write_text(f'{head}{names}[journal]\nshaer = "a slip"\n[[graded]]{graded}')
    with pytest.raises(UserError, match="key 'journal'.*'shaer'"):
        load_unit(written)


def test_given_code_that_calls_the_learners_stands_below_it(written: Path) -> None:
    released = read(written)
    setup = next(cell for cell in released.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "micro-setup")
    setup.metadata["tags"] = ["later"]
    made = brief_notebook(released, load_unit(written), "micro", written, number="90", timed=False)
    order = [cell.id for cell in made.cells]
    assert (
        order.index("names-examined") < order.index("yours-code") < order.index(setup.id) < order.index("yours-code-2")
    )
    nbformat.validate(made)


@pytest.mark.parametrize("heading", ["## micro-why", "# `micro-why`:"])
def test_a_text_cell_with_the_prompts_heading_is_the_written_answer(written: Path, heading: str) -> None:
    released = read(written)
    made = brief_notebook(released, load_unit(written), "micro", written, number="90", timed=False)
    names = next(c for c in made.cells if c.id == "names-examined").source
    assert "heading `## micro-why`, at most 50 words" in names and "Why would one double" in names
    assert "author's own answer" not in to_json(made) and "worktest clock" not in names

    blank = nbformat.reads(nbformat.writes(made), as_version=4)
    fill_in(blank, released)
    assert cell_of(blank, "micro-why").source == "Your answer here."
    made.cells += [new_markdown_cell(heading), new_markdown_cell(f"{heading}\nBecause."), new_markdown_cell("else")]
    fill_in(made, released)
    answer = cell_of(made, "micro-why")
    assert answer.source.endswith("Because.") and answer.metadata.nbgrader.points == 3
    assert not compare(made, released, "micro").refused
