"""The tables of the shortlist: each names only what there is, and the invented streams keep to their form."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from cli import call
from streams import INVENTED, Capture

from autograde.build import papers as papers_table
from autograde.build.references import References
from autograde.paths import solutions
from worktest import paths
from worktest.cli import app
from worktest.shortlist import find
from worktest.shortlist.programs import Program, Statement, programs
from worktest.shortlist.tables import HERE, asks, papers, topics


def test_the_papers_are_those_of_the_bibliography() -> None:
    references = References.read(solutions() / "references.bib")
    assert (HERE / "papers.toml").read_text(encoding="utf-8") == papers_table.table(references)


def test_topics_and_asks_name_only_what_there_is() -> None:
    units = set(paths.units_in(paths.curriculum()))
    for topic in topics().values():
        assert set(topic.papers) <= set(papers()), topic.id
        assert set(topic.units) <= units, topic.id
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    for ask in asks().values():
        words_of = ask.command.split()
        assert not words_of or words_of[1] in {*commands, "extend"}, ask.id
        assert ask.file == bool(ask.command), ask.id


def test_the_invented_streams_are_a_dozen_of_readable_length_and_name_no_author() -> None:
    references = References.read(solutions() / "references.bib")
    surnames = {a.split(",")[0].strip("{} ") for e in references.entries.values() for a in e["author"].split(" and ")}
    assert len(INVENTED) == 12
    for one in INVENTED:
        assert 150 <= len(one.text.split()) <= 300, one.id
        assert one.papers and one.mentor.startswith("a mentor"), one.id
        names = set(re.findall(r"\b[A-Z]\w{4,}\b", f"{one.title} {one.text} {one.mentor}"))
        assert not names & surnames, one.id
        assert "\u2014" not in one.text and "!" not in one.text


def test_each_invented_stream_is_about_something_and_most_ask_what_the_table_knows() -> None:
    found = {one.id: find.find(one) for one in INVENTED}
    assert all(f.about or f.passing for f in found.values())
    assert [name for name, f in found.items() if not f.asks] == ["remembering"]  # the vague one, on purpose
    assert found["under-the-clock"].asks.keys() >= {"timed", "interview", "reading"}
    assert found["bring-a-question"].asks.keys() == {"research"}
    assert "interview" in found["bring-a-question"].denied
    assert found["large-models-only"].says("toys").startswith("Toy models.")


def test_every_statement_about_a_program_has_address_edition_day_and_standing(capsys: Capture) -> None:
    table = programs()
    said = call(app, "shortlist", "--programs", capsys=capsys).out
    flat = "".join(said.split())
    for program in table.program:
        assert program.statement or program.not_found, program.id
        for statement in program.statement:
            assert "".join(statement.url.split()) in flat and statement.as_of
            assert dt.date.fromisoformat(statement.read) >= dt.date(2026, 11, 1)
    assert "readonlyinasecondarysource" in flat and "notfound:" in flat
    assert "SPAR" not in call(app, "shortlist", "--programs", "mats", capsys=capsys).out
    with pytest.raises(ValueError, match="names through whom"):
        Statement(says="x" * 20, url="https://a.b", as_of="now", read="2026-11-27", status="secondary")
    assert Program(id="a", name="A", page="").statement == []
