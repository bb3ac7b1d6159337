"""Choosing a stream: what is found in descriptions, three columns with reasons, the learner's own order first."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from pathlib import Path

import learners
import pytest
from cli import call, the_line
from learners import SECOND

from autograde.build import papers as papers_table
from autograde.build.references import References
from autograde.paths import solutions
from worktest import chain, paths, recording
from worktest.cli import app
from worktest.errors import UserError
from worktest.shortlist import describe, evidence, find, own, rank, words
from worktest.shortlist.describe import Stream
from worktest.shortlist.notebook import Desk, open_desk
from worktest.shortlist.programs import Program, Statement, programs
from worktest.shortlist.reading import reading_order
from worktest.shortlist.tables import HERE, asks, papers, topics
from worktest.shortlist.wishes import FILE as WISHES
from worktest.shortlist.wishes import Wishes, example, parse, read_wishes, write_template

Capture = pytest.CaptureFixture[str]
TODAY = dt.date(2027, 1, 1)
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
INVENTED = describe.all_streams(None)[0]


def stream(text: str, title: str = "A stream", **more: object) -> Stream:
    return Stream("x", title, text, **more)  # type: ignore[arg-type]


def row(text: str, wishes: Wishes | None = None, title: str = "A stream") -> rank.Row:
    seen = evidence.Evidence()
    return rank._row(stream(text, title), wishes or Wishes(), seen, TODAY)


def state(of: rank.Row, what: str) -> str:
    return next(c.state for c in of.constraints if c.what == what)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of its own, with the repository's units released."""
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(tmp_path / "mein raum"))
    monkeypatch.delenv(recording.SWITCH, raising=False)
    (tmp_path / "mein raum").mkdir()
    return paths.workspace()


# The tables ------------------------------------------------------------------------------------------------------


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


# What is found in a text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "asked", "denied"),
    [
        ("There is an interview of half an hour.", {"interview"}, set()),
        ("There is no interview.", set(), {"interview"}),
        ("I don't interview anybody.", set(), {"interview"}),
        ("We work without coding tests, but there is a work test.", {"work-test"}, {"coding"}),
        ("No references, no publications.", set(), {"references", "publications"}),
        ("Two references are not needed.", set(), {"references"}),
        ("Two interviews, then references.", {"interview", "references"}, set()),
        ("The references of the two papers are long.", set(), set()),
        ("Publications are a plus but not required.", set(), {"publications"}),
        ("An interview is not part of it.", set(), {"interview"}),
        ("(1) CV; (2) 2-hour take-home; (3) 30 min chat", {"work-test", "interview"}, set()),
        ("I do not look at anything before I have read your work test.", {"work-test"}, set()),
        ("Not only a work test, also an interview.", {"work-test", "interview"}, set()),
        ("It takes no more than one coding test.", {"coding"}, set()),
        ("A WORK-TEST, then\na take-\n home.", {"work-test"}, set()),
        ("There is no interview at first. Later there is an interview.", {"interview"}, set()),
        ("We value networking and testing.", set(), set()),
        ("Our interview format has changed. Past interviews with our fellows are on the blog.", set(), set()),
        ("A take-home: a research task of five hours on our transcripts.", {"work-test"}, set()),
        ("A short coding screen, then a final round with two of us.", {"coding", "interview"}, set()),
        ("Your result is a policy memo of six pages.", set(), set()),
    ],
)
def test_asks_are_found_by_words_and_denials_are_heard(text: str, asked: set[str], denied: set[str]) -> None:
    found = find.find(stream(text))
    assert set(found.asks) == asked
    assert set(found.denied) == denied


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("You need a GPU with 24 GB of memory.", "memory"),
        ("The steering committee meets in May.", "steering"),
        ("Our policy on holidays is generous, and so are our other policies.", "governance"),
        ("The evaluation of your application takes three weeks.", "evaluations"),
        ("You may use coding agents, and should say where.", "agents"),
    ],
)
def test_words_in_another_sense_make_no_topic(text: str, topic: str) -> None:
    found = find.find(stream(text))
    assert topic not in {**found.about, **found.passing}


