"""A sitting: what was drawn stays drawn, the first answer counts, pauses are kept, only the first sitting counts."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coins
import pytest
from cli import Said, call, the_line

from worktest import calibration, clock, evidence, journal, paths, workspace
from worktest.cases import record, report
from worktest.cases.answer import answer_of
from worktest.cases.result import first_result
from worktest.cases.sheet import Case, priced
from worktest.cli import app
from worktest.errors import UserError
from worktest.hand_in_log import log_text
from worktest.notebook import OpenUnit
from worktest.widgets.case_form import Form
from worktest.widgets.sit import Panel


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("haus der münzen")
    coins.make(root)
    return root


@pytest.fixture
def mine(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's folder of the unit."""
    monkeypatch.setattr(paths, "checkout", lambda: root)
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(tmp_path / "mein platz"))
    return workspace.start(coins.UNIT, workspace.prepare(paths.workspace()) / coins.UNIT)


@pytest.fixture
def run(mine: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def typed(*arguments: str, lines: list[str] | None = None) -> Said:
        said = iter(lines or [])

        def read() -> str:
            try:
                return next(said)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", read)
        return call(app, "sit", "91", *arguments, capsys=capsys)

    return typed


ONE = ["0.5 0.35 0.65", "20", "40", "30", "20", "10", "more", "80", "20"]
"""An answer as it is typed: two numbers, four probabilities, an experiment, two percentages."""


def whole(case: Case) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "numbers": {"share": (0.5, 0.35, 0.65), "count": 20},
        "probabilities": {"fair": 0.4, "heads": 0.3, "tails": 0.2, "worn": 0.1},
        "experiment": "more", "if_yes": 0.8, "if_no": 0.2,
    }  # fmt: skip


def answered(mine: Path, run: Any, *flags: str, used: str = "none") -> dict[str, Any]:
    assert run("--begin", "--no-llm", *flags).code == 0
    sitting = record.open_sitting(mine)
    assert sitting is not None
    for name in sitting.scenarios:
        record.commit(mine, sitting, name, whole(record.case_of(mine, sitting, name)))
    said = run("--score", "--used", used, "--json")
    return json.loads(said.out)


# In a terminal ---------------------------------------------------------------------------------------------------


def test_a_whole_sitting_in_a_terminal(run: Any, mine: Path) -> None:
    said = run(lines=["y", *ONE * 4, "none"])
    assert said.code == 0, said
    assert "it counts for calibration" in said.out and "What made the data" in said.out
    past, problems = record.sittings(mine)
    assert not problems and len(past) == 1 and len(past[0].answers) == 4 and past[0].grade["counts"] is True
    for name in past[0].scenarios:
        assert "the examiner alone explains" in (past[0].folder(mine, name) / "discussion.md").read_text()


def test_what_was_said_is_kept_when_the_input_ends(run: Any, mine: Path) -> None:
    said = run(lines=["y", *ONE, *ONE[:4]])
    assert said.code == 130 and "nothing was lost" in said.err
    sitting = record.open_sitting(mine)
    assert sitting is not None and len(sitting.answers) == 1
    kept = record.draft(mine, sitting, sitting.left[0])
    assert kept["numbers"] == {"share": [0.5, 0.35, 0.65], "count": [20.0]} and "probabilities" not in kept
    said = run(lines=[*ONE[2:], *ONE * 2, "none"])  # goes on with the probabilities of the second
    assert said.code == 0 and record.open_sitting(mine) is None


def test_odd_input_is_asked_again(run: Any, mine: Path) -> None:
    odd = [
        "y",
        "0.5 0.6",
        "0.5 0.6 0.7",
        *ONE[:2],
        "40",
        "30",
        "20",
        "20",
        "40",
        "30",
        "20",
        "ten",
        "10",
        "coin",
        *ONE[6:],
    ]
    said = run(lines=odd)
    assert said.code == 130  # the other three wait
    for line in (
        "two ends of its interval",
        "lies outside its interval",
        "they sum to 110",
        "a number from 0 to 100",
        "one of more",
    ):
        assert line in said.out
    sitting = record.open_sitting(mine)
    assert sitting is not None and len(sitting.answers) == 1


def test_what_was_drawn_stays_drawn(run: Any, mine: Path) -> None:
    run("--begin", "--no-llm")
    first = record.open_sitting(mine)
    assert first is not None
    assert "sitting 1 is open" in the_line(run("--begin"))
    assert "sitting 1 is open" in the_line(run("coin-a", "--practice"))
    again = record.open_sitting(mine)
    assert again is not None and again.scenarios == first.scenarios and again.nonce == first.nonce


