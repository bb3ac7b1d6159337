"""Held-back checks of unit 04: what a compaction did, stale and conflicting records, what a statement rests on."""

import numpy as np

from worktest.checks import check, expect

THINGS = ["mug", "plate", "bowl", "spoon", "book", "pen", "letter", "stamp", "towel", "soap", "comb", "brush"]
THINGS += ["key", "coin", "watch", "phone", "rope", "hammer", "nail", "torch", "hat", "scarf", "glove", "boot"]
ROOMS = ["hall", "kitchen", "pantry", "bath", "study", "cellar", "bedroom", "attic", "garage"]
PLACES = [f"{room}-{piece}" for room in ROOMS for piece in ("drawer", "shelf")]


def _some(rng, names, n):
    """``n`` different names, as plain strings."""
    return [names[i] for i in rng.permutation(len(names))[:n]]


# mem-compact ----------------------------------------------------------------------------------------------------

COUNTS = ["kept", "changed", "lost", "invented", "absent", "false"]


def _home(rng, **sizes):
    """A home with so many things of each sort, and (before, after, truth) in which "unknown" is written out.

    The sorts are named for the group and for what is true: "kept_true", "changed_to_true", ...
    """
    things = iter(_some(rng, THINGS, sum(sizes.values())))
    before, after, truth = {}, {}, {}
    for sort, size in sizes.items():
        for _ in range(size):
            thing, (place, second, third) = next(things), _some(rng, PLACES, 3)
            truth[thing] = place
            before[thing], after[thing] = {
                "kept_true": (place, place),
                "kept_false": (second, second),
                "changed_to_true": (second, place),
                "changed_to_false": (place, second),
                "changed_twice_false": (second, third),
                "lost_true": (place, "unknown"),
                "lost_false": (second, "unknown"),
                "invented_true": ("unknown", place),
                "invented_false": ("unknown", second),
                "absent": ("unknown", "unknown"),
            }[sort]
    return before, after, truth


def _shuffled(rng, answers):
    return {thing: answers[thing] for thing in _some(rng, list(answers), len(answers))}


def _expect_counts(got, says, look="", **want):
    form = "Give back a dictionary with these keys, a count for each, also where it is 0: " + ", ".join(COUNTS) + "."
    expect.true(isinstance(got, dict) and sorted(map(str, got)) == sorted(COUNTS), form, got=got)
    for name in COUNTS:
        expect.close(got[name], want.get(name, 0), f"{name!r}: {says}", look=look)


def _sizes(rng):
    sorts = ["kept_true", "kept_false", "changed_to_true", "changed_to_false", "changed_twice_false"]
    sorts += ["lost_true", "lost_false", "invented_true", "invented_false", "absent"]
    sizes = {sort: int(rng.integers(1, 3)) for sort in _some(rng, sorts, 10)}
    return sizes | {"kept_false": 3, "changed_to_true": 1, "invented_true": 1}  # so that no two mistakes cancel


def _wanted(sizes):
    want = dict.fromkeys(COUNTS, 0)
    for sort, size in sizes.items():
        want[sort.split("_")[0]] += size
        want["false"] += size * (sort.endswith("_false") and not sort.startswith("lost"))
    return want


@check("mem-compact")
def fresh_homes(answer, rng):
    """counts right in fresh homes with everything in them"""
    for _ in range(3):
        sizes = _sizes(rng)
        before, after, truth = _home(rng, **sizes)
        got = answer.call("compaction_audit", _shuffled(rng, before), _shuffled(rng, after), truth)
        says = "go through the things one by one: the answer before, the answer after, and for 'false' the truth."
        _expect_counts(got, says, **_wanted(sizes))


