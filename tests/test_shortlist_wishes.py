"""What somebody wishes: the template, and a file that can't be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from cli import call, the_line
from streams import Capture

from worktest.cli import app
from worktest.shortlist.tables import topics
from worktest.shortlist.wishes import FILE as WISHES
from worktest.shortlist.wishes import parse, read_wishes, write_template


def test_the_template_says_nothing_and_is_well_formed_when_every_line_is_used(tmp_path: Path) -> None:
    path = write_template(tmp_path)
    assert read_wishes(tmp_path).empty
    text = re.sub(r"^# ([a-z_-]+ = )", r"\1", path.read_text(), flags=re.M)
    wishes = parse(tomllib.loads(text), path)
    assert set(wishes.topics) == set(topics())
    assert None not in (wishes.hours_a_week, wishes.start_from, wishes.needs_pay) and wishes.places


def test_what_somebody_wished_is_never_overwritten(home: Path, capsys: Capture) -> None:
    (home / WISHES).write_text("hours_a_week = 3\n")
    said = call(app, "shortlist", "--wishes", capsys=capsys)
    assert "stays as it is" in the_line(said)
    assert (home / WISHES).read_text() == "hours_a_week = 3\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("hours_a_week = 'ten'", "hours_a_week"),
        ("hours_a_week = 0", "hours_a_week"),
        ("places = 'London'", "places"),
        ("start_from = 'soon'", "start_from"),
        ("needs_pay = 1", "needs_pay"),
        ("hours = 3", "'hours'"),
        ("[topics]\nsteering = 4", "0 to 3"),
        ("[topics]\nstearing = 2", "is no topic; there are: amplification"),
        ("[topics", "well-formed"),
        ("topics = 3", "topics"),
    ],
)
def test_a_wish_that_cannot_be_read_is_one_clear_line(text: str, named: str, home: Path, capsys: Capture) -> None:
    (home / WISHES).write_text(text)
    line = the_line(call(app, "shortlist", capsys=capsys))
    assert named in line and "shortlist.toml" in line
