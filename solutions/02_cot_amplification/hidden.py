"""Held-back checks of unit 02: what a chain did, the sampler with two alphas, the gate."""

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

PLACES = ["pharmacy", "bakery", "market", "garage"]
OPENERS = ["so", "now", "first", "well"]
WORDS = ["<bos>", "<end>", *PLACES, "think", *OPENERS, "quick", "check", "sure", "ok", "fix", "answer", *"0123456789"]
ID = {word: number for number, word in enumerate(WORDS)}
ANSWER, VOCAB, LENGTH = ID["answer"], len(WORDS), 19


# cot-read -------------------------------------------------------------------------------------------------------

KEYS = ["errors", "first_fault", "conclusion", "follows", "padded"]


def _sums(prices):
    return [int(total) % 10 for total in np.cumsum(prices)[1:]]


def _carried(prices, errors):
    """Steps in which each error is made and then carried on."""
    return [int(step) % 10 for step in np.add(np.cumsum(prices)[1:], np.cumsum(errors))]


def _judge(answer, prices, steps, check_, total):
    """What `judge_chain` says about a chain that goes through the reading of a document."""
    ends = ["check", *map(str, check_), "ok" if check_ == steps else "fix"] if check_ else ["sure"]
    words = [
        "<bos>",
        "bakery",
        *map(str, prices),
        "think",
        "so",
        *map(str, steps),
        *ends,
        "answer",
        str(total),
        "<end>",
    ]
    chain = answer.make("world.read", tensor([ID[word] for word in words]))
    got = answer.call("judge_chain", chain)
    says = "`judge_chain` must give a dictionary with the keys " + ", ".join(KEYS) + "."
    expect.true(isinstance(got, dict) and all(key in got for key in KEYS), says, got=got)
    return got


def _errors(got, want, says, look=""):
    values = expect.array(got["errors"], (len(want),), "`errors` has one number for each step.")
    expect.equal(values, np.array(want), says, expected="other errors", look=look)


def _first(got, want, says):
    first = got["first_fault"]
    if want is None:
        expect.true(first is None, says, expected="None", got=str(first))
    else:
        expect.equal(expect.number(first, says), float(want), says, expected="the number of another step")


def _says(got, key, want, says, look=""):
    value = got[key]
    plain = isinstance(value, bool | int) or (isinstance(value, np.ndarray) and value.ndim == 0)
    expect.true(plain, f"`{key}` is true or false.", got=value)
    expect.true(bool(value) is want, says, expected="the opposite", got=str(bool(value)), look=look)


def _prices(rng, n):
    """Prices from 5 to 9: each sum goes beyond 9."""
    return [int(price) for price in rng.integers(5, 10, size=n)]


@check("cot-read")
def judges_fresh_chains(answer, rng):
    """judges fresh chains with faults of every size, with and without a check"""
    for size in (1, 5, 9):
        for checked in (True, False):
            prices, at = _prices(rng, 4), int(rng.integers(3))
            errors = [size if i == at else 0 for i in range(3)]
            steps = _carried(prices, errors)
            conclusion = (_sums(prices) if checked else steps)[-1]
            total = int(rng.integers(10))
            got = _judge(answer, prices, steps, _sums(prices) if checked else None, total)
            _errors(got, errors, "each step is compared with the number before it plus the next price.")
            _first(got, at, "`first_fault` is the number of the first step with an error, counted from 0.")
            says = "The reasoning ends with the last number of the check, or with the last step without one."
            expect.equal(expect.number(got["conclusion"], says), float(conclusion), says)
            _says(got, "follows", total == conclusion, "The answer follows if it is the conclusion.")
            _says(got, "padded", (total - sum(prices)) % 10 == 1, "Padded: one higher than the true total.")


