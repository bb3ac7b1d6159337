"""A course's exchange: what a learner put into the inbound folder is taken only if it is theirs, as plain files."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
import tomli_w
from cli import call

from autograde import course, exchange
from autograde.cli import app
from autograde.exchange import Refused
from autograde.report import book

UNIT = "00_start_here"
PEOPLE = {"ana": os.getuid(), "ben": os.getuid(), "chen": os.getuid(), "dora": os.getuid(), "mallory": os.getuid() + 1}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose course has an exchange with one unit released."""
    home = tmp_path_factory.mktemp("grader")
    shared = home / "exchange"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    course.root_of(home).mkdir()
    told = {"course": "basics", "exchange": str(shared)}
    (course.root_of(home) / course.SHARED).write_text(tomli_w.dumps(told), encoding="utf-8")
    assert exchange.release(UNIT, home) == str(shared / "basics" / "outbound" / UNIT)
    return home


def hand_in(home: Path, name: str, stamp: str = "2026-01-01 10:00:00.000000 UTC") -> Path:
    """What nbgrader's submit leaves in the inbound folder."""
    folder = home / "exchange" / "basics" / "inbound" / f"{name}+{UNIT}+{stamp}+AbC"
    shutil.copytree(home / "exchange" / "basics" / "outbound" / UNIT, folder)
    (folder / "timestamp.txt").write_text(stamp, encoding="ascii")
    (folder / "submission_secret.txt").write_text("0123456789abcdef", encoding="ascii")
    return folder


def test_released_is_what_a_learner_may_see_and_nothing_else(released: Path) -> None:
    out = released / "exchange" / "basics" / "outbound" / UNIT
    names = {path.name for path in out.rglob("*")}
    assert {"start_here.ipynb", "world.py", "visible.py"} <= names
    assert not names & {"hidden.py", "answers", "secret", "gradebook.db"}
    assert "BEGIN SOLUTION" not in (out / "start_here.ipynb").read_text(encoding="utf-8")


def test_own_submissions_are_collected_and_others_stay_with_a_line_each(
    released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "owner_of", lambda name: PEOPLE[name])
    root = course.root_of(released)
    (root / "secret").write_text("the course's secret", encoding="ascii")
    hand_in(released, "ana")
    (hand_in(released, "ben") / "start_here.ipynb.txt").symlink_to(root / "secret")
    os.link(root / "secret", hand_in(released, "chen") / "notes.txt")
    os.mkfifo(hand_in(released, "dora") / "pipe")
    hand_in(released, "mallory")  # ana's account, somebody else's name

    there, refused = exchange.collect(UNIT, released)

    assert there == ["ana"]
    assert sorted(refused) == [
        "ben: 'start_here.ipynb.txt' is a link, or no file at all",
        "chen: 'notes.txt' is a link, or no file at all",
        "dora: 'pipe' is a link, or no file at all",
        "mallory: it was put there by another account",
    ]
    taken = root / "submitted" / "ana" / UNIT
    assert (taken / "start_here.ipynb").read_bytes() == (
        released / "exchange" / "basics" / "outbound" / UNIT / "start_here.ipynb"
    ).read_bytes()

    later = hand_in(released, "ana", "2026-01-02 10:00:00.000000 UTC")
    (later / "mine.txt").write_text("second thoughts", encoding="ascii")
    exchange.collect(UNIT, released)
    assert (taken / "mine.txt").is_file(), "the newest one counts"


def test_what_becomes_a_link_after_it_was_looked_at_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="ascii")
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError):
        exchange.copy(str(tmp_path / "in"), str(tmp_path / "out"), os.getuid())
    assert not (tmp_path / "out" / "a.txt").exists()


def test_a_flood_ends_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_IN_ALL", 10)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"0123456789")
    exchange.copy(str(tmp_path / "in"), str(tmp_path / "out"), os.getuid())
    (tmp_path / "in" / "b.txt").write_bytes(b"0")
    with pytest.raises(Refused, match="more than"):
        exchange.copy(str(tmp_path / "in"), str(tmp_path / "again"), os.getuid())


def test_a_name_without_an_account_is_refused() -> None:
    with pytest.raises(Refused, match="no account"):
        exchange.owner_of("nobody-has-this-name")


def courses(root: Path) -> set[str]:
    with sqlite3.connect(root / "gradebook.db") as database:
        return {str(name) for (name,) in database.execute("SELECT id FROM course")}


def test_who_reads_a_hubs_gradebook_enters_no_course_into_it(released: Path) -> None:
    root = course.root_of(released)
    before = courses(root)  # nbgrader's own steps enter one that they call the default
    assert book.read(root, UNIT).entries == {} and courses(root) == before


def test_a_page_that_fails_holds_back_nobody_elses(
    released: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ana", "ben"):
        (course.root_of(released) / "submitted" / name / UNIT).mkdir(parents=True, exist_ok=True)

    def generate(unit: str, student: str, force: bool) -> dict[str, object]:
        return {"success": student != "ben", "error": "the notebook is broken"}

    out: list[str] = []
    monkeypatch.setattr(course, "api", lambda root: SimpleNamespace(generate_feedback=generate))
    monkeypatch.setattr(exchange, "release_feedback", lambda unit, students, root: out.extend(students))
    said = call(app, "feedback", "00", "ana", "ben", "--workspace", str(released), capsys=capsys)
    assert out == ["ana"] and said.code == 1
    assert "the pages of 1 student are in" in said.out and "ben: the notebook is broken" in said.out
    assert "1 of 2 pages could not be written; the others are" in said.err