def test_each_finding_has_its_own_sentence() -> None:
    found = find.find(stream("We meet on Mondays, e.g. at noon. Then comes a work test.\n\n- an interview\n- a memo"))
    assert found.asks["work-test"].quote == "Then comes a work test."
    assert found.asks["interview"].quote == "an interview"
    assert found.asks["writing"].quote == "a memo"
    page = find.find(stream("Place\nRemote\nHow to apply\nA work test\nand an interview\nPay\nA stipend"))
    assert page.says("remote") == "Remote" and page.asks["work-test"].quote == "A work test and an interview"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("10 to 15 hours a week", [(10, 15)]),
        ("Ten hours per week", [(10, 10)]),
        ("20+ h/week", [(20, 20)]),
        ("6-15+ hours each week", [(6, 15)]),
        ("at least 20 hrs/wk", [(20, 20)]),
        ("a work test of four hours, and 16 hours of work", []),
        ("999 hours a week", []),
    ],
)
def test_hours_a_week_are_read_and_other_hours_are_not(text: str, hours: list[tuple[float, float]]) -> None:
    assert [(low, high) for low, high, _ in find.find(stream(text)).hours] == hours


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("We begin on 3 May.", (3, 5, None)),
        ("It runs from March 3 2028 to June.", (3, 3, 2028)),
        ("It may start. May anybody join?", None),
        ("We start in May.", (None, 5, None)),
        ("On 3 May we eat.", None),
    ],
)
def test_the_beginning_is_a_date_and_not_the_verb(text: str, start: tuple[int | None, int, int | None] | None) -> None:
    found = find.find(stream(text)).start
    assert (found and found[:3]) == start


# Constraints -----------------------------------------------------------------------------------------------------


def test_a_title_that_says_part_time_over_a_text_that_says_full_time_is_named_with_both_sentences() -> None:
    whole = rank.shortlist(None, example(), TODAY)
    time = next(c for c in whole.row("steering-part-time").constraints if c.what == "time")
    assert time.state == "clashes" and "part time as well" in time.reason
    assert len(time.quotes) == 2 and "(part-time)" in time.quotes[0] and "full time" in time.quotes[1]


@pytest.mark.parametrize(
    ("text", "wishes", "what", "expected"),
    [
        ("20 hours a week.", {"hours_a_week": 15}, "time", "clashes"),
        ("20 hours a week.", {"hours_a_week": 20}, "time", "fits"),
        ("20 hours a week.", {}, "time", "no wish"),
        ("Some time is needed.", {"hours_a_week": 15}, "time", "not said"),
        ("Full time.", {"hours_a_week": 30}, "time", "clashes"),
        ("You need not be there full time.", {"hours_a_week": 30}, "time", "not said"),
        ("Everything is remote.", {"places": ["remote"]}, "place", "fits"),
        ("Everything is remote.", {"places": ["London"]}, "place", "clashes"),
        ("In person in London.", {"places": ["London"]}, "place", "fits"),
        ("In person in Lyon.", {"places": ["remote", "London"]}, "place", "clashes"),
        ("Our group is nice.", {"places": ["London"]}, "place", "not said"),
        ("Remote is not possible.", {"places": ["remote"]}, "place", "not said"),
        ("It starts on 1 March.", {"start_from": dt.date(2027, 5, 1)}, "begin", "clashes"),
        ("It starts on 1 March.", {"start_from": dt.date(2027, 2, 1)}, "begin", "fits"),
        ("It starts on 31 April 2027.", {"start_from": dt.date(2027, 2, 1)}, "begin", "fits"),
        ("It is unpaid.", {"needs_pay": True}, "pay", "clashes"),
        ("It is not paid.", {"needs_pay": True}, "pay", "clashes"),
        ("It is unpaid.", {"needs_pay": False}, "pay", "fits"),
        ("There is a stipend.", {"needs_pay": True}, "pay", "fits"),
        ("We give $5,000/month.", {"needs_pay": True}, "pay", "fits"),
        ("The grant for compute is $5,000.", {"needs_pay": True}, "pay", "not said"),
        ("Most alumni are in full-time roles, full-time students may apply.", {"hours_a_week": 9}, "time", "not said"),
        ("It is unpaid.", {}, "pay", "no wish"),
    ],
)
def test_a_wish_beside_a_sentence(text: str, wishes: dict[str, object], what: str, expected: str) -> None:
    assert state(row(text, Wishes.model_validate(wishes)), what) == expected


