"""The progress page: everything on it, nothing that runs or loads, whatever a learner's files hold."""

from __future__ import annotations

import base64
import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import learners
import pytest
from cli import call, the_line
from learners import SECOND

from worktest import paths, progress, progress_page, progress_plots, times, workspace
from worktest.cli import app

Capture = pytest.CaptureFixture[str]
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)
PNG = b"\x89PNG\r\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    learners.curriculum(tmp_path / "haus", monkeypatch)
    return paths.workspace()


class Page(HTMLParser):
    """What a page holds: tags with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag  # every tag is closed where it should be

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def pictures(self) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == "img"]


def made(home: Path) -> Page:
    return Page(progress_page.page(progress.gather(home, NOW)))


def harmless(page: Page) -> None:
    """Nothing on the page runs or loads anything."""
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "embed", "form", "base", "svg", "a", "audio", "video"}
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert all(str(attributes.get(key, "data:image/png")).startswith("data:image/png") for key in ("src", "href"))
    policy = [str(a.get("content")) for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]


def test_a_full_workspace_is_all_there(home: Path) -> None:
    learners.full(home, NOW)
    page = made(home)
    harmless(page)
    for words in ("15 of 18", "Brier score", "12 of 14 points", "worktest hint 01 rare-sample", "1.5 of 2 levels",
                  "Your times are 1.5 times the cards'", "4 questions are due", "What does a count of zero say",
                  "no overall score", "nobody sees it unless you show it"):  # fmt: skip
        assert words in page.text, words
    assert "Worked answer" not in page.text and "could not be read" not in page.text
    assert len(page.pictures) == 3 and all(len(str(picture["alt"])) > 30 for picture in page.pictures)
    for picture in page.pictures:
        data = base64.b64decode(str(picture["src"]).removeprefix("data:image/png;base64,"), validate=True)
        assert data.startswith(PNG)


def test_an_empty_workspace_says_what_is_not_there_yet(home: Path) -> None:
    page = made(home)
    harmless(page)
    assert page.pictures == [] and page.text.count("not yet") >= 5
    assert "Nothing was graded yet" in page.text and "Nothing is in the review yet" in page.text


def test_what_learners_wrote_does_not_run(home: Path) -> None:
    learners.full(home, NOW)
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{ 7*191 }}`\u202e\x1b[2J"
    unit = home / SECOND
    path = unit / "exit.toml"
    asked = path.read_text().replace("What does a count of zero say", evil.replace('"', "'").replace("\x1b", ""))
    path.write_text(asked)
    learners.chained(unit / "nuance.jsonl", [("graded", NOW, {"first": True, "brier": evil})])
    prompts = unit / "prompts.toml"
    prompts.write_text(prompts.read_text().replace('id = "doubt"', "id = '<b onclick=x>`doubt'"))
    with (home / "review.jsonl").open("a") as file:
        file.write('{"kind": "<script>", "unit": "<b>"}\n')
    page = made(home)
    harmless(page)
    assert "<script>alert(1)</script>" in page.text and "1337" not in page.text
    assert "\u202e" not in page.text and "\x1b" not in page.text
    assert "What could not be read" in page.text


def test_huge_text_does_not_make_a_huge_page(home: Path) -> None:
    learners.full(home, NOW)
    with (home / "review.jsonl").open("a") as file:
        file.writelines(f'{{"kind": "review", "rating": "{"x" * 5_000}"}}\n' for _ in range(300))
    page = progress_page.page(progress.gather(home, NOW))
    assert "more: <code>worktest progress --json</code>" in page
    assert len(re.sub(r"base64,[^\"]+", "", page)) < 60_000


def test_the_page_is_written_where_it_is_wanted(home: Path, tmp_path: Path, capsys: Capture) -> None:
    learners.full(home, NOW)
    said = call(app, "progress", "--html", capsys=capsys)
    assert said.code == 0 and str(home / "progress.html") in said.out.replace("\n", "")
    first = (home / "progress.html").read_text(encoding="utf-8")
    Page(first)
    other = tmp_path / "neuer Ordner" / "Stand.html"
    assert call(app, "progress", "--html", str(other), capsys=capsys).code == 0
    assert call(app, "progress", "--html", str(other), capsys=capsys).code == 0  # a page of ours is made anew
    assert progress_page.MARK in other.read_text(encoding="utf-8")
    assert [p.name for p in other.parent.iterdir()] == ["Stand.html"]


def test_what_somebody_wrote_is_not_written_over(home: Path, tmp_path: Path, capsys: Capture) -> None:
    mine = tmp_path / "index.html"
    mine.write_text("<h1>my page</h1>")
    assert "no progress page" in the_line(call(app, "progress", "--html", str(mine), capsys=capsys))
    assert mine.read_text() == "<h1>my page</h1>"
    assert "no progress page" in the_line(call(app, "progress", "--html", str(tmp_path), capsys=capsys))
    assert str(mine) in the_line(call(app, "progress", "--html", str(mine / "page.html"), capsys=capsys))


# Pictures -------------------------------------------------------------------------------------------------------


def test_an_attempt_at_a_unit_without_points_is_no_problem(home: Path) -> None:
    learners.start(home)
    path = paths.curriculum() / SECOND / "unit.toml"
    path.write_text(path.read_text().partition("[[graded]]")[0])
    workspace.record(home, {"unit": SECOND, "points": 0, "maximum": 0, "cells": []})
    found = progress.gather(home, NOW)
    assert found.problems == [] and found.points == []


def test_nothing_to_draw_draws_nothing(home: Path) -> None:
    assert progress_plots.points_png([]) is None and progress_plots.times_png([]) is None
    assert progress_plots.calibration_png(home) is None


@pytest.mark.filterwarnings("error::UserWarning")
@pytest.mark.parametrize("minutes", [0, 300, 60_000, 2_600_000, 13_000_000])
def test_any_span_of_time_is_drawn_without_a_warning(minutes: int) -> None:
    points = [("00_unit", NOW - dt.timedelta(minutes=minutes), 0.5), ("00_unit", NOW, 1.0)]
    assert (progress_plots.points_png(points) or b"").startswith(PNG)


@pytest.mark.filterwarnings("error::UserWarning")
def test_many_units_and_many_cells_are_drawn_without_a_warning() -> None:
    many = [(f"{n:02d}_unit", NOW + n * DAY, n / 30) for n in range(30)]
    assert (progress_plots.points_png(many) or b"").startswith(PNG)
    assert (progress_plots.points_png(many[:1]) or b"").startswith(PNG)
    cells = [times.CellTime("01_unit", f"cell-{n}", 1.0 + n, 10) for n in range(200)]
    assert (progress_plots.times_png(cells) or b"").startswith(PNG)