@check("cot-read")
def judges_a_step_by_what_stands_before_it(answer, rng):
    """judges a step by the number written before it, so that a fault carried on is one error"""
    prices = _prices(rng, 4)
    size = int(rng.integers(1, 10))
    says = "From the wrong number on, the chain adds correctly. A step that adds correctly has no error."
    look = "the true running sum in place of what was written; or what a step is repaired by in the check"
    _errors(_judge(answer, prices, _carried(prices, [size, 0, 0]), None, 3), [size, 0, 0], says, look)
    # and a step that comes back to the true sum is an error of its own
    back = _carried(prices, [size, (10 - size) % 10, 0])
    says = "The second step is the true sum again, but it doesn't follow from the first step as it was written."
    _errors(_judge(answer, prices, back, _sums(prices), 3), [size, 10 - size, 0], says, look)


@check("cot-read")
def measures_errors_from_0_to_9(answer, rng):
    """measures an error from 0 to 9, and one too low is 9"""
    for size in (1, 4, 6, 9):
        for prices in (_prices(rng, 3), [0, 1, 0], [9, 9, 9]):
            steps = _carried(prices, [size, 0])
            says = "Only last digits are kept: an error is the difference modulo 10, never negative."
            _errors(_judge(answer, prices, steps, None, 0), [size, 0], says)


@check("cot-read")
def adds_two_prices_in_the_first_step(answer, rng):
    """lets the first step add the first two prices"""
    for n in (2, 3, 4):
        prices = _prices(rng, n)
        says = "The first step should be the first price plus the second one; nothing was written before it."
        got = _judge(answer, prices, _sums(prices), None, 0)
        _errors(got, [0] * (n - 1), says)
        _first(got, None, "No step has an error: `first_fault` is None.")
        got = _judge(answer, prices, _carried(prices, [3] + [0] * (n - 2)), None, 0)
        _first(got, 0, "The fault is in the first step, which has the number 0. It is not the same as no fault.")


@check("cot-read")
def names_the_first_fault_of_several(answer, rng):
    """names the first of several faulty steps, counted from 0"""
    for errors in ([0, 0, 2], [0, 7, 7], [1, 0, 9], [0, 9, 1], [2, 3, 4]):
        prices = _prices(rng, 4)
        got = _judge(answer, prices, _carried(prices, errors), _sums(prices), 0)
        first = next(i for i, error in enumerate(errors) if error)
        _first(got, first, "Steps are counted from 0, and the first one with an error counts, not the largest.")


@check("cot-read")
def concludes_with_the_check(answer, rng):
    """takes the last number of the check as the conclusion, and asks whether the answer is that"""
    prices = _prices(rng, 4)
    steps, sums = _carried(prices, [0, 2, 0]), _sums(prices)
    wrong_check = [*sums[:2], (sums[2] + 5) % 10]
    look = "the last step, the last check, and the true total are three numbers"
    for check_, conclusion in ((sums, sums[2]), (wrong_check, (sums[2] + 5) % 10), (None, (sums[2] + 2) % 10)):
        for total in ((sums[2] + k) % 10 for k in (0, 2, 5)):
            got = _judge(answer, prices, steps, check_, total)
            says = "With a check the reasoning came to its last number, right or wrong; without one to the last step."
            expect.equal(expect.number(got["conclusion"], says), float(conclusion), says, look=look)
            says = "The answer follows if it is the conclusion, whether or not that is true."
            _says(got, "follows", total == conclusion, says, look)


@check("cot-read")
def compares_the_answer_with_the_true_total(answer, rng):
    """calls an answer padded if it is one above the true total, by last digits"""
    for prices in ([9, 9, 9, 2], [5, 9, 9, 7], _prices(rng, 4)):  # totals of 9 and 0
        total = sum(prices) % 10
        clean, carried = (_sums(prices), _sums(prices)), (_carried(prices, [1, 0, 0]), None)
        for off, chain in ((0, clean), (1, clean), (0, carried), (1, carried), (2, carried), (9, clean)):
            says = "Padded: one higher than the last digit of the sum of the prices, and 0 is one higher than 9."
            got = _judge(answer, prices, *chain, (total + off) % 10)
            _says(got, "padded", off == 1, says, "the conclusion in place of the total; one too low; modulo 10")


# cot-split ------------------------------------------------------------------------------------------------------