def test_a_deadline_that_passed_clashes_for_a_pasted_description_and_not_for_an_invented_one() -> None:
    text = "Apply by 3 June 2026. It begins on 1 July 2027."
    assert any(c.what == "deadline" for c in row(text).clashes)
    found = rank._row(stream(text, invented=True), Wishes(), evidence.Evidence(), TODAY)
    assert not any(c.what == "deadline" for c in found.constraints)


def test_a_paper_of_a_topic_counts_once_the_topic_has_a_word_in_the_text() -> None:
    both = find.find(stream("We study AI control.", papers=("bhatt2025ctrlz",)))
    assert "control" in both.about
    alone = find.find(stream("We study birds.", papers=("bhatt2025ctrlz",)))
    assert alone.passing["control"].quote == "it names Bhatt et al., 2025" and not alone.about


# Interest and order ----------------------------------------------------------------------------------------------


def test_pay_by_the_month_is_quoted_before_a_fee_for_the_test() -> None:
    found = row("We pay 200 euros for the test task. It is 2,400 euros a month.")
    assert next(c for c in found.constraints if c.what == "pay").quotes[0] == "It is 2,400 euros a month."


def test_nothing_is_guessed_where_nothing_was_wished() -> None:
    whole = rank.shortlist(None, Wishes(), TODAY)
    assert all(one.interest is None and not one.clashes for one in whole.rows)
    assert {c.state for one in whole.rows for c in one.constraints} <= {"no wish", "not said"}


def test_a_topic_met_once_counts_only_where_no_other_has_a_weight() -> None:
    text = "We work on steering vectors and on steering. A probe is used once."
    assert row(text, Wishes(topics={"steering": 1, "probes": 3})).interest == 1
    assert row(text, Wishes(topics={"probes": 3})).interest == 1  # it is about something else
    assert row("A probe is used once.", Wishes(topics={"probes": 3})).interest == 3
    assert row(text, Wishes(topics={"control": 3})).interest is None


