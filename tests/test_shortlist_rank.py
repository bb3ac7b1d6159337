"""A wish beside a sentence, and the order of the streams."""

from __future__ import annotations

import datetime as dt

import pytest
from streams import TODAY, row, state, stream

from worktest.shortlist import describe, evidence, rank
from worktest.shortlist.describe import Stream
from worktest.shortlist.wishes import Wishes, example


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