@check("mem-compact")
def left_out_or_written_out(answer, rng):
    """counts the same whether unknown is written out or the thing left out"""
    sizes = _sizes(rng)
    before, after, truth = _home(rng, **sizes)
    says = "a thing that is left out counts as unknown, before and after."
    for keep in (0.0, 0.5):
        short = [
            {thing: place for thing, place in answers.items() if place != "unknown" or rng.random() < keep}
            for answers in (before, after)
        ]
        _expect_counts(answer.call("compaction_audit", *short, truth), says, **_wanted(sizes))
    n = len(truth)
    _expect_counts(answer.call("compaction_audit", {}, {}, truth), says, absent=n)
    _expect_counts(answer.call("compaction_audit", {}, truth, truth), says, invented=n)
    _expect_counts(answer.call("compaction_audit", truth, {}, truth), says, lost=n)


@check("mem-compact")
def counts_nothing_else(answer, rng):
    """leaves out what is not in the truth, and manages without anything"""
    sizes = {"kept_true": 2, "changed_to_false": 3, "absent": 1}
    before, after, truth = _home(rng, **sizes)
    strangers = _some(rng, [thing for thing in THINGS if thing not in truth], 4)
    before |= dict(zip(strangers[:3], _some(rng, PLACES, 3), strict=True))
    after |= dict(zip(strangers[1:], _some(rng, PLACES, 3), strict=True))
    says = "the things in `truth` are counted and no others; a summary has lines for kinds of things, for instance."
    got = answer.call("compaction_audit", _shuffled(rng, before), _shuffled(rng, after), truth)
    _expect_counts(got, says, **_wanted(sizes))
    _expect_counts(answer.call("compaction_audit", before, after, {}), says)


@check("mem-compact")
def false_whichever_it_is(answer, rng):
    """counts every false place after compaction, also one that was kept"""
    says = "'false' looks at the place after compaction and at the truth, and at nothing else. Unknown is no place."
    for sort, want in (
        ("kept_false", {"kept": 1, "false": 1}),
        ("changed_to_false", {"changed": 1, "false": 1}),
        ("changed_twice_false", {"changed": 1, "false": 1}),
        ("invented_false", {"invented": 1, "false": 1}),
        ("lost_true", {"lost": 1}),
        ("lost_false", {"lost": 1}),
        ("absent", {"absent": 1}),
    ):
        n = int(rng.integers(2, 6))
        got = answer.call("compaction_audit", *_home(rng, **{sort: n}))
        _expect_counts(got, says, **{name: n * count for name, count in want.items()})


@check("mem-compact")
def right_by_luck(answer, rng):
    """counts a place as changed or invented although it is the true one"""
    says = (
        "a place that the memory did not name before is changed or invented. That it is true is luck, and not 'false'."
    )
    for sort, name in (("changed_to_true", "changed"), ("invented_true", "invented")):
        n = int(rng.integers(2, 6))
        _expect_counts(answer.call("compaction_audit", *_home(rng, **{sort: n})), says, **{name: n})


@check("mem-compact")
def wrong_before_already(answer, rng):
    """compares after with before, and not with the truth"""
    says = (
        "the memory was wrong before. Kept, changed and lost ask what compaction did to it, not whether it was right."
    )
    sizes = {sort: int(rng.integers(2, 5)) for sort in ("kept_false", "lost_false", "changed_twice_false")}
    _expect_counts(answer.call("compaction_audit", *_home(rng, **sizes)), says, **_wanted(sizes))


@check("mem-compact")
def unknown_is_no_place(answer, rng):
    """tells unknown both times from a place both times"""
    says = "unknown before and unknown after is nothing kept; unknown on one side is nothing changed."
    sizes = {sort: int(rng.integers(2, 5)) for sort in ("absent", "lost_true", "invented_true")}
    _expect_counts(answer.call("compaction_audit", *_home(rng, **sizes)), says, **_wanted(sizes))


# mem-resolve ----------------------------------------------------------------------------------------------------

EVIDENCE = ("saw", "told")


