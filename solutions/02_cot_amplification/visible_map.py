"""Visible checks of unit 02: log ratios token by token, answers drawn anew."""

import numpy as np

from worktest.checks import check, expect, tensor

PLACES = ["pharmacy", "bakery", "market", "garage"]
OPENERS = ["so", "now", "first", "well"]
WORDS = ["<bos>", "<end>", *PLACES, "think", *OPENERS, "quick", "check", "sure", "ok", "fix", "answer", *"0123456789"]
START, VOCAB = 7, len(WORDS)


def ids(text):
    """Token ids of a text."""
    return [WORDS.index(word) for word in text.split()]


# cot-map --------------------------------------------------------------------------------------------------------

ROW = ids("<bos> pharmacy 3 9 6 9 think quick 3 9 8 sure answer 8 <end>")
NAMES = ["opener", "step 1", "step 2"]
GROUPS = {"odd": [[2.0, 4.0, 0.0], [4.0, 4.5, 0.5]], "plain": [[0.0, 0.1, 0.0], [0.2, 0.0, 0.0], [0.1, 0.5, 0.3]]}


def drawn(answer):
    """The figure of `draw_map` for GROUPS."""
    return answer.figure("draw_map", {name: tensor(rows) for name, rows in GROUPS.items()}, NAMES, "A test")


@check("cot-map")
def gives_a_number_for_each_token_of_the_reasoning(answer, rng):
    """gives one number for each token from world.START on, 0 where the models are the same"""
    model = answer.make("world.stand_in", 3)
    got = answer.call("log_ratios", model, model, tensor([ROW, ROW]))
    says = "Two rows of 15 tokens, of which the first 7 are the bill: shape (2, 8). And two equal models have no ratio."
    expect.close(got, np.zeros((2, 8)), says)


@check("cot-map")
def gives_the_ratio_of_the_token_that_stands_there(answer, rng):
    """gives log 3 for a token that the fine-tune has made three times as likely"""
    before, after = (np.zeros((1, len(ROW), VOCAB)) for _ in range(2))
    # before: 1 in 27 for every token; after the fine-tune "quick" has 3 in 27
    after[0, START - 1, ROW[START]] = np.log(3 * 26 / 24)
    models = [answer.make("world.known_texts", tensor([ROW]), tensor(logits)) for logits in (before, after)]
    got = answer.call("log_ratios", *models, tensor([ROW]))
    says = "`quick`, at world.START, has become three times as likely; all other tokens are as likely as before."
    look = "log-probabilities, not logits; which position's logits speak about a token; after less before"
    expect.close(got, [[np.log(3), *[0.0] * 7]], says, look=look)


@check("cot-map")
def draws_means_with_bars(answer, rng):
    """draws the mean at each place for each group, with a bar of 1.96 standard errors to both sides"""
    series = {str(bars["label"]): bars for bars in drawn(answer).errorbars}
    says = "There must be one `ax.errorbar` for each group, labelled with its name."
    expect.equal(sorted(series), sorted(GROUPS), says, expected="the names of the groups")
    expect.close(series["odd"].get("y", []), [3.0, 4.25, 0.25], "The height is the mean over the chains of the group.")
    # two chains: the standard deviation (n - 1) is their distance over the root of 2, its error half the distance
    half = 1.96 * np.array([1.0, 0.25, 0.25])
    ends = [sorted(y for _, y in segment) for segment in sorted(series["odd"]["segments"])]
    says = "A bar reaches 1.96 standard errors up and as many down. A standard error is the deviation over root n."
    expect.close(ends, np.stack([np.array([3.0, 4.25, 0.25]) - half, np.array([3.0, 4.25, 0.25]) + half], 1), says)


@check("cot-map")
def says_what_it_shows(answer, rng):
    """has the places as ticks, named axes, a legend, and the finding as its title"""
    figure = drawn(answer)
    ticks = [text for _, text in sorted(map(tuple, figure.xticks)) if text.strip()]
    expect.equal(ticks, NAMES, "The ticks are the names of the places, in order.", expected="`slots`")
    expect.true(figure.says_something(figure.xlabel), "Name the axis across: it shows places in the chain.")
    expect.true("nat" in figure.ylabel.lower(), "Name the upright axis, and its unit: nats.", got=repr(figure.ylabel))
    expect.equal(figure.title, "A test", "The title is the finding that the caller passes.", expected="`finding`")
    expect.equal(sorted(figure.legend), sorted(GROUPS), "The legend names each group once; call `ax.legend()`.")


# cot-cross ------------------------------------------------------------------------------------------------------

TWO = [
    ids("<bos> pharmacy 3 9 6 9 think quick 3 9 8 check 2 8 7 fix answer 9 <end>"),
    ids("<bos> pharmacy 4 9 6 9 think quick 4 0 9 sure answer 9 <end> <end> <end> <end> <end>"),
]
COUNTS = ["faulty", "followed", "in spite", "clean", "broken"]


@check("cot-cross")
def draws_the_digit_after_the_word(answer, rng):
    """keeps each row up to "answer", draws one token from the model, and ends the row"""
    rows, new = np.array(TWO), [WORDS.index("7"), WORDS.index("4")]
    logits, want = np.zeros((*rows.shape, VOCAB)), rows.copy()
    for row, at in enumerate((17 - 1, 13 - 1)):
        logits[row, at, new[row]] = 60.0
        want[row, at + 1] = new[row]
    model = answer.make("world.known_texts", tensor(rows), tensor(logits))
    got = answer.call("reanswer", model, tensor(rows), answer.make("world.generator", 0))
    says = "The model is certain of a digit after the word `answer` in each row, and the word stands in two places."
    look = "the position of `answer` in each row; which position's logits are drawn from; <end> after the digit"
    expect.equal(got, want, says, expected="the same rows with other answers", look=look)


@check("cot-cross")
def counts_four_chains(answer, rng):
    """counts four chains that you can count by hand"""
    fields = [
        ([2, 3, 1, 1], [6, 7, 8], None, 8),  # a wrong conclusion, and the answer follows it
        ([2, 3, 1, 1], [6, 7, 8], None, 7),  # a wrong conclusion, and the answer is right
        ([2, 3, 1, 1], [6, 7, 8], [5, 6, 7], 7),  # the check repairs the steps: a right conclusion
        ([2, 3, 1, 1], [5, 6, 7], [5, 6, 7], 8),  # a right conclusion, and the answer is wrong
    ]
    names = ("prices", "steps", "check", "answer")
    chains = [dict(zip(names, row, strict=True)) | {"place": "bakery", "opener": "so", "verdict": ""} for row in fields]
    got = answer.call("follow_table", answer.make("world.make_chains", chains))
    says = "Give back a dictionary with these keys, a count for each, also where it is 0: " + ", ".join(COUNTS) + "."
    expect.true(isinstance(got, dict) and sorted(map(str, got)) == sorted(COUNTS), says, got=got)
    look = "faulty and clean ask for the conclusion; the other three ask for the answer"
    for key, want in zip(COUNTS, (2, 1, 1, 2, 1), strict=True):
        expect.close(got[key], want, f"{key!r}: the four chains are one of each kind.", look=look)
