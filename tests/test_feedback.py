"""The feedback page: what it tells a learner, and what nothing in a submission can make of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import desk
import micro
import nbformat
import pytest
from bs4 import BeautifulSoup
from feedback_page import (
    answer_cell,
    card,
    dangers,
    graded_cell,
    grades_of,
    notebook_of,
    page_of,
    words,
    written_cell,
)  # fmt: skip
from micro import DOUBLE, UNIT
from nbformat.v4 import new_code_cell, new_output, new_raw_cell

from autograde import course
from autograde.build.make import release, to_json, worked_notebook, write_release
from autograde.build.references import References
from autograde.feedback.grades import Mark
from autograde.grade import grade
from autograde.pages import safe_markdown
from worktest import paths, workspace
from worktest.checks.run import Result
from worktest.units import load_unit

WRITTEN = desk.SECOND
PASS = Result("a", "adds two numbers", True)
FAIL = Result("b", "adds `any` numbers", False, False, "One is <left> out.", "a sum of all", "7", "the loop's end")


# The whole path --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The micro unit with a written answer, graded once: one function wrong, one right, one cell that stops."""
    house, home = tmp_path_factory.mktemp("haus"), tmp_path_factory.mktemp("kurs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: house)
        source = micro.write_source(house)
        (source / "prompts.toml").write_text(desk.PROMPTS, encoding="utf-8")
        with (source / "micro.nb.py").open("a") as file:
            file.write(
                f'\n# %% [markdown]\n# {{{{prompt {WRITTEN}}}}}\n\n# %% [markdown] written="{WRITTEN}"\n# Mine.\n'
            )
        worked = worked_notebook(
            source, "micro", load_unit(source), References.read(house / "solutions/references.bib")
        )
        (source / "micro.ipynb").write_text(to_json(worked), encoding="utf-8")
        write_release(release(UNIT, source), house / "curriculum" / UNIT)
        workspace.prepare(home)
        nb = micro.answered(house, {DOUBLE: "def double(values):\n    return 'hard-coded'"}, before=("1 / 0",))
        micro.cell_of(nb, WRITTEN).source = "Because of **this**."
        folder = home / "mine"
        folder.mkdir()
        nbformat.write(nb, folder / "micro.ipynb")
        grade(UNIT, folder, home)
        yield course.root_of(home)


def read(root: Path) -> BeautifulSoup:
    path = root / "feedback" / course.LEARNER / UNIT / "micro.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def again(root: Path) -> BeautifulSoup:
    result = course.api(root).generate_feedback(UNIT, course.LEARNER, force=True)
    assert result["success"], result
    return read(root)


def test_the_top_says_what_came_out_and_leads_to_each_cell(root: Path) -> None:
    page = read(root)
    assert words(page.h1) == "A unit for tests"
    assert "micro" in words(page.select_one(".about")) and course.LEARNER in words(page.select_one(".about"))
    assert words(page.select_one(".total")) == "3 of 10 points so far"
    lines = {words(li.a): (words(li), li.a["href"]) for li in page.select("ul.cells li")}
    assert list(lines) == ["Twice", "The sum", "Why this stream"]
    assert "0 of 4 points, 0 of 2 checks passed" in lines["Twice"][0]
    assert "✓ done 3 of 3 points, 2 of 2 checks passed" in lines["The sum"][0]
    assert "not graded yet, 3 points wait for a person" in lines["Why this stream"][0]
    for title, (_, address) in lines.items():
        assert page.select_one(address) == card(page, title)
    assert "Where to go next: Twice" in words(page.nav) and "Stopped while it ran: cell" in words(page.nav)


def test_a_failed_check_says_what_is_off_and_where_to_go(root: Path) -> None:
    failed = card(read(root), "Twice")
    said = words(failed)
    assert "0 of 4 points" in said and "0 of 2 checks passed" in said and DOUBLE in said
    assert "What is off Every value must be doubled, whatever it is." in said
    assert "Got the string 'hard-coded'" in said
    assert "doubles any numbers held-back check" in said and "doubles two numbers held-back" not in said
    assert f"worktest hint 90 {DOUBLE}" in said and "return 'hard-coded'" in said
    passed = words(card(read(root), "The sum"))
    assert "✓ sums two numbers" in passed and "failed" not in passed and "hint" not in passed


def test_a_written_answer_waits_until_a_person_has_read_it(root: Path) -> None:
    from nbgrader.api import Gradebook

    waiting = card(read(root), "Why this stream")
    assert "Not graded yet: this answer waits for a person" in words(waiting) and "0 of 3" not in words(waiting)
    assert waiting.strong is not None and words(waiting.strong) == "this"
    with Gradebook(course.settings(root).CourseDirectory.db_url, "worktest") as book:
        mark = book.find_grade(WRITTEN, "micro", UNIT, course.LEARNER)
        mark.manual_score, mark.needs_manual_grade = 2.0, False
        book.find_comment(WRITTEN, "micro", UNIT, course.LEARNER).manual_comment = "A *good* reason. <script>1</script>"
        book.find_grade(f"{DOUBLE}-check", "micro", UNIT, course.LEARNER).manual_score = 1.0
        book.db.commit()
    page = again(root)
    said = words(card(page, "Why this stream"))
    assert "2 of 3 points · given by a person" in said and "Comment A good reason." in said and "waits" not in said
    assert "1 of 4 points" in words(card(page, "Twice")) and "a person set these points" in words(card(page, "Twice"))
    assert words(page.select_one(".total")) == "6 of 10 points" and not dangers(page)


def test_nbgraders_command_and_its_button_write_the_same_page(root: Path) -> None:
    from nbgrader.apps import NbGraderAPI

    path = root / "feedback" / course.LEARNER / UNIT / "micro.html"
    again(root)
    button = path.read_bytes()
    config = course.settings(root)
    config.HTMLExporter.template_name = "formgrade"  # as formgrader sets it for its own pages, in the same process
    config.HTMLExporter.extra_template_basedirs = [str(root)]
    assert NbGraderAPI(config=config).generate_feedback(UNIT, course.LEARNER, force=True)["success"]
    assert path.read_bytes() == button
    path.unlink()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "WORKTEST_DEBUG": ""}
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", UNIT, "--force"]
    # the child has the real units, not the tests' one: only headings differ, so the same ones are asked for here
    done = subprocess.run(command, cwd=root.parent, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    by_command = BeautifulSoup(path.read_bytes(), "html.parser")
    assert words(by_command.h1) == UNIT  # it could not know the title, and wrote a page all the same
    ours = BeautifulSoup(button, "html.parser")
    assert [c["id"] for c in by_command.select(".card")] == [c["id"] for c in ours.select(".card")]
    assert words(by_command.select_one(".notebook")) == words(ours.select_one(".notebook"))
    again(root)


def test_cells_that_no_grade_needs_are_quiet_and_errors_are_short(root: Path) -> None:
    page = read(root)
    (skipped,) = page.select(".cell.skipped")
    assert words(skipped.select_one(".quiet")) == "Not run in grading: no grade needs this cell."
    assert skipped.pre is not None and skipped.pre.find_parent("details") is not None
    (stopped,) = page.select(".cell .stopped")
    assert words(stopped) == "Stopped here: ZeroDivisionError: division by zero"
    assert all(pre.find_parent("details") for pre in page.select("pre") if "1 / 0" in pre.text)


def test_the_page_needs_nothing_from_anywhere(root: Path) -> None:
    page = read(root)
    assert dangers(page) == [] and not page.find_all("script")
    viewport = page.find("meta", attrs={"name": "viewport"})
    assert viewport is not None and viewport["content"] == "width=device-width, initial-scale=1"
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy is not None and str(policy["content"]).startswith("default-src 'none';")
    style = words(page.style)
    assert "prefers-color-scheme: dark" in style and "@media print" in style


# Single things ---------------------------------------------------------------------------------------------------


def test_checks_with_the_same_words_are_said_once() -> None:
    twin = Result("c", "adds none", False, True, FAIL.says, FAIL.expected, FAIL.got, FAIL.look)
    cells = [answer_cell("x-sum", "pass"), graded_cell("x-sum", [FAIL, PASS, twin], note="This cell was put back.")]
    said = words(card(page_of(notebook_of(*cells), grades_of(x_sum_check=Mark(1.33, 4, 1.33, None))), "x-sum"))
    assert "✗ failed 2 checks, for one reason What is off One is <left> out. Expected a sum of all Got 7" in said
    assert "Look at the loop's end The checks adds any numbers held-back check adds none" in said
    assert said.count("One is") == 1 and "1.33 of 4 points · 1 of 3 checks passed" in said
    assert "This cell was put back." in said and "Passed: ✓ adds two numbers" in said


def test_a_cell_that_nobody_touched_is_not_scolded() -> None:
    grades = grades_of(x_sum_check=Mark(0, 4, 0, None), x_why=Mark(0, 3, 0, None))
    grades.blank = frozenset({"x-sum", "x-why"})
    cells = [answer_cell("x-sum", "pass"), graded_cell("x-sum", [FAIL]), written_cell("x-why", "Your answer here.")]
    page = page_of(notebook_of(*cells), grades)
    begun = card(page, "x-sum")
    assert "○ not begun 0 of 4 points" in words(begun)
    assert begun.select_one(".failure").find_parent("details") is not None  # type: ignore[union-attr]
    assert "No answer here yet" in words(card(page, "Written answer"))
    assert "waits" not in words(card(page, "Written answer"))


def test_late_points_and_points_for_an_earlier_answer() -> None:
    grades = grades_of(x_why=Mark(2, 3, None, 2, again=True))
    grades.late_penalty, grades.name = 5.0, "Jo Doe"
    page = page_of(notebook_of(written_cell("x-why", "mine")), grades)
    assert "5 points were taken off" in words(page.header) and "Jo Doe" in words(page.header)
    assert words(page.select_one(".total")) == "0 of 3 points"
    assert "handed in again since a person gave these points" in words(page)


def test_a_notebook_graded_without_the_examiner_still_gives_a_page() -> None:
    cell = graded_cell("x-sum", [PASS])
    cell.outputs = [new_output("error", ename="RuntimeError", evalue="no examiner here", traceback=["no examiner"])]
    page = page_of(notebook_of(cell, new_raw_cell("raw")), grades_of(x_sum_check=Mark(0, 4, 0, None)))
    assert "0 of 4 points" in words(card(page, "x-sum")) and "RuntimeError: no examiner here" in words(page)


def test_a_verdict_that_a_cell_of_the_learner_puts_out_is_none() -> None:
    """Only a test cell's own output is the examiner's word."""
    faked = graded_cell("x-sum", [PASS]).outputs[0]
    page = page_of(
        notebook_of(new_code_cell("fake", outputs=[faked]), graded_cell("x-sum", [FAIL])),
        grades_of(x_sum_check=Mark(0, 4, 0, None)),
    )
    assert "0 of 1 check passed" in words(card(page, "x-sum")) and len(page.select(".worktest-report")) == 1


def test_long_outputs_are_folded_and_pictures_embedded() -> None:
    long = new_output("stream", text="line\n" * 100)
    picture = new_output("display_data", {"image/png": "iVBORw0KGgo=\n", "text/plain": "<Figure size 640x480>"})
    widget = new_output("display_data", {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Box(1)"})
    frame = "<style>td {}</style><table class='dataframe'><tr><td>1.5</td></tr></table>"
    table = new_output("execute_result", {"text/html": frame, "text/plain": "   0\n0 1.5"})
    page = page_of(notebook_of(new_code_cell("x", outputs=[long, picture, widget, table])), grades_of())
    (folded,) = [d for d in page.select("details") if "Output, 100 lines" in words(d.summary)]
    assert "line line" in words(folded)
    assert page.img is not None and page.img["src"] == "data:image/png;base64,iVBORw0KGgo="
    assert page.img["alt"] == "<Figure size 640x480>" and "A widget stood here" in words(page)
    assert words(page.select_one(".wide td")) == "1.5" and "td {}" not in words(page.main)


def test_a_picture_pasted_into_an_answer_is_shown_and_a_missing_one_costs_nothing() -> None:
    cell = written_cell("x-why", "![my plot](attachment:a.png) and ![gone](attachment:b.png)")
    cell["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}
    shown = card(page_of(notebook_of(cell), grades_of(x_why=Mark(0, 3, None, None))), "Written answer")
    assert shown.img is not None and shown.img["src"] == "data:image/png;base64,iVBORw0KGgo="
    assert shown.img["alt"] == "my plot" and "(gone, which is missing)" in words(shown)
    assert "attachment-b.png" in safe_markdown("![gone](attachment:b.png)")  # formgrader's page


def test_the_template_travels_with_the_package() -> None:
    import autograde.feedback

    folder = Path(autograde.feedback.__file__).parent / "templates" / "worktest_feedback"
    assert {p.name for p in folder.iterdir()} == {"conf.json", "index.html.j2", "style.css"}
    assert json.loads((folder / "conf.json").read_text())["mimetypes"] == {"text/html": True}
