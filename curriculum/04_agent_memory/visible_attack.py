"""Visible checks of unit 04: how far an attack on the memory gets, and a colleague's record."""

from worktest.checks import check, expect, tensor

# mem-poison -----------------------------------------------------------------------------------------------------


@check("mem-poison")
def the_angle_not_the_length(answer, rng):
    """retrieves by the angle: a long memory is not a similar one"""
    keys = [[0.0, 6.0], [1.0, 0.0], [-4.0, 1.0], [8.0, 8.0]]
    got = answer.call("top_k", tensor([1.0, 0.0]), tensor(keys), 3)
    expect.equal(
        [int(i) for i in expect.array(got, (3,), "Give back the indices of three memories.")],
        [1, 3, 0],
        "The key that points the same way as the query comes first, then the one at 45 degrees, then the one at a "
        "right angle. How long a key is doesn't matter.",
        expected="other indices, or another order",
        look="whether the length of each key is divided out; which end of the order is the most similar",
    )


@check("mem-poison")
def all_of_a_small_store(answer, rng):
    """gives all memories where there are fewer than k, equal ones in the order of the store"""
    got = answer.call("top_k", tensor([1.0, 0.0]), tensor([[0.0, 1.0], [1.0, 0.0], [2.0, 0.0]]), 5)
    says = "The store has three memories, and five are asked for: give all three."
    expect.equal(
        [int(i) for i in expect.array(got, (3,), says)],
        [1, 2, 0],
        says + " Two of them point the same way: the one that comes first in the store comes first.",
        expected="another order",
        look="how equal similarities are ordered; a descending order made by turning round an ascending one",
    )


@check("mem-poison")
def each_rate_of_its_own(answer, rng):
    """divides each step by the one before it, and the end by all requests"""
    retrieved = [True, True, True, True, False, False, False, False]
    acted = [True, True, False, False, False, False, False, False]
    harmful = [True, False, False, False, False, False, False, False]
    got = answer.call("attack_rates", retrieved, acted, harmful)
    expect.true(isinstance(got, dict), "Give back a dict with the four names of the docstring.", got=got)
    want = {"retrieved": 4 / 8, "acted": 2 / 4, "harmful": 1 / 2, "end_to_end": 1 / 8}
    for name, rate in want.items():
        says = f"Eight requests, four with a poisoned memory retrieved, two acted on, one harmful. {name!r}: of which "
        expect.close(got.get(name), rate, says + "requests is it a share?", look="the denominator of each rate")


# mem-debug ------------------------------------------------------------------------------------------------------

ORDER = [
    *("attic-drawer", "attic-shelf", "bath-drawer", "bath-shelf", "bedroom-drawer", "bedroom-shelf"),
    *("cellar-drawer", "cellar-shelf", "garage-drawer", "garage-shelf", "hall-drawer", "hall-shelf"),
    *("kitchen-drawer", "kitchen-shelf", "pantry-drawer", "pantry-shelf", "study-drawer", "study-shelf"),
]


def _record(answer, place, obstacle, each, trials):
    house = answer.make("world.House", 1, "mug", place, obstacle)
    got = answer.call("record_trials", house, answer.make("world.scripted_attempt", ORDER, each), trials)
    expect.true(isinstance(got, list | tuple) and len(got) == 2, "Give back two things: (number, record).", got=got)
    says = "The record is a list of notes."
    expect.true(isinstance(got[1], list | tuple) and all(isinstance(note, dict) for note in got[1]), says, got=got[1])
    return got


@check("mem-debug")
def nothing_is_opened_twice(answer, rng):
    """goes on where the trials before have stopped, and finds the thing when its turn comes"""
    number, record = _record(answer, "garage-drawer", "none", 3, 5)
    says = "This agent opens three places a trial, always in the same order, and the thing lies in the ninth."
    look = "what `avoid` holds in the second trial; whether anything but the log tells the agent where to go"
    expect.equal(
        number, 3, says + " With the record it gets there in three trials, not earlier and not later.", look=look
    )
    opened = [list(note.get("opened", [])) for note in record]
    says += " Each trial has its note, the solved one included, and a note lists what was opened in vain."
    expect.equal(opened, [ORDER[:3], ORDER[3:6], ORDER[6:8]], says, expected="other notes")


@check("mem-debug")
def notes_hold_the_log_and_nothing_else(answer, rng):
    """writes the task, the opened places and the lock into each note, and nothing that the log does not have"""
    number, record = _record(answer, "attic-shelf", "locked", 4, 2)
    says = "The place is locked: nobody can solve this house."
    expect.true(number is None, says, expected="None in place of a number", got=number)
    expect.equal(len(record), 2, "One note for each of the two trials.", expected="another number of notes")
    for note in record:
        says = "A note has three entries: target, opened and locked. The place of the thing is not in a log."
        expect.equal(sorted(map(str, note)), ["locked", "opened", "target"], says, expected="other entries")
        expect.equal(note["target"], "mug", "The target is what the agent was asked for.", expected="another thing")
    says = "The lock was found in the first trial: this note names it, and the second trial leaves that place out."
    expect.equal([note["locked"] for note in record], ["attic-shelf", None], says, expected="other locks")


@check("mem-debug")
def each_house_for_itself(answer, rng):
    """begins each house with an empty record"""
    says = "A second house is another task: what was opened in the first says nothing about it."
    look = "where the list of notes is made, and how often"
    for place in ("bath-drawer", "bath-drawer", "attic-drawer"):
        number, record = _record(answer, place, "none", 4, 3)
        expect.equal(number, 1, says, look=look)
        expect.equal(len(record), 1, says, expected="one note for one trial", look=look)