def test_a_second_sitting_draws_others_and_does_not_count(run: Any, mine: Path) -> None:
    one, two = answered(mine, run), answered(mine, run)
    drawn = [row["scenario"] for graded in (one, two) for row in graded["rows"]]
    assert len(set(drawn)) == 8 and one["counts"] and not two["counts"]
    assert "2 are too few for a sitting" in the_line(run("--begin"))
    points = calibration.gather(mine.parent)
    assert len(points) == 16 and sum(point.outcome for point in points) == 4
    assert {point.source for point in points} == {"explanation"}
    sat = evidence.sat(mine)
    assert sat.scored == 2 and sat.points == pytest.approx(one["points"]) and sat.maximum == 80


@pytest.mark.parametrize(("flag", "used", "counts"), [("--no-llm", "none", True), ("--llm", "none", False), ("--no-llm", "for the numbers", False)])  # fmt: skip
def test_a_sitting_with_a_language_model_does_not_count(
    run: Any, mine: Path, flag: str, used: str, counts: bool
) -> None:
    assert answered(mine, run, flag, used=used)["counts"] is counts
    assert ("it counts for calibration" in run("--list").out) is counts
    assert bool(calibration.gather(mine.parent)) is counts


def test_practice_is_one_scenario_and_counts_for_nothing(run: Any, mine: Path) -> None:
    said = run("coin-b", "--practice", lines=ONE)
    assert said.code == 0 and "it was practice" in said.out
    assert not calibration.gather(mine.parent)
    graded = answered(mine, run)
    assert graded["counts"] and "coin-b" not in [row["scenario"] for row in graded["rows"]]
    assert run("coin-b", "--practice", lines=ONE).code == 0  # again and again


def test_a_limit_starts_a_clock_and_pauses_are_kept(run: Any, mine: Path) -> None:
    run("--begin", "--no-llm", "--timed", "1h")
    clock.pause(mine, "tea")
    clock.resume(mine)
    sitting = record.open_sitting(mine)
    assert sitting is not None and sitting.limit == 60
    for name in sitting.scenarios:
        record.commit(mine, sitting, name, whole(record.case_of(mine, sitting, name)))
    assert sitting.answers[name]["late"] is False
    graded = json.loads(run("--score", "--used", "none", "--json").out)
    assert [pause["reason"] for pause in graded["pauses"]] == ["tea"] and graded["limit_minutes"] == 60
    log = log_text(mine, coins.UNIT, "Coins", None, journal.view(mine))
    assert "**Sitting 1**, it counts for calibration" in log and "tea" in log and "used for: none" in log
    assert clock.find(mine) is None and (mine / "sittings" / "01" / "clock.jsonl").is_file()
    assert run("--begin", "--no-llm", "--timed", "30m").code == 0  # the next one has a clock of its own
    assert clock.find(mine).limit == 30


def test_an_open_scenario_is_no_points_and_no_fault(run: Any, mine: Path) -> None:
    run("--begin", "--no-llm")
    graded = json.loads(run("--score", "--used", "none", "--json").out)
    assert graded["points"] == 0 and "You gave no answer" in report.as_markdown(graded)
    assert not calibration.gather(mine.parent)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--score",), "no sitting of 91_coins is open"), (("nothing", "--practice"), "has no scenario 'nothing'"),
     (("coin-a",), "say which scenario to practise"), (("--json",), "it goes with --begin"),
     (("coin-a", "--practice", "--timed", "1h"), "practice has no clock"), (("--begin", "--timed", "soon"), "is no length of time")],
)  # fmt: skip
def test_bad_input_is_one_line_and_nothing_is_written(
    run: Any, mine: Path, arguments: tuple[str, ...], says: str
) -> None:
    assert says in the_line(run(*arguments))
    assert not (mine / "sittings.jsonl").exists()


def test_a_unit_without_scenarios_says_where_they_are(run: Any, mine: Path) -> None:
    about = (mine / "unit.toml").read_text().splitlines()
    (mine / "unit.toml").write_text("\n".join(line for line in about if not line.startswith("scenarios")))
    assert "`worktest start 06`" in the_line(run())


