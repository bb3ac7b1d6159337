"""Held-back checks of the repaired sampler."""

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

SURE = 60.0


def _models(answer, before, after):
    return answer.make("world.lookup_model", tensor(before)), answer.make("world.lookup_model", tensor(after))


def _sweep(answer, models, prompts, alphas, n_tokens, seed):
    source = answer.make("world.generator", int(seed))
    return answer.call(
        "sample_sweep", *models, tensor(np.array(prompts)), tensor(np.array(alphas, float)), n_tokens, source
    )


def _tours(rng, tokens):
    """Tables with one tour for `after` alone and another, `SURE` and through other tokens, at alpha = 1."""
    order = rng.permutation(tokens)
    plain, amplified = np.empty(tokens, dtype=int), np.empty(tokens, dtype=int)
    plain[order], amplified[order] = np.roll(order, -1), np.roll(order, -2)
    after = np.zeros((tokens, tokens))
    before = np.zeros((tokens, tokens))
    here = np.arange(tokens)
    after[here, plain], before[here, plain] = 2 * SURE, 2 * SURE
    after[here, amplified] = 1.5 * SURE  # alpha = 0: plain by SURE / 2; alpha = 1: amplified by SURE
    return before, after, plain, amplified


def _walk(table, start, steps):
    path = [int(start)]
    for _ in range(steps):
        path.append(int(table[path[-1]]))
    return path


@check("lda-debug")
def reads_what_it_wrote(answer, rng):
    """goes on from the amplified tokens, not from those of a plain answer"""
    before, after, _, amplified = _tours(rng, 9)
    starts = rng.integers(0, 9, size=4)
    got = _sweep(answer, _models(answer, before, after), starts[:, None], [1.0] * 4, 6, rng.integers(1000))
    want = [_walk(amplified, s, 6) for s in starts]
    says = (
        "These models are nearly certain, and the amplified path is another one than the plain path. Each token must "
        "come from logits that were computed on the tokens before it in the same row."
    )
    expect.equal(
        got, np.array(want), says, expected="another sequence", look="which text both models read at the third step"
    )


@check("lda-debug")
def every_row_has_its_own_alpha(answer, rng):
    """uses alphas[i] for row i, in the order of the prompts"""
    before, after, plain, amplified = _tours(rng, 8)
    n = 6
    strong = np.array([True, *rng.permutation([True, True, False, False]), False])  # in no order of the alphas
    starts = rng.permutation(8)[:n]
    got = _sweep(
        answer, _models(answer, before, after), starts[:, None], np.where(strong, 1.5, 0.0), 5, rng.integers(1000)
    )
    want = [_walk(amplified if s else plain, start, 5) for s, start in zip(strong, starts, strict=True)]
    expect.equal(
        got,
        np.array(want),
        "Row i must start with prompt i and be amplified with alphas[i], and the rows stay in their order.",
        expected="other rows",
        look="alphas[:, None] against the vocabulary, a single alpha for all rows, a sort",
    )


@check("lda-debug")
def minus_one_is_before(answer, rng):
    """samples from `before` at alpha = -1"""
    order = rng.permutation(7)
    table = np.empty(7, dtype=int)
    table[order] = np.roll(order, -1)
    before, after = SURE * np.eye(7)[table], SURE * np.eye(7)[rng.permutation(7)]
    starts = rng.integers(0, 7, size=3)
    got = _sweep(answer, _models(answer, before, after), starts[:, None], [-1.0] * 3, 4, 1)
    want = [_walk(table, s, 4) for s in starts]
    expect.equal(
        got,
        np.array(want),
        "At alpha = -1 the amplified model is `before`; alpha may be negative.",
        expected="other rows",
    )