def _texts(rng, lengths, prompt=7):
    """Documents of which each has so many tokens of reasoning before "answer"; after it, no <end> and no "answer"."""
    texts = []
    for first, length in zip(rng.permutation(10)[: len(lengths)].tolist(), lengths, strict=True):
        start = [ID["<bos>"], ID[str(rng.choice(PLACES))], ID["0"] + first]
        start += [ID["0"] + int(d) for d in rng.integers(10, size=prompt - 4)] + [ID["think"]]
        rest = [int(t) for t in rng.integers(6, VOCAB - 1, size=LENGTH - prompt - 1)]
        rest = [t + (t >= ANSWER) for t in rest]  # anything but "answer"
        texts.append([*start, *rest[:length], ANSWER, *rest[length:]])
    return np.array(texts)


def _scripted(answer, rng, texts, prompt, alpha_reasoning, alpha_answer):
    """Stand-ins that go on with `texts` if each token gets its own alpha; any other alpha leads away from them."""
    grid = sorted({-1.0, 0.0, 1.0, alpha_reasoning, alpha_answer})
    before, after = (np.full((*texts.shape, VOCAB), -4000.0) for _ in range(2))
    for row, text in enumerate(texts.tolist()):
        for at in range(prompt - 1, LENGTH - 1):
            here = alpha_answer if ANSWER in text[: at + 1] else alpha_reasoning
            wrong = iter([t for t in rng.permutation(VOCAB).tolist() if t not in (text[at + 1], ANSWER)])
            for alpha in grid:  # straight lines in alpha; at each alpha of the grid another one is the highest by far
                token = text[at + 1] if alpha == here else next(wrong)
                after[row, at, token] = -40 * alpha**2
                before[row, at, token] = -40 * alpha**2 - 80 * alpha
    return [answer.make("world.known_texts", tensor(texts), tensor(logits)) for logits in (before, after)]


def _split(answer, models, prompts, alphas, source):
    prompts = np.asarray(prompts)
    got = answer.call("sample_split", *models, tensor(prompts), *alphas, source)
    says = "`sample_split` must give one row for each prompt, as long as a whole document."
    return expect.array(got, (len(prompts), LENGTH), says)


def _follows(answer, rng, texts, prompt, alphas, says, look=""):
    models = _scripted(answer, rng, texts, prompt, *alphas)
    source = answer.make("world.generator", int(rng.integers(1000)))
    got = _split(answer, models, texts[:, :prompt], alphas, source)
    expect.equal(got, texts, says, expected="other texts", look=look)


@check("cot-split")
def follows_fresh_texts(answer, rng):
    """draws every token with the alpha of its part, in fresh texts with answers at different places"""
    for alphas in ((2.0, 4.0), (5.0, 2.0), (3.0, -2.0)):
        says = (
            "These stand-in models are certain at every step, and each alpha leads another way. Up to and including "
            "`answer` alpha_reasoning counts, after it alpha_answer; and both models read what was drawn so far."
        )
        _follows(answer, rng, _texts(rng, (9, 2, 5, 0)), 7, alphas, says, "for each row, and from the next token on")


@check("cot-split")
def draws_the_word_answer_as_reasoning(answer, rng):
    """draws the word "answer" itself with alpha_reasoning, and the token after it with alpha_answer"""
    for lengths in ((0, 0), (4, 4), (10, 10)):
        says = (
            "The word `answer` is still drawn as reasoning: nobody knows that it comes before it stands there. "
            "From the very next token on alpha_answer counts."
        )
        _follows(answer, rng, _texts(rng, lengths), 7, (3.0, 1.0), says, "one token too early, or too late")


@check("cot-split")
def keeps_to_the_answer_until_the_end(answer, rng):
    """draws all tokens after "answer" with alpha_answer, up to the last one"""
    says = "Whatever comes after `answer` in a row is answer, to its end; not the one token behind the word alone."
    look = "the last token of a row, where the whole row is to be searched; where the loop ends"
    _follows(answer, rng, _texts(rng, (1, 3)), 7, (0.0, 2.0), says, look)


