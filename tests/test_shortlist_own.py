"""The learner's own order: asked first, kept with its reasons, compared with the tool's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli import call
from streams import INVENTED, Capture

from worktest import chain
from worktest.cli import app
from worktest.errors import UserError
from worktest.shortlist import own
from worktest.shortlist.wishes import FILE as WISHES


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    given = iter(lines)

    def answer() -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)


def test_the_own_order_is_asked_before_anything_of_the_tools_is_shown(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / WISHES).write_text("hours_a_week = 15\n")
    typed(monkeypatch, "0", "x", "1", "", "it is clear", "s", "1", "I like it more", "q")
    said = call(app, "shortlist", "--read", capsys=capsys)
    first_shown = said.out.index("the tool's order of the same")
    assert said.out.rindex("Its place in your own order") < first_shown
    assert "tool" not in said.out[: first_shown - 20].replace("AI tools", "").replace("It could be a tool", "")
    mine = own.read_own(home)
    assert mine.order == ["large-models-only", "bring-a-question"]
    assert mine.because["bring-a-question"] == "it is clear"
    assert not mine.late and not mine.problems


def test_what_was_placed_stays_when_the_input_ends(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "1", "it is clear")
    said = call(app, "shortlist", "--read", capsys=capsys)
    assert said.code == 130 and "nothing was lost" in said.err
    assert own.read_own(home).order == ["bring-a-question"]


def test_a_place_given_after_a_look_at_the_tools_order_is_marked(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "1", "first", "q")
    call(app, "shortlist", "--read", "planted", capsys=capsys)
    assert "constraints" in call(app, "shortlist", capsys=capsys).out
    typed(monkeypatch, "1", "second")
    call(app, "shortlist", "--read", "resampling", capsys=capsys)
    data = json.loads(call(app, "shortlist", "--compare", "--json", capsys=capsys).out)
    assert data["order"] == ["resampling", "planted"]
    assert data["placed_after_the_tool_was_shown"] == ["resampling"]


def test_the_comparison_begins_where_the_orders_differ_most_with_the_own_reason_first(
    home: Path, capsys: Capture
) -> None:
    (home / WISHES).write_text("hours_a_week = 15\n[topics]\ncontrol = 3\n")
    mine = own.Own()
    for number, name in enumerate(["what-it-measured", "stated-reasons", "the-critic", "resampling"], start=1):
        own.place(home, mine, next(s for s in INVENTED if s.id == name), number, f"reason {number}")
    said = call(app, "shortlist", "--compare", capsys=capsys).out
    assert re.search(
        r"What did the evaluation measure\?: you: 1, the tool: 4\n    you: reason 1\n    tool, interest", said
    )
    data = json.loads(call(app, "shortlist", "--compare", "--json", capsys=capsys).out)
    assert [d["apart"] for d in data["differences"]] == sorted((d["apart"] for d in data["differences"]), reverse=True)
    assert "full time" in "".join(data["differences"][0]["reasons"])


def test_an_own_order_is_not_held_against_the_alphabet(home: Path, capsys: Capture) -> None:
    mine = own.Own()
    for number, name in enumerate(["what-it-measured", "the-critic"], start=1):
        own.place(home, mine, next(s for s in INVENTED if s.id == name), number, f"reason {number}")
    said = call(app, "shortlist", "--compare", capsys=capsys).out
    assert said.index("reason 1") < said.index("reason 2")
    assert "nothing to set beside it yet" in said and "the tool: " not in said


def test_a_stream_placed_again_moves_and_counts_as_a_revision(home: Path) -> None:
    mine = own.Own()
    for name, at in (("planted", 1), ("resampling", 2), ("resampling", 1)):
        own.place(home, mine, next(s for s in INVENTED if s.id == name), at, "why")
    again = own.read_own(home)
    assert again.order == mine.order == ["resampling", "planted"] and again.revisions == {"resampling": 1}
    with pytest.raises(UserError, match="a place is a number from 1 to 2"):
        own.place(home, again, next(s for s in INVENTED if s.id == "planted"), 3, "why")
    with pytest.raises(UserError, match="without a reason"):
        own.place(home, again, next(s for s in INVENTED if s.id == "planted"), 1, " \n")


def test_a_changed_or_senseless_line_is_named(home: Path) -> None:
    mine = own.Own()
    own.place(home, mine, INVENTED[0], 1, "true reason")
    path = home / own.FILE
    path.write_text(path.read_text().replace("true reason", "better reason"))
    chain.append(path, "placed", {"stream": 3, "place": "x", "because": None})
    chain.append(path, "placed", {"stream": "planted", "place": 9, "because": "b"})
    chain.append(path, "shown", {"order": 5})
    found = own.read_own(home)
    assert found.order == [INVENTED[0].id] and len(found.problems) == 3
    assert "was changed after it was written" in found.problems[0]
