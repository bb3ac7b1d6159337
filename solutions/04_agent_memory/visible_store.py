"""Visible checks of unit 04: what a compaction did, stale and conflicting records, what a statement rests on."""

import numpy as np

from worktest.checks import check, expect

# mem-compact ----------------------------------------------------------------------------------------------------

COUNTS = ["kept", "changed", "lost", "invented", "absent", "false"]
HOME = {
    "mug": "hall-shelf",
    "pen": "study-drawer",
    "key": "hall-drawer",
    "hat": "attic-shelf",
    "rope": "garage-shelf",
    "soap": "bath-drawer",
    "coin": "study-shelf",
}
BEFORE = {
    "mug": "hall-shelf",
    "pen": "study-drawer",
    "key": "hall-drawer",
    "hat": "unknown",
    "rope": "unknown",
    "soap": "unknown",
    "coin": "hall-shelf",
}
AFTER = {
    "mug": "hall-shelf",
    "pen": "hall-shelf",
    "key": "unknown",
    "hat": "hall-shelf",
    "rope": "garage-shelf",
    "soap": "unknown",
    "coin": "hall-shelf",
}


def _expect_counts(got, want, says, look=""):
    form = "Give back a dictionary with these keys, a count for each, also where it is 0: " + ", ".join(COUNTS) + "."
    expect.true(isinstance(got, dict) and sorted(map(str, got)) == sorted(COUNTS), form, got=got)
    for name in COUNTS:
        expect.close(got[name], want[name], f"{name!r}: {says}", look=look)


@check("mem-compact")
def one_of_the_five_for_each_thing(answer, rng):
    """puts each thing into one of five groups, and counts the false places beside them"""
    _expect_counts(
        answer.call("compaction_audit", BEFORE, AFTER, HOME),
        {"kept": 2, "changed": 1, "lost": 1, "invented": 2, "absent": 1, "false": 3},
        "the first five depend on what was said before and what is said after. 'false' alone asks where the thing is.",
        "what is compared with what; 'unknown' is not a place; an invented place can be right, a kept one wrong",
    )


@check("mem-compact")
def missing_is_unknown(answer, rng):
    """takes a thing that an answer sheet does not have for unknown"""
    before = {thing: place for thing, place in BEFORE.items() if place != "unknown"}
    after = {thing: place for thing, place in AFTER.items() if place != "unknown"}
    _expect_counts(
        answer.call("compaction_audit", before, after, HOME),
        {"kept": 2, "changed": 1, "lost": 1, "invented": 2, "absent": 1, "false": 3},
        "the same memory as with the word unknown written out. What it says nothing of counts as unknown.",
        "which of the three dictionaries you go through, and how you look a thing up in the others",
    )


# mem-resolve ----------------------------------------------------------------------------------------------------


def _resolved(answer, rows, thing):
    return answer.call("resolve", answer.make("world.make_records", rows), thing)


@check("mem-resolve")
def the_latest_day(answer, rng):
    """follows the latest evidence, wherever it stands in the list"""
    rows = [
        [0, "mug", "hall-shelf", 3, "saw", []],
        [1, "mug", "attic-drawer", 8, "told", []],
        [2, "pen", "study-drawer", 9, "saw", []],
        [3, "mug", "bath-shelf", 5, "saw", []],
        [4, "mug", "cellar-shelf", 9, "guess", []],
        [5, "dishes", "kitchen-shelf", 9, "summary", [0, 1, 3]],
    ]
    expect.equal(
        _resolved(answer, rows, "mug"),
        "attic-drawer",
        "The latest record that somebody looked for, of this very thing, decides.",
        expected="another place",
        look="the day, not the position in the list; which records are evidence; told is as good on a later day",
    )


@check("mem-resolve")
def saw_beats_told_on_one_day(answer, rng):
    """believes what was seen more than what was told on the same day"""
    rows = [
        [0, "key", "hall-shelf", 6, "told", []],
        [1, "key", "hall-drawer", 6, "saw", []],
        [2, "key", "hall-shelf", 6, "told", []],
    ]
    says = "Of one day, what was seen counts more than what was told, however often it was told."
    expect.equal(_resolved(answer, rows, "key"), "hall-drawer", says, expected="another place")


@check("mem-resolve")
def asks_when_in_doubt(answer, rng):
    """gives None when the best evidence names two places, or when there is none"""
    rows = [
        [0, "hat", "attic-shelf", 4, "told", []],
        [1, "hat", "attic-drawer", 4, "told", []],
        [2, "hat", "attic-shelf", 2, "saw", []],
        [3, "rope", "garage-shelf", 5, "guess", []],
    ]
    says = "Two equally good records contradict each other. An older one does not decide it: the agent has to ask."
    expect.true(_resolved(answer, rows, "hat") is None, says, expected="None", got="a place, or something else")
    says = "A guess is no evidence, so nothing is left: None."
    expect.true(_resolved(answer, rows, "rope") is None, says, expected="None", got="a place, or something else")


# mem-provenance -------------------------------------------------------------------------------------------------

ROWS = [
    [1, "mug", "hall-shelf", 1, "saw", []],
    [2, "plate", "hall-shelf", 2, "saw", []],
    [3, "bowl", "bath-shelf", 3, "told", []],
    [4, "plate", "hall-shelf", 4, "told", []],
    [10, "dishes", "hall-shelf", 4, "summary", [4, 3, 1]],
    [11, "dishes", "hall-shelf", 4, "summary", [10, 2]],
    [12, "bowl", "hall-shelf", 4, "guess", [11]],
]
LIST = "Give back a list of ids (whole numbers)."


def _ids(got):
    expect.true(isinstance(got, list | tuple | np.ndarray), LIST, expected="a list", got=got)
    return [int(expect.number(number, LIST)) for number in np.asarray(got).tolist()]


@check("mem-provenance")
def what_lies_below_a_summary(answer, rng):
    """goes down from a summary of summaries to the observations that say just this"""
    archive = answer.make("world.make_archive", ROWS)
    says = "Follow `sources` from the cited records down to the end, and keep the observations of this thing there."
    look = "how many levels you follow; thing and place must both be right; the order of the ids"
    for cited, want in (([11], [2, 4]), ([10], [4]), ([12, 1], [2, 4])):
        got = _ids(answer.call("support", "plate", "hall-shelf", cited, archive))
        expect.equal(got, want, says, expected="another list of ids", look=look)


@check("mem-provenance")
def nothing_made_up_supports(answer, rng):
    """finds nothing where only a summary or a guess makes the statement"""
    archive = answer.make("world.make_archive", ROWS)
    says = (
        "The summary says that all dishes are there, and the guess says it of the bowl. Nobody has seen or heard it: "
        "below them lies a record of the bowl in another place."
    )
    got = _ids(answer.call("support", "bowl", "hall-shelf", [12], archive))
    expect.equal(got, [], says, expected="an empty list", look="which records may be counted themselves")


@check("mem-provenance")
def what_is_not_in_the_archive(answer, rng):
    """passes over ids that are not there, and uses none that was not cited"""
    rows = [[1, "key", "hall-drawer", 1, "saw", []], [2, "key", "hall-drawer", 2, "summary", [7, 3]]]
    rows.append([3, "key", "hall-drawer", 1, "told", []])
    archive = answer.make("world.make_archive", rows)
    got = _ids(answer.call("support", "key", "hall-drawer", [5, 2], archive))
    says = "Records 5 and 7 don't exist: they support nothing, and they are no error. Record 1 was not cited."
    expect.equal(got, [3], says, expected="another list of ids", look="where you begin, and what you do with an id")
