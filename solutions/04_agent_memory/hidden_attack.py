"""Held-back checks of unit 04: how far an attack on the memory gets, and a colleague's record."""

import numpy as np

from worktest.checks import check, expect, tensor

# mem-poison -----------------------------------------------------------------------------------------------------


def _top(answer, query, keys, k):
    query, keys = np.asarray(query, dtype=float), np.asarray(keys, dtype=float)
    got = answer.call("top_k", tensor(query), tensor(keys), k)
    n = min(k, len(keys))
    got = expect.array(got, (n,), "Give back the indices of k memories, of all where there are fewer.")
    expect.true(n == 0 or got.dtype.kind in "iu", "Give back indices, whole numbers from 0.", got="other numbers")
    return [int(i) for i in got]


def _fan(rng, n, d):
    """A query and unit keys at angles to it that are far apart, the nearest first, in ``d`` dimensions."""
    base = np.linalg.qr(rng.normal(size=(d, d)))[0]
    angles = np.linspace(0.1, 3.0, n)
    sides = base[1 + rng.integers(0, d - 1, size=n)]
    return base[0] * rng.uniform(0.5, 4), np.cos(angles)[:, None] * base[0] + np.sin(angles)[:, None] * sides


def _shuffled(rng, keys):
    """Keys in another order, never the first or last one in its place, and the index of each of them there."""
    n = len(keys)
    order = (np.arange(n) + int(rng.integers(1, n - 1))) % n
    at = np.empty(n, dtype=int)
    at[order] = np.arange(n)
    return keys[order], [int(i) for i in at]


@check("mem-poison")
def nearest_by_angle(answer, rng):
    """retrieves fresh keys by falling similarity, negative ones last"""
    for d in (3, 16):
        n = int(rng.integers(6, 12))
        query, keys = _fan(rng, n, d)
        keys, at = _shuffled(rng, keys)
        for k in (1, 3, n - 1):
            says = "The indices of the most similar memories, the most similar first. Opposite ones come last."
            look = "indices against similarities; the order; a similarity of -1 is not a large one"
            expect.equal(_top(answer, query, keys, k), at[:k], says, expected="other indices or order", look=look)


@check("mem-poison")
def length_changes_nothing(answer, rng):
    """ignores the lengths of keys and of the query"""
    n = int(rng.integers(6, 10))
    query, keys = _fan(rng, n, 8)
    for lengths in (np.geomspace(0.01, 50, n), np.geomspace(50, 0.01, n)):
        longer, at = _shuffled(rng, keys * lengths[:, None])
        says = "Cosine similarity compares directions. A memory is not more similar because its vector is longer."
        look = "the length of each key in the divisor; one number for all keys is no help; a distance is not an angle"
        for size in (1, 100):
            expect.equal(_top(answer, query * size, longer, 4), at[:4], says, expected="other indices", look=look)


@check("mem-poison")
def equal_ones_in_their_order(answer, rng):
    """keeps equal ones in the order of the store, wherever k cuts them off"""
    # four entries of 1, 2 or 4 and both signs: all similarities are quarters, without any rounding
    query = np.zeros(8)
    query[rng.choice(8, 4, replace=False)] = 1.0
    on, off = np.flatnonzero(query), np.flatnonzero(query == 0)
    keys, levels = [], []
    for level in (2, 3, 1, 2, 0, 3, 2, 1, 3, 0):  # how many of the four entries are the query's
        key = np.zeros(8)
        key[rng.choice(on, level, replace=False)] = 1
        key[rng.choice(off, 4 - level, replace=False)] = rng.choice([-1, 1])
        keys.append(key * 2.0 ** rng.integers(0, 3))
        levels.append(level)
    want = sorted(range(10), key=lambda i: -levels[i])
    for k in (2, 3, 5, 10):
        says = "Several memories are exactly as similar as each other. Those that come first in the store come first."
        look = "a sort that is stable; a descending order made by turning round an ascending one reverses ties"
        expect.equal(_top(answer, query, keys, k), want[:k], says, expected="another order", look=look)


