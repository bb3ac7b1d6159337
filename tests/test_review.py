"""Exit questions come back: when they enter, when they are asked again, and that nothing of an answer is lost."""

from __future__ import annotations

import builtins
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import learners
import pytest
from cli import call, the_line
from learners import SECOND

from autograde.build.verify_exit import problems_of_exit
from worktest import chain, paths, recording, review
from worktest.cli import app
from worktest.commands.review import rating_of
from worktest.errors import UserError
from worktest.exit_questions import read_exit
from worktest.notebook import OpenUnit
from worktest.review_panel import ReviewPanel
from worktest.units import load_unit

Capture = pytest.CaptureFixture[str]
Typing = Callable[..., None]
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which the two made-up units were started and nothing else was done."""
    learners.curriculum(tmp_path / "haus", monkeypatch)
    home = paths.workspace()
    learners.start(home)
    (home / paths.MARKER).touch()
    return home


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """What somebody types, line by line; an exception class in its place is raised."""

    def set_up(*lines: str | type[BaseException]) -> None:
        left = list(lines)

        def read(prompt: str = "") -> str:
            print(prompt, end="")
            line = left.pop(0) if left else EOFError
            if isinstance(line, str):
                return line
            raise line

        monkeypatch.setattr(builtins, "input", read)

    return set_up


def log(home: Path) -> list[dict[str, object]]:
    return chain.read(home / review.FILE).entries


def ids(cards: list[review.Card]) -> list[str]:
    return [card.question.id for card in cards]


# When a unit enters --------------------------------------------------------------------------------------------


def test_nobody_is_asked_about_a_unit_that_was_only_started(home: Path, capsys: Capture) -> None:
    deck = review.load(home, now=NOW)
    assert deck.cards == [] and deck.waiting == [SECOND] and deck.problems == []
    assert "`worktest review 01` brings them in" in call(app, "review", capsys=capsys).out


def test_a_graded_unit_enters_on_that_day(home: Path) -> None:
    learners.graded(home, (SECOND, NOW - 3 * DAY, {"rare-rates": 1}))
    deck = review.load(home, now=NOW)
    assert len(deck.cards) == 5 and all(card.is_due(NOW) for card in deck.cards)
    assert {card.memory.due for card in deck.cards} == {NOW - 3 * DAY}


def test_a_unit_enters_when_its_last_check_is_green_and_not_before(home: Path) -> None:
    most = [("rare-rates", 10), ("rare-sample", 10), ("rare-plot", 10)]
    learners.worked(home / SECOND, NOW - 3 * DAY, *most)
    assert review.load(home, now=NOW).cards == []
    learners.worked(home / SECOND, NOW - 3 * DAY, *most, ("rare-infer", 10))
    assert {c.memory.due for c in review.load(home, now=NOW).cards} == {NOW - 3 * DAY + dt.timedelta(minutes=40)}


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_a_check_outside_all_calendars_brings_nothing_in(time: str, home: Path) -> None:
    topics = ("rare-rates", "rare-sample", "rare-plot", "rare-infer")
    lines = [{"time": time, "kind": "check", "topic": topic, "passed": 4, "total": 4} for topic in topics]
    (home / SECOND / "activity.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert review.all_green(home / SECOND) is None and review.load(home, now=NOW).cards == []


def test_a_check_that_counted_nothing_is_not_green(home: Path) -> None:
    lines = [
        {"time": NOW.isoformat(), "kind": "check", "topic": topic} for topic in ("rare-rates", "rare-sample", "rare-plot", "rare-infer")
    ]  # fmt: skip
    (home / SECOND / "activity.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert review.all_green(home / SECOND) is None


def test_asking_for_a_unit_brings_it_in(home: Path, types: Typing, capsys: Capture) -> None:
    types(EOFError)
    call(app, "review", "1", capsys=capsys)
    assert [entry["kind"] for entry in log(home)] == ["enter"]
    assert len(review.load(home).cards) == 5
    call(app, "review", "1", capsys=capsys)
    assert "5 exit questions are due" in call(app, "progress", capsys=capsys).out


# When it is asked again -----------------------------------------------------------------------------------------


def reviewed(home: Path, *ratings: tuple[int, int]) -> review.Deck:
    """The deck after q-1 was rated, each (days after NOW, rating)."""
    entries = [
        ("review", NOW + days * DAY, {"card": f"{SECOND}/q-1", "rating": r, "answer": "a"}) for days, r in ratings
    ]
    learners.chained(home / review.FILE, entries)
    return review.load(home, now=NOW + 400 * DAY)


@pytest.mark.parametrize(
    ("ratings", "days"),
    # intervals that fsrs 6.3 gives with its default weights, a retention of 0.9 and no steps of minutes
    [
        ([(0, 1)], 1),
        ([(0, 2)], 1),
        ([(0, 3)], 2),
        ([(0, 4)], 8),
        ([(0, 3), (2, 3)], 11),
        ([(0, 3), (2, 3), (13, 1)], 2),
    ],
)
def test_the_log_is_replayed_by_fsrs(home: Path, ratings: list[tuple[int, int]], days: int) -> None:
    deck = reviewed(home, *ratings)
    (card,) = [card for card in deck.cards if card.question.id == "q-1"]
    assert card.memory.due == NOW + (ratings[-1][0] + days) * DAY
    assert (card.reviews, card.missed) == (len(ratings), sum(r == 1 for _, r in ratings))
    assert [c.memory.to_dict() for c in reviewed(home, *ratings).cards] == [c.memory.to_dict() for c in deck.cards]


def test_due_means_the_day_and_not_the_hour(home: Path) -> None:
    reviewed(home, (0, 1))
    tomorrow = review.load(home, now=NOW + DAY - dt.timedelta(hours=2))
    assert next(c for c in tomorrow.cards if c.question.id == "q-1").is_due(NOW + DAY - dt.timedelta(hours=2))
    assert not next(c for c in tomorrow.cards if c.question.id == "q-1").is_due(NOW + dt.timedelta(hours=2))


def test_even_easy_again_and_again_stays_within_a_year(home: Path) -> None:
    deck = reviewed(home, (0, 4), (8, 4), (74, 4))
    assert max(card.memory.due for card in deck.cards) == NOW + (74 + 365) * DAY


# A sitting in the terminal --------------------------------------------------------------------------------------


def test_answer_then_worked_answer_then_rating_then_date(home: Path, types: Typing, capsys: Capture) -> None:
    types("about three", "over p", ".", "3", ".", "")
    said = call(app, "review", "01", "--limit", "2", capsys=capsys)
    assert said.code == 0
    order = ["How many rollouts", "Worked answer number 1", "How did it go", "got it: asked again on"]
    places = [said.out.index(words) for words in order]
    assert places == sorted(places)
    in_two_days = (dt.datetime.now() + 2 * DAY).strftime("%d %b %Y")
    assert f"got it: asked again on {in_two_days} (in 2 days)" in said.out
    assert "I don't know" in said.out and "missed: asked again on" in said.out and "(tomorrow)" in said.out
    assert "To look again: work_test.ipynb, “The brief”" in said.out
    assert "2 asked, 1 missed. 3 more are due" in said.out
    kept = [(e["card"], e["rating"], e["answer"]) for e in log(home) if e["kind"] == "review"]
    assert kept == [(f"{SECOND}/q-1", 3, "about three\nover p"), (f"{SECOND}/q-2", 1, "")]


def test_an_empty_answer_is_never_more_than_missed(home: Path, types: Typing, capsys: Capture) -> None:
    types("   ", ".", "4")  # the 4 answers “Enter when you have read it”
    call(app, "review", "01", "--limit", "1", capsys=capsys)
    assert [e["rating"] for e in log(home) if e["kind"] == "review"] == [1]
    card = review.load(home).cards[-1]
    with pytest.raises(UserError, match="without an answer"):
        review.rate(home, card, 2, " \n")


def test_a_rating_is_asked_until_it_is_one(home: Path, types: Typing, capsys: Capture) -> None:
    types("x", ".", "5", "", "got", "0", "²", "EFF")
    said = call(app, "review", "01", "--limit", "1", capsys=capsys)
    assert said.out.count("1, 2, 3 or 4, please") == 5
    assert [e["rating"] for e in log(home) if e["kind"] == "review"] == [2]


def test_ratings_by_number_and_by_word() -> None:
    said = {"1": 1, "m": 1, "missed": 1, "2": 2, "effort": 2, "got there": 2, "got i": 3, "3": 3, "Easy": 4, "4": 4}
    assert {text: rating_of(text) for text in said} == said
    assert [rating_of(text) for text in ("", "e", "g", "11", "-1", "1.0", "good")] == [None] * 7


def test_ctrl_c_loses_nothing(home: Path, types: Typing, capsys: Capture) -> None:
    types("done with this", ".", "4", "half an ans", KeyboardInterrupt)
    assert "what you wrote is kept" in the_line(call(app, "review", "01", capsys=capsys), code=130)
    types("wer", ".", KeyboardInterrupt)
    said = call(app, "review", "01", capsys=capsys)
    assert said.code == 130 and "You began before" in said.out and "half an ans" in said.out
    types("3")  # the answer was finished: only the rating is missing
    said = call(app, "review", "01", "--limit", "1", capsys=capsys)
    assert "You wrote before" in said.out and "Worked answer number 2" in said.out
    kept = [(e["card"], e["rating"], e["answer"]) for e in log(home) if e["kind"] == "review"]
    assert kept == [(f"{SECOND}/q-1", 4, "done with this"), (f"{SECOND}/q-2", 3, "half an ans\nwer")]
    assert all(not card.draft for card in review.load(home).cards)
    assert chain.read(home / review.FILE).problems == []


def test_nothing_due_says_when_and_all_asks_all_the_same(home: Path, types: Typing, capsys: Capture) -> None:
    for card in review.load(home, unit=SECOND).cards:
        review.rate(home, card, 4, "known")
    said = call(app, "review", capsys=capsys).out
    date = (dt.datetime.now() + 8 * DAY).strftime("%d %b %Y")
    assert f"Next: 5 questions on {date} (in 8 days)" in said and "worktest review --all" in said
    types("a", ".", "4")
    assert "Question 1 of 3" in call(app, "review", "--all", "--limit", "3", capsys=capsys).out


def test_what_is_due_as_data(home: Path, capsys: Capture) -> None:
    learners.graded(home, (SECOND, NOW, {"rare-rates": 1}))
    review.rate(home, review.load(home).cards[0], 4, "known")
    data = json.loads(call(app, "review", "--json", capsys=capsys).out)
    assert [len(data["due"]), len(data["later"])] == [4, 1]
    assert data["due"][0]["card"] == f"{SECOND}/q-2" and "Worked answer" not in json.dumps(data)


def test_what_can_not_be_asked(home: Path, capsys: Capture) -> None:
    assert "no exit questions" in the_line(call(app, "review", "00", capsys=capsys))
    assert "nearest" in the_line(call(app, "review", "77", capsys=capsys))
    assert "name the unit" in the_line(call(app, "review", "--dir", str(home), capsys=capsys))
    assert "--limit" in the_line(call(app, "review", "--limit", "0", capsys=capsys))


def test_a_unit_outside_the_workspace(home: Path, tmp_path: Path, types: Typing, capsys: Capture) -> None:
    elsewhere = tmp_path / "mein Ordner"
    (home / SECOND).rename(elsewhere)
    types("x", ".", "3")
    call(app, "review", "01", "--dir", str(elsewhere), "--limit", "1", capsys=capsys)
    assert [e["card"] for e in log(home) if e["kind"] == "review"] == [f"{SECOND}/q-1"]


def test_no_workspace_at_all(tmp_path: Path, capsys: Capture) -> None:
    for more in ([], ["--all"], ["--json"]):
        said = call(app, "review", "--workspace", str(tmp_path / "none"), *more, capsys=capsys)
        assert said.code == 0 and said.err == ""
    assert not (tmp_path / "none").exists()


def test_text_that_would_command_a_terminal(home: Path, types: Typing, capsys: Capture) -> None:
    text = learners.exit_toml().replace("Worked answer number 1:", "\\u001B[2JWorked [red]answer[/red]")
    (home / SECOND / "exit.toml").write_text(text)
    types("\x1b[31m[bold]mine[/bold]\ud800", ".", "3")
    said = call(app, "review", "01", "--limit", "1", capsys=capsys).out
    assert "\x1b" not in said and "[bold]mine[/bold]" in said and "[red]answer[/red]" in said
    (entry,) = [e for e in log(home) if e["kind"] == "review"]
    assert entry["answer"] == "[31m[bold]mine[/bold]"


def test_a_whole_book_as_an_answer(home: Path, types: Typing, capsys: Capture) -> None:
    types("long " * 100_000, ".", "3")
    assert call(app, "review", "01", "--limit", "1", capsys=capsys).code == 0
    (entry,) = [e for e in log(home) if e["kind"] == "review"]
    assert 10_000 <= len(str(entry["answer"])) < 10_100


# Damage ---------------------------------------------------------------------------------------------------------


def test_a_damaged_log_names_each_thing_and_keeps_the_rest(home: Path, types: Typing, capsys: Capture) -> None:
    good = {"card": f"{SECOND}/q-1", "rating": 4, "answer": "a"}
    soon = dt.datetime.now(dt.UTC)
    bad = [("review", soon, {**good, "rating": "4"}), ("review", soon, {**good, "rating": True}), ("review", soon, {**good, "rating": 7}),
           ("review", soon + 9 * DAY, good), ("review", soon, {"rating": 3}), ("enter", soon, {"unit": 3}),
           ("review", soon, {**good, "card": f"{SECOND}/gone"}), ("review", soon, {**good, "card": "99_nowhere/q-1"})]  # fmt: skip
    learners.chained(home / review.FILE, [("review", soon - 3 * DAY, good), *bad, ("from the future", soon, {})])
    with (home / review.FILE).open("ab") as file:
        file.write(b"\xff\xfe{not json\n" + b"[" * 5000 + b"\n")
    deck = review.load(home)
    assert len(deck.cards) == 5 and next(c for c in deck.cards if c.question.id == "q-1").reviews == 1
    said = "\n".join(deck.problems)
    for words in ("rating '4'", "rating 'True'", "rating '7'", "in the future", "names no card", "names no unit",
                  f"1 question of '{SECOND}'", "1 question of '99_nowhere'", "line 11", "line 12"):  # fmt: skip
        assert words in said
    assert len(deck.problems) == 10
    types("x", ".", "3")
    said = call(app, "review", "--limit", "1", capsys=capsys).out
    assert said.count("note: ") == 10 and "Question 1 of 1" in said
    assert next(c for c in review.load(home).cards if c.question.id == "q-2").reviews == 1


def test_one_bad_question_and_one_bad_file_leave_the_others(home: Path) -> None:
    learners.graded(home, (SECOND, NOW, {"rare-rates": 1}))
    text = learners.exit_toml(3)
    path = home / SECOND / "exit.toml"
    path.write_text(text + '[[question]]\nid = "Q 4"\nask = "What?"\n' + text.split("\n\n")[0].replace("q-9", "q-1"))
    deck = review.load(home, now=NOW)
    assert ids(deck.cards) == ["q-1", "q-2", "q-3"]
    assert len(deck.problems) == 2 and "question 4" in deck.problems[0] and "there twice" in deck.problems[1]
    for content in (b"[[question", b"\xff", b"question = 3", b"a = " + b"[" * 5000):
        path.write_bytes(content)
        deck = review.load(home, now=NOW)
        assert deck.cards == [] and len(deck.problems) == 1 and "exit.toml" in deck.problems[0]


def test_a_copy_from_before_the_questions_were_written_uses_the_release(home: Path) -> None:
    (home / SECOND / "exit.toml").unlink()
    assert review.load(home, now=NOW).waiting == [SECOND]


def test_a_review_that_can_not_be_written(home: Path, types: Typing, capsys: Capture) -> None:
    learners.graded(home, (SECOND, NOW, {"rare-rates": 1}))
    (home / review.FILE).mkdir()
    types("x", ".", "3")
    assert review.FILE in the_line(call(app, "review", capsys=capsys))


# In a notebook --------------------------------------------------------------------------------------------------


def panel(home: Path) -> ReviewPanel:
    return OpenUnit.at(home / SECOND, {}).review()


def test_the_panel_without_a_front_end_lists_what_is_due(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = repr(panel(home))
    assert text.startswith("5 exit questions due:") and "1. How many rollouts" in text and "Worked" not in text
    for card in review.load(home, unit=SECOND).cards:
        review.rate(home, card, 4, "known")
    assert repr(panel(home)).startswith("0 exit questions due; the next on")
    monkeypatch.setenv(recording.SWITCH, "off")  # a build shows the same on every machine
    assert repr(panel(home)).startswith("5 exit questions due:")
    assert list(panel(home)._repr_mimebundle_()) == ["text/plain"]


def test_the_panel_asks_shows_and_rates(home: Path) -> None:
    shown = panel(home)
    assert "application/vnd.jupyter.widget-view+json" in shown._repr_mimebundle_()
    view = shown._view
    assert "How many rollouts" in view.head.value and "Worked" not in view.worked.value
    assert view.rating.layout.display == "none"
    view.answer.value = "<b>three</b> over p"
    view.show.click()
    assert "Worked answer number 1" in view.worked.value and view.answer.disabled
    assert [button.disabled for button in view.buttons] == [False] * 4
    assert (
        next(c for c in panel(home).cards if c.question.id == "q-1").draft == "<b>three</b> over p"
    )  # before it is rated
    view.buttons[2].click()
    assert "got it: asked again on" in view.said.value and "Question 2 of 5" in view.head.value
    view.show.click()  # nothing written
    assert [button.disabled for button in view.buttons] == [False, True, True, True]
    view.buttons[0].click()
    for _ in range(3):
        view.answer.value = "x"
        view.show.click()
        view.buttons[3].click()
    assert "Done" in view.head.value
    view.rate(4)
    assert [e["rating"] for e in log(home) if e["kind"] == "review"] == [3, 1, 4, 4, 4]


def test_the_panel_says_when_nothing_can_be_written(home: Path) -> None:
    shown = panel(home)
    assert shown.view
    view = shown._view
    (home / review.FILE).mkdir()
    view.show.click()
    view.buttons[0].click()
    assert review.FILE in view.said.value and "Question 1 of 5" in view.head.value


# The build ------------------------------------------------------------------------------------------------------


def test_a_unit_has_five_questions_that_point_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = learners.curriculum(tmp_path, monkeypatch) / SECOND
    script = "# %% [markdown]\n# ## The `brief`\n# text\n# ```\n# # Code\n# ```\n\n# %%\n# # A comment\n"
    (folder / "work_test.nb.py").write_text(script)
    info = load_unit(folder)
    assert list(problems_of_exit(folder, info)) == []
    path, text = folder / "exit.toml", learners.exit_toml()
    for old, new, said in [
        ("ipynb#The brief", "ipynb#The-brief", ""),
        ("ipynb#The brief", "ipynb: The brief", ""),
        ("ipynb#The brief", "ipynb#The end", "heading"),
        ("ipynb#The brief", "ipynb#Code", "heading"),
        ("ipynb#The brief", "ipynb#A comment", "heading"),
        ("work_test.ipynb", "reading.ipynb", "unknown notebook"),
        ("work_test.ipynb", "reasoning.ipynb", "heading"),
        ("work_test.ipynb#The brief", "somewhere", "a notebook and a heading"),
        ('"work_test.ipynb#The brief"', '{ notebook = "work_test.ipynb", heading = "The brief" }', ""),
        ('"work_test.ipynb#The brief"', '{ notebook = "work_test", heading = "The end" }', "heading"),
        ('"work_test.ipynb#The brief"', '{ notebook = "work_test" }', "revisit.heading"),
        ('"q-2"', '"q-1"', "there twice"),
    ]:
        path.write_text(text.replace(old, new, 1))
        found = list(problems_of_exit(folder, info))
        assert len(found) == bool(said) and said in "".join(found), (new, found)
    path.write_text(learners.exit_toml(4))
    assert "4 questions; a unit has 5" in "".join(problems_of_exit(folder, info))
    path.unlink()
    assert list(problems_of_exit(folder, info)) == []


def test_the_units_that_are_here_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    root = paths.checkout()
    assert root is not None
    for name in paths.units_in(root / "solutions"):
        folder = root / "solutions" / name
        assert list(problems_of_exit(folder, load_unit(folder))) == []
        assert read_exit(folder / "exit.toml").problems == []