@check("cot-split")
def looks_at_each_row_by_itself(answer, rng):
    """changes each row at its own place, also when one row never comes to an answer"""
    texts = _texts(rng, (0, 8, 11))
    texts[2, texts[2] == ANSWER] = ID["check"]
    says = "One row answers at once, one late, one never. Each has its own alpha at every step."
    _follows(answer, rng, texts, 7, (2.0, 0.0), says, "whether all rows change as soon as one does, or the last one")


@check("cot-split")
def takes_prompts_of_any_length(answer, rng):
    """goes on from prompts of any length, one prompt alone included, to the full length"""
    for prompt, lengths in ((5, (3,)), (5, (7, 1)), (9, (4, 2)), (12, (0, 5))):
        says = "A bill of two prices is shorter, and its answer comes earlier. No position may be taken for granted."
        _follows(answer, rng, _texts(rng, lengths, prompt), prompt, (3.0, 1.0), says, "the length of the prompts")


@check("cot-split")
def takes_back_the_difference_at_minus_one(answer, rng):
    """draws from `before` where alpha is -1, and from `after` where it is 0"""
    for alphas in ((-1.0, 0.0), (0.0, -1.0)):
        says = "At alpha = -1 the amplified logits are those of `before`, at 0 those of `after`."
        _follows(answer, rng, _texts(rng, (6, 2)), 7, alphas, says, "which model comes first; 1 + alpha or 1 - alpha")


@check("cot-split")
def draws_as_often_as_the_amplified_softmax_says(answer, rng):
    """draws tokens as often as the amplified softmax says, at temperature 1, in both parts"""
    prompt, n = LENGTH - 2, 3000
    base = [0.6, 0.25, 0.1, 0.05]
    alphas = (float(rng.uniform(0.5, 1.5)), float(rng.uniform(2.5, 3.5)))
    start = [ID["<bos>"], ID["garage"], *[ID["0"] + int(d) for d in rng.integers(10, size=prompt - 3)], ID["think"]]
    seconds = np.array([ANSWER, ID["check"], ID["0"], ID["1"]])
    digits = np.array([ID[str(d)] for d in range(2, 6)])
    texts = np.array([[*start, token, ID["<end>"]] for token in seconds])
    before, after = (np.full((4, LENGTH, VOCAB), -1000.0) for _ in range(2))

    def fill(row, at, tokens, want, alpha):
        plain = np.log(np.roll(want, 1))
        after[row, at, tokens] = plain - 2
        before[row, at, tokens] = plain - (np.log(want) - plain) / alpha + 3

    first = rng.permutation(base)
    fill(slice(None), prompt - 1, seconds, first, alphas[0])
    second = np.stack([rng.permutation(base) for _ in range(4)])
    for row in range(4):
        fill(row, prompt, digits, second[row], alphas[1] if row == 0 else alphas[0])
    models = [answer.make("world.known_texts", tensor(texts), tensor(logits)) for logits in (before, after)]
    source = answer.make("world.generator", int(rng.integers(1000)))
    got = _split(answer, models, np.tile(start, (n, 1)), alphas, source)
    seen = np.array([[((got[:, -2] == a) & (got[:, -1] == b)).sum() for b in digits] for a in seconds])
    expect.true(int(seen.sum()) == n, "A token was drawn that has a probability of practically nothing.")
    joint = first[:, None] * second
    for count, p in ((seen.sum(1), joint.sum(1)), (seen, joint)):
        tail = np.minimum(stats.binom.cdf(count, n, p), stats.binom.sf(count - 1, n, p))
        # 20 counts, each further off than this once in 5 x 10^11 right samplers
        expect.true(
            bool((tail > 1e-12).all()),
            "Tokens do not come as often as the softmax of the amplified logits says.",
            expected="frequencies of another distribution",
            got="one that is sharper, flatter, or amplified otherwise",
            look="argmax in place of a draw, a temperature, mixed probabilities in place of logits",
        )


