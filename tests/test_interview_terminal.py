"""A rehearsal in the terminal: a scripted learner, stopped half-way, taken up again, scored and summed up."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from interview_learners import careful, hasty
from rich.console import Console

from worktest import chain
from worktest.interview import build, record
from worktest.interview.record import Rehearsal
from worktest.interview.summary import as_markdown, summarise
from worktest.interview.terminal import Clock, Sitting, Stopped, levels


def typing(*lines: str | type[BaseException]) -> Callable[[], str]:
    """What a learner types; then the input ends."""
    left = list(lines)

    def read() -> str:
        if not left:
            raise EOFError
        line = left.pop(0)
        if isinstance(line, str):
            return line
        raise line

    return read


def sit(rehearsal: Rehearsal, *lines: str | type[BaseException], clock: Clock | None = None) -> str:
    """Run with these lines; gives what was shown."""
    shown = io.StringIO()
    sitting = Sitting(rehearsal, Console(file=shown, width=100), typing(*lines), clock)
    try:
        sitting.run()
    except Stopped:
        shown.write("\n[stopped]")
    return shown.getvalue()


def answers(count: int) -> list[str]:
    return [line for n in range(count) for line in (f"answer {n}", "second line", ".", "1", f"then {n}", ".")]


def kept(folder: Path, kind: str) -> list[dict[str, object]]:
    return [entry for entry in chain.read(folder / record.FILE).entries if entry["kind"] == kind]


def test_from_the_first_question_to_the_summary(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    material = learner.material()
    rehearsal, _ = build.rehearsal_for(material, count=3, seed=1)
    shown = sit(rehearsal, *answers(3), "2 2 1 0", "-,2,2,0", "2 - - -")
    assert "Question 3 of 3" in shown and "[stopped]" not in shown
    asked = shown.index("Score yourself")
    assert "a number with its interval" not in shown[:asked], "what is looked for comes after the answers"
    assert [entry["text"] for entry in kept(learner.folder, "answer")] == [f"answer {n}\nsecond line" for n in range(3)]
    assert rehearsal.finished and len(kept(learner.folder, "score")) == 3
    again = record.read(learner.folder)[0][-1]
    assert again.given == rehearsal.given and again.finished
    text = as_markdown(summarise(again, material))
    assert "The hole that is left: 0.0 of 2 over 2 answers." in text and "never scored" in text
    assert "What was known when I decided: 2.0 of 2" in text.split("## What holds")[1]
    assert "Look at raw answers" in text


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_stopping_loses_nothing_and_the_next_run_goes_on(
    stop: type[BaseException], talk_root: Path, tmp_path: Path
) -> None:
    learner = careful(talk_root, tmp_path / "a")
    rehearsal, _ = build.rehearsal_for(learner.material(), count=3, seed=1)
    shown = sit(rehearsal, *answers(1), "half a", "sentence", stop)
    assert shown.endswith("[stopped]")
    assert kept(learner.folder, "answer")[-1]["text"] == "half a\nsentence"
    again, new = build.rehearsal_for(learner.material())
    assert not new
    shown = sit(again, "the rest", ".", "2", "then", ".")
    assert "1 of 3 questions were answered before" in shown and "half a" in shown
    assert again.of(again.questions[1]).texts == {"answer": "half a\nsentence\nthe rest", "follow-up": "then"}
    assert again.questions[1].branches[1][1] in " ".join(shown.split())


def test_a_branch_can_stay_open_and_odd_input_is_asked_again(talk_root: Path, tmp_path: Path) -> None:
    rehearsal, _ = build.rehearsal_for(careful(talk_root, tmp_path / "a").material(), count=1, seed=1)
    shown = sit(rehearsal, ".", "maybe", "3", "", "9 9 9 9", "1 2", "")
    assert shown.count("Type 1, 2 or nothing.") == 2 and shown.count("4 levels between 0 and 2") == 2
    assert not rehearsal.begun


@pytest.mark.parametrize(
    ("line", "found"),
    [("2 1 0 1", {"evidence": 2, "alternatives": 1, "numbers": 0, "hole": 1}), ("- - - 2", {"hole": 2}), ("", {}),
     ("2 1 0", None), ("3 0 0 0", None), ("a b c d", None), ("-1 0 0 0", None)],
)  # fmt: skip
def test_levels(line: str, found: dict[str, int] | None) -> None:
    assert levels(line) == found


def test_terminal_codes_of_a_learner_are_not_shown(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    rehearsal, _ = build.rehearsal_for(learner.material(), count=1, seed=1)
    shown = sit(rehearsal, "\x1b[2J\x1b]0;title\x07red [bold]x[/bold] \udcff", ".", "1", ".", "0 0 0 0")
    assert "\x1b" not in shown and "\x07" not in shown and "[bold]x[/bold]" in shown
    assert "\x1b" not in str(kept(learner.folder, "answer"))


def test_the_timer_is_off_pauses_and_stops_nothing(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    rehearsal, _ = build.rehearsal_for(learner.material(), count=2, seed=1)
    assert "minutes" not in sit(rehearsal, "a")
    now = [0.0]

    def later(minutes: float, line: str) -> str:
        now[0] += 60 * minutes
        return line

    left = iter([(5, "begin"), (0, ".pause"), (100, ""), (1, "."), (0, "1"), (20, "x"), (0, "."), (0, ".")])
    shown = io.StringIO()
    sitting = Sitting(rehearsal, Console(file=shown, width=100), lambda: later(*next(left)), Clock(20, lambda: now[0]))
    with pytest.raises((StopIteration, RuntimeError)):
        sitting.run()
    assert "0 of 20 minutes" in shown.getvalue()
    assert "The 20 minutes have passed. Nothing stops" in shown.getvalue(), "26 minutes, the pause of 100 not counted"
    assert sitting.clock.paused == 6000


def test_huge_answers_are_cut_and_kept(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    rehearsal, _ = build.rehearsal_for(learner.material(), count=1, seed=1)
    assert rehearsal.keep_text(rehearsal.questions[0], "answer", '"\n' * 300_000)
    text = str(kept(learner.folder, "answer")[0]["text"])
    assert text.endswith("[cut here]") and len(text) <= record.MAX_ANSWER + 20
    assert record.read(learner.folder)[1] == []


def test_the_summary_names_points_lost_and_ways_that_went_second(talk_root: Path, tmp_path: Path) -> None:
    learner = hasty(talk_root, tmp_path / "a")
    material = learner.material()
    rehearsal, _ = build.rehearsal_for(material, count=4, seed=1)
    empty = as_markdown(summarise(rehearsal, material))
    assert "Nothing is answered yet" in empty
    rehearsal.keep_branch(rehearsal.questions[0], 1)
    text = as_markdown(summarise(rehearsal, material))
    assert "your answer went: I gave the paper or habit" in text
    assert "work.ipynb, “The mean”" in text and "1 of 4 points in the last grade; first: divides once" in text


def test_a_damaged_record_is_named_and_the_rest_is_read(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    rehearsal, _ = build.rehearsal_for(learner.material(), count=2, seed=1)
    rehearsal.keep_text(rehearsal.questions[0], "answer", "mine")
    path = learner.folder / record.FILE
    for bad in ({"rehearsal": 1}, {"rehearsal": "x", "question": 3}, {"rehearsal": 99, "question": "q", "text": "t"}):
        chain.append(path, "answer", bad)
    chain.append(
        path, "drawn", {"rehearsal": 2, "seed": 1, "mode": "written", "minutes": None, "questions": [{"id": 3}]}
    )
    chain.append(path, "score", {"rehearsal": 1, "question": rehearsal.questions[0].id, "scores": {"hole": 99, "x": 1}})
    whole = next(entry for entry in chain.read(path).entries if entry["kind"] == "drawn")
    heavy = [{**question, "weight": 10**400} for question in whole["questions"]]
    for odd in ({"minutes": 10**400}, {"questions": heavy}):
        chain.append(
            path,
            "drawn",
            {**{key: whole[key] for key in ("seed", "mode", "minutes", "questions")}, "rehearsal": 3, **odd},
        )
    path.write_text(path.read_text() + "{half a li")
    found, problems = record.read(learner.folder)
    assert len(found) == 1 and found[0].of(found[0].questions[0]).texts == {"answer": "mine"}
    assert found[0].of(found[0].questions[0]).scores == {"hole": 2}
    assert len(problems) == 7 and all("\n" not in line for line in problems)
