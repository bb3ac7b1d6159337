"""The rehearsal notebook: widgets that keep what is typed, and plain text where there are none."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path

import pytest
from interview_learners import careful, hasty

from worktest.errors import UserError
from worktest.interview import build, record
from worktest.interview.widgets import Open, Timer, open_rehearsal


@pytest.fixture
def opened(talk_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    learner = careful(talk_root, tmp_path / "a")
    material = learner.material()
    rehearsal, _ = build.rehearsal_for(material, seed=3)
    build.write_files(material, rehearsal)
    monkeypatch.chdir(learner.folder / "interview")
    return open_rehearsal(number=1)


def given(opened: Open, number: int) -> record.Given:
    """What is in the file for a question."""
    again = record.read(opened.rehearsal.folder)[0][-1]
    return again.of(again.questions[number - 1])


def test_without_a_front_end_the_question_is_plain_text(opened: Open) -> None:
    shown = opened.ask(1)
    words = opened.rehearsal.questions[0].ask
    assert " ".join(words.split()) in " ".join(repr(shown).split()) and "Question 1 of 8" in repr(shown)
    bundle = shown._repr_mimebundle_()
    assert bundle["text/plain"] == repr(shown) and "application/vnd.jupyter.widget-view+json" in bundle
    assert "8 questions, seed 3, written" in repr(opened)


def test_what_is_typed_and_pressed_is_kept_at_once(opened: Open) -> None:
    opened.ask(2)
    card = opened._cards[2]
    assert card.after.layout.display == "none", "the follow-up comes after the way it went"
    card.answer.value = "my answer <b>"
    card.ways[1].click()
    assert card.after.layout.display == "flex" and card.question.branches[1][1] in card.follow_text.value
    card.follow_up.value = "then"
    assert "kept at" in card.status.value
    assert given(opened, 2) == record.Given({"answer": "my answer <b>", "follow-up": "then"}, 1)
    card.ways[0].click()
    assert given(opened, 2).branch == 0
    again = open_rehearsal()
    again.ask(2)
    assert again._cards[2].answer.value == "my answer <b>" and again._cards[2].ways[0].icon == "check"


def test_scores_are_kept(opened: Open) -> None:
    shown = opened.score()
    assert "defended everything" in repr(shown)
    first = shown.widget.children[0]
    boxes = [child for child in first.children if hasattr(child, "options")]
    assert len(boxes) == 4
    boxes[3].value = 2
    assert given(opened, 1).scores == {"hole": 2}


def test_text_of_learners_is_escaped(talk_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = hasty(talk_root, tmp_path / "a")
    learner.journal.decide("control", "<script>x</script>", [], "b")
    build.rehearsal_for(learner.material(), seed=1, count=20)
    monkeypatch.chdir(learner.folder)
    opened = open_rehearsal()
    (number,) = [n for n, q in enumerate(opened.rehearsal.questions, 1) if "<script>" in q.ask]
    opened.ask(number)
    opened._cards[number].answer.value = "<script>y</script>"
    everything = [opened.ask(number).widget, opened.score().widget, opened.summary().widget]
    texts = []
    while everything:
        widget = everything.pop()
        everything += getattr(widget, "children", ())
        texts += [widget.value] if type(widget).__name__ == "HTML" else []
    assert any("&lt;script&gt;x" in text for text in texts) and any("&lt;script&gt;y" in text for text in texts)
    assert not any("<script" in text for text in texts)


def test_summary_shows_places_and_points(talk_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = hasty(talk_root, tmp_path / "a")
    build.rehearsal_for(learner.material(), seed=1)
    monkeypatch.chdir(learner.folder)
    opened = open_rehearsal()
    opened.ask(1)
    opened._cards[1].ways[1].click()
    text = repr(opened.summary())
    assert "divides once" in text and "I gave the paper or habit" in text


def test_outside_a_learners_run_nothing_is_written(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (opened.rehearsal.folder / record.FILE).read_bytes()
    monkeypatch.setenv("WORKTEST_RECORD", "off")
    opened.ask(1)
    opened._cards[1].answer.value = "x"
    opened._cards[1].ways[0].click()
    assert (opened.rehearsal.folder / record.FILE).read_bytes() == before


def test_a_full_disk_is_said_beside_the_box(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise UserError("no space left on the disk")

    opened.ask(1)
    monkeypatch.setattr("worktest.chain.append", full)
    opened._cards[1].answer.value = "x"
    assert "not kept" in opened._cards[1].status.value and "no space" in opened._cards[1].status.value
    assert opened._cards[1].answer.value == "x"


@pytest.mark.parametrize("number", [0, 9, "1", None, True])
def test_a_number_that_is_not_there(number: object, opened: Open) -> None:
    with pytest.raises(UserError, match="numbered 1 to 8"):
        opened.ask(number)  # type: ignore[arg-type]


def test_no_rehearsal_and_no_unit(talk_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = careful(talk_root, tmp_path / "a")
    with pytest.raises(UserError, match="holds no such rehearsal"):
        open_rehearsal(folder=learner.folder)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="no unit lies in"):
        open_rehearsal()


def test_the_notebooks_cells_run_as_they_stand(opened: Open) -> None:
    cells = json.loads(Path("rehearsal.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(cell["source"], names)
    assert isinstance(names["rehearsal"], Open)


def test_the_timer_waits_pauses_and_ends_without_a_bang() -> None:
    timer = Timer(1)
    assert timer.since is None and "0:00 of 1 minutes" in timer.label.value

    async def run() -> None:
        timer.toggle()
        task = timer.task
        assert task is not None and timer.button.description == "Pause"
        timer.since = timer.since - 30 if timer.since is not None else None
        await asyncio.sleep(0)
        assert "0:30" in timer.label.value
        timer.toggle()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert timer.button.description == "Go on" and 30 <= timer.gone < 60

    asyncio.run(run())
    timer.gone = 61
    assert "Nothing stops" in timer.says()


def test_one_timer_for_all_questions(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    build.rehearsal_for(learner.material(), seed=3, minutes=20)
    opened = open_rehearsal(folder=learner.folder)
    first, second = opened.ask(1).widget.children[0], opened.ask(2).widget.children[0]
    assert first is second and opened.timer is not None
