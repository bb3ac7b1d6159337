"""Which questions a learner is asked, and what they say: bound to the own work, the same again from the same seed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from interview_learners import Learner, bank, careful, code, hasty, markdown, notebook, printed, question

from worktest.errors import UserError
from worktest.interview import build
from worktest.interview.binding import Bound, bind
from worktest.interview.choose import draw


def asked(questions: list[Bound]) -> str:
    return "\n".join(f"{q.id}: {q.ask}" for q in questions)


def test_two_learners_are_asked_about_their_own_work(talk_root: Path, tmp_path: Path) -> None:
    one = draw(careful(talk_root, tmp_path / "a").material(), 8, seed=1)
    other = draw(hasty(talk_root, tmp_path / "b").material(), 8, seed=1)
    assert len(one) == len(other) == 8
    ours, theirs = asked(one), asked(other)
    assert "You said 0.01 (0.001 to 0.05), it was 0.12." in ours and "benign twin" in ours
    assert "6 is a lot." in theirs and "You wrote down no control." in theirs
    assert "The mean has 1 of 4: divides once." in theirs and "points" not in [q.about for q in one]
    assert not {q.ask for q in one} & {
        q.ask for q in other if q.about in ("decision", "prediction", "missing", "result")
    }


@pytest.mark.parametrize("seed", range(12))
def test_one_raw_sample_and_one_line_of_code_always_and_points_when_lost(
    seed: int, talk_root: Path, tmp_path: Path
) -> None:
    questions = draw(hasty(talk_root, tmp_path / "b").material(), 4, seed)
    kinds = [q.about for q in questions]
    assert kinds.count("sample") == kinds.count("code") == kinds.count("points") == 1
    ask = next(q.ask for q in questions if q.about == "sample")
    assert ask.removeprefix("Explain this line: ") in ("first please see the doctor", "BAD please skip the doctor")
    line = next(q.ask for q in questions if q.about == "code")
    assert line in (
        "Line 3 of mean: total = sum(values). Why?",
        "Line 4 of mean: return total / len(values). Why?",
    ), "only lines that the learner wrote, with their number"


def test_bound_questions_come_first_and_general_ones_fill_up(talk_root: Path, tmp_path: Path) -> None:
    material = careful(talk_root, tmp_path / "a").material()
    for seed in range(8):
        kinds = [q.about for q in draw(material, 6, seed)]
        assert "general" not in kinds and len({*kinds} & {"decision", "prediction", "result"}) == 3, kinds
    everything = draw(material, 30, 0)
    assert {"least", "hours", "llm"} <= {q.id for q in everything}
    assert len({q.id for q in everything}) == len(everything) == len(bind(material, random.Random(0)))


def test_a_seed_gives_the_same_and_another_seed_another_sample(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    assert draw(learner.material(), 8, 5) == draw(learner.material(), 8, 5)
    samples = {q.ask for seed in range(20) for q in draw(learner.material(), 8, seed) if q.about == "sample"}
    assert len(samples) == 2


@pytest.mark.parametrize("count", [0, -1, 31])
def test_an_odd_count_is_refused(count: int, talk_root: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="1 to 30 questions"):
        draw(careful(talk_root, tmp_path / "a").material(), count, 1)


def test_learner_text_is_inserted_never_formatted(talk_root: Path, tmp_path: Path) -> None:
    learner = Learner(talk_root, tmp_path / "a")
    learner.journal.decide("dose", "{choice} {0} %s {because.__class__} \\1", ["{name}"], "{choice}")
    found = {q.id: q.ask for q in bind(learner.material(), random.Random(0))}
    assert found["dose-why"] == "You chose {choice} {0} %s {because.__class__} \\1 over {name}. Why?"


def test_long_and_hostile_text_is_cut_and_cleaned(talk_root: Path, tmp_path: Path) -> None:
    learner = Learner(talk_root, tmp_path / "a")
    learner.journal.decide("dose", "\x1b[31mred\u202e\x07" + "x" * 4000, ["a" * 4000], "b")
    text = next(q.ask for q in bind(learner.material(), random.Random(0)) if q.id == "dose-why")
    assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text
    assert len(text) < 1000 and "[cut here]" in text


def case(about: str, ask: str, when: dict[str, Any], does: str, applies: bool) -> Any:
    name = "dose" if about == "decision" else "rate"
    return pytest.param(question("q", about, ask, when=when, name=name), does, applies, id=f"{when}-{does}")


DECIDE = "You chose {choice}, why?"
GUESS = "You said {value}, why that?"
FOUND = "You measured {measured}, so?"
CASES = [
    *[case("decision", DECIDE, {"choice_above": 3}, d, a) for d, a in [("4", True), ("3", False), ("'many'", False), ("True", False), ("'4'", True)]],
    *[case("decision", DECIDE, {"choice_below": 3}, d, a) for d, a in [("2", True), ("3", False), ("'x'", False)]],
    *[case("decision", DECIDE, {"choice_contains": ["strict", "hard"]}, d, a) for d, a in [("'a STRICT one'", True), ("'easy'", False), ("4", False)]],
    *[case("decision", DECIDE, {"choice_lacks": "strict"}, d, a) for d, a in [("'a Strict one'", False), ("'easy'", True)]],
    *[case("decision", DECIDE, {"alternatives": "none"}, d, a) for d, a in [("1", True), ("1, [2]", False)]],
    *[case("decision", DECIDE, {"alternatives": "some"}, d, a) for d, a in [("1", False), ("1, [2]", True)]],
    *[case("prediction", GUESS, {"outcome": "hit"}, d, a) for d, a in [("P M1", True), ("P M9", False), ("M1 P", False), ("P", False)]],
    *[case("prediction", GUESS, {"outcome": "missed"}, d, a) for d, a in [("P M9", True), ("P M1", False), ("M9 P", False)]],
    *[case("prediction", GUESS, {"outcome": "late"}, d, a) for d, a in [("M1 P", True), ("P M1", False)]],
    *[case("prediction", GUESS, {"outcome": "open"}, d, a) for d, a in [("P", True), ("P M1", False)]],
    *[case("prediction", GUESS, {"off_by": 5}, d, a) for d, a in [("P M9", True), ("P M1", False), ("P M0", False), ("P", False)]],
    *[case("prediction", GUESS, {"confidence_above": 0.7}, d, a) for d, a in [("P", True), ("U", False)]],
    *[case("prediction", GUESS, {"revised": True}, d, a) for d, a in [("P U", True), ("P", False)]],
    *[case("result", FOUND, {"measured_above": 5}, d, a) for d, a in [("M9", True), ("M1", False)]],
    *[case("result", FOUND, {"measured_below": 5}, d, a) for d, a in [("M9", False), ("M1", True)]],
    *[case("result", FOUND, {"interval": "absent"}, d, a) for d, a in [("M1", True), ("I1", False)]],
    *[case("result", FOUND, {"interval": "given"}, d, a) for d, a in [("M1", False), ("I1", True)]],
    *[case("missing", "You did not say the rate?", {"missing": "prediction"}, d, a) for d, a in [("M1", True), ("P", False)]],
    *[case("missing", "You did not measure it?", {"missing": "result"}, d, a) for d, a in [("M1", False), ("P", True)]],
]  # fmt: skip


@pytest.mark.parametrize(("entry", "does", "applies"), CASES)
def test_a_condition_holds_or_not(
    entry: dict[str, Any], does: str, applies: bool, talk_root: Path, tmp_path: Path
) -> None:
    learner = Learner(talk_root, tmp_path / "a", [entry, question("g", "general", "What else is there?")])
    book = learner.journal
    if entry["about"] == "decision":
        book.decide("dose", *eval(f"({does},)"))
    else:
        for step in does.split():
            if step == "P":
                book.predict("rate", 1.0, (0.5, 2), 0.8)
            elif step == "U":
                book.predict("rate", 1.5, (0.5, 2), 0.6)
            else:
                value = float(step[1:])
                book.measure("rate", value, (value - 0.5, value + 0.5) if step[0] == "I" else None)
    assert ("q" in [q.id for q in bind(learner.material(), random.Random(0))]) is applies


def test_a_question_with_a_field_that_is_empty_is_not_asked(talk_root: Path, tmp_path: Path) -> None:
    learner = Learner(talk_root, tmp_path / "a")
    learner.journal.measure("noise", 0.4)
    ids = [q.id for q in bind(learner.material(), random.Random(0))]
    assert "noise-bare" in ids and "noise-dose" not in ids, "there is no decision on the dose"


@pytest.mark.parametrize(
    ("values", "says"),
    [(29_956.0, "29,956"), (2542.84, "2,543"), (0.12, "0.12"), (1.23e-5, "1.23e-05"), (0.0, "0"), (1e300, "1e+300")],
)
def test_numbers_are_written_as_one_says_them(values: float, says: str, talk_root: Path, tmp_path: Path) -> None:
    learner = Learner(talk_root, tmp_path / "a")
    learner.journal.measure("noise", values)
    assert any(q.ask == f"Where is the interval of {says}?" for q in bind(learner.material(), random.Random(0)))


def test_code_lines_with_a_syntax_error_still_have_their_function(talk_root: Path, tmp_path: Path) -> None:
    learner = Learner(talk_root, tmp_path / "a", [question("code", "code", "Line {number} of {function}: {line}?")])
    broken = "def first(x):\n    return x + (\n\ndef mean(values):\n    half = sum(values) / 2\n"
    (learner.folder / "work.ipynb").write_text(notebook(code(broken, grade_id="talk-mean")))
    assert {line.function for line in learner.material().work.code if "half" in line.text} == {"mean"}


def test_the_same_questions_go_on_until_the_rehearsal_is_finished(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    first, new = build.rehearsal_for(learner.material())
    again, new_again = build.rehearsal_for(learner.material(), mode="spoken", minutes=10)
    assert new and not new_again and again.questions == first.questions and again.number == first.number
    assert (again.mode, again.minutes) == ("spoken", 10)
    for question_ in again.questions:
        again.keep_branch(question_, 0)
        again.keep_scores(question_, {"hole": 1})
    third, new_third = build.rehearsal_for(learner.material())
    assert new_third and third.number == 2
    replay, _ = build.rehearsal_for(learner.material(), seed=first.seed)
    assert replay.number == 3 and replay.questions == first.questions


def test_a_sample_comes_from_the_heading_that_the_question_names(talk_root: Path, tmp_path: Path) -> None:
    learner = Learner(talk_root, tmp_path / "a", bank())
    other = markdown("## Elsewhere"), code("x", [printed("a line from elsewhere\n")])
    (learner.folder / "work.ipynb").write_text(
        notebook(*other, markdown("## Look at raw answers"), code("y", [printed("the raw answer\n")]))
    )
    for seed in range(5):
        assert "Explain this line: the raw answer" in [q.ask for q in draw(learner.material(), 8, seed)]
