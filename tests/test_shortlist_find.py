"""What is found in a description: asks, topics, hours and dates, each with its sentence."""

from __future__ import annotations

import pytest
from streams import stream

from worktest.shortlist import find


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
    assert found.asks["work-test"] == "Then comes a work test."
    assert found.asks["interview"] == "an interview"
    assert found.asks["writing"] == "a memo"
    page = find.find(stream("Place\nRemote\nHow to apply\nA work test\nand an interview\nPay\nA stipend"))
    assert page.says("remote") == "Remote" and page.asks["work-test"] == "A work test and an interview"


def test_a_sentence_that_two_phrases_meet_is_one_finding() -> None:
    found = find.find(stream("There is no stipend and no salary. Toy models are toys. No LLMs, no ChatGPT."))
    assert found.facts == {
        "unpaid": ["There is no stipend and no salary."],
        "toys": ["Toy models are toys."],
        "language-models": ["No LLMs, no ChatGPT."],
    }


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


def test_a_paper_of_a_topic_counts_once_the_topic_has_a_word_in_the_text() -> None:
    both = find.find(stream("We study AI control.", papers=("bhatt2025ctrlz",)))
    assert "control" in both.about
    alone = find.find(stream("We study birds.", papers=("bhatt2025ctrlz",)))
    assert alone.passing["control"] == "it names Bhatt et al., 2025" and not alone.about
