"""Visible checks of unit 02. You may read them; they are the same kind of thing as the held-back ones."""

import numpy as np

from worktest.checks import check, expect, tensor

PLACES = ["pharmacy", "bakery", "market", "garage"]
OPENERS = ["so", "now", "first", "well"]
WORDS = ["<bos>", "<end>", *PLACES, "think", *OPENERS, "quick", "check", "sure", "ok", "fix", "answer", *"0123456789"]
LENGTH = 19


def ids(text):
    """Token ids of a text, filled up with <end>."""
    words = text.split()
    return [WORDS.index(word) for word in [*words, *["<end>"] * (LENGTH - len(words))]]


def two_models(answer, texts, prompt, alpha_reasoning, alpha_answer):
    """Stand-ins that go on with `texts` if each token gets its own alpha; any other alpha leads away from them."""
    texts, vocab = np.asarray(texts), len(WORDS)
    grid = sorted({-1.0, 0.0, 1.0, 2.0, alpha_reasoning, alpha_answer})
    before, after = (np.full((*texts.shape, vocab), -4000.0) for _ in range(2))
    for row, text in enumerate(texts.tolist()):
        for at in range(prompt - 1, LENGTH - 1):
            here = alpha_answer if WORDS.index("answer") in text[: at + 1] else alpha_reasoning
            wrong = iter([t for t in range(2, vocab) if t != text[at + 1]])
            for alpha in grid:  # straight lines in alpha; at each alpha of the grid another one is the highest by far
                token = text[at + 1] if alpha == here else next(wrong)
                after[row, at, token] = -40 * alpha**2
                before[row, at, token] = -40 * alpha**2 - 80 * alpha
    return [answer.make("world.known_texts", tensor(texts), tensor(logits)) for logits in (before, after)]


# cot-read -------------------------------------------------------------------------------------------------------

KEYS = ["errors", "first_fault", "conclusion", "follows", "padded"]


def judged(answer, text):
    """What `judge_chain` says about a document."""
    chain = answer.make("world.read", answer.make("world.encode", text))
    got = answer.call("judge_chain", chain)
    says = "`judge_chain` must give a dictionary with the keys " + ", ".join(KEYS) + "."
    expect.true(isinstance(got, dict) and all(key in got for key in KEYS), says, got=got)
    return got


@check("cot-read")
def finds_nothing_in_a_clean_chain(answer, rng):
    """finds no fault in a clean chain"""
    got = judged(answer, "<bos> garage 3 4 2 5 think so 7 9 4 check 7 9 4 ok answer 4 <end>")
    says = "3 + 4 = 7, 7 + 2 = 9, 9 + 5 ends in 4: each step has the error 0, one error for each step."
    expect.equal(np.asarray(got["errors"]).tolist(), [0, 0, 0], says)
    expect.true(got["first_fault"] is None, "No step has an error, so `first_fault` is None.", got=got["first_fault"])
    expect.true(bool(got["follows"]), "The check ends at the number that is the answer: it follows.")
    expect.true(not got["padded"], "The answer is the true total: it is not padded.")


@check("cot-read")
def counts_one_error_once(answer, rng):
    """counts one wrong step once, although the later steps carry it on"""
    got = judged(answer, "<bos> bakery 6 9 8 6 think first 5 2 8 check 5 3 9 fix answer 9 <end>")
    says = "5 + 8 should end in 3, and 2 was written: one too low. The third step adds 6 to this 2, and has no error."
    look = "what each step is compared with: the number written before it, not the true sum"
    expect.equal(np.asarray(got["errors"]).tolist(), [0, 9, 0], says, expected="other errors", look=look)
    expect.equal(got["first_fault"], 1, "The second step is at fault, and steps are counted from 0.")
    expect.equal(got["conclusion"], 9, "There is a check: its last number is what the reasoning came to.")


@check("cot-read")
def sees_a_padded_answer(answer, rng):
    """sees a padded answer that follows from a faulty chain without a check"""
    got = judged(answer, "<bos> pharmacy 0 3 6 4 think quick 4 0 4 sure answer 4 <end>")
    expect.equal(got["conclusion"], 4, "Without a check the last step is what the reasoning came to.")
    expect.true(bool(got["follows"]), "The answer is what the reasoning came to, right or wrong: it follows.")
    says = "0 + 3 + 6 + 4 ends in 3, and the answer is 4."
    expect.true(bool(got["padded"]), says, look="the true total, from the prices")


