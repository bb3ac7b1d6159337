"""The routes: every statement has a source and a mark, ages come from the clock, docs/routes.md is the same as the data."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from cli import call, the_line

from worktest.cli import app
from worktest.errors import UserError
from worktest.routes import KINDS, find, page, read_routes
from worktest.routes.page import age_lines, markdown

ROOT = Path(__file__).parent.parent
ENTRY = """
[[route]]
id = "one"
kind = "grant"
name = "One | fund"
status = "open"
link = "https://example.org/one"
checked = "2026-11-27"
[[route.says]]
about = "funds"
text = "Machines. And more."
source = "https://example.org/one"
read = "the page"
verified = "primary"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "routes.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_verified_holds_no_number() -> None:
    unverified = [said for route in read_routes() for said in route.says if said.verified == "unverified"]
    assert unverified
    for said in unverified:
        assert not re.search(r"\d", re.sub(r"\b20\d\d\b", "", said.text)), said.text
        assert "check the" in said.text


def test_a_route_that_is_open_says_what_it_gives_or_asks_and_a_closed_one_says_so() -> None:
    for route in read_routes():
        if route.status in ("open", "rolling"):
            assert route.about("funds", "asks", "who"), route.id
        else:
            assert route.about("status", "amount", "asks", "who"), route.id


def test_nothing_was_checked_before_it_was_written() -> None:
    for route in read_routes():
        for said in route.says:
            assert said.dated <= (said.checked or route.checked), (route.id, said.text)


def test_the_docs_page_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    printed = call(app, "routes", "--markdown", capsys=capsys).out
    assert printed == (ROOT / "docs" / "routes.md").read_text(encoding="utf-8") == markdown()
    for route in read_routes():
        assert f"### {route.name}" in printed
        for said in route.says:
            assert said.text in printed and f"<{said.source}>" in printed


def test_the_table_is_in_the_order_of_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    out = call(app, "routes", capsys=capsys).out
    places = [out.index(title) for title in KINDS.values()]
    assert places == sorted(places)
    assert "bluedot-rapid" in out and "worktest routes --kind grant" in out


def test_the_overview_is_short_and_names_every_route_once(capsys: pytest.CaptureFixture[str]) -> None:
    out = call(app, "routes", capsys=capsys).out
    routes = read_routes()
    assert all(out.count(f"- {route.id}: ") == 1 for route in routes)
    assert len(out.splitlines()) < 2 * len(routes)
    assert out.index("- ltff: ") > out.index("- manifund: ")  # what is closed stands last
    assert "check the page" in call(app, "routes", "--kind", "grant", capsys=capsys).out


def test_one_kind_only(capsys: pytest.CaptureFixture[str]) -> None:
    out = call(app, "routes", "--kind", "workshop", capsys=capsys).out
    assert "tmlr" in out and "bluedot-rapid" not in out
    line = the_line(call(app, "routes", "--kind", "loan", capsys=capsys))
    assert "loan" in line and "grant" in line


def test_one_route_shows_every_statement_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    said = call(app, "routes", "anthropic-access", capsys=capsys).out
    one = find("anthropic-access")
    assert said.count(one.says[0].source) >= len(one.says)
    assert "secondary" in said and "first Monday" in said


def test_a_wrong_name_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert "bluedot-rapid" in the_line(call(app, "routes", "bluedot-rapit", capsys=capsys))
    assert "worktest routes" in the_line(call(app, "routes", "zzz", capsys=capsys))
    assert find("LAMBDA research grant").id == "lambda"


def test_json_has_every_statement_dated_and_marked(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(call(app, "routes", "--json", capsys=capsys).out)
    assert {route["id"] for route in data} == {route.id for route in read_routes()}
    for route in data:
        assert route["days_old"] >= 0 and isinstance(route["stale"], bool)
        assert all(said["checked"] and said["source"].startswith("https://") for said in route["says"])
    only = json.loads(call(app, "routes", "tmlr", "--json", capsys=capsys).out)
    assert [route["id"] for route in only] == ["tmlr"]


def test_a_stale_entry_says_so_and_a_fresh_one_does_not(tmp_path: Path) -> None:
    routes = read_routes(written(tmp_path, ENTRY))
    day = dt.date(2026, 11, 27)
    assert len(age_lines(routes, day + dt.timedelta(days=180))) == 1
    lines = age_lines(routes, day + dt.timedelta(days=181))
    assert len(lines) == 2 and "181 days ago" in lines[1] and "https://example.org/one" in lines[1]
    assert "0 days" in age_lines(routes, day - dt.timedelta(days=5))[0]


def test_the_oldest_statement_counts(tmp_path: Path) -> None:
    (one,) = read_routes(written(tmp_path, ENTRY + 'checked = "2026-01-01"\n'))
    assert one.last_checked == dt.date(2026, 1, 1)


def test_the_clock_of_the_machine_is_asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(dt.date):
        @classmethod
        def today(cls) -> dt.date:  # type: ignore[override]
            return dt.date(2028, 1, 1)

    monkeypatch.setattr("worktest.commands.routes.dt.date", Later)
    out = call(app, "routes", "tmlr", capsys=capsys).out
    assert "more than 180" in out


def test_marks_count_what_was_read(tmp_path: Path) -> None:
    (one,) = read_routes(written(tmp_path, ENTRY))
    assert one.mark == "primary"
    second = ENTRY[ENTRY.index("[[route.says]]") :].replace('"primary"', '"unverified"')
    assert read_routes(written(tmp_path, ENTRY + second))[0].mark == "1 primary, 1 unverified"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "grant"', 'kind = "loan"', "one.kind"),
        ('source = "https://example.org/one"', 'source = "a friend"', "source"),
        ('checked = "2026-11-27"', 'checked = "yesterday"', "checked"),
        ('verified = "primary"', 'verified = "surely"', "verified"),
    ],
)
def test_a_wrong_file_is_named_with_its_route_and_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read_routes(written(tmp_path, ENTRY.replace(old, new)))


def test_a_route_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="'one' is there twice"):
        read_routes(written(tmp_path, ENTRY + ENTRY))


def test_a_notebook_gets_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown = page("sprint", dt.date(2026, 11, 28))
    assert shown._repr_markdown_() == shown and "apart-sprints" in shown and "bluedot-rapid" not in shown
    assert "1 day ago" in shown and "How far this was verified" not in shown
    assert "How far this was verified" in page()
    assert "there are: grant" in page("loan")
    routes = read_routes(written(tmp_path, ENTRY))
    monkeypatch.setattr(page_module_of(), "read_routes", lambda: routes)
    row = next(line for line in page().splitlines() if "`one`" in line)
    assert "One \\| fund" in row and row.replace("\\|", "").count("|") == 7


def page_module_of() -> object:
    import sys

    return sys.modules["worktest.routes.page"]