def _resolve(answer, rng, rows, thing, want, says, look=""):
    """Ask for a thing; ids and the order in the list are drawn anew, for neither may matter."""
    for order in (range(len(rows)), range(len(rows))[::-1], rng.permutation(len(rows)).tolist()):
        ids = rng.permutation(100)[: len(rows)].tolist()
        table = [[number, *rows[i], []] for number, i in zip(ids, order, strict=True)]
        got = answer.call("resolve", answer.make("world.make_records", table), thing)
        if want is None:
            expect.true(got is None, says, expected="None", got=str(got), look=look)
        else:
            expect.equal(got, want, says, expected="another place" if got else "a place", look=look)


def _by_the_rule(rows, thing):
    best = max(((day, how == "saw") for name, _, day, how in rows if name == thing and how in EVIDENCE), default=None)
    places = {
        place for name, place, day, how in rows if name == thing and how in EVIDENCE and (day, how == "saw") == best
    }
    return places.pop() if len(places) == 1 else None


@check("mem-resolve")
def fresh_stores(answer, rng):
    """follows the rule for every thing of a fresh store"""
    things = _some(rng, THINGS, 4)
    places = _some(rng, PLACES, 3)
    rows = [
        [things[rng.integers(3)], places[rng.integers(3)], int(rng.integers(1, 6)), how]
        for how in rng.permutation(["saw"] * 6 + ["told"] * 8 + ["guess"] * 4).tolist()
    ]
    says = "Evidence of this thing, its latest day, saw before told, and one place that all agree on, or None."
    rows += [[things[i], places[i], 6, "saw"] for i in range(2)]
    for thing in things:  # of the last there is no record
        _resolve(answer, rng, rows, thing, _by_the_rule(rows, thing), says)


@check("mem-resolve")
def the_day_decides(answer, rng):
    """follows the latest day, not the position in the list, the number of records, or how it is known"""
    (thing,), (old, one, two) = _some(rng, THINGS, 1), _some(rng, PLACES, 3)
    day = int(rng.integers(10, 13))  # two digits beside one: days are numbers, not texts
    older = [[thing, old, d, how] for d, how in ((day - 1, "saw"), (day - 2, "saw"), (8, "told"), (2, "saw"))]
    for how, new in zip(EVIDENCE, (one, two), strict=True):
        says = "One record of a later day outweighs any number of older ones, whether it was seen or told."
        _resolve(answer, rng, [*older, [thing, new, day, how]], thing, new, says)


@check("mem-resolve")
def seen_and_told_on_one_day(answer, rng):
    """believes what was seen on the latest day, however often another place was told"""
    (thing,), (one, two, old) = _some(rng, THINGS, 1), _some(rng, PLACES, 3)
    for seen, told in ((one, two), (two, one)):
        rows = [[thing, seen, 7, "saw"], [thing, old, 6, "saw"]] + [[thing, told, 7, "told"]] * int(rng.integers(2, 5))
        _resolve(answer, rng, rows, thing, seen, "On the same day, saw beats told: it is no conflict and no vote.")


@check("mem-resolve")
def conflicts_are_not_settled(answer, rng):
    """gives None for two places of the same day and the same kind, whatever else speaks for one of them"""
    (thing,), (one, two) = _some(rng, THINGS, 1), _some(rng, PLACES, 2)
    says = "What is left after rule 3 names two places, so the agent asks. No majority and no weaker record decides."
    for how in EVIDENCE:
        conflict = [[thing, one, 9, how], [thing, two, 9, how]]
        more = [[thing, one, 9, how], [thing, one, 8, "saw"], [thing, one, 9, "guess"]]
        if how == "saw":
            more.append([thing, one, 9, "told"])
        for extra in ([], more):
            _resolve(
                answer, rng, conflict + extra, thing, None, says, "majorities; the first or last of two; older ones"
            )
        later = [*conflict, *more, [thing, two, 10, "told"]]
        _resolve(answer, rng, later, thing, two, "A later day ends the conflict: only the latest evidence counts.")


