"""`worktest interview` as a learner types it, with all that can be wrong in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from cli import Said, call, the_line
from interview_learners import UNIT, Learner, bank, careful, code, hasty, markdown, notebook, question

from worktest.cli import app

Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on the learner in ``tmp_path/a``."""

    def go(*arguments: str, unit: str = "91") -> Said:
        return call(app, "interview", unit, "--workspace", str(tmp_path / "a"), *arguments, capsys=capsys)

    return go


def data(said: Said) -> dict[str, object]:
    assert said.code == 0, said
    return json.loads(said.out)


def test_build_advance_letter_and_summary(talk_root: Path, tmp_path: Path, run: Run) -> None:
    learner = careful(talk_root, tmp_path / "a")
    said = run("--in-advance")
    assert said.code == 0 and "8 questions" in said.out and "rehearsal.ipynb in `worktest lab`" in said.out
    folder = learner.folder / "interview"
    assert {"rehearsal.ipynb", "walkthrough.html", "walkthrough.pdf", "questions.md"} <= {
        p.name for p in folder.iterdir()
    }
    again = data(run("--json"))
    assert again["rehearsal"] == 1, "questions sent in advance are the ones that are asked"
    assert data(run("--json", "--new"))["rehearsal"] == 2
    assert data(run("--json", "--seed", "4"))["questions"] == data(run("--json", "--seed", "4"))["questions"]
    assert len(data(run("--json", "--questions", "3"))["questions"]) == 3  # type: ignore[arg-type]
    assert run("--letter").code == 0 and (folder / "adjustments_letter.md").is_file()
    said = run("--summary")
    assert said.code == 0 and "Nothing is answered yet" in said.out and (folder / "summary.md").is_file()
    assert data(run("--summary", "--json"))["practise"] == []


def test_terminal_run_and_stop(talk_root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = careful(talk_root, tmp_path / "a")
    lines = iter(["first", ".", "2", "then", ".", "0 1 2 -"])
    monkeypatch.setattr("builtins.input", lambda: next(lines))
    said = run("--terminal", "--questions", "1", "--minutes", "20")
    assert said.code == 0 and "0 of 20 minutes" in said.out and "What to shore up" in said.out
    assert (learner.folder / "interview" / "summary.md").is_file()

    def stop() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", stop)
    said = run("--terminal")
    assert said.code == 130 and "Everything you gave is kept" in said.out and "Traceback" not in said.out + said.err


def test_pair(talk_root: Path, tmp_path: Path, run: Run) -> None:
    learner = careful(talk_root, tmp_path / "a")
    said = run("--mode", "pair")
    assert "mentor_part.html is for your partner" in said.out
    assert (learner.folder / "interview" / "mentor_part.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--mode", "sung"), "--mode is one of written, spoken, pair"), (("--questions", "0"), "1 to 30 questions"),
     (("--seed", "-3"), "--seed is a whole number"), (("--minutes", "0"), "--minutes is a number"),
     (("--summary",), "there is no rehearsal"), (("--dir", "/nowhere"), "is not there")],
)  # fmt: skip
def test_odd_arguments_are_one_line(
    arguments: tuple[str, ...], says: str, talk_root: Path, tmp_path: Path, run: Run
) -> None:
    learner = careful(talk_root, tmp_path / "a")
    assert says in the_line(run(*arguments))
    assert not (learner.folder / "interview").exists() and not (learner.folder / "interview.jsonl").exists()


def break_chain(learner: Learner) -> None:
    path = learner.folder / "journal.jsonl"
    path.write_text(path.read_text().replace("0.01", "0.11"))


def odd_entries(learner: Learner) -> None:
    path = learner.folder / "journal.jsonl"
    text = path.read_text()
    path.write_text(
        text
        + '{"kind": "decide", "name": [1]}\n[]\n{"kind": "decide"}\n\x00\xff\n{"kind": "predict", "name": "rate", "value": "x"}\n'
    )


def half_notebook(learner: Learner) -> None:
    path = learner.folder / "work.ipynb"
    path.write_text(path.read_text()[:200])


def no_outputs(learner: Learner) -> None:
    (learner.folder / "work.ipynb").write_text(notebook(markdown("# Work"), code("x = 1")))


def odd_types(learner: Learner) -> None:
    cells = [3, None, {"cell_type": "code", "source": 7, "metadata": [], "outputs": {"a": 1}},
             {"cell_type": "code", "source": ["a\n", 3], "metadata": {"nbgrader": {"grade_id": ["x"], "solution": True}},
              "outputs": [4, {"output_type": "display_data", "data": 3}, {"output_type": "stream", "name": "stdout", "text": {}},
                          {"output_type": "execute_result", "data": {"image/png": 5, "text/plain": 7}}]},
             {"cell_type": "markdown", "source": None, "metadata": {}}]  # fmt: skip
    (learner.folder / "work.ipynb").write_text(json.dumps({"cells": cells}))