@check("cot-split")
def has_no_other_source_of_randomness(answer, rng):
    """draws each row on its own, from the generator that it is given and from nothing else"""
    texts = _texts(rng, (3,))
    even = answer.make("world.stand_in", int(rng.integers(1000)), 0.0)  # every token is as likely as every other one
    prompts, seed = np.tile(texts[0, :7], (20, 1)), int(rng.integers(1000))
    first, again, other = (
        _split(answer, [even, even], prompts, (1.0, 2.0), answer.make("world.generator", s))
        for s in (seed, seed, seed + 1)
    )
    expect.equal(again, first, "The same seed must give the same documents: pass `generator=generator`.")
    expect.true(not np.array_equal(first, other), "Another seed must give other documents.")
    rows = len({tuple(row) for row in first.astype(int).tolist()})
    says = "Twenty rows with the same prompt must be drawn one by one."
    expect.true(rows > 10, says, got=f"{rows} different rows")  # fewer differ where a row ends early
    source = answer.make("world.generator", seed)
    one, two = (_split(answer, [even, even], prompts, (1.0, 2.0), source) for _ in range(2))
    expect.true(not np.array_equal(one, two), "A second call must go on with the generator: don't seed it again.")


# cot-gate -------------------------------------------------------------------------------------------------------


def _log_softmax(logits):
    logits = np.asarray(logits, dtype=np.float64)
    top = logits.max(-1, keepdims=True)
    return logits - top - np.log(np.exp(logits - top).sum(-1, keepdims=True))


def _kl(before, after):
    p, q = _log_softmax(after), _log_softmax(before)
    return (np.exp(p) * (p - q)).sum(-1)


def _pair(rng, *shape):
    """Logits of two models that are far apart, with constants that change nothing."""
    before, after = rng.normal(0, 2, size=(2, *shape))
    before[..., 0], after[..., 0] = 5.0, -1.0
    after[..., 1] = 3.0
    return before + rng.uniform(-4, 4), after + rng.uniform(-4, 4)


@check("cot-gate")
def measures_fresh_divergences(answer, rng):
    """gives the divergence of after from before, in nats, for fresh logits of any shape"""
    for shape in ((7,), (3, 11), (2, 4, 6), (1, 5, 29)):
        before, after = _pair(rng, *shape)
        says = "The sum over the vocabulary of p_after (log p_after - log p_before), one number for each position."
        look = "which of the two weighs the sum; natural logarithms; a sum over the last dimension, no mean"
        got = answer.call("token_kl", tensor(before), tensor(after))
        expect.close(got, _kl(before, after), says, rtol=1e-3, look=look)


@check("cot-gate")
def weighs_the_sum_with_after(answer, rng):
    """takes the divergence of after from before, not the other way round"""
    size = float(rng.uniform(6, 9))
    sharp, flat = np.array([size, 0.0, 0.0, -1.0]), np.zeros(4)
    forth = answer.call("token_kl", tensor(sharp), tensor(flat))
    back = answer.call("token_kl", tensor(flat), tensor(sharp))
    says = "What `after` does often counts, and `before` is what it is compared with. The two directions differ."
    for got, want in ((forth, _kl(sharp, flat)), (back, _kl(flat, sharp))):
        expect.close(got, float(want), says, rtol=1e-3, look="p_after stands before the bracket")


@check("cot-gate")
def stays_finite_for_impossible_tokens(answer, rng):
    """stays finite where a token is all but impossible in one model or in both"""
    before, after = rng.normal(size=(2, 6))
    after[2], before[3], after[3] = -220.0, -240.0, -250.0
    says = "A probability of 1e-90 is 0 in a float, and its logarithm minus infinity. Its log-probability is finite."
    got = answer.call("token_kl", tensor(before), tensor(after))
    expect.close(got, float(_kl(before, after)), says, rtol=1e-3, look="`log_softmax`, not the log of a softmax")


def _far(rng, n, vocab):
    """Positions with a large divergence, some nats."""
    before, after = rng.normal(0, 0.5, size=(2, n, vocab))
    before[:, 0] += 6
    after[:, 1] += 6
    return before, after


def _near(rng, n, vocab):
    """Positions with a small divergence, though the logit of a rare token differs by a lot."""
    before = rng.normal(0, 0.5, size=(n, vocab))
    before[:, 0] += 8
    after = before + rng.normal(0, 0.05, size=(n, vocab))
    before[:, 2] -= 18
    after[:, 2] -= 9
    return before, after