@check("mem-resolve")
def agreement_is_an_answer(answer, rng):
    """answers when several records of the latest day name the same place"""
    (thing,), (one, two, three, old) = _some(rng, THINGS, 1), _some(rng, PLACES, 4)
    says = "Several records that agree are no conflict: what counts is how many places they name."
    for hows, place in ((["saw", "saw"], one), (["told"] * 3, two), (["saw", "told"], three)):
        rows = [[thing, place, 5, how] for how in hows] + [[thing, old, 4, "saw"]]
        _resolve(answer, rng, rows, thing, place, says)


@check("mem-resolve")
def made_up_records_are_no_evidence(answer, rng):
    """leaves guesses and summaries out, the newest ones as well"""
    (thing,), (place, other) = _some(rng, THINGS, 1), _some(rng, PLACES, 2)
    for made in ("guess", "summary"):
        for day in (5, 6):  # on the day of the evidence, and after it
            rows = [[thing, place, 5, "told"], [thing, other, day, made], [thing, other, day, made]]
            says = "A guess or a summary was made from other records. It neither wins nor contradicts."
            _resolve(answer, rng, rows, thing, place, says, "rule 1 comes first, before you look for the latest day")
        rows = [[thing, other, 5, made]]
        _resolve(answer, rng, rows, thing, None, "With guesses and summaries alone there is no evidence: None.")


@check("mem-resolve")
def other_things_do_not_matter(answer, rng):
    """looks at records of this very thing alone, and gives None without any"""
    (thing, another), (place, other) = _some(rng, THINGS[4:], 2), _some(rng, PLACES, 2)
    kinds = ["dishes", "papers", "washing", "small", "tools", "clothes"]
    rows = [[thing, place, 5, str(rng.choice(EVIDENCE))], [another, other, 9, "saw"], [another, place, 2, "told"]]
    rows += [[kind, other, day, how] for kind in kinds for day, how in ((9, "summary"), (5, "saw"))]
    says = "Records of other things and of whole kinds say nothing of this one, neither a place nor a day."
    _resolve(answer, rng, rows, thing, place, says, "the latest day of this thing's evidence, not of the whole store")
    _resolve(answer, rng, rows, "mug", None, "There is no record of this very thing: None, and no error.")
    _resolve(answer, rng, [], thing, None, "An empty store has no answer: None, and no error.")


# mem-provenance -------------------------------------------------------------------------------------------------

LIST = "Give back a list of ids (whole numbers)."


def _whole(got):
    expect.true(isinstance(got, list | tuple | np.ndarray), LIST, expected="a list", got=got)
    return [int(expect.number(number, LIST)) for number in np.asarray(got).tolist()]


def _support(answer, rng, rows, thing, place, cited, want, says, look=""):
    """Ask for what supports a statement; the archive's order is drawn anew."""
    archive = answer.make("world.make_archive", [rows[i] for i in rng.permutation(len(rows))])
    got = answer.call("support", thing, place, cited, archive)
    expect.equal(_whole(got), want, says, expected="another list of ids", look=look)


def _statement(rng):
    """(thing, another thing, place, another place)."""
    return *_some(rng, THINGS, 2), *_some(rng, PLACES, 2)


def _numbers(rng, n):
    """Different ids; the first two have one digit and two, so that texts sort otherwise than numbers."""
    small, middle = rng.permutation(np.arange(2, 10))[:3].tolist(), rng.permutation(np.arange(10, 20))[:3].tolist()
    rest = rng.permutation(small[1:] + middle[1:] + rng.permutation(np.arange(100, 900))[: n - 6].tolist())
    return [int(i) for i in (*rng.permutation([small[0], middle[0]]), *rest)]


def _below(rows, cited):
    by_id, left, seen = {row[0]: row for row in rows}, list(cited), set()
    while left:
        number = left.pop()
        if number in by_id and number not in seen:
            seen.add(number)
            left += by_id[number][5] if by_id[number][4] in ("guess", "summary") else []
    return [by_id[number] for number in seen]