@check("mem-poison")
def no_more_than_there_are(answer, rng):
    """gives all memories where there are fewer than k, and none of an empty store"""
    n = int(rng.integers(3, 6))
    query, keys = _fan(rng, n, 5)
    keys, at = _shuffled(rng, keys)
    for k in (n, n + 1, 10 * n):
        says = "Where k is larger than the store, all memories are retrieved, still in order."
        expect.equal(_top(answer, query, keys, k), at, says, expected="all indices, in order")
    expect.equal(_top(answer, query, np.zeros((0, 5)), 3), [], "Of an empty store nothing is retrieved.")


def _chain(rng, none, only_retrieved, acted, harmful):
    """Three lists of flags, of so many requests that get so far."""
    steps = rng.permutation([0] * none + [1] * only_retrieved + [2] * acted + [3] * harmful)
    return [[bool(step >= at) for step in steps] for at in (1, 2, 3)]


def _rates(answer, flags):
    got = answer.call("attack_rates", *flags)
    expect.true(isinstance(got, dict), "Give back a dict with the four names of the docstring.", got=got)
    missing = [name for name in ("retrieved", "acted", "harmful", "end_to_end") if name not in got]
    expect.true(not missing, "All four rates are wanted, also those that are None.", got=f"a dict without {missing}")
    return got


@check("mem-poison")
def four_denominators(answer, rng):
    """divides each rate by its own number of requests, for fresh flags"""
    for form in (list, np.array):
        none, only, acted, harmful = (int(n) for n in rng.permutation([2, 3, 5, 7]))
        got = _rates(answer, [form(flags) for flags in _chain(rng, none, only, acted, harmful)])
        n = none + only + acted + harmful
        want = {
            "retrieved": (only + acted + harmful) / n,
            "acted": (acted + harmful) / (only + acted + harmful),
            "harmful": harmful / (acted + harmful),
            "end_to_end": harmful / n,
        }
        for name, rate in want.items():
            says = f"{name!r} has another denominator than its neighbours: the docstring says of which requests it is."
            expect.close(got[name], rate, says, look="all requests; the retrieved ones; those acted on")


@check("mem-poison")
def shares_of_nothing(answer, rng):
    """gives None for a share of nothing, and 0 for nothing of something"""
    n = int(rng.integers(2, 9))
    for counts, want in (
        ((n, 0, 0, 0), {"retrieved": 0.0, "acted": None, "harmful": None, "end_to_end": 0.0}),
        ((n, 3, 0, 0), {"retrieved": 3 / (n + 3), "acted": 0.0, "harmful": None, "end_to_end": 0.0}),
        ((n, 1, 3, 0), {"retrieved": 4 / (n + 4), "acted": 3 / 4, "harmful": 0.0, "end_to_end": 0.0}),
        ((0, 0, 0, n), {"retrieved": 1.0, "acted": 1.0, "harmful": 1.0, "end_to_end": 1.0}),
    ):
        got = _rates(answer, _chain(rng, *counts))
        for name, rate in want.items():
            says = f"{name!r}: nothing of some requests is 0, a share of no requests is None. End to end is of all."
            if rate is None:
                expect.true(got[name] is None, says, expected="None", got=got[name])
            else:
                expect.close(got[name], rate, says, look="0 / n and 0 / 0; a product with None in it")


@check("mem-poison")
def steps_in_their_order(answer, rng):
    """refuses requests that skip a step, and no requests, with a ValueError"""
    flags = np.array(_chain(rng, 3, 4, 3, 3))
    r, a, h = flags
    says = "A request was acted on without a poisoned memory, or did harm without being acted on: the flags don't "
    says += "belong together. Look at each request: the sums alone can be right. Raise ValueError."
    skipped = a.copy()
    skipped[np.flatnonzero(~r)[0]] = True  # fewer are acted on than retrieved, all the same
    answer.raises("attack_rates", r.tolist(), skipped.tolist(), h.tolist(), says=says)
    for number in (np.flatnonzero(r & ~a)[0], np.flatnonzero(~r)[0]):
        skipped = h.copy()
        skipped[number] = True
        answer.raises("attack_rates", r.tolist(), a.tolist(), skipped.tolist(), says=says)
    answer.raises("attack_rates", [], [], [], says="No requests, no rates: raise ValueError.")