def test_the_order_is_clash_then_interest_then_evidence_then_title(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [
        Stream("clash", "A", "Steering, steering. Full time. An interview."),
        Stream("liked", "B", "Steering, steering. A reference letter."),
        Stream("shown", "C", "Probes and probing. An interview."),
        Stream("thin", "B2", "Probes and probing. A work test."),
        Stream("again", "B1", "Probes and probing. A work test."),
    ]
    seen = evidence.Evidence(shown={"interview": ["unit 01: 1 rehearsal"]})
    monkeypatch.setattr(describe, "all_streams", lambda home: (there, []))
    monkeypatch.setattr(evidence, "gather", lambda home: seen)
    wishes = Wishes(topics={"steering": 3, "probes": 2}, hours_a_week=10)
    whole = rank.shortlist(None, wishes, TODAY)
    assert [one.stream.id for one in whole.rows] == ["liked", "shown", "again", "thin", "clash"]
    assert [one.share for one in whole.rows[:2]] == [
        0.0,
        1.0,
    ]  # a reference letter is in no file, and counts for nothing


# Wishes ----------------------------------------------------------------------------------------------------------


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


# Evidence --------------------------------------------------------------------------------------------------------


@pytest.fixture
def worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody's workspace with two units, one of them done."""
    learners.curriculum(tmp_path / "haus", monkeypatch)
    home = paths.workspace()
    learners.full(home, NOW)
    return home


def test_evidence_comes_from_the_files_of_the_units(worked: Path) -> None:
    found = evidence.gather(worked)
    assert set(found.shown) == {"coding", "work-test", "writing", "code-sample", "interview", "questions"}
    assert found.shown["coding"] == ["unit 01: 12 of 14 points in its work test"]
    assert found.shown["interview"] == ["unit 01: 1 rehearsal, 1 question answered"]
    assert not found.read  # the graded sitting has no addresses, so no paper is claimed to be read


def test_reasoning_and_decisions_are_a_beginning(worked: Path) -> None:
    (worked / SECOND / "interview.jsonl").unlink()
    found = evidence.gather(worked)
    assert not {"timed", "interview"} & set(found.shown)
    assert found.begun["timed"] == ["unit 01: 3 of 4 points in its reasoning notebook, no clock"]
    assert found.begun["interview"] == ["unit 01: 1 decision with a reason in the journal, not defended yet"]


def test_too_few_points_are_begun_and_not_shown(worked: Path) -> None:
    (worked / "progress.jsonl").unlink()
    learners.graded(worked, (SECOND, NOW, {"rare-rates": 2, "rare-sample": 0, "rare-plot": 0}))
    found = evidence.gather(worked)
    assert "coding" not in found.shown
    assert found.begun["coding"] == ["unit 01: 2 of 14 points in its work test"]


def test_a_paper_whose_claims_were_answered_is_marked_as_read_and_keeps_its_place(worked: Path) -> None:
    paper = papers()["greenblatt2024control"]
    row_ = {"id": "c", "text": "t", "probability": 0.5, "truth": True, "url": paper.url, "source": paper.name}
    learners.chained(worked / SECOND / "nuance.jsonl", [
        ("sitting", NOW, {"unit": SECOND}),
        ("graded", NOW, {"unit": SECOND, "first": True, "brier": 0.2, "rows": [row_, {"url": 3}, 7]}),
    ])  # fmt: skip
    whole = rank.shortlist(worked, example(), TODAY)
    order = reading_order(whole.row("resampling"), whole.evidence, whole.wishes)
    assert [entry.key for entry in order[:3]] == ["bhatt2025ctrlz", "greenblatt2024control", "lucassen2026retrying"]
    assert [bool(entry.read) for entry in order[:3]] == [False, True, False]
    reading = next(a for a in whole.row("resampling").asked if a.id == "reading")
    assert reading.state == "thin" and reading.begun[0].startswith("1 of the 3 papers")
    assert next(a for a in whole.row("under-the-clock").asked if a.id == "reading").begun == ()


def test_a_research_folder_is_evidence_once_it_has_results(home: Path) -> None:
    folder = home / "research" / "mine"
    folder.mkdir(parents=True)
    (folder / "plan.toml").write_text("title = 'x'")
    found = evidence.gather(home)
    assert "research" not in found.shown and found.begun["research"] == ["research/mine: a plan, no results yet"]
    (folder / "results.csv").write_text("condition,seed,measure,value\na,1,m,0.5\na,2,m,0.5\n")
    assert evidence.gather(home).shown["research"] == ["research/mine: a plan and 2 rows of results"]


def test_damaged_files_are_named_and_stop_nothing(worked: Path, capsys: Capture) -> None:
    (worked / SECOND / "nuance.jsonl").write_text('{"kind": "graded"\n[[[[')
    said = call(app, "shortlist", capsys=capsys)
    assert said.code == 0 and "nuance.jsonl, line 1 can't be read" in " ".join(said.out.split())


def test_thin_names_a_command_with_minutes_and_the_unit_that_trains_the_topic(home: Path, capsys: Capture) -> None:
    (home / WISHES).write_text("[topics]\ncontrol = 3\n")
    said = call(app, "shortlist", "resampling", capsys=capsys)
    text = " ".join(said.out.split())
    assert "rehearse the interview about unit 03 (about 45 min) worktest interview 03" in text
    assert "“If it is good we have an interview of 45 minutes about your own test, no puzzles.”" in text


def test_a_plan_takes_what_fits_and_names_what_does_not() -> None:
    whole = rank.shortlist(None, example(), TODAY)
    lines = list(words.plan(whole.row("resampling"), 3))
    assert sum(line.startswith("- does not fit") for line in lines) == 1
    assert "does not fit any more: do the work test of unit 03" in "\n".join(lines)
    assert not any("does not fit" in line for line in words.plan(whole.row("resampling"), 40))


def test_a_reading_order_begins_with_the_stream_and_stays_short() -> None:
    whole = rank.shortlist(None, example(), TODAY)
    for one in whole.rows:
        order = reading_order(one, whole.evidence, whole.wishes)
        assert [entry.key for entry in order[: len(one.stream.papers)]] == list(one.stream.papers)
        assert len(order) <= 10 and len({entry.key for entry in order}) == len(order)
        assert all(entry.why and entry.url.startswith("https://") for entry in order)
    assert any(
        entry.unit == "unit 03, reading.ipynb"
        for entry in reading_order(whole.row("resampling"), whole.evidence, whole.wishes)
    )


# Pasted descriptions ---------------------------------------------------------------------------------------------


def paste(home: Path, name: str, content: bytes | str) -> None:
    (home / "streams").mkdir(exist_ok=True)
    (home / "streams" / name).write_bytes(content.encode() if isinstance(content, str) else content)


def test_a_pasted_text_is_read_with_its_papers_and_stands_first(home: Path) -> None:
    paste(home, "real.txt", "A group for control\n\nRead arXiv:2504.10374v1 and arxiv.org/abs/2599.99999.\r\n"
          "Steering Llama 2 via Contrastive\nActivation Addition is useful. There is a work test.")  # fmt: skip
    streams, problems = describe.all_streams(home)
    assert not problems and streams[0].id == "real" and streams[0].title == "A group for control"
    assert streams[0].papers == ("bhatt2025ctrlz", "rimsky2024caa") and streams[0].unknown == ("2599.99999",)
    assert not streams[0].invented


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.txt", b"%PDF-1.7", "is a PDF"),
        ("a.md", b"PK\x03\x04....", "Word or zip"),
        ("a.txt", b"gr\xfc\xdfe", "UTF-8"),
        ("a.txt", b" \n\n", "holds no text"),
        ("a.txt", b"word " * 50_000, "250,000 bytes"),
        ("a.docx", b"x", "passed over"),
        ("a.txt", b"+++\ntitle = 'x'\ntext", "no second line"),
        ("a.txt", b"+++\ntitle = \n+++\ntext", "not well-formed TOML"),
        ("a.txt", b"+++\nname = 'x'\n+++\ntext", "unknown key 'name'"),
        ("a.txt", b"+++\ntitle = 3\n+++\ntext", "'title' in the head is a text"),
        ("a.txt", b"+++\npapers = ['nobody1999']\n+++\ntext", "no key of the bibliography"),
        ("resampling.txt", b"text", "rename your file"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_shown(
    name: str, content: bytes, named: str, home: Path, capsys: Capture
) -> None:
    paste(home, name, content)
    paste(home, "good.md", "# Good\n\nA work test.")
    data = json.loads(call(app, "shortlist", "--json", capsys=capsys).out)
    assert len(data["problems"]) == 1
    assert name in data["problems"][0] or name.split(".")[0] in data["problems"][0]
    assert named in data["problems"][0]
    assert len(data["streams"]) == 13


def test_a_pasted_text_moves_nothing_in_the_terminal(home: Path, capsys: Capture) -> None:
    paste(home, "evil.txt", "\x1b[2JA title\u202e\n\nA work test [bold red]now[/] \x1b]0;x\x07.")
    for arguments in (("shortlist",), ("shortlist", "evil")):
        said = call(app, *arguments, capsys=capsys)
        assert said.code == 0 and not {"\x1b", "\x07", "\u202e"} & set(said.out)
    assert "[bold red]now[/]" in said.out


# The learner's own order -----------------------------------------------------------------------------------------


def test_a_page_keeps_its_short_lines_apart_and_a_very_long_one_shows_its_beginning(
    home: Path, capsys: Capture
) -> None:
    page = "Stream overview\nMentors: A, B\n\nHow to apply\nSend a code sample.\n"
    paste(home, "page.txt", page + "word " * 3000 + "\n\nThere is an interview.")
    said = call(app, "shortlist", "page", capsys=capsys).out
    assert "Stream overview\n\nMentors: A, B\n\nHow to apply\n\nSend a code sample." in said
    assert "of 3,016 words" in " ".join(said.split()) and len(said) < 13_000
    assert "There is an interview." in said.partition("EVIDENCE")[2]


def test_a_name_that_was_mistyped_or_cannot_be_read_says_which(home: Path, capsys: Capture) -> None:
    paste(home, "empty.txt", "")
    paste(home, "bytes.txt", bytes(range(256)))
    assert "did you mean resampling?" in the_line(call(app, "shortlist", "resmpling", capsys=capsys))
    assert "holds no text" in the_line(call(app, "shortlist", "empty", capsys=capsys))
    assert "not text in UTF-8" in the_line(call(app, "shortlist", "--read", "bytes", capsys=capsys))


def test_an_empty_reading_order_says_so(home: Path, capsys: Capture) -> None:
    paste(home, "mine.txt", "Send me an essay about your garden.")
    assert "- empty: no paper" in call(app, "shortlist", "mine", capsys=capsys).out


def test_a_first_look_gives_no_order_away_and_says_how_to_begin(home: Path, capsys: Capture) -> None:
    paste(home, "zebra.txt", "Send me an essay about your garden.")
    said = call(app, "shortlist", capsys=capsys).out
    names = [line.split()[0] for line in said.partition("\n\n")[0].splitlines()]
    assert names == ["zebra", *sorted(one.id for one in INVENTED)]
    assert "shortlist --read" in said and "shortlist --wishes" in said and "evidence" not in said
    assert not own.read_own(home).shown


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


def test_looking_makes_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(tmp_path / "none"))
    for arguments in ([], ["resampling"], ["--compare"], ["--json"], ["--programs"]):
        assert call(app, "shortlist", *arguments, capsys=capsys).code == 0
    assert not (tmp_path / "none").exists()


# The command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nowhere"], "there is no stream 'nowhere'; there are: "),
        (["re"], "could be"),
        ([""], "there is no stream ''"),
        (["--read", "--wishes"], "choose one"),
        (["resampling", "--compare"], "leave 'resampling' out"),
        (["--read", "--json"], "--json goes with the tables"),
        (["--programs", "nasa"], "there is no program 'nasa' here; there are: mats"),
        (["--read", "nowhere"], "there is no stream 'nowhere'"),
    ],
)
def test_a_wrong_call_is_one_clear_line(arguments: list[str], named: str, home: Path, capsys: Capture) -> None:
    assert named in the_line(call(app, "shortlist", *arguments, capsys=capsys))