@check("mem-provenance")
def fresh_archives(answer, rng):
    """finds the observations in fresh archives"""
    for _ in range(3):
        thing, another, place, other = _statement(rng)
        ids = _numbers(rng, 30)
        rows = [
            [i, (thing, another)[rng.integers(2)], (place, other)[rng.integers(2)], k, ("saw", "told")[k % 2], []]
            for k, i in enumerate(ids[:16])
        ]
        rows[:2] = [[ids[0], thing, place, 0, "saw", []], [ids[1], thing, place, 1, "told", []]]
        for k, i in enumerate(ids[16:28], start=16):
            # the first four name observations, later ones also what was made before
            sources = rng.permutation(ids[: 16 if k < 20 else k])[:4].tolist()
            rows.append([i, thing, place, k, ("guess", "summary")[k % 2], sources])
        top = [ids[28], thing, place, 40, "summary", [ids[0], ids[1], ids[26], ids[27]]]
        rows.append(top)
        cited = [ids[28], ids[20]]
        want = sorted(r[0] for r in _below(rows, cited) if r[1:3] == [thing, place] and r[4] in ("saw", "told"))
        says = (
            "All observations of this thing in this place that can be reached from the cited records, in rising order."
        )
        _support(answer, rng, rows, thing, place, cited, want, says)


@check("mem-provenance")
def any_number_of_levels(answer, rng):
    """follows the sources down through any number of levels"""
    thing, _, place, other = _statement(rng)
    for levels in (0, 1, 2, int(rng.integers(4, 9))):
        ids = _numbers(rng, 20)
        rows = [[ids[0], thing, place, 1, "told", []]]
        for i, below in zip(ids[1 : levels + 1], ids, strict=False):
            rows.append([i, thing, other, 2, str(rng.choice(["guess", "summary"])), [below]])
        says = "A summary may be made of summaries, and a cited record may be an observation: go down to the end."
        _support(answer, rng, rows, thing, place, [rows[-1][0]], ids[:1], says, "how many levels are followed")


@check("mem-provenance")
def circles_end(answer, rng):
    """comes to an end when records name each other in a circle"""
    thing, _, place, _ = _statement(rng)
    for length in (1, 2, int(rng.integers(3, 7))):
        ids = _numbers(rng, 12)
        circle, seen = ids[:length], ids[length]
        rows = [
            [i, thing, place, 2, "summary", [after]] for i, after in zip(circle, circle[1:] + circle[:1], strict=True)
        ]
        says = "Records that rest on each other rest on nothing. Look at each record once, then stop."
        _support(answer, rng, rows, thing, place, circle[:1], [], says, "what you do with an id that you have seen")
        rows[-1][5] = [*rows[-1][5], seen]
        rows.append([seen, thing, place, 1, "saw", []])
        says = "A circle hides nothing: an observation that one of its records names is still found, and once."
        _support(answer, rng, rows, thing, place, circle[:1], [seen], says)


@check("mem-provenance")
def ids_that_are_not_there(answer, rng):
    """passes over ids that the archive does not have, cited or named as a source"""
    thing, _, place, _ = _statement(rng)
    ids = _numbers(rng, 12)
    rows = [[ids[0], thing, place, 1, "saw", []], [ids[1], thing, place, 2, "summary", [ids[2], ids[0], ids[3]]]]
    says = "An id that the archive doesn't have supports nothing. It is no error, and what stands beside it counts."
    _support(answer, rng, rows, thing, place, [ids[4], ids[1], ids[5]], ids[:1], says)
    _support(answer, rng, rows, thing, place, ids[4:7], [], says)
    _support(answer, rng, [], thing, place, ids[:2], [], "An empty archive supports nothing.")
    _support(answer, rng, rows, thing, place, [], [], "An answer that cites nothing rests on nothing.")


