"""The whole path: hand-in, nbgrader, examiner, gradebook, feedback page. On the small unit; unit 00 in tests/slow."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import micro
import nbformat
import pytest
from cli import call, the_line
from micro import DOUBLE, TOTAL, UNIT, answered, cell_of
from nbformat import NotebookNode

from autograde import course
from autograde.grade import Grade, grade
from autograde.pages import safe_markdown
from worktest import paths, workspace
from worktest.cli import app
from worktest.errors import UserError
from worktest.notebook import OpenUnit

Capture = pytest.CaptureFixture[str]
COUNTED = "def double(values):\n    return 'hard-coded'"


def hand(folder: Path, notebook: NotebookNode) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / "micro.ipynb")
    for name in ("unit.toml", "world.py", "visible.py", "hints.toml"):
        (folder / name).write_bytes((paths.curriculum() / UNIT / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def home(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One workspace with one course for this module; its path has spaces, umlauts and what else folders have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: built)
        home = tmp_path_factory.mktemp("mein kurs (1) für #1, 50%")
        workspace.prepare(home)
        yield home


@pytest.fixture(scope="module")
def mixed(home: Path, built: Path) -> tuple[Grade, Path]:
    """A submission graded once: one answer wrong, a test cell gone, a locked cell edited, HTML in the text."""
    nb = answered(built, {DOUBLE: COUNTED})
    nb.cells.remove(cell_of(nb, f"{DOUBLE}-check"))
    cell_of(nb, "micro-setup").source += "\nraise SystemError('edited')"
    nb.cells.append(nbformat.v4.new_markdown_cell(
        "*mine* <img src=x onerror=alert(2)> [x](javascript:alert(3)) $a<b$ `a<b`\n\n"
        "<script>alert(1)</script>\n\n"
        "<table><tr><td style='color:red'>cell</td></tr></table>"))  # fmt: skip
    nb.cells.append(nbformat.v4.new_raw_cell("<script>alert(4)</script>"))
    folder = hand(home / "mixed", nb)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    result = grade(UNIT, folder, home, student="mixed")
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == before  # only read
    return result, folder


@pytest.fixture(autouse=True)
def _micro(micro_root: Path) -> None:
    """Every test here works on the micro unit."""


def points(result: Grade) -> dict[str, float]:
    return {cell.topic: cell.points for cell in result.cells}


# What comes out --------------------------------------------------------------------------------------------------


def test_wrong_loses_right_keeps_and_what_was_put_back_is_said(mixed: tuple[Grade, Path]) -> None:
    result = mixed[0]
    assert points(result) == {DOUBLE: 0.0, TOTAL: 3.0} and result.maximum == 7.0
    assert len(result.notes) == 2
    assert any(f"{DOUBLE}-check' was missing; it was put back" in note for note in result.notes)
    assert any("'micro-setup' had been edited" in note for note in result.notes)


def test_blank_gets_nothing_and_worked_everything(home: Path, built: Path) -> None:
    blank = hand(home / "blank", micro.released(built))
    assert points(grade(UNIT, blank, home)) == {DOUBLE: 0.0, TOTAL: 0.0}
    worked = nbformat.read(built / "solutions" / UNIT / "micro.ipynb", as_version=4)
    assert points(grade(UNIT, hand(blank, worked), home)) == {DOUBLE: 4.0, TOTAL: 3.0}  # the second time replaces
    assert points(grade(UNIT, hand(blank, micro.released(built)), home)) == {DOUBLE: 0.0, TOTAL: 0.0}


def test_the_feedback_page_shows_verdicts_and_no_secret(mixed: tuple[Grade, Path]) -> None:
    (page,) = mixed[0].feedback
    text = html.unescape(page.read_text(encoding="utf-8"))
    assert "Every value must be doubled, whatever it is." in text and "sums any numbers" in text
    assert "0 of 4 points" in text and "3 of 3 points" in text and "was missing; it was put back" in text
    for secret in ("secret_of_the_examiner", "rng.normal", "answer_of_the_author", "BEGIN SOLUTION", "1234"):
        assert secret not in text
    assert "worktest-report" in text and "held-back check" in text


def test_what_a_learner_wrote_is_no_program_in_the_page(mixed: tuple[Grade, Path]) -> None:
    page = mixed[0].feedback[0].read_text(encoding="utf-8")
    body = page[page.index("<body") :]
    assert "<em>mine</em>" in body and "<td>cell</td>" in body and "<mi>a</mi><mo>&lt;</mo>" in body
    for live in ("<script>alert", "onerror=", "javascript:"):
        assert live not in body


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/p",
        "//evil.example/p",
        "/\t/evil.example/p",
        "\\\\evil.example/p",
        "https&#58;//evil.example/p",
    ],
)
def test_no_picture_is_fetched_from_elsewhere(address: str) -> None:
    """Whoever opens a feedback page must not be seen opening it."""
    assert "evil" not in safe_markdown(f'see <img src="{address}"> this')
    assert "https" not in safe_markdown("![x](https://evil.example/p)")
    assert 'src="plot.png"' in safe_markdown("![a plot](plot.png)")


def test_the_course_holds_no_hidden_check(home: Path, mixed: tuple[Grade, Path]) -> None:
    names = {p.name for p in course.root_of(home).rglob("*")}
    assert names & {"micro.ipynb", "gradebook.db"} and not names & {"hidden.py", "answers", "micro.nb.py"}
    for folder in ("submitted", "autograded", "curriculum", "feedback"):
        for path in (course.root_of(home) / folder).rglob("*.*"):
            assert b"secret_of_the_examiner" not in path.read_bytes(), path


def test_the_same_submission_is_asked_the_same_questions(home: Path, mixed: tuple[Grade, Path]) -> None:
    again = grade(UNIT, mixed[1], home, student="mixed")
    assert [c.report for c in again.cells] == [c.report for c in mixed[0].cells]


# Other doors -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def batch(home: Path, built: Path) -> Path:
    """Four hand-ins, the second and third broken, graded one by one as formgrader's button does."""
    good = answered(built, {DOUBLE: COUNTED})
    doubled = answered(built)
    doubled.cells.append(NotebookNode({**cell_of(doubled, TOTAL), "id": "another"}))
    root = course.prepare(home, [UNIT])
    for student, nb in (("b1", good), ("b2", doubled), ("b3", None), ("b4", answered(built))):
        folder = root / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        (folder / "micro.ipynb").write_text(nbformat.writes(nb) if nb else "{", encoding="utf-8")
    return root


