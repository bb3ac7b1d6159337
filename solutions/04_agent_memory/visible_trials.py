"""Visible checks of unit 04: what reflections repeat and claim, and which houses are solved when."""

from worktest.checks import check, expect

# mem-reflect ----------------------------------------------------------------------------------------------------


@check("mem-reflect")
def said_before_not_only_just_before(answer, rng):
    """counts a reflection that repeats any earlier one, not the last one only"""
    attic, rope = "It must be in the attic.", "Plan: find a rope, then ask the neighbours about the ladder."
    got = answer.call("repetition_rate", [attic, rope, attic, rope])
    expect.close(
        got,
        2 / 3,
        "Four reflections, of which the third says again what the first said, and the fourth what the second said. A "
        "repetition is one of any earlier reflection.",
        look="which earlier texts you compare with, and that the first reflection can repeat nothing: it isn't counted",
    )


@check("mem-reflect")
def one_word_apart_is_still_said_again(answer, rng):
    """takes nearly the same for the same, and other words for other words"""
    texts = [
        "The shelf in the cellar is locked and I have no key.",
        "The shelf in the cellar is locked and I had no key.",
    ]
    says = "The two texts differ in two letters. By their similarity they are one and the same reflection."
    look = "the ratio of `difflib.SequenceMatcher`, not the question whether the texts are equal"
    expect.close(answer.call("repetition_rate", texts), 1.0, says, look=look)
    got = answer.call("repetition_rate", ["I never saw any mug.", "Start with the pantry: quickly!"])
    expect.close(got, 0.0, "Two texts that have little in common are no repetition.")


@check("mem-reflect")
def a_word_of_its_own(answer, rng):
    """finds the target as a word, and not within another word"""
    house = answer.make("world.House", 1, "pen", "study-shelf", "none")
    rows = [
        ["I could not open it.", "locked", "study-shelf"],
        ["Next time I will take the pen.", "object", "pen"],
        ["It must be in the pantry-shelf.", "place", "pantry-shelf"],
    ]
    got = answer.call("truth_rates", answer.make("world.make_reflections", rows), house)
    mentioned, true = expect.array(got, (2,), "Give back two shares, (mentioned, true).")
    says = "One of three texts has the pen as a word of its own, with a full stop behind it."
    expect.close(mentioned, 1 / 3, says, look='"pen" is a part of "open", and "pen." is not the word "pen" for `split`')
    says = 'Only one of the three claims holds. The house has no lock, so the claim "locked" is false although the '
    expect.close(true, 1 / 3, says + "place is the right one.", look="each claim against the house, not the text")


# mem-writers ----------------------------------------------------------------------------------------------------


@check("mem-writers")
def shares_that_only_rise(answer, rng):
    """counts a house that was solved early in all later trials as well"""
    got = answer.call("solved_by", [1, None, 3, 3, None], 4)
    got = expect.array(got, (4, 3), "Give back a row (share, low, high) for each trial.")
    expect.close(
        got[:, 0],
        [0.2, 0.2, 0.6, 0.6],
        "Five houses: one was solved by the first trial and two more by the third. Two were never solved, and they "
        "belong to the five as well.",
        look="solved *by* a trial, not *in* it; what you divide by",
    )


@check("mem-writers")
def intervals_stay_between_zero_and_one(answer, rng):
    """gives Wilson intervals: never without a width, never beyond 0 or 1"""
    got = answer.call("solved_by", [2, 2, 2, 2, 2], 2)
    got = expect.array(got, (2, 3), "Give back a row (share, low, high) for each trial.")
    says = "No house of five, then all five: the share is 0 and then 1, but five houses don't prove so much."
    expect.close(got[:, 0], [0.0, 1.0], says)
    z2 = 3.8414588
    expect.close(
        got[:, 1:],
        [[0.0, z2 / (5 + z2)], [5 / (5 + z2), 1.0]],
        says + " Wilson's interval ends at 0 or 1 on one side and has a width on the other.",
        look="the method of the interval: the textbook one has no width here, the exact one has another",
    )


@check("mem-writers")
def only_disagreements_count(answer, rng):
    """counts the houses that only one of two writers solved, and tests these"""
    first = [True] * 6 + [False] * 6 + [True] * 3
    second = [False] * 6 + [False] * 3 + [True] * 3 + [True] * 3
    got = answer.call("paired_test", first, second)
    got = expect.array(got, (3,), "Give back three numbers: only the first, only the second, p.")
    says = "Count the houses that one solved and the other did not, for each of the two, the first writer's first."
    expect.close(got[:2], [6, 3], says)
    expect.close(
        got[2],
        260 / 512,
        "Nine houses tell the two writers apart. Under the null each of these falls to either like a coin. The others "
        "say nothing about the difference.",
        look="which houses enter the test; both tails; exact and not by a chi-square",
    )