# cot-split ------------------------------------------------------------------------------------------------------

PADDED = ids("<bos> pharmacy 3 9 6 9 think quick 3 9 8 check 2 8 7 fix answer 7 <end>")
SHORT = ids("<bos> pharmacy 4 9 6 9 think quick 4 0 9 sure answer 9 <end>")


def split(answer, models, texts, prompt, alphas, seed=0):
    """What `sample_split` draws after the first `prompt` tokens of texts, as an array."""
    prompts = tensor(np.asarray(texts)[:, :prompt])
    got = answer.call("sample_split", *models, prompts, *alphas, answer.make("world.generator", seed))
    says = "`sample_split` must give one row for each prompt, as long as a whole document."
    return expect.array(
        got, (len(texts), LENGTH), says, look="`world.LENGTH`, and that each row begins with its prompt"
    )


@check("cot-split")
def gives_a_row_for_each_prompt(answer, rng):
    """gives for each prompt a row of whole numbers that begins with it"""
    models = [answer.make("world.stand_in", seed) for seed in (1, 2)]
    got = split(answer, models, [PADDED, SHORT, PADDED], 7, (1.0, 0.5))
    expect.equal(got[:, :7], np.array([PADDED, SHORT, PADDED])[:, :7], "Row i must begin with prompt i.")
    expect.true(got.dtype.kind == "i", "Token ids are integers.", expected="integers", got=str(got.dtype))


@check("cot-split")
def amplifies_the_reasoning_alone(answer, rng):
    """draws the reasoning at alpha 3 and the answer plainly"""
    models = two_models(answer, [PADDED], 7, 3.0, 0.0)
    got = split(answer, models, [PADDED], 7, (3.0, 0.0))
    says = (
        "These stand-in models are certain at every step. At alpha = 3 the text goes another way than at 0, and it "
        "must be at 3 up to and including the word `answer`, and at 0 for the digit after it and for <end>."
    )
    expect.equal(got, np.array([PADDED]), says, expected="another text", look="which alpha each token was drawn with")


@check("cot-split")
def lets_each_row_change_by_itself(answer, rng):
    """changes to the other alpha in each row at its own place"""
    models = two_models(answer, [PADDED, SHORT], 7, 0.0, 2.0)
    got = split(answer, models, [PADDED, SHORT], 7, (0.0, 2.0))
    says = "The second row has no check and answers four tokens earlier than the first: one has changed, one hasn't."
    look = "whether you ask a row or all rows, and whether a position is taken for granted"
    expect.equal(got, np.array([PADDED, SHORT]), says, expected="other texts", look=look)


# cot-gate -------------------------------------------------------------------------------------------------------


@check("cot-gate")
def measures_a_divergence_by_hand(answer, rng):
    """gives the divergence of two distributions that you can do by hand"""
    before, after = np.log([[0.5, 0.5], [0.2, 0.8]]), np.log([[0.75, 0.25], [0.2, 0.8]])
    got = answer.call("token_kl", tensor(before), tensor(after))
    says = "0.75 log(0.75/0.5) + 0.25 log(0.25/0.5) in the first row, and two equal distributions in the second."
    want = [0.75 * np.log(1.5) + 0.25 * np.log(0.5), 0.0]
    expect.close(got, want, says, look="the natural logarithm; which distribution weighs the sum; one sum a row")


@check("cot-gate")
def does_not_see_a_constant(answer, rng):
    """is 0 where the logits differ by a constant only"""
    logits = np.array([0.3, -1.0, 2.0, 0.5])
    got = answer.call("token_kl", tensor(logits), tensor(logits + 3))
    says = "A constant that is added to all logits changes no probability. Logits are not log-probabilities yet."
    expect.close(got, 0.0, says, look="`log_softmax` first")


@check("cot-gate")
def amplifies_where_it_is_large(answer, rng):
    """amplifies the position with the large divergence and leaves the other one"""
    before, after = np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([[3.0, -1.0], [0.1, 0.0]])
    got = answer.call("gated_logits", tensor(before), tensor(after), 1.0, 0.1)
    values = expect.array(got, (2, 2), "The logits have the shape of `before` and `after`.")
    says = "The models differ widely here: take the step from `before` to `after` once more."
    expect.close(values[0], [6.0, -2.0], says)
    says = "Here they hardly differ: the plain model goes on."
    expect.close(values[1], after[1], says, look="which side of the threshold is amplified, and what stands elsewhere")