# mem-debug ------------------------------------------------------------------------------------------------------

ROOMS = ["hall", "kitchen", "pantry", "bath", "study", "cellar", "bedroom", "attic", "garage"]
PLACES = [f"{room}-{piece}" for room in ROOMS for piece in ("drawer", "shelf")]
THINGS = ["mug", "plate", "pen", "key", "rope", "hat"]
LOG = "how `avoid` grows: by what was opened and by what was locked, in this house, since the last beginning"


def _order(rng):
    return [str(place) for place in rng.permutation(PLACES)]


def _run(answer, order, each, trials, target, place, obstacle):
    """What the answer gives for one house, as (number, notes), each note as plain lists."""
    house = answer.make("world.House", 3, target, place, obstacle)
    got = answer.call("record_trials", house, answer.make("world.scripted_attempt", order, each), trials)
    expect.true(isinstance(got, list | tuple) and len(got) == 2, "Give back two things: (number, record).", got=got)
    number, record = got
    says = "The record is a list of notes, each a dict with target, opened and locked, and nothing else."
    fits = isinstance(record, list | tuple) and all(isinstance(note, dict) for note in record)
    expect.true(fits, says, got=record)
    for note in record:
        expect.equal(sorted(map(str, note)), ["locked", "opened", "target"], says, expected="other entries")
        expect.true(isinstance(note["opened"], list | tuple), "`opened` is as in the log.", got=note["opened"])
    return number, [[note["target"], list(note["opened"]), note["locked"]] for note in record]


def _want(order, each, trials, target, place, obstacle):
    notes, avoid = [], set()
    for number in range(1, trials + 1):
        tried = [p for p in order if p not in avoid][:each]
        found = obstacle == "none" and place in tried
        if found:
            tried = tried[: tried.index(place)]
        locked = place if obstacle == "locked" and place in tried else None
        notes.append([target, [p for p in tried if p != locked], locked])
        if found:
            return number, notes
        avoid |= set(tried)
        if len(avoid) == len(order):
            avoid = set()
    return None, notes


def _expect(answer, says, order, each, trials, target, place, obstacle, look=LOG):
    number, notes = _run(answer, order, each, trials, target, place, obstacle)
    want, right = _want(order, each, trials, target, place, obstacle)
    if want is None:
        expect.true(number is None, says, expected="None in place of a number", got=number, look=look)
    else:
        expect.equal(number, want, says, look=look)
    expect.equal(len(notes), len(right), says, expected="one note for each trial", look=look)
    expect.equal(notes, right, says, expected="other notes", look=look)


@check("mem-debug")
def fresh_houses(answer, rng):
    """works through fresh houses of each kind with fresh orders"""
    for obstacle in ("none", "locked", "buried"):
        order, each = _order(rng), int(rng.integers(3, 6))
        place = order[int(rng.integers(2 * each, 3 * each))]  # found in the third trial
        says = f"A house with the obstacle {obstacle!r} where the place comes in the third trial. Each trial leaves "
        says += "out what all trials before it have opened or found locked."
        _expect(answer, says, order, each, 5, str(rng.choice(THINGS)), place, obstacle)


@check("mem-debug")
def nothing_of_another_house(answer, rng):
    """keeps houses apart, also houses of the same target"""
    target = str(rng.choice(THINGS))
    look = "where the list of notes is made: once for each call, or once for all of them"
    for _ in range(2):
        order, each = _order(rng), int(rng.integers(3, 6))
        place = order[each + 1]  # the second place of the second trial
        says = "Another house, or the same one again: the record begins empty, whatever happened before."
        _expect(answer, says, order, each, 4, target, place, "none", look)
        _expect(answer, says, order, each, 4, target, place, "none", look)
        _expect(answer, says, order[::-1], each, 4, target, order[0], "buried", look)