@check("mem-provenance")
def each_once_in_rising_order(answer, rng):
    """names each observation once, in rising order of the ids, by whichever way it is reached"""
    thing, _, place, other = _statement(rng)
    ids = _numbers(rng, 14)
    rows = [[i, thing, place, k, ("saw", "told")[k % 2], []] for k, i in enumerate(ids[:8])]
    rows += [[ids[8], thing, other, 9, "summary", ids[:5]], [ids[9], thing, other, 9, "guess", ids[3:8][::-1]]]
    rows.append([ids[10], thing, other, 9, "summary", [ids[9], ids[8], ids[0]]])
    falling = sorted(ids[:8], reverse=True)
    for cited in ([ids[10]], [ids[9], ids[8], ids[9]], falling + falling[:3]):
        says = "An observation is reached by several ways and counts once. The ids are numbers, in rising order."
        _support(answer, rng, rows, thing, place, cited, sorted(ids[:8]), says, "duplicates; the order at the end")


@check("mem-provenance")
def only_who_has_looked_counts(answer, rng):
    """counts no guess and no summary, whatever it says, with or without sources"""
    thing, another, place, other = _statement(rng)
    ids = _numbers(rng, 12)
    for made in ("guess", "summary"):
        rows = [
            [ids[0], thing, place, 1, made, []],
            [ids[1], thing, place, 2, made, [ids[0], ids[2], ids[3]]],
            [ids[2], another, place, 1, "saw", []],
            [ids[3], thing, other, 1, "told", []],
        ]
        says = (
            "Guess and summary repeat what others say. Below them nobody has seen or heard of this thing in this "
            "place, so nothing supports the statement."
        )
        _support(answer, rng, rows, thing, place, [ids[1]], [], says, "thing and place must both be right")
        rows.append([ids[4], thing, place, 1, "told", []])
        rows[1][5] = [*rows[1][5], ids[4]]
        says = "The one observation that says just this is the support. The records above and beside it are not."
        _support(answer, rng, rows, thing, place, [ids[1], ids[0], ids[2]], [ids[4]], says)


@check("mem-provenance")
def only_what_is_reached(answer, rng):
    """leaves out observations that no way leads to, however well they fit"""
    thing, another, place, _ = _statement(rng)
    ids = _numbers(rng, 12)
    rows = [[i, thing, place, k, "saw", []] for k, i in enumerate(ids[:4])]
    rows += [[ids[4], thing, place, 5, "summary", [ids[0]]], [ids[5], thing, place, 6, "summary", [ids[4], ids[1]]]]
    rows.append([ids[6], another, place, 6, "told", [ids[2]]])
    says = "The question is what *this* answer rests on. Records that it neither cites nor rests on don't count."
    _support(answer, rng, rows, thing, place, [ids[4]], ids[:1], says, "where you begin; the way leads down, not up")
    says = "An observation is the end of the way: whatever its `sources` are, nothing below it is needed or used."
    _support(answer, rng, rows, thing, place, [ids[6], ids[5]], sorted(ids[:2]), says)


@check("mem-provenance")
def leaves_the_archive_as_it_is(answer, rng):
    """gives the same answer when it is asked again"""
    thing, _, place, other = _statement(rng)
    ids = _numbers(rng, 12)
    rows = [[i, thing, place, k, "saw", []] for k, i in enumerate(ids[:4])]
    rows.append([ids[4], thing, other, 5, "summary", ids[:3]])
    archive = answer.make("world.make_archive", rows)
    for cited, want in (([ids[4]], ids[:3]), ([ids[4], ids[3]], ids[:4]), ([ids[4]], ids[:3])):
        got = answer.call("support", thing, place, cited, archive)
        expect.true(isinstance(got, list | tuple | np.ndarray), LIST, expected="a list", got=got)
        says = (
            "The archive is asked more than once. Mark what you have seen in a set of your own, and take nothing out."
        )
        expect.equal(_whole(got), sorted(want), says, expected="another list of ids")