def no_cells(learner: Learner) -> None:
    (learner.folder / "work.ipynb").write_text("[1, 2]")


def huge(learner: Learner) -> None:
    (learner.folder / "work.ipynb").write_text(
        notebook(code("x", [{"output_type": "stream", "name": "stdout", "text": "wort " * 500_000}]))
    )
    learner.journal.decide("dose", "x" * 4999, ["y" * 4999] * 20, "z " * 2400, "w" * 4999)


def unknown_decision(learner: Learner) -> None:
    entries = [question("odd-one", "decision", "You chose {choice}, why?", name="flavour"), *bank()]
    (learner.folder / "interview.yaml").write_text(yaml.safe_dump({"questions": entries}))


def odd_grades(learner: Learner) -> None:
    cells = [
        1,
        {"id": 3},
        {"id": "talk-mean", "points": "1"},
        {"id": "x", "points": 1, "maximum": 2, "failed": [3, None]},
    ]
    lines = [json.dumps({"unit": UNIT, "points": 1, "cells": value}) for value in (None, "x", cells)]
    (learner.home / "progress.jsonl").write_text("\n".join([*lines, "{"]))


def not_utf8(learner: Learner) -> None:
    (learner.folder / "work.ipynb").write_bytes(b"\xff\xfe{}")


def damaged_prompts(learner: Learner) -> None:
    (learner.folder / "prompts.toml").write_text("[[prompt")


BROKEN: dict[str, tuple[Callable[[Learner], object], str]] = {
    "no journal": (lambda learner: (learner.folder / "journal.jsonl").unlink(), "there is no journal.jsonl"),
    "broken chain": (break_chain, "was changed after it was written"),
    "odd journal entries": (odd_entries, "can't be read; it is passed over"),
    "half a notebook": (half_notebook, "work.ipynb is not a whole notebook"),
    "no notebook": (lambda learner: (learner.folder / "work.ipynb").unlink(), "there is no work.ipynb"),
    "notebook without outputs": (no_outputs, "work.ipynb holds no outputs"),
    "odd types": (odd_types, "no PNG image"),
    "no cells": (no_cells, "work.ipynb is no notebook"),
    "not utf-8": (not_utf8, "work.ipynb is not a whole notebook"),
    "huge texts": (huge, ""),
    "a question on a decision that is not there": (unknown_decision, "question 'odd-one': key 'name': the unit has no decision 'flavour'"),
    "odd grades": (odd_grades, ""),
    "damaged prompts": (damaged_prompts, "prompts.toml is not well-formed"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_named_and_the_rest_is_built(what: str, talk_root: Path, tmp_path: Path, run: Run) -> None:
    learner = careful(talk_root, tmp_path / "a")
    breaks, says = BROKEN[what]
    breaks(learner)
    said = run()
    assert said.code == 0, said
    assert says in said.out and "Traceback" not in said.out + said.err and "could not be made" not in said.out
    folder = learner.folder / "interview"
    assert (folder / "walkthrough.pdf").read_bytes().startswith(b"%PDF") and (folder / "rehearsal.ipynb").is_file()
    if says:
        assert "note: " in said.out
        assert any(says in str(note) for note in data(run("--json"))["notes"])  # type: ignore[union-attr,attr-defined]


def test_nothing_at_all_to_ask_about(talk_root: Path, tmp_path: Path, run: Run) -> None:
    learner = Learner(talk_root, tmp_path / "a", [question("why", "decision", "You chose {choice}, why?", name="dose")])
    assert "no question fits your work yet" in the_line(run())
    (learner.folder / "interview.yaml").write_text("questions: [")
    assert "not well-formed YAML" in the_line(run())
    (learner.folder / "interview.yaml").write_text("questions: [3]")
    assert "no question in it can be used" in the_line(run())


def test_an_older_copy_takes_the_questions_of_the_release(talk_root: Path, tmp_path: Path, run: Run) -> None:
    learner = hasty(talk_root, tmp_path / "a")
    (learner.folder / "interview.yaml").unlink()
    assert run().code == 0


def test_a_folder_that_cannot_be_written(talk_root: Path, tmp_path: Path, run: Run) -> None:
    learner = careful(talk_root, tmp_path / "a")
    (learner.folder / "interview").write_text("a file where the folder should be")
    line = the_line(run())
    assert "interview" in line and (learner.folder / "interview").read_text().startswith("a file")