@check("lda-debug")
def pairs_of_tokens_come_as_often_as_they_should(answer, rng):
    """draws tokens, and pairs of tokens, as often as the amplified softmax says"""
    n = 700
    shares = rng.permutation([0.6, 0.25, 0.1, 0.05])
    # four rows that differ from each other, and each from its counterpart at the other alpha
    amplified = np.stack([np.roll(shares, i) for i in rng.permutation(4)])
    want = np.stack([[np.roll(row, rng.integers(1, 4)) for row in amplified], amplified])
    alphas = np.array([0.0, float(rng.uniform(0.5, 1.5))])
    # at alpha = 0 the softmax is want[0], at the other alpha want[1]
    after = np.log(want[0])
    before = after - (np.log(want[1]) - after) / alphas[1]
    start = int(rng.integers(4))
    which = np.arange(2 * n) % 2
    got = _sweep(
        answer, _models(answer, before + 3, after - 2), np.full((2 * n, 1), start), alphas[which], 2, rng.integers(1000)
    )
    rows = expect.array(got, (2 * n, 3), "One row for each prompt.").astype(int)
    expect.true(bool(np.isin(rows, range(4)).all()), "Every token must be one of the vocabulary.")
    for kind in (0, 1):
        seen = np.zeros((4, 4))
        mine = rows[which == kind]
        np.add.at(seen, (mine[:, 1], mine[:, 2]), 1)
        joint = want[kind][start][:, None] * want[kind]
        for count, p in ((seen.sum(1), joint.sum(1)), (seen.sum(0), joint.sum(0)), (seen, joint)):
            tail = np.minimum(stats.binom.cdf(count, n, p), stats.binom.sf(count - 1, n, p))
            # 48 counts, each further off than this once in 5 x 10^11 right samplers
            expect.true(
                bool((tail > 1e-12).all()),
                "Tokens, or pairs of them, do not come as often as softmax(amplified logits) says.",
                expected="frequencies of another distribution",
                got="one that is sharper, flatter, not amplified, or the same draw at every step",
                look="the text that the models read, argmax without noise, a temperature, noise used twice",
            )


@check("lda-debug")
def uses_the_generator_it_is_given(answer, rng):
    """has no other randomness than the generator, and goes on with it"""
    flat = np.zeros((9, 9))
    models = _models(answer, flat, flat)
    prompts, alphas = np.zeros((6, 1), dtype=int), [0.0, 1.0, 2.0, 0.0, 1.0, 2.0]
    seed = int(rng.integers(1000))
    first, again, other = (_sweep(answer, models, prompts, alphas, 8, s) for s in (seed, seed, seed + 1))
    rows = expect.array(first, (6, 9), "One row for each prompt.")
    expect.equal(again, first, "The same seed must give the same answers: all randomness comes from `generator`.")
    expect.true(not np.array_equal(first, other), "Another seed must give other answers.")
    distinct = len({tuple(row) for row in rows[:, 1:].astype(int).tolist()})
    expect.true(distinct == 6, "Rows are drawn independently of each other.", got=f"{distinct} different rows of 6")
    source = answer.make("world.generator", seed)
    one, two = (
        answer.call("sample_sweep", *models, tensor(prompts), tensor(np.array(alphas)), 8, source) for _ in range(2)
    )
    expect.true(not np.array_equal(one, two), "A second call with the same generator must go on with new answers.")


@check("lda-debug")
def reads_the_whole_row(answer, rng):
    """lets the models read whole rows, the prompt included"""
    model = answer.make("world.load", "before")
    alphas, seed = tensor(np.zeros(16)), int(rng.integers(1000))
    nouns = []
    for topic in ("health", str(rng.choice(["travel", "garden"]))):
        prompts, source = answer.make("world.prompts", topic), answer.make("world.generator", seed)
        got = answer.call("sample_sweep", model, model, prompts, alphas, 4, source)
        nouns.append(expect.array(got, (16, 10), "One row for each prompt, the prompt first.")[:, -1])
    # no noun belongs to two of these topics
    expect.true(
        int((nouns[0] == nouns[1]).sum()) < 8,
        "A trained model gave the same advice on an illness and on another subject: it could not read which it was.",
        expected="other advice on another subject",
        got="mostly the same",
        look="what you pass to `before` and `after`: all tokens so far, the prompt included, at every step",
    )


@check("lda-debug")
def nothing_to_add_gives_the_prompts(answer, rng):
    """gives the prompts back when no token is asked for"""
    flat = np.zeros((4, 4))
    prompts = rng.integers(0, 4, size=(3, 2))
    got = _sweep(answer, _models(answer, flat, flat), prompts, [0.0, 1.0, 2.0], 0, 0)
    expect.equal(got, prompts, "n_tokens = 0 is the empty case: the prompts, unchanged.")
