"""The facilitator's page: who is where, what the group lost, and nothing of one person in what is shown to the group."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import study_group
import tomli_w
from bs4 import BeautifulSoup
from cli import call, the_line
from micro import TOTAL, UNIT
from study_group import RATE, SIZE, hand_in, predict

from autograde import course
from autograde.batch import grade_batch
from autograde.cli import app
from autograde.engine import pool
from autograde.report import book, roster
from autograde.report.gather import gather
from worktest import paths

Capture = pytest.CaptureFixture[str]


@contextmanager
def threads(workers: int) -> Iterator[ThreadPoolExecutor]:
    """Workers that know the unit of these tests; processes of their own would look for the real ones."""
    with ThreadPoolExecutor(workers) as executor:
        yield executor


@pytest.fixture(scope="module")
def graded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """The unit's root, and a course in which four of five were graded; nobody may change it."""
    home = tmp_path_factory.mktemp("eine gruppe")
    root, space = study_group.unit_root(built, home / "haus"), home / "arbeit"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: root)
        patch.setattr(pool, "local", threads)
        study_group.people(root, space)
        grade_batch(UNIT, space)
        study_group.enrol(space, study_group.DUE, ana="Zoë", fay="<script>alert(1)</script>", gus="")
        hand_in(root, space, "eli", {TOTAL: ""})
        yield root, space