def scores(root: Path) -> dict[str, float]:
    from nbgrader.api import Gradebook

    with Gradebook(course.settings(root).CourseDirectory.db_url, "worktest") as book:
        return {s.student.id: s.score for s in book.assignment_submissions(UNIT)}


def test_formgraders_button_goes_through_the_examiner_student_by_student(batch: Path) -> None:
    api = course.api(batch)
    done = {student: api.autograde(UNIT, student, force=True, create=True) for student in ("b1", "b2", "b3", "b4")}
    assert {student: result["success"] for student, result in done.items()} == {
        "b1": True, "b2": False, "b3": False, "b4": True}  # fmt: skip
    assert "is there 2 times" in done["b2"]["log"]
    found = scores(batch)
    assert (found["b1"], found["b4"]) == (3.0, 7.0)
    assert found.get("b2", 0.0) == found.get("b3", 0.0) == 0.0


def test_a_plain_nbgrader_without_our_step_fails_closed(home: Path, batch: Path) -> None:
    from nbgrader.apps import NbGraderAPI

    config = course.settings(batch)
    del config.Autograde["autograde_preprocessors"]
    config.CourseDirectory.autograded_directory = "autograded-plain"
    config.Execute.timeout = 60
    result = NbGraderAPI(config=config).autograde(UNIT, "b4", force=True, create=True)
    assert result["success"], result["log"]
    assert scores(batch)["b4"] == 0.0
    plain = nbformat.read(batch / "autograded-plain" / "b4" / UNIT / "micro.ipynb", as_version=4)
    (output,) = cell_of(plain, f"{DOUBLE}-check").outputs
    assert output.output_type == "error" and "examiner, which is not configured here" in output.evalue


