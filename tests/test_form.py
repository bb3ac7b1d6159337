"""The form: questions and limits, drafts that are never lost, the export, and drafts that travel into the hand-in."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import desk
import micro
import nbformat
import pytest
from cli import Said, call, the_line
from desk import FIRST, SECOND, UNIT, types

from autograde.grade import grade
from autograde.written import fill_from_drafts
from worktest import drafts, form
from worktest.cli import app
from worktest.errors import UserError
from worktest.notebook import OpenUnit
from worktest.prompts import read_prompts
from worktest.widgets.form import Form, form_of

Patch = pytest.MonkeyPatch
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: Patch) -> Path:
    for name in ("EDITOR", "VISUAL", "WORKTEST_RECORD"):
        monkeypatch.delenv(name, raising=False)
    return desk.unit_with_prompts(tmp_path, monkeypatch)


@pytest.fixture
def ask(capsys: Capture) -> Any:
    def run(*arguments: str) -> Said:
        return call(app, "form", "90", *arguments, capsys=capsys)

    return run


def put(folder: Path, prompt: str, text: str) -> Path:
    (folder / "drafts").mkdir(exist_ok=True)
    path = folder / "drafts" / f"{prompt}.md"
    path.write_text(text, encoding="utf-8")
    return path


# The terminal ----------------------------------------------------------------------------------------------------


def test_the_form_shows_mentor_questions_and_counts(mine: Path, ask: Any) -> None:
    put(mine, SECOND, "one two three four five six seven eight nine ten eleven twelve")
    said = ask()
    assert said.code == 0 and "Why do you want to work here?" in said.out and "Why would one double" not in said.out
    assert "12 of 10 words, 2 over the limit" in said.out and "0 of 5 words, empty" in said.out
    data = json.loads(ask("--json").out)
    assert [(d["prompt"], d["words"], d["state"]) for d in data] == [
        (SECOND, 12, "2 over the limit"), ("micro-bet", 0, "empty")]  # fmt: skip


def test_lines_until_a_dot_are_the_draft(mine: Path, ask: Any, monkeypatch: Patch) -> None:
    left = types(monkeypatch, ["Because it is", "hard and useful.", ".", "not taken"])
    said = ask(SECOND)
    assert said.code == 0 and "6 of 10 words" in said.out and left == ["not taken"]
    assert drafts.read_draft(mine, SECOND) == "Because it is\nhard and useful.\n"


def test_nothing_is_lost_when_a_draft_is_typed_anew(mine: Path, ask: Any, monkeypatch: Patch) -> None:
    put(mine, SECOND, "the first\n")
    types(monkeypatch, ["."])
    assert "stays as it is" in ask(SECOND).out and drafts.read_draft(mine, SECOND) == "the first\n"
    types(monkeypatch, ["the second", "^C"])
    assert "nothing was lost" in the_line(ask(SECOND), 130)
    assert drafts.read_draft(mine, SECOND) == "the second\n"
    assert (mine / "drafts" / f"{SECOND}.before-1.md").read_text() == "the first\n"


def test_the_editor_gets_the_draft(mine: Path, ask: Any, monkeypatch: Patch, tmp_path: Path) -> None:
    script = tmp_path / "my editor.sh"
    script.write_text('#!/bin/sh\necho "one two" >> "$2"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", f"'{script}' --wait")
    assert "2 of 10 words" in ask(SECOND).out and "4 of 10 words" in ask(SECOND).out
    monkeypatch.setenv("VISUAL", "no-such-editor")
    assert "'no-such-editor'" in the_line(ask(SECOND))
    monkeypatch.setenv("VISUAL", "false")
    assert "ended with code 1" in the_line(ask(SECOND))
    assert drafts.read_draft(mine, SECOND) == "one two\none two\n"


def test_an_unknown_question_names_the_known(mine: Path, ask: Any) -> None:
    assert "no prompt 'micro-who'" in (line := the_line(ask("micro-who"))) and "micro-bet" in line
    (mine / "prompts.toml").write_text((mine / "prompts.toml").read_text().replace('"mentor"', '"finding"'))
    assert "no mentor questions" in the_line(ask())
    (mine / "prompts.toml").write_text("[[prompt")
    assert "not well-formed" in the_line(ask())


@pytest.mark.parametrize("case", ["folder", "huge", "bytes"])
def test_a_damaged_draft_is_named(mine: Path, ask: Any, case: str) -> None:
    path = put(mine, SECOND, "")
    if case == "folder":
        path.unlink()
        path.mkdir()
        assert "is no file" in the_line(ask())
    elif case == "huge":
        path.write_text("a " * 100_000)
        assert "is longer than 40,000 characters" in the_line(ask())
    else:
        path.write_bytes(b"\xff\xfe zwei\r\nW\xc3\xb6rter")
        assert "3 of 10 words" in ask().out


def test_what_a_draft_holds_commands_no_terminal(mine: Path, ask: Any, monkeypatch: Patch) -> None:
    put(mine, SECOND, "\x1b[31mred\x07 [bold]x[/bold] \u202egnp\n")
    types(monkeypatch, ["."])
    out = ask(SECOND).out
    assert "\x1b" not in out and "\x07" not in out and "\u202e" not in out and "[bold]x[/bold]" in out


def test_the_export_holds_all_and_says_what_is_open(mine: Path, ask: Any, tmp_path: Path) -> None:
    put(mine, SECOND, "one two three four five six seven eight nine ten eleven")
    said = ask("--export")
    text = (mine / "form.md").read_text(encoding="utf-8")
    assert "written:" in said.out and "1 over the limit" in said.out
    assert "- Why this stream: 1 over the limit" in text and "- A bet: empty" in text
    assert (
        "> Why do you want to work here?" in text and "eleven" in text and "*11 of 10 words, 1 over the limit*" in text
    )
    put(mine, SECOND, "short")
    put(mine, "micro-bet", "a bet")
    other = tmp_path / "other.md"
    assert json.loads(ask("--export", str(other), "--json").out)["file"] == str(other)
    assert "Every answer is there and within its limit." in other.read_text()
    other.write_text("my diary")
    assert "no export of this form" in the_line(ask("--export", str(other))) and other.read_text() == "my diary"
    assert "ends in .md" in the_line(ask("--export", SECOND))
    assert "other/form.md" in the_line(ask("--export", str(tmp_path / "other" / "form.md")))


# Which answer counts ---------------------------------------------------------------------------------------------


def test_the_notebook_counts_where_it_holds_something(mine: Path, ask: Any) -> None:
    prompt = read_prompts(mine)[SECOND]
    put(mine, SECOND, "from the draft")
    for stub in ("Your answer here.", "  ", ["Your answer ", "here."]):
        desk.notebook(mine, SECOND, stub)
        assert drafts.answer_to(mine, prompt).place == f"drafts/{SECOND}.md"
    desk.notebook(mine, SECOND, ["from ", "the notebook cell"])
    assert drafts.answer_to(mine, prompt).text == "from the notebook cell"
    assert "the notebook's cell counts" in ask().out
    (mine / "micro.ipynb").write_text("{")
    assert "micro.ipynb is not a whole notebook" in the_line(ask())


@pytest.mark.parametrize("text", ["[]", "{}", '{"cells": 3}', '{"cells": [3, {"metadata": {"nbgrader": 3}}]}'])
def test_a_notebook_of_odd_types_has_no_answer(mine: Path, text: str) -> None:
    (mine / "micro.ipynb").write_text(text)
    assert drafts.answer_to(mine, read_prompts(mine)[SECOND]).kind == "none"


def test_words_in_a_notebook(mine: Path, monkeypatch: Patch) -> None:
    unit = OpenUnit.at(mine, {})
    desk.notebook(mine, FIRST, "one two three")
    assert repr(unit.words(FIRST)) == f"{FIRST}: 3 of 50 words (in micro.ipynb, as last saved)"
    put(mine, SECOND, "a " * 11)
    assert "11 of 10 words, 1 over the limit" in repr(unit.words(SECOND))
    with pytest.raises(UserError, match="no prompt 'x'"):
        unit.words("x")
    monkeypatch.setenv("WORKTEST_RECORD", "off")
    assert repr(unit.words(FIRST)) == f"{FIRST}: at most 50 words"  # a build does not depend on what is saved


# The widget, without a browser -----------------------------------------------------------------------------------


def test_the_widget_counts_and_keeps_each_change(mine: Path) -> None:
    put(mine, SECOND, "begun")
    widget = OpenUnit.at(mine, {}).form()
    assert isinstance(widget, Form)
    field = widget.fields[0]
    assert field.box.value == "begun" and field.box.continuous_update and "1 of 10 words" in field.count.value
    assert "bold" not in field.count.value
    field.box.value = "one two three four five six seven eight nine ten eleven"
    assert "11 of 10 words, 1 over the limit" in field.count.value and "font-weight:bold" in field.count.value
    assert drafts.read_draft(mine, SECOND).endswith("eleven")
    widget.button.click()
    assert "eleven" in (mine / "form.md").read_text() and "written:" in widget.exported.value
    data = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data and "Why do you want" in data["text/plain"]


def test_the_widget_keeps_what_was_written_elsewhere(mine: Path) -> None:
    field = Form(mine).fields[0]
    field.box.value = "mine"
    put(mine, SECOND, "from the terminal")
    field.box.value = "mine goes on"
    assert drafts.read_draft(mine, SECOND) == "mine goes on"
    assert (mine / "drafts" / f"{SECOND}.before-1.md").read_text() == "from the terminal"
    assert "changed elsewhere" in field.count.value
    field.box.value = "x" * 50_000
    assert "not kept" in field.count.value and drafts.read_draft(mine, SECOND) == "mine goes on"


@pytest.mark.parametrize("switch", [("WORKTEST_RECORD", "off"), ("NBGRADER_EXECUTION", "autograde")])
def test_a_build_shows_text_and_writes_nothing(mine: Path, monkeypatch: Patch, switch: tuple[str, str]) -> None:
    monkeypatch.setenv(*switch)
    before = sorted(mine.rglob("*"))
    shown = repr(form_of(mine))
    assert shown.startswith("1. Why this stream (at most 10 words)\nWhy do you want to work here?")
    assert sorted(mine.rglob("*")) == before


def test_question_and_title_are_text_in_the_widget(mine: Path) -> None:
    path = mine / "prompts.toml"
    path.write_text(path.read_text().replace("Why do you want", "<script>x</script> you"))
    assert "&lt;script&gt;" in Form(mine).fields[0].children[0].value


# Drafts travel into the hand-in ----------------------------------------------------------------------------------


def test_a_stub_is_filled_from_the_draft_on_the_copy_only(mine: Path, tmp_path: Path) -> None:
    path = desk.notebook(mine, SECOND, "Your answer here.")
    copy = tmp_path / "copy"
    copy.mkdir()

    def fill() -> tuple[list[str], str]:
        (copy / "micro.ipynb").write_bytes(path.read_bytes())
        notes = fill_from_drafts(UNIT, mine, copy, ["micro"])
        return notes, nbformat.read(copy / "micro.ipynb", as_version=4).cells[0].source

    assert fill() == ([], "Your answer here.")
    put(mine, SECOND, "my drÄft\n")
    before = path.read_bytes()
    assert fill() == ([f"the answer to {SECOND} was taken from drafts/{SECOND}.md"], "my drÄft\n")
    assert path.read_bytes() == before
    (mine / "drafts" / f"{SECOND}.md").unlink()
    (tmp_path / "secret").write_text("a grader's secret")
    (mine / "drafts" / f"{SECOND}.md").symlink_to(tmp_path / "secret")
    notes, source = fill()
    assert source == "Your answer here." and "a link to a file outside" in notes[0]
    (mine / "drafts" / f"{SECOND}.md").unlink()
    put(mine, SECOND, "a" * 50_000)
    notes, source = fill()
    assert source == "Your answer here." and "longer than 40,000" in notes[0]
    desk.notebook(mine, SECOND, "in the notebook")
    put(mine, SECOND, "my draft")
    assert fill() == ([], "in the notebook")


def test_no_draft_is_written_through_a_link(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (mine / "drafts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="drafts is a link"):
        drafts.write_draft(mine, SECOND, "my draft")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_graded_with_a_draft(built: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    """The whole path through nbgrader: the note is there, and the written cell is neither code nor lost."""
    import shutil

    from autograde import course
    from autograde.build.make import release, to_json, worked_notebook, write_release
    from autograde.build.references import References
    from worktest import paths
    from worktest.units import load_unit

    root = tmp_path / "hof"
    monkeypatch.setattr(paths, "checkout", lambda: root)
    source = micro.write_source(root)
    (source / "prompts.toml").write_text(desk.PROMPTS, encoding="utf-8")
    with (source / "micro.nb.py").open("a") as file:
        file.write(f'\n# %% [markdown]\n# {{{{prompt {SECOND}}}}}\n\n# %% [markdown] written="{SECOND}"\n# Worked.\n')
    info, bibliography = load_unit(source), References.read(root / "solutions" / "references.bib")
    (source / "micro.ipynb").write_text(to_json(worked_notebook(source, "micro", info, bibliography)))
    write_release(release(UNIT, source), root / "curriculum" / UNIT)
    home = tmp_path / "heim"
    folder = home / UNIT
    home.mkdir()
    shutil.copytree(root / "curriculum" / UNIT, folder)
    nbformat.write(micro.answered(root), folder / "micro.ipynb")
    put(folder, SECOND, "Because of **this** <script>alert(1)</script>")
    result = grade(UNIT, folder, home)
    assert result.notes == [f"the answer to {SECOND} was taken from drafts/{SECOND}.md"]
    assert result.points == 7.0
    submitted = course.root_of(home) / "autograded" / course.LEARNER / UNIT / "micro.ipynb"
    assert "Because of" in micro.cell_of(nbformat.read(submitted, as_version=4), SECOND).source
    page = result.feedback[0].read_text(encoding="utf-8")
    assert "Because of <strong>this</strong>" in page and "<script>alert(1)" not in page
    assert "<summary>The rubric</summary>" in page and "their sum, at most 2 + 1 = 3" in page  # above the answer
    assert "Your answer here." in micro.cell_of(nbformat.read(folder / "micro.ipynb", as_version=4), SECOND).source

    # what formgrader's button does with a hand-in that came another way: the stub, and the draft beside it
    handed_in = course.root_of(home) / "submitted" / course.LEARNER / UNIT
    assert (handed_in / "drafts" / f"{SECOND}.md").read_text().startswith("Because of")
    shutil.copyfile(folder / "micro.ipynb", handed_in / "micro.ipynb")
    put(handed_in, SECOND, "Because of that")
    assert course.api(course.root_of(home)).autograde(UNIT, course.LEARNER, force=True, create=True)["success"]
    assert micro.cell_of(nbformat.read(submitted, as_version=4), SECOND).source == "Because of that"


def test_the_export_of_nothing_is_refused_in_a_unit_without_questions(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no mentor questions"):
        form.as_document(tmp_path)