@check("mem-debug")
def the_answer_stays_out(answer, rng):
    """is not told where the thing lies, and sends the agent nowhere first"""
    order = _order(rng)
    for each in (2, 4):
        place = order[3 * each]  # the first of the fourth trial
        says = "Nothing but the log may lead the agent: it gets to this place in the fourth trial, and not earlier."
        look = "`house.place` is for the world, not for the agent; `first`"
        _expect(answer, says, order, each, 6, str(rng.choice(THINGS)), place, "none", look)
    says = "The thing is buried. The agent has opened the place without seeing it, and has no reason to come back."
    _expect(answer, says, order, 5, 3, str(rng.choice(THINGS)), order[2], "buried", "a look into `house`")


@check("mem-debug")
def a_lock_is_tried_once(answer, rng):
    """avoids a place that was found locked, as if it had been opened"""
    order, each, target = _order(rng), int(rng.integers(3, 6)), str(rng.choice(THINGS))
    for place in (order[0], order[each - 1], order[each + 1]):
        says = "A locked place is found in the first or second trial. Whoever comes back stands before the same lock."
        _expect(answer, says, order, each, 3, target, place, "locked")


@check("mem-debug")
def begins_anew(answer, rng):
    """begins anew when every place was tried, with a record that goes on"""
    order, each = _order(rng), int(rng.choice([3, 6]))  # three rounds and more: the last trial alone is not all
    sweep = len(PLACES) // each
    for obstacle, place in (("buried", order[1]), ("locked", order[0]), ("locked", order[-1])):
        says = f"All places are used up after {sweep} trials: the next trial avoids none of them, and the trials after "
        says += "it avoid what was tried since. No note is thrown away."
        look = "what is emptied when all are used up, when, and what is collected afterwards"
        _expect(answer, says, order, each, 3 * sweep + 1, str(rng.choice(THINGS)), place, obstacle, look)


@check("mem-debug")
def not_before_all_were_tried(answer, rng):
    """begins anew when the last place was tried, not with one place left"""
    order = _order(rng)
    for each, place, obstacle in ((17, order[4], "buried"), (17, order[-1], "none"), (17, order[2], "locked")):
        says = "One place is left after the first trial: the second tries it, and only then are all used up."
        look = "the comparison with `world.PLACES`; a count that is one off; a locked place counts as tried"
        _expect(answer, says, order, each, 4, str(rng.choice(THINGS)), place, obstacle, look)
    each = 5  # the last trial of a round has three places
    says = "A round that doesn't come out even ends with a short trial, and the next one begins at the first place."
    _expect(answer, says, order, each, 10, str(rng.choice(THINGS)), order[7], "buried")


@check("mem-debug")
def as_many_trials_as_allowed(answer, rng):
    """counts trials from 1, stops at the solved one and at the last one allowed, five if nothing is said"""
    order, target = _order(rng), str(rng.choice(THINGS))
    for trials in (1, int(rng.integers(3, 5))):
        says = "The thing lies in the last place of the last trial that is allowed, or just behind it."
        look = "`range`; the note of the solved trial; the number of a trial that solved nothing"
        _expect(answer, says, order, 3, trials, target, order[3 * trials - 1], "none", look)
        _expect(answer, says, order, 3, trials, target, order[3 * trials], "none", look)
    says = "The first place is the right one: solved by trial 1, with a note that lists nothing."
    _expect(answer, says, order, 3, 4, target, order[0], "none", "0 against 1; the note of the solved trial")
    house = answer.make("world.House", 3, target, order[-1], "none")
    got = answer.call("record_trials", house, answer.make("world.scripted_attempt", order, 3))
    right = isinstance(got, list | tuple) and len(got) == 2 and got[0] is None and len(got[1]) == 5
    expect.true(right, "Without a number in the call five trials are allowed.", expected="None and five notes", got=got)