def test_a_machine_without_the_graders_side_says_whom_to_ask(
    run: Any, mine: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograde.cases.scenario.solutions", lambda: root / "nowhere")
    assert "ask whoever runs the course" in the_line(run("--begin", "--no-llm"))


def test_answers_wait_for_an_examiner_elsewhere(
    run: Any, mine: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--begin", "--no-llm")
    monkeypatch.setattr("autograde.cases.scenario.solutions", lambda: root / "nowhere")
    said = run(lines=[*ONE * 4, "none"])
    assert "your answers are written down" in said.err
    sitting = record.open_sitting(mine)
    assert sitting is not None and not sitting.left and sitting.used == "none"


def test_a_sitting_of_another_course_is_not_scored_here(run: Any, mine: Path) -> None:
    run("--begin", "--no-llm")
    (mine.parent / "course" / "secret").write_text("ab" * 32 + "\n")
    assert "was not drawn here" in the_line(run("--score", "--used", "none"))
    assert record.open_sitting(mine) is not None


# Answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "says"),
    [({"probabilities": {"fair": 0.5, "heads": 0.5, "tails": 0.5, "worn": 0}}, "they sum to 1.50"),
     ({"probabilities": {"fair": 1.0}}, "heads, tails, worn has none"),
     ({"probabilities": {"fair": 2, "heads": -1, "tails": 0, "worn": 0}}, "from 0 to 1"),
     ({"numbers": {"share": 0.5}}, "two ends"), ({"numbers": {"odd": 1}}, "none is called 'odd'"),
     ({"numbers": {"count": float("nan")}}, "one value"), ({"experiment": "dream"}, "choose one of more"),
     ({"if_yes": None}, "if_yes: a probability"), ({"lean": "worn"}, "that is fair"), ({"mood": 1}, "no part 'mood'"),
     ({"probabilities": {"fair": 0.5, "heads": 0.5, "tails": 0, "worn": 0}}, "fair and heads are equally probable")],
)  # fmt: skip
def test_an_answer_that_is_not_whole_is_one_line(run: Any, mine: Path, change: dict[str, Any], says: str) -> None:
    run("--begin", "--no-llm")
    sitting = record.open_sitting(mine)
    assert sitting is not None
    case = record.case_of(mine, sitting, sitting.scenarios[0])
    with pytest.raises(UserError, match=says):
        record.commit(mine, sitting, sitting.scenarios[0], {**whole(case), **change})
    assert sitting.left == sitting.scenarios


def test_the_first_answer_counts(run: Any, mine: Path) -> None:
    run("--begin", "--no-llm")
    sitting = record.open_sitting(mine)
    assert sitting is not None
    name = sitting.scenarios[0]
    case = record.case_of(mine, sitting, name)
    record.commit(mine, sitting, name, whole(case))
    with pytest.raises(UserError, match="the first one counts"):
        record.commit(mine, sitting, name, whole(case))
    kept = answer_of(
        case.sheet,
        {
            **whole(case),
            "probabilities": dict.fromkeys(("fair", "heads", "tails"), 0.33) | {"worn": 0.01},
            "lean": "heads",
        },
    )
    assert sum(kept.probabilities.values()) == pytest.approx(1)


def test_a_damaged_case_or_file_is_named(run: Any, mine: Path) -> None:
    run("--begin", "--no-llm")
    sitting = record.open_sitting(mine)
    assert sitting is not None
    place = sitting.folder(mine, sitting.scenarios[0])
    (place / "throws.csv").write_text("heads,weight\n1\n")
    with pytest.raises(UserError, match="no table any more"):
        _ = record.case_of(mine, sitting, sitting.scenarios[0]).tables
    (place / "case.json").write_text("{}")
    assert "case.json is damaged" in the_line(run())
    (mine / "sittings.jsonl").open("a").write('{"kind": "answer", "sitting": 99}\nnot json\n')
    past, problems = record.sittings(mine)
    assert len(past) == 1 and len(problems) >= 2


def test_prices_read_as_people_say_them() -> None:
    assert priced(1, "person-hours") == "1 person-hour" and priced(2.5, "days of work") == "2.5 days of work"
    assert priced(1, "days of work") == "1 day of work"


# In a notebook ---------------------------------------------------------------------------------------------------


def test_a_notebook_has_the_data_as_arrays_and_the_result(run: Any, mine: Path) -> None:
    unit = OpenUnit.at(mine, {})
    with pytest.raises(UserError, match="draw a sitting first"):
        unit.case("coin-a")
    with pytest.raises(UserError, match="no sitting was scored yet"):
        unit.sat()
    graded = answered(mine, run)
    name = graded["rows"][0]["scenario"]
    tables = unit.case(name).tables
    assert tables["throws"]["heads"].dtype.kind == "i" and tables["throws"]["weight"].dtype.kind == "f"
    result = first_result(mine)
    given = [row["probabilities"][row["truth"]] for row in graded["rows"]]
    assert result.on_truth == pytest.approx(sum(given) / 4) and 0 <= result.inside <= 1
    assert "What made the data" in result._repr_markdown_()


def test_a_build_draws_nothing(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKTEST_RECORD", "off")
    unit = OpenUnit.at(mine, {})
    assert "4 of 10 scenarios a sitting" in repr(unit.sitting())
    assert unit.sat().percent is ... and not (mine / "sittings.jsonl").exists()


def test_the_panel_holds_a_whole_sitting(run: Any, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def ask(*arguments: str) -> Any:
        asked.append(arguments)
        assert arguments[:2] == ("sit", coins.UNIT)
        return json.loads(run(*arguments[2:], "--json").out)

    monkeypatch.setattr("worktest.widgets.sit.ask", ask)
    panel = Panel(mine)
    panel.off.value, panel.limit.value = True, "1h"
    press(panel, "Draw my sitting")
    sitting = record.open_sitting(mine)
    assert sitting is not None and sitting.llm_off and sitting.limit == 60
    assert "say why in a few words" in press(panel, "Pause")
    for name in sitting.scenarios:
        form = Form(panel, sitting, record.case_of(mine, sitting, name))
        form.percents["fair"].value, form.percents["heads"].value = 60, 60
        form.experiment.value = "more"
        with pytest.raises(UserError, match=r"sum to 1\.20"):
            form._commit()
        form.percents["heads"].value = 40
        form.numbers["share"][0].value = "0,5"
        half = Form(panel, sitting, record.case_of(mine, sitting, name))  # a row that is half filled is kept, too
        assert [box.value for box in half.numbers["share"]] == ["0.5", "", ""]
        with pytest.raises(UserError, match="share: a number in each of its boxes"):
            form._commit()
        for box, text in zip(form.numbers["share"], ("0,5", "0.35", "0.65"), strict=True):
            box.value = text
        with pytest.raises(UserError, match="if the outcome comes"):
            form._commit()
        form.yes.value, form.no.value = 80, 30
        again = Form(panel, sitting, record.case_of(mine, sitting, name))  # the draft is there when the tab comes back
        assert again.percents["fair"].value == 60 and again.numbers["share"][0].value == "0.5"
        again._commit()
    panel.draw()
    assert 'or "none"' in press(panel, "Score this sitting")
    panel.used.value = "none"
    press(panel, "Score this sitting")
    assert record.sittings(mine)[0][0].grade["counts"] is True
    assert asked[-1][-2:] == ("--used", "none")


def test_the_terminal_goes_on_where_the_form_was_left(run: Any, mine: Path) -> None:
    run("--begin", "--no-llm")
    sitting = record.open_sitting(mine)
    assert sitting is not None
    first, second = sitting.scenarios[:2]
    panel = Panel(mine)  # opened and not touched: that is no answer of zeros
    form = Form(panel, sitting, record.case_of(mine, sitting, second))
    form.numbers["share"][0].value, form.percents["fair"].value = "0.5", 60  # half a row, and not 100 % yet
    said = run(lines=[*ONE, ONE[0], ONE[1], *ONE[2:], *ONE * 2, "none"])
    assert said.code == 0, said
    answers = record.sittings(mine)[0][0].answers
    assert answers[first]["probabilities"] == answers[second]["probabilities"] and answers[second]["if_yes"] == 0.8
    assert answers[second]["numbers"] == {"share": [0.5, 0.35, 0.65], "count": [20.0]}


def press(panel: Panel, text: str) -> str:
    """Press the first button with that text, wherever it is; gives what is said beside it."""

    def search(widget: Any) -> Iterator[Any]:
        yield widget
        for child in getattr(widget, "children", ()):
            yield from search(child)

    for row in search(panel.view):
        button, *rest = getattr(row, "children", ()) or (None,)
        if getattr(button, "description", "") == text and hasattr(button, "on_click"):
            button.click()
            return html.unescape(rest[0].value)
    raise AssertionError(f"no button says {text!r}")


def test_progress_and_journal_show_the_first_sitting(run: Any, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Sit the empirical reasoning test of unit 91" in call(app, "progress", "--json", capsys=capsys).out
    graded = answered(mine, run)
    shown = call(app, "progress", "--json", capsys=capsys).out
    assert "points in the first sitting of 91" in shown and f"{graded['points']:.1f} of 80" in shown
    assert "Sit the empirical reasoning test" not in shown
    assert "explanations, first sitting" in call(app, "journal", capsys=capsys).out
