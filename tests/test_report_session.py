"""Which three questions a group is asked, how its predictions are told, and a minute plan that adds up."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import Any

import pytest
import study_group
from micro import DOUBLE, TOTAL, UNIT
from study_group import DOSE, RATE

from autograde.paths import solutions
from autograde.report import guesses, losses, page, plots, questions, session
from autograde.report.gather import Group, Person
from autograde.report.losses import Seen
from worktest import paths
from worktest.errors import UserError
from worktest.journal import Decision, Measurement, Prediction, View
from worktest.units import UnitInfo, load_unit

NOW = dt.datetime(2026, 5, 8, 9, 0, tzinfo=dt.UTC)
PNG = b"\x89PNG\r\n"


@pytest.fixture(scope="module")
def info(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = study_group.unit_root(built, tmp_path_factory.mktemp("eine gruppe") / "haus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: root)
        yield load_unit(solutions() / UNIT)


def failed(*titles: str, visible: bool = True, says: str = "Look again.") -> dict[str, Any]:
    return {"checks": [{"title": t, "passed": False, "visible": visible, "says": says} for t in titles]}


def seen(points: float, *titles: str, untouched: bool = False, says: str = "Look again.") -> Seen:
    return Seen(points, 4.0, untouched, failed(*titles, says=says))


def journal(guess: tuple[float, ...] | None = None, choice: Any = None) -> View:
    """A journal with a prediction (value, low, high, sure, measured) of the rate and a decision on the dose."""
    view = View()
    if guess:
        value, low, high, sure, measured = guess
        got = Measurement(RATE, measured, unit="share")
        view.predictions[RATE] = Prediction(RATE, value, low, high, sure, measured=got)
    if choice is not None:
        view.decisions[DOSE] = Decision(DOSE, choice)
    return view


def group(info: UnitInfo, *, cells: dict[str, list[Seen]] | None = None, journals: list[View] | None = None,
          peers: dict[str, Any] | None = None, handed_in: int = 4) -> Group:  # fmt: skip
    made = Group(UNIT, info, NOW, peers=peers)
    made.people = [Person(f"person-{n}", handed_in=n < handed_in) for n in range(max(handed_in, 1))]
    for person in made.people:
        person.cells = {cell.id: "waits" for cell in info.graded} if person.handed_in else {}
    made.tallies = losses.tallies(info, cells or {})
    made.predicted = guesses.predicted(info, journals or [])
    made.decided = guesses.decided(info, journals or [])
    return made


LOST = {
    DOUBLE: [seen(0, "doubles two"), seen(2, "doubles two", "doubles none"), seen(4), seen(4)],
    TOTAL: [seen(4)] * 4,
}
MISSED = [(0.1, 0.05, 0.2, 0.9, 0.47)] * 3 + [(0.5, 0.3, 0.6, 0.7, 0.47)]
SPLIT = [3, 3, 5, 7]


def peers(*apart: int) -> dict[str, Any]:
    """What `worktest.peers.merge` gives: two readers of each answer, so many levels apart."""
    row = {"criterion": "reason", "asks": "Is there a <b>reason</b>?", "top": 2}
    packets = [
        {"title": "Why double", "scorers": ["a", "b"], "rows": [{**row, "levels": [0, n], "apart": n, "talk": n >= 2}]}
        for n in apart
    ]
    return {"packets": packets, "alpha": 0.2, "pairs": len(apart), "says": "Krippendorff's alpha: 0.20."}


def test_each_finding_gives_its_question_with_the_reason(info: UnitInfo) -> None:
    journals = [journal(guess, choice) for guess, choice in zip(MISSED, SPLIT, strict=True)]
    found = questions.choose(group(info, cells=LOST, journals=journals))
    assert [one.about for one in found.asked] == ["cell", "prediction", "decision"]
    cell, prediction, decision = found.asked
    assert "2 of 4 who tried lost some" in cell.why and "“doubles two” (2)" in cell.why
    assert "what that check says: Look again." in cell.listen
    assert "3 of 4 intervals missed what was measured, about 0.47 share; 3 too low, 1 too high" in prediction.why
    assert "the share of `loud` answers" in prediction.ask
    assert "3 (2), 5 (1), 7 (1)" in decision.why and decision.listen == ("a reason from before the result",)


def test_of_four_findings_the_three_largest_are_asked_and_the_other_is_in_reserve(info: UnitInfo) -> None:
    journals = [journal(guess, choice) for guess, choice in zip(MISSED, SPLIT, strict=True)]
    found = questions.choose(group(info, cells=LOST, journals=journals, peers=peers(2, 2, 0)))
    assert [one.about for one in found.asked] == ["prediction", "decision", "criterion"]
    assert found.left == ["Twice"]
    assert "2 of 3 answers" in found.asked[2].why


def test_without_findings_the_unit_and_then_any_unit_asks(info: UnitInfo) -> None:
    found = questions.choose(group(info))
    assert [one.ask for one in found.asked[:2]] == [
        "Which result do you trust least?",
        "What would you do with 20 hours?",
    ]
    assert len(found.asked) == 3 and "for any unit" in found.asked[2].why
    all_right = {DOUBLE: [seen(4)] * 4, TOTAL: [seen(4)] * 4}
    same = [journal((0.5, 0.4, 0.6, 0.9, 0.47), 3)] * 4
    again = questions.choose(group(info, cells=all_right, journals=same, peers=peers(0, 1)))
    assert {one.about for one in again.asked} == {"unit"}


def test_a_cell_that_most_did_not_begin_is_asked_about_in_another_way(info: UnitInfo) -> None:
    cells = {DOUBLE: [seen(0, "x", untouched=True)] * 3 + [seen(4)], TOTAL: [seen(4)] * 4}
    (first, *_) = questions.choose(group(info, cells=cells)).asked
    assert first.about == "cell" and "first line" in first.ask and "3 of 4 left this cell" in first.why
    assert losses.tallies(info, cells)[0].checks == []


def test_what_one_person_alone_wrote_is_no_choice_that_is_shown(info: UnitInfo) -> None:
    texts = ["A clean  model", "a clean model", "my own words", "other words"]
    (dose, _) = group(info, journals=[journal(choice=text) for text in texts]).decided
    assert dose.choices == [("A clean model", 2)] and dose.others == 2 and dose.split == 0
    (dose, _) = group(info, journals=[journal(choice=number) for number in (3, 4)]).decided
    assert dose.choices == [], "two people are too few"


def test_one_persons_words_of_a_check_stay_out(info: UnitInfo) -> None:
    cells = {DOUBLE: [seen(0, "doubles", says=f"You gave {n}.") for n in range(3)]}
    (tally, _) = losses.tallies(info, cells)
    assert tally.checks == [("doubles", 3)] and tally.says == ""


@pytest.mark.parametrize(
    ("held", "sure", "said"),
    [(0, 0.95, "The group was too sure"), (4, 0.95, "within what chance gives"), (4, 0.1, "not sure enough")],
)
def test_whether_the_group_was_too_sure(info: UnitInfo, held: int, sure: float, said: str) -> None:
    made = [journal((0.5, 0.4, 0.6, sure, 0.5 if n < held else 5.0)) for n in range(4)]
    assert said in guesses.sureness(group(info, journals=made).predicted)


def test_predictions_that_no_notebook_wrote_are_passed_over(info: UnitInfo) -> None:
    odd = [
        (0.5, 0.6, 0.4, 0.9, 0.5),
        (0.5, 0.4, 0.6, 1e300, 0.5),
        (0.5, 0.4, 0.6, -3.0, 0.5),
        *[(0.5, 0.4, 0.6, 0.5, 1e300)] * 3,
    ]
    assert guesses.sureness(group(info, journals=[journal(guess) for guess in odd]).predicted) == ""


@pytest.mark.parametrize(
    "made",
    [
        [(0.0, 0.0, 0.0, 0.5, 0.0)] * 3,
        [(1e15, -1e15, 1e15, 0.5, -1e15)] * 3,
        [(1.0, 0.5, 2.0, 0.5, 1.2), (1.1, 1e-300, 1e14, 0.5, 1.2), (1e14, 1e-300, 1e15, 0.5, 1.2)],
        [(-5.0, -6.0, 7.0, 0.5, 3.0), (4.0, -1e9, 1e12, 0.5, 3.0), (4.0, 4.0, 4.0, 0.5, 3.0)],
        [(n + 1.0, n / 2, 3000.0 * n + 9, 0.5, 17.0) for n in range(30)],
    ],
)
def test_any_predictions_are_drawn_without_a_warning(info: UnitInfo, made: list[tuple[float, ...]]) -> None:
    one = group(info, journals=[journal(guess) for guess in made]).predicted[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (plots.intervals_png(one) or b"").startswith(PNG)
    assert one.miss and one.direction is not None


def test_the_page_shows_peers_as_counts_and_escapes_their_words(info: UnitInfo) -> None:
    made = group(info, cells=LOST, peers=peers(2, 0, 3))
    chosen = questions.choose(made)
    text = page.page(made, chosen, session.plan(made, chosen, 60))
    assert "3 answers were read by two. Krippendorff&#39;s alpha: 0.20." in text
    assert "Is there a &lt;b&gt;reason" in text and "<b>reason" not in text
    assert "two levels apart or more on 2 of 3" in text and "The readers of 2 answers" in text


GROUPS: dict[str, dict[str, Any]] = {
    "nobody came": {"handed_in": 0},
    "one": {"handed_in": 1, "cells": LOST},
    "nobody predicted": {"cells": LOST},
    "everything": {"cells": LOST, "journals": [journal(guess, 3) for guess in MISSED], "peers": peers(2, 0)},
}


@pytest.mark.parametrize("kind", GROUPS)
def test_every_plan_adds_up_and_keeps_the_beginning_a_question_and_the_end(info: UnitInfo, kind: str) -> None:
    made = group(info, **GROUPS[kind])
    chosen = questions.choose(made)
    for minutes in range(session.SHORTEST, session.LONGEST + 1):
        parts = session.plan(made, chosen, minutes)
        assert sum(part.minutes for part in parts) == minutes and min(part.minutes for part in parts) > 0
        assert parts[0].what == "Arrive" and parts[1].what.startswith("Question 1") and parts[-1].what == "Next week"
        starts = session.starts(parts)
        assert starts[0] == 0 and starts[-1] + parts[-1].minutes == minutes


def test_the_hour_follows_from_what_there_is(info: UnitInfo) -> None:
    def hour(kind: str) -> str:
        made = group(info, **GROUPS[kind])
        return " | ".join(f"{p.what}: {p.how}" for p in session.plan(made, questions.choose(made), 60))

    assert f"One figure: {RATE}" in hour("everything") and "In pairs first" in hour("everything")
    assert "What readers saw differently: The readers of 1 answer were" in hour("everything")
    assert "Predict together: Each writes a guess" in hour("nobody predicted") and "Break" not in hour("everything")
    assert "how far they came" in hour("nobody came") and "pairs" not in hour("nobody came")
    assert "there is one hand-in so far" in hour("one") and "pairs" not in hour("one")


@pytest.mark.parametrize("minutes", [-5, 0, 19, 241])
def test_no_session_is_that_long(info: UnitInfo, minutes: int) -> None:
    made = group(info)
    with pytest.raises(UserError, match="20 to 240 minutes"):
        session.plan(made, questions.choose(made), minutes)