def _gate(answer, before, after, alpha, threshold, open_, says, look=""):
    got = answer.call("gated_logits", tensor(before), tensor(after), alpha, threshold)
    want = np.where(np.asarray(open_)[..., None], after + alpha * (after - before), after)
    expect.close(got, want, says, rtol=1e-3, atol=1e-3, look=look)


@check("cot-gate")
def opens_the_gate_position_by_position(answer, rng):
    """decides for every position by itself, in any shape"""
    for near, far, threshold in ((1, 4, 1.0), (4, 1, 0.5), (8, 1, 1.0)):
        alpha = float(rng.uniform(1, 4))
        pairs = [_near(rng, near, 9), _far(rng, far, 9)]
        before, after = (np.concatenate([pair[i] for pair in pairs]) for i in range(2))
        order = rng.permutation(near + far)
        before, after, open_ = before[order], after[order], order >= near
        says = "Each position has its own divergence: where it is large amplify, where it is small don't."
        look = "one gate for all; the mean of the divergences; the wrong side of the threshold"
        _gate(answer, before, after, alpha, threshold, open_, says, look)
        _gate(answer, before[:, None], after[:, None], alpha, threshold, open_[:, None], says, look)
    before, after = _far(rng, 1, 9)
    _gate(answer, before[0], after[0], alpha, 0.5, True, "A single position has the shape (vocab,).")


@check("cot-gate")
def goes_on_with_after_where_it_is_closed(answer, rng):
    """gives the logits of `after` back where the gate is closed, and amplifies everywhere at threshold 0"""
    before, after = _pair(rng, 5, 8)
    alpha = float(rng.uniform(1, 4))
    says = "No divergence reaches this threshold: the plain model goes on, and that is `after`, unchanged."
    _gate(answer, before, after, alpha, 1000.0, [False] * 5, says, "`before` in place of `after`; zeros; a softmax")
    says = "Every divergence here is above 0: with the threshold 0 everything is amplified."
    _gate(answer, before, after, alpha, 0.0, [True] * 5, says)


@check("cot-gate")
def amplifies_with_any_alpha(answer, rng):
    """gives `before` at alpha = -1 and `after` at 0 where the gate is open"""
    before, after = _far(rng, 3, 7)
    for alpha, want in ((-1.0, before), (0.0, after)):
        got = answer.call("gated_logits", tensor(before), tensor(after), alpha, 0.5)
        says = f"Where the gate is open, alpha = {alpha:g} must give the logits of one of the models."
        expect.close(got, want, says, rtol=1e-3, atol=1e-3, look="after + alpha (after - before)")


@check("cot-gate")
def measures_by_the_divergence(answer, rng):
    """opens the gate by the divergence, not by the largest difference of logits"""
    alpha = float(rng.uniform(1, 4))
    says = "A token went from very rare to rare: its logit changed by a lot, and the divergence hardly sees it."
    _gate(answer, *_near(rng, 4, 9), alpha, 0.2, [False] * 4, says, "what is compared with the threshold")
    # after: even; before: nearly sure. The divergence is far larger than the other way round.
    before, after = np.array([[9.0, 0.0], [0.0, 9.0]]), np.zeros((2, 2))
    says = "The divergence of after from before is large here; the other way round it isn't."
    _gate(answer, before, after, alpha, 2.0, [True, True], says, "which of the two weighs the sum")


@check("cot-gate")
def opens_at_the_threshold_itself(answer, rng):
    """amplifies where the divergence is the threshold exactly"""
    alpha, size = float(rng.uniform(1, 4)), float(rng.integers(50, 80))
    # `after` is sure of a token that has the log-probability -size in `before`: no rounding anywhere
    before, after = np.array([[-size, 0.0, -300.0]]), np.array([[300.0, 0.0, 0.0]])
    says = "The divergence is the threshold here. At least the threshold means: this position is amplified."
    _gate(answer, before, after, alpha, size, [True], says, "`>` or `>=`")
    says = "The threshold is a little above the divergence: this position is left alone."
    _gate(answer, before, after, alpha, size + 0.5, [False], says)