@pytest.fixture
def space(graded: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of that course, to change."""
    return Path(shutil.copytree(graded[1], tmp_path / "raum"))


def report(space: Path, capsys: Capture, *more: str) -> tuple[BeautifulSoup, str]:
    """The page, and what the command printed."""
    said = call(app, "report", "90", "--workspace", str(space), *more, capsys=capsys)
    assert said.code == 0, said.err
    target = course.root_of(space) / "report" / f"{UNIT}.html"
    return BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser"), said.out


def data(space: Path, capsys: Capture) -> dict[str, Any]:
    said = call(app, "report", "90", "--workspace", str(space), "--json", capsys=capsys)
    assert said.code == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def rows(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {person["id"]: person for person in found["people"]}


def words(page: Any) -> str:
    return " ".join(page.get_text(" ").split())


def section(page: BeautifulSoup, title: str) -> str:
    """What stands between a heading and the next one of its kind."""
    (heading,) = [h for h in page.find_all("h2") if title in h.text]
    parts = []
    for tag in heading.find_next_siblings():
        if tag.name == "h2":
            break
        parts.append(words(tag))
    return " ".join(parts)


def harmless(page: BeautifulSoup) -> None:
    """Nothing on the page runs or loads anything."""
    assert not page.find_all(["script", "link", "iframe", "object", "embed", "form", "base", "svg", "a"])
    for tag in page.find_all(True):
        assert not any(name.startswith("on") for name in tag.attrs), tag
        assert str(tag.get("src", "data:image/png;")).startswith("data:image/png;")
    (policy,) = page.find_all("meta", {"http-equiv": "Content-Security-Policy"})
    assert policy["content"] == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def test_everybody_has_a_row_with_what_came_of_each_cell(
    graded: tuple[Path, Path], space: Path, capsys: Capture
) -> None:
    found = rows(data(space, capsys))
    states = {who: list(person["cells"].values()) for who, person in found.items()}
    assert states == {
        "ana": ["passed", "passed"],
        "ben": ["missed", "passed"],
        "chen": ["missed", "untouched"],
        "dora": ["missed", "passed"],
        "eli": ["waits", "untouched"],
        "fay": [],
        "gus": [],
    }
    assert [who for who, person in found.items() if person["graded"] == "yes"] == ["ben", "chen", "dora", "ana"]
    assert [who for who, person in found.items() if person["late"]] == ["dora"]
    assert [who for who, person in found.items() if not person["handed_in"]] == ["fay", "gus"]
    assert {who: (p["predicted"], p["written"], p["sittings"]) for who, p in found.items() if p["handed_in"]} == {
        "ana": (1, 0, 0), "ben": (1, 0, 0), "chen": (1, 0, 0), "dora": (0, 1, 1), "eli": (0, 0, 0),
    }  # fmt: skip


def test_the_page_is_alphabetical_and_compares_nobody(space: Path, capsys: Capture) -> None:
    page, said = report(space, capsys)
    harmless(page)
    assert "5 of 7 handed in, 4 graded" in said
    table = page.details.table
    names = [words(row.th) for row in table.tbody.find_all("tr")]
    assert names == ["<script>alert(1)</script> fay", "ben", "chen", "dora", "eli", "gus", "Zoë ana"]
    assert "points" not in words(table) and not re.search(r"\d+ of 7\b", words(table)), "no sum of anybody's points"
    marks = page.find_all(role="img")
    assert [mark["aria-label"] for mark in marks[:2]] == ["Twice: tried, no points", "The sum: all points"]
    assert len(marks) == 10 and all(mark["title"] == mark["aria-label"] for mark in marks)
    assert "Due Thu 07 May, 18:00 UTC" in words(page) and "Fri 08 May, 10:00 late" in words(table)
    target = course.root_of(space) / "report" / f"{UNIT}.html"
    assert target.stat().st_mode & 0o777 == 0o600 and [p.name for p in target.parent.iterdir()] == [target.name]


def test_below_the_names_there_is_the_group_alone(space: Path, capsys: Capture) -> None:
    page, _ = report(space, capsys)
    page.details.extract()
    shown = str(page).casefold()
    for name in ("ana", "ben", "chen", "dora", "eli", "fay", "gus", "zoë", "would write"):
        assert not re.search(rf"\b{name}\b", shown), name


def test_lost_points_are_counted_with_the_visible_checks_that_failed(space: Path, capsys: Capture) -> None:
    page, _ = report(space, capsys)
    lost = section(page, "Where the group lost points")
    assert "Twice 3 of 4" in lost and "doubles two numbers (3)" in lost and "held back (3)" in lost
    assert "The sum 1 of 4 1" in lost and "sums two numbers" not in lost, "who did not begin fails no check"
    assert "doubles any numbers" not in str(page), "what is held back has no title here"


def test_a_cell_of_two_people_says_counts_only(space: Path, capsys: Capture, graded: tuple[Path, Path]) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(course.settings(course.root_of(space)).CourseDirectory.db_url, "worktest") as book:
        for who in ("chen", "dora"):
            book.remove_submission(UNIT, who)
    page, _ = report(space, capsys)
    assert "Twice 1 of 2 fewer than 3 handed it in: counts only" in section(page, "Where the group lost points")
    assert "doubles two numbers" not in words(page)


def test_predictions_are_held_against_what_was_measured(
    graded: tuple[Path, Path], space: Path, capsys: Capture
) -> None:
    found = {one["name"]: one for one in data(space, capsys)["predictions"]}
    assert found[RATE]["predicted"] == 3 and found[RATE]["late"] == 1 and found[RATE]["held"] == 1
    assert found[RATE]["miss"] == "a factor of 4.7" and found[RATE]["direction"] == "2 too low, 1 too high"
    page, _ = report(space, capsys)
    (picture,) = page.find_all("img")
    assert str(picture["alt"]).startswith(f"{RATE}: 1 of 3 intervals held what was measured, about 0.47")
    assert "1 written after the measurement is left out" in section(page, "Predictions and what was measured")
    folder = course.root_of(space) / "submitted" / "ana" / UNIT
    predict(folder, SIZE, 10, 5, 20, 0.8, 12)
    page, _ = report(space, capsys)
    assert f"{SIZE} 1 predicted, 1 measured: counts only" in section(page, "Predictions and what was measured")


def test_damaged_files_are_named_beside_their_owner_and_stop_nothing(space: Path, capsys: Capture) -> None:
    submitted = course.root_of(space) / "submitted"
    with (submitted / "ben" / UNIT / "journal.jsonl").open("a") as file:
        file.write('{"kind": \n')
    (submitted / "chen" / UNIT / "journal.jsonl").write_bytes(b"x" * 6_000_000)
    (submitted / "eli" / UNIT / "micro.ipynb").write_text('{"cells": [')
    (submitted / "dora" / UNIT / "extra.txt").symlink_to("/etc/passwd")
    (course.root_of(space) / "autograded" / "ana" / UNIT / "micro.ipynb").chmod(0o644)
    (course.root_of(space) / "autograded" / "ana" / UNIT / "micro.ipynb").write_text("cut")
    strange = "<img src=x onerror=alert(1)>"
    (submitted / strange / UNIT).mkdir(parents=True)
    found = data(space, capsys)
    problems = {who: " ".join(person["problems"]) for who, person in rows(found).items()}
    assert "can't be read" in problems["ben"] and "larger than 5 MB" in problems["chen"]
    assert "not a whole notebook" in problems["eli"] and "is a link" in problems["dora"]
    assert "grade again" in problems["ana"]
    assert next(one for one in found["predictions"] if one["name"] == RATE)["predicted"] == 2
    page, _ = report(space, capsys)
    harmless(page)
    assert strange in words(page.details) and "chen: journal.jsonl is larger" in words(page.details)


def test_what_was_handed_in_again_is_told_from_what_was_graded(
    graded: tuple[Path, Path], space: Path, capsys: Capture
) -> None:
    hand_in(graded[0], space, "ana", time="2026-05-07 09:00:00 UTC")
    assert rows(data(space, capsys))["ana"]["graded"] == "earlier"
    page, _ = report(space, capsys)
    assert "Zoë ana Thu 07 May, 09:00 handed in again since it was graded" in words(page.details)


def test_nobody_handed_in_is_a_page_too(graded: tuple[Path, Path], tmp_path: Path, capsys: Capture) -> None:
    course.prepare(tmp_path, [UNIT])
    page, said = report(tmp_path, capsys)
    harmless(page)
    assert "0 of 0 handed in" in said and "no learners yet" in words(page)
    assert "Nothing is graded yet" in words(page) and "Nobody has handed in a prediction" in words(page)
    assert "Which result do you trust least?" in section(page, "Three questions")
    assert "how far they came" in section(page, "The session")


def test_one_learner_who_is_not_graded_yet(graded: tuple[Path, Path], tmp_path: Path, capsys: Capture) -> None:
    hand_in(graded[0], tmp_path, "solo", time="no time at all")
    page, said = report(tmp_path, capsys)
    assert "1 of 1 handed in, 0 graded" in said and not (course.root_of(tmp_path) / "gradebook.db").exists()
    assert "solo time not noted not graded yet" in words(page.details)
    assert "pairs" not in section(page, "The session")


def test_what_cannot_be_done_is_one_line(space: Path, tmp_path: Path, capsys: Capture) -> None:
    def line(*more: str, where: Path = space) -> str:
        return the_line(call(app, "report", "90", "--workspace", str(where), "--json", *more, capsys=capsys))

    mine = tmp_path / "mine.html"
    mine.write_text("<h1>mine</h1>")
    assert "no page of `autograde report`" in line("--to", str(mine)) and mine.read_text() == "<h1>mine</h1>"
    assert "20 to 240 minutes" in line("--minutes", "5")
    assert "there is no course" in line(where=tmp_path / "nowhere") and not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(("answer", "names"), [({"users": ["ana", "hal"]}, ["hal"]), (None, []), ({"users": 3}, [])])
def test_a_hub_says_who_is_enrolled(
    space: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any] | None, names: list[str]
) -> None:
    asked = []

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Authorization"]))
            self.send_response(200 if answer else 403)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            pass

    told = {"course": "basics", "exchange": str(space / "exchange")}
    (course.root_of(space) / course.SHARED).write_text(tomli_w.dumps(told))
    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("JUPYTERHUB_API_URL", f"http://127.0.0.1:{server.server_port}/hub/api")
        monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "secret")
        found = data(space, capsys)
        server.shutdown()
    assert asked == [("/hub/api/groups/nbgrader-basics", "token secret")]
    assert [who for who in rows(found) if who not in ["ana", "ben", "chen", "dora", "eli", "fay", "gus"]] == names
    assert bool(found["notes"]) == (not names)
    assert len(rows(found)) == 7 + len(names), "who is in the gradebook stands there all the same"


def test_an_account_of_the_littlest_hub_is_the_person_that_the_hub_names(
    space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "enrolled", lambda root: (["ana", "zoe"], ""))
    shutil.move(course.root_of(space) / "submitted" / "ana", course.root_of(space) / "submitted" / "jupyter-ana")
    monkeypatch.setattr(book, "read", lambda root, unit: book.Book())
    names = [person.id for person in gather(UNIT, space).people]
    assert "jupyter-ana" in names and "ana" not in names and "zoe" in names