@pytest.mark.parametrize("execution", ["validate", "autograde", None])
def test_a_check_in_the_notebook_under_nbgrader(
    execution: str | None, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if execution:
        monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    good: dict[str, Any] = {"double": lambda v: [2 * x for x in v]}
    unit, open_right = built / "curriculum" / UNIT, OpenUnit.at
    if execution == "autograde":
        with pytest.raises(RuntimeError, match="examiner"):
            open_right(unit, good).check(DOUBLE)
        return
    assert open_right(unit, good).check(DOUBLE).report.green
    if execution == "validate":
        with pytest.raises(AssertionError, match="0 of 1 visible check"):
            open_right(unit, {}).check(DOUBLE)
    else:
        assert not open_right(unit, {}).check(DOUBLE).report.green


# Bad input: one line, no grade -----------------------------------------------------------------------------------


def broken(nb: NotebookNode, case: str) -> str:
    text = nbformat.writes(nb)
    if case == "renamed":
        cell_of(nb, TOTAL).metadata.nbgrader.grade_id = "my-total"
    elif case == "split":
        nb.cells.insert(3, NotebookNode({**cell_of(nb, TOTAL), "id": "another"}))
    else:
        return {"empty": "", "half": text[: len(text) // 2], "list": "[]",
                "old": text.replace('"nbformat": 4', '"nbformat": 3'),
                "new": text.replace('"nbformat": 4', '"nbformat": 9')}[case]  # fmt: skip
    return nbformat.writes(nb)


@pytest.mark.parametrize(
    ("case", "said"),
    [("empty", "invalid JSON"), ("half", "invalid JSON"), ("list", "no nbformat"), ("old", "old notebook format 3"),
     ("new", "newer than"), ("renamed", "was it renamed?"), ("split", "2 times")],
)  # fmt: skip
def test_bad_notebooks_give_one_line(
    case: str, said: str, home: Path, built: Path, tmp_path: Path, capsys: Capture
) -> None:
    folder = hand(tmp_path / "mine", answered(built))
    (folder / "micro.ipynb").write_text(broken(answered(built), case), encoding="utf-8")
    progress = workspace.attempts(home)
    done = call(app, "grade", "90", "--dir", str(folder), "--workspace", str(home), "--json", capsys=capsys)
    assert said in the_line(done) and "micro.ipynb" in done.err and done.out == ""
    assert workspace.attempts(home) == progress


def test_no_notebook_and_no_folder(home: Path, built: Path, tmp_path: Path, capsys: Capture) -> None:
    folder = hand(tmp_path / "mine", answered(built))
    (folder / "micro.ipynb").unlink()
    space = ("--workspace", str(home), "--json")
    done = call(app, "grade", "90", "--dir", str(folder), *space, capsys=capsys)
    assert "there is no micro.ipynb" in the_line(done)
    done = call(app, "grade", "90", "--dir", str(tmp_path / "gone"), *space, capsys=capsys)
    assert "worktest start 90" in the_line(done)


def test_a_full_disk_in_the_middle(
    home: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    import shutil

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    folder = hand(tmp_path / "mine", answered(built))
    monkeypatch.setattr(shutil, "copyfile", full)
    done = call(app, "grade", "90", "--dir", str(folder), "--workspace", str(home), "--json", capsys=capsys)
    assert "no space left" in the_line(done)


def test_the_real_command_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Exit codes and stderr as a shell sees them, on the real units; nothing here gets as far as a kernel."""
    environment = {k: v for k, v in os.environ.items() if k != "WORKTEST_DEBUG"}
    environment["WORKTEST_WORKSPACE"] = str(tmp_path / "ärger hier")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from worktest.cli import main; main()", *arguments],
            capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip

    started = run("start", "00")
    assert (started.returncode, started.stderr) == (0, "")
    notebook = tmp_path / "ärger hier" / "00_start_here" / "start_here.ipynb"
    notebook.write_text("{", encoding="utf-8")
    graded = run("grade", "00", "--json")
    assert graded.returncode == 2 and graded.stdout == ""
    assert graded.stderr.count("\n") == 1 and graded.stderr.startswith("worktest: start_here.ipynb is not a whole")
    refused = run("start", "00")
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1
    unknown = run("grade", "startt")
    assert unknown.returncode == 2 and "start_here" in unknown.stderr


def test_the_table_in_the_terminal(home: Path, built: Path, capsys: Capture) -> None:
    folder = hand(home / UNIT, answered(built, {DOUBLE: "def double(values:\n    pass"}))
    assert folder == home / UNIT
    done = call(app, "grade", "90", "--workspace", str(home), capsys=capsys)
    assert done.code == 0 and "3 of 7 points" in done.out
    assert "cell 4: syntax error (line 1" in done.out and "micro.html" in done.out
    assert workspace.attempts(home)[-1]["points"] == 3.0
    checked = call(app, "check", "90", "--workspace", str(home), "--json", capsys=capsys)
    assert checked.code == 1
    reports = {r["topic"]: r for r in json.loads(checked.out)}
    assert (reports[DOUBLE]["passed"], reports[TOTAL]["passed"]) == (0, 1)
    assert reports[TOTAL]["held_back"] == 1


@pytest.mark.parametrize("name", ["kurs [neu]", "kurs {neu}"])
def test_a_folder_that_nbgrader_can_not_name(name: str, built: Path, tmp_path: Path, capsys: Capture) -> None:
    folder = hand(tmp_path / "mine", answered(built))
    space = ("--workspace", str(tmp_path / name), "--json")
    done = call(app, "grade", "90", "--dir", str(folder), *space, capsys=capsys)
    assert "can't work in a folder with" in the_line(done)


def test_an_unknown_unit_is_no_grade(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="unit.toml is missing"):
        grade("91_gone", tmp_path, home)