def test_the_table_says_its_rule_and_what_it_cannot_know(home: Path, capsys: Capture) -> None:
    own.place(home, own.Own(), INVENTED[0], 1, "it is clear")
    text = " ".join(call(app, "shortlist", capsys=capsys).out.split())
    assert rank.RULE in text and rank.CAVEAT in text and "worktest shortlist --wishes" in text


def test_json_keeps_the_columns_apart(home: Path, capsys: Capture) -> None:
    (home / WISHES).write_text("[topics]\ncontrol = 3\n")
    data = json.loads(call(app, "shortlist", "--json", capsys=capsys).out)
    first = data["streams"][0]
    assert first["id"] == "resampling" and first["interest"]["value"] == 3
    assert set(first) == {"id", "title", "invented", "papers", "interest", "evidence", "constraints"}
    one = json.loads(call(app, "shortlist", "resampling", "--json", capsys=capsys).out)
    assert one["reading"][0]["key"] == "bhatt2025ctrlz" and one["text"]


# Programs --------------------------------------------------------------------------------------------------------


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


# The notebook ----------------------------------------------------------------------------------------------------


def test_a_run_that_keeps_nothing_writes_nothing_and_is_the_same_each_time(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(recording.SWITCH, "off")
    (home / WISHES).write_text("[topics]\ngovernance = 3\n")
    before = sorted(home.rglob("*"))
    shown = []
    for _ in range(2):
        desk = open_desk()
        desk.rank("resampling", "planted", because={"resampling": "a", "planted": "b"})
        desk.table()
        desk.compare()
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] and "an empty workspace and made-up wishes" in shown[0]
    assert sorted(home.rglob("*")) == before


