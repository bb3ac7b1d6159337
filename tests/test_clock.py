"""The clock of a timed work test: what it counts, what it says, and that it never stops anybody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import micro
import pytest
from cli import Said, call, the_line
from micro import UNIT

from worktest import activity, chain, clock, clock_state
from worktest.cli import app
from worktest.errors import UserError
from worktest.notebook import OpenUnit

Capture = pytest.CaptureFixture[str]
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


class Watch:
    """The time of day, as these tests set it."""

    def __init__(self) -> None:
        self.time = START

    def later(self, minutes: float) -> None:
        self.time += dt.timedelta(minutes=minutes)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()

    class Moment(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return watch.time.astimezone(tz)

    fake = SimpleNamespace(datetime=Moment, UTC=dt.UTC, timedelta=dt.timedelta)
    for module in (chain, clock, activity):
        monkeypatch.setattr(module, "dt", fake)
    return watch


@pytest.fixture
def folder(micro_root: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "arbeit für mich" / UNIT
    folder.mkdir(parents=True)
    for path in (micro_root / "curriculum" / UNIT).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def tell(folder: Path, capsys: Capture) -> Callable[..., Said]:
    return lambda *words: call(app, "clock", "90", *words, capsys=capsys)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("3h", 180), ("90m", 90), ("2h30", 150), ("2h30m", 150), ("2 h 30 min", 150), ("1.5h", 90), (" 3H ", 180),
     ("45 minutes", 45), ("1 hour", 60)],
)  # fmt: skip
def test_lengths_of_time(text: str, minutes: float) -> None:
    assert clock.minutes_of(text) == minutes


@pytest.mark.parametrize(
    "text", ["3 parsecs", "", "90", "h", "-3h", "0h", "101h", "1e3h", "３h", "inf h", "3h3h", "9" * 5000 + "m"]
)
def test_what_is_no_length_of_time_is_said_in_one_short_line(text: str) -> None:
    with pytest.raises(UserError) as caught:
        clock.minutes_of(text)
    assert len(str(caught.value)) < 160 and "\n" not in str(caught.value)


def test_a_day_with_a_pause_and_a_checkpoint(folder: Path, watch: Watch, tell: Callable[..., Said]) -> None:
    assert "3 h 00 min left of 3 h 00 min" in tell("start", "3h").out
    watch.later(50)
    assert "paused" in tell("pause", "lunch", "and", "a walk").out
    watch.later(90)
    assert "50 min worked, 2 h 10 min left" in tell().out
    tell("resume")
    watch.later(15)
    assert "written down" in tell("checkpoint", "the control is clean; next: intervals").out
    watch.later(5)
    said = tell()
    assert "1 h 10 min worked, 1 h 50 min left" in said.out
    assert "(1 h 30 min): lunch and a walk" in said.out
    assert "checkpoint at 1 h 05 min of work: the control is clean; next: intervals" in said.out
    assert "no sign of work" not in said.out
    tell("finish")
    watch.later(600)
    data = json.loads(tell("--json").out)
    assert data["worked_minutes"] == 70 and not data["running"] and data["finished"]
    assert data["pauses"][0]["reason"] == "lunch and a walk" and data["problems"] == []


def test_over_the_limit_is_said_and_logged_and_locks_nothing(
    folder: Path, watch: Watch, tell: Callable[..., Said]
) -> None:
    tell("start", "1h")
    watch.later(75)
    said = tell("checkpoint", "late thought")
    assert said.code == 0 and "15 min over the limit of 1 h 00 min" in said.out and "nothing is locked" in said.out
    assert tell("pause", "tea").code == tell("resume").code == tell("finish").code == 0
    entries = chain.read(folder / clock.FILE).entries
    assert [e.get("over_minutes") for e in entries] == [None, 15.0, 15.0, 15.0, 15.0]
    assert "after the limit: late thought" in tell().out
    state = clock.state(folder)
    assert state.limit_reached == START + dt.timedelta(minutes=60)


def test_one_clear_line_for_what_does_not_fit(folder: Path, watch: Watch, tell: Callable[..., Said]) -> None:
    assert "worktest clock 90 start 3h" in the_line(tell())
    for action in (["pause", "x"], ["resume"], ["finish"], ["checkpoint", "x"], ["forgive", "1h", "x"]):
        assert "no clock was started" in the_line(tell(*action))
    assert "parsecs" in the_line(tell("start", "3", "parsecs")) and "say how long" in the_line(tell("start"))
    tell("start", "3h")
    watch.later(10)
    assert "one a unit" in the_line(tell("start", "3h"))
    assert "there is no pause to end" in the_line(tell("resume"))
    assert "say why" in the_line(tell("pause")) and "say why" in the_line(tell("pause", " \u202e "))
    assert "where you stand" in the_line(tell("checkpoint")) and "say why" in the_line(tell("forgive", "5m"))
    assert "only 10 min are on the clock" in the_line(tell("forgive", "8h", "asleep"))
    assert "not 'explode'" in the_line(tell("explode")) and "no more words" in the_line(tell("finish", "at last"))
    tell("pause", "a \x1b[31mred\x1b[0m reason")
    line = the_line(tell("pause", "again"))
    assert "paused already, at" in line and "red" in line and "\x1b" not in line
    tell("finish")
    assert "nothing to pause" in the_line(tell("pause", "x"))
    assert "resume` takes it up again" in the_line(tell("finish"))
    assert tell("resume").code == 0 and clock.state(folder).running


def test_a_laptop_asleep_for_a_night(folder: Path, watch: Watch, tell: Callable[..., Said]) -> None:
    tell("start", "3h")
    watch.later(30)
    activity.note(folder, "check", topic=micro.DOUBLE)
    watch.later(9 * 60)
    said = tell()
    assert "9 h 30 min worked, 6 h 30 min over" in said.out and "no sign of work between" in said.out
    assert 'worktest clock 90 forgive 9h00 "laptop asleep"' in said.out
    said = tell("forgive", "9h00", "laptop asleep")
    assert "30 min worked, 2 h 30 min left" in said.out and "no sign of work" not in said.out
    watch.later(100)
    said = tell()
    assert "2 h 10 min worked, 50 min left" in said.out and "9 h 00 min: laptop asleep" in said.out
    # the night is out of it, so the limit will be reached by today's work and not at one in the morning
    watch.later(60)
    assert clock.state(folder).limit_reached == watch.time - dt.timedelta(minutes=10)
    assert json.loads(tell("--json").out)["forgiven"][0]["reason"] == "laptop asleep"


def test_time_that_is_forgiven_in_part_or_twice(folder: Path, watch: Watch) -> None:
    clock.start(folder, 180)
    watch.later(500)
    assert clock.forgive(folder, 100, "a call").worked == pytest.approx(400)
    assert [round(gap.open_minutes) for gap in clock.state(folder).gaps] == [400]
    assert clock.forgive(folder, 400, "the rest").worked == 0
    watch.later(20)
    assert clock.state(folder).worked == 20
    with pytest.raises(UserError, match="only 20 min"):
        clock.forgive(folder, 60, "more")


def test_what_is_forgiven_is_the_gap_and_not_the_work_after_it(folder: Path, watch: Watch) -> None:
    clock.start(folder, 180)
    watch.later(500)
    woken = watch.time
    for _ in range(4):
        activity.note(folder, "check", topic=micro.DOUBLE)
        watch.later(10)
    state = clock.forgive(folder, 500, "laptop asleep")
    assert state.worked == 40 and state.worked_at(woken) == 0
    assert [gap.open_minutes for gap in state.gaps] == [0]


def test_the_machines_clock_goes_back(folder: Path, watch: Watch, tell: Callable[..., Said]) -> None:
    tell("start", "3h")
    watch.later(60)
    tell("checkpoint", "one hour in")
    watch.later(-300)
    said = tell()
    assert "1 h 00 min worked" in said.out and "300 min before the last entry" in said.out
    assert tell("pause", "what time is it").code == 0
    watch.later(5)
    tell("resume")
    watch.later(10)
    said = tell()
    assert "1 h 10 min worked" in said.out and "went back by 300 min" in said.out


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "garbage", "[1]\n3\nnull", '{"kind": "pause"}', "{" * 90_000, "\x00\xff",
     '{"kind": "start", "time": "0001-01-01T00:00:00+00:00", "limit_minutes": 180}'],
)  # fmt: skip
def test_a_damaged_file_is_named_and_a_new_start_mends_it(
    text: str, folder: Path, watch: Watch, tell: Callable[..., Said]
) -> None:
    path = folder / clock.FILE
    path.write_text(text, encoding="latin-1")
    for words in ([], ["pause", "x"], ["finish"]):
        line = the_line(tell(*words))
        assert "clock.jsonl is damaged" in line and len(line) < 400
    assert tell("start", "2h").code == 0
    assert path.read_bytes().startswith(text.encode("latin-1"))


def test_entries_that_were_changed_are_named_and_the_rest_counts(
    folder: Path, watch: Watch, tell: Callable[..., Said]
) -> None:
    tell("start", "3h")
    watch.later(30)
    tell("pause", "lunch")
    path = folder / clock.FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    odd = ['{"kind": "pause", "time": "yesterday", "reason": "x"}', '{"kind": "forgive", "minutes": "NaN", "time": 3}',
           '{"kind": "dance", "time": "2026-03-02T09:00:00+00:00"}', '{"kind": "resume", "time": "0001-01-01T00:00:00+00:00"}',
           '{"kind": "checkpoint", "time": "9999-12-31T23:59:59-14:00", "note": []}',
           '{"kind": "start", "time": "2026-03-02T09:10:00+00:00", "limit_minutes": 9000}', "not json"]  # fmt: skip
    path.write_text("\n".join([lines[0].replace("180", "600"), *odd, lines[1]]) + "\n", encoding="utf-8")
    said = tell()
    assert said.code == 0 and "30 min worked" in said.out and "of 10 h 00 min" in said.out
    assert "line 1 was changed" in said.out and "a second start" in said.out and "line 8 can't be read" in said.out
    assert said.out.count("can't be used") == 5
    assert tell("resume").code == 0


def test_a_clock_that_can_not_be_written(folder: Path, tell: Callable[..., Said]) -> None:
    (folder / clock.FILE).mkdir()
    assert "clock.jsonl" in the_line(tell()) and "clock.jsonl" in the_line(tell("start", "3h"))


def test_the_notebook_shows_it_in_one_line(
    folder: Path, watch: Watch, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = OpenUnit.at(folder, {})
    unit.clock()
    assert capsys.readouterr().out == "clock: no clock was started for this unit\n"
    clock.start(folder, 90)
    watch.later(31)
    unit.clock()
    assert capsys.readouterr().out == "clock: 31 min worked, 59 min left of 1 h 30 min\n"
    watch.later(64)
    unit.clock()
    assert capsys.readouterr().out.splitlines()[0] == "clock: 1 h 35 min worked, 5 min over the limit of 1 h 30 min"


def test_a_long_stretch_without_checkpoint_is_worth_a_line(
    folder: Path, watch: Watch, tell: Callable[..., Said]
) -> None:
    tell("start", "5h")
    watch.later(89)
    assert "no checkpoint" not in tell().out
    watch.later(2)
    assert "no checkpoint for 1 h 31 min of work" in tell().out
    tell("checkpoint", "on course")
    watch.later(80)
    assert "no checkpoint" not in tell().out
    assert clock_state.GAP_MINUTES > 91  # the stretches above are no gaps