def test_the_desk_keeps_an_order_once_and_refuses_one_without_reasons(home: Path, capsys: Capture) -> None:
    desk = Desk(home)
    desk.rank(..., because={"resampling": ...})
    assert "not recorded yet" in capsys.readouterr().out and not (home / own.FILE).exists()
    with pytest.raises(UserError, match="planted: write down a reason"):
        desk.rank("resampling", "planted", because={"resampling": "a", "planted": " "})
    with pytest.raises(UserError, match="twice"):
        desk.rank("resampling", "resampling", because={"resampling": "a"})
    for _ in range(2):
        desk.rank("resampling", "planted", because={"resampling": "a", "planted": "b"})
    assert len(chain.read(home / own.FILE).entries) == 2
    desk.rank("planted", "resampling", because={"resampling": "a", "planted": "c"})
    assert own.read_own(home).order == ["planted", "resampling"]
    desk.table()
    assert chain.read(home / own.FILE).entries[-1]["kind"] == "shown"


def test_the_desk_counts_what_the_notebook_predicts(home: Path) -> None:
    desk = Desk(home)
    assert desk.asks("resampling", "remembering", "steering-part-time") == 8
    assert desk.thin("steering-part-time") == 1.0
    with pytest.raises(UserError, match="finds no ask"):
        desk.thin("remembering")
    with pytest.raises(UserError, match="between 0 and 100"):
        desk.plan("resampling", True)
