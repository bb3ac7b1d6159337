"""Held-back checks of the two ways back to a rate, and of the repaired sampler."""

import numpy as np
from scipy import special, stats

from worktest.checks import check, expect, tensor

SURE = 60.0


def _models(answer, before, after):
    return answer.make("world.lookup_model", tensor(before)), answer.make("world.lookup_model", tensor(after))


# lda-importance -------------------------------------------------------------------------------------------------


def _log_weights(before, after, rows, prompt_len, alpha):
    drawn = after + alpha * (after - before)
    ratio = special.log_softmax(after, axis=1) - special.log_softmax(drawn, axis=1)
    return ratio[rows[:, prompt_len - 1 : -1], rows[:, prompt_len:]].sum(1)


@check("lda-importance")
def fresh_random_answers(answer, rng):
    """weighs random answers of random models"""
    for prompt_len in (1, int(rng.integers(2, 5))):
        v, alpha = int(rng.integers(4, 8)), float(rng.uniform(0.5, 3))
        before, after = rng.normal(size=(2, v, v)) + rng.normal(
            scale=3, size=(2, v, 1)
        )  # a constant a row is no matter
        rows = rng.integers(0, v, size=(7, prompt_len + int(rng.integers(3, 7))))
        got = answer.call("log_weights", *_models(answer, before, after), tensor(rows), prompt_len, alpha)
        says = (
            "A sum over all sampled tokens, and over them alone, of log p_after - log p_amplified. Logits are "
            "log-probabilities only after a log-softmax."
        )
        look = "prompt_len - 1 is the position that predicts the first sampled token"
        expect.close(got, _log_weights(before, after, rows, prompt_len, alpha), says, rtol=1e-3, atol=1e-3, look=look)


@check("lda-importance")
def weights_of_very_unlikely_answers(answer, rng):
    """stays finite where a token has a probability below the smallest float"""
    v, alpha = 5, float(rng.uniform(2, 4))
    before, after = rng.normal(scale=150, size=(2, v, v))
    rows = rng.integers(0, v, size=(6, 5))
    got = answer.call("log_weights", *_models(answer, before, after), tensor(rows), 2, alpha)
    says = (
        "A softmax that underflows to 0 has no logarithm: use log-softmax, and add logarithms instead of multiplying."
    )
    expect.close(got, _log_weights(before, after, rows, 2, alpha), says, rtol=1e-3, atol=0.05)


@check("lda-importance")
def nothing_sampled_weighs_nothing(answer, rng):
    """gives log weight 0 to a row in which nothing was sampled"""
    before, after = rng.normal(size=(2, 4, 4))
    n, length = int(rng.integers(2, 5)), int(rng.integers(1, 4))
    rows = rng.integers(0, 4, size=(n, length))
    got = answer.call("log_weights", *_models(answer, before, after), tensor(rows), length, 2.0)
    expect.close(got, np.zeros(n), "The prompt was given, not sampled: without an answer the weight is 1, its log 0.")


@check("lda-importance")
def fresh_weights(answer, rng):
    """gives rate, standard error and effective sample size of random weights"""
    for n in (int(rng.integers(3, 9)), int(rng.integers(50, 400))):
        log_w = rng.normal(rng.uniform(-3, -1), 1.5, size=n)
        hits = np.zeros(n, dtype=bool)
        hits[rng.choice(n, size=max(1, n // 3), replace=False)] = True
        got = answer.call("estimate_rate", tensor(log_w), tensor(hits))
        values = expect.array(got, (3,), "Three numbers: rate, standard error, effective sample size.")
        w = np.exp(log_w)
        x = w * hits
        says = "The rate is sum(weight * hit) / n. Dividing by the sum of weights gives another estimate, which is not unbiased."
        expect.close(values[0], x.mean(), says, rtol=1e-4, atol=0)
        says = "The standard error is that of a mean of n numbers, weight * hit: standard deviation (n - 1) over the root of n."
        expect.close(values[1], x.std(ddof=1) / np.sqrt(n), says, rtol=1e-4, atol=0)
        says = "The effective sample size is (sum w)^2 / sum w^2 over all answers, hits or not."
        expect.close(values[2], w.sum() ** 2 / (w**2).sum(), says, rtol=1e-4, atol=0)


@check("lda-importance")
def extreme_weights(answer, rng):
    """survives weights that are too small or too large for a float"""
    n = 6
    base = rng.normal(size=n)
    w = np.exp(base - base.max())
    effective = w.sum() ** 2 / (w**2).sum()
    hits = np.arange(n) < 2
    for shift in (-2000.0, -400.0):
        values = expect.array(answer.call("estimate_rate", tensor(base + shift), tensor(hits)), (3,), "Three numbers.")
        says = "A constant factor on all weights does not change the effective sample size: work in logarithms (log-sum-exp)."
        expect.close(values[2], effective, says, rtol=1e-4)
    log_w = base.copy()
    log_w[-1] = 800.0  # a harmless answer that the amplified model hardly ever draws
    values = expect.array(answer.call("estimate_rate", tensor(log_w), tensor(hits)), (3,), "Three numbers.")
    x = np.where(hits, np.exp(base), 0)
    says = "A harmless answer adds nothing to the rate, however large its weight. Infinity times zero is not zero."
    expect.close(values[0], x.mean(), says, rtol=1e-4, atol=0)
    expect.close(values[1], x.std(ddof=1) / np.sqrt(n), says, rtol=1e-4, atol=0)
    expect.close(values[2], 1.0, "When one weight carries everything, the effective sample size is 1.", rtol=1e-4)


@check("lda-importance")
def no_hit_at_all(answer, rng):
    """gives rate 0, and still an effective sample size, when no answer is a hit"""
    n = int(rng.integers(4, 9))
    log_w = rng.normal(size=n)
    values = expect.array(
        answer.call("estimate_rate", tensor(log_w), tensor(np.zeros(n, dtype=bool))), (3,), "Three numbers."
    )
    w = np.exp(log_w)
    says = "Without a hit the estimate is 0; the effective sample size is about all answers and stays as it is."
    expect.close(values, [0, 0, w.sum() ** 2 / (w**2).sum()], says, rtol=1e-4, atol=1e-12)


@check("lda-importance")
def refuses_rows_that_do_not_fit(answer, rng):
    """refuses shapes that differ, and fewer than two answers, with a ValueError"""
    n = int(rng.integers(3, 7))
    says = (
        "Shapes (n,) and (1,) or (n, 1) broadcast silently to something else than n weighted answers. Raise ValueError."
    )
    for log_w, hits in (((n,), (1,)), ((n,), (n, 1)), ((n,), (n + 1,)), ((1,), (1,))):
        answer.raises("estimate_rate", tensor(np.zeros(log_w)), tensor(np.ones(hits, dtype=bool)), says=says)


# lda-path -------------------------------------------------------------------------------------------------------


def _fit(places, events, rollouts):
    """Maximum likelihood by Newton's method, with half steps where the likelihood would fall."""
    a, k, n = (np.asarray(x, dtype=float) for x in (places, events, rollouts))
    x, line = np.stack([np.ones_like(a), a - 1], axis=1), np.zeros(2)

    def loss(b):
        return (k * np.logaddexp(0, -x @ b) + (n - k) * np.logaddexp(0, x @ b)).sum()

    for _ in range(100):
        p = special.expit(x @ line)
        step = np.linalg.solve(x.T @ ((n * p * (1 - p))[:, None] * x) + 1e-12 * np.eye(2), x.T @ (k - n * p))
        size = 1.0
        while loss(line + size * step) > loss(line) + 1e-9 and size > 1e-6:
            size /= 2
        line = line + size * step
    return float(special.expit(line[0]))


@check("lda-path")
def fresh_places_on_the_path(answer, rng):
    """mixes logits of any shape in the right shares"""
    for shape in ((5,), (2, 3, 6)):
        unsafe, target = rng.normal(size=(2, *shape))
        a = float(rng.uniform(0.1, 0.9))
        got = answer.call("interpolate_logits", tensor(unsafe), tensor(target), a)
        says = "(1 - a) times `unsafe` plus a times `target`, logits as they are: no softmax, no averaging of probabilities."
        expect.close(got, (1 - a) * unsafe + a * target, says, rtol=1e-3, atol=1e-4)


@check("lda-path")
def fresh_lines(answer, rng):
    """follows any line in the log-odds, with places in any order"""
    for _ in range(3):
        events = np.zeros(5)
        while events.sum() < 20:
            height, slope = float(rng.uniform(-9, 1)), float(rng.uniform(-10, 4))
            places = rng.permutation(rng.choice(np.linspace(0, 0.95, 20), size=5, replace=False))
            rollouts = rng.integers(200, 5000, size=5).astype(float)
            events = rollouts * special.expit(height + slope * (places - 1))
        got = answer.call("extrapolate_rate", places.tolist(), events.tolist(), rollouts.tolist())
        says = "These counts lie exactly on a line in the log-odds, and a = 1 is where it is read off."
        expect.close(got, special.expit(height), says, rtol=0.02, atol=0)


@check("lda-path")
def few_events_are_fitted_by_likelihood(answer, rng):
    """fits small counts, zeros among them, by maximum likelihood"""
    places = [0.0, 0.15, 0.3, 0.45, 0.6]
    shift = rng.integers(0, 3)
    rollouts = rng.integers(600, 900, size=5)
    # what is left of the line is noise: a fit that gives each point another say comes out elsewhere
    events = np.array([rollouts[0] * 0.4, rollouts[1] * 0.15, 9 + shift, 0, 2 + shift]).round()
    got = answer.call("extrapolate_rate", places, events.tolist(), rollouts.astype(float).tolist())
    says = (
        "Few events, and a place with none: the line that makes the counts most probable (binomial) is another one than "
        "the line through the log-odds, whether zeros are dropped, filled with a half, or all points weigh the same."
    )
    expect.close(got, _fit(places, events, rollouts), says, rtol=0.02, atol=0)


@check("lda-path")
def rollouts_may_differ(answer, rng):
    """gives a place with more rollouts more say"""
    places = [0.0, 0.2, 0.4]
    rates = [0.5, 0.1, 0.05]  # no line: each place pulls with what it knows
    for favoured in rng.permutation(3)[:2]:
        rollouts = np.full(3, float(rng.integers(80, 120)))
        rollouts[favoured] *= float(rng.integers(30, 60))
        events = (rollouts * rates).round()
        got = answer.call("extrapolate_rate", places, events.tolist(), rollouts.tolist())
        says = "The counts enter the fit, not only the rates: a place with fifty times the rollouts knows more."
        expect.close(got, _fit(places, events, rollouts), says, rtol=0.02, atol=0)


@check("lda-path")
def refuses_what_determines_no_line(answer, rng):
    """refuses counts that determine no line with a ValueError"""
    n = float(rng.integers(50, 500))
    says = "At fewer than two different places some, but not all, answers show it: no line is determined. Raise ValueError."
    for places, events in (
        ([0.0, 0.2, 0.4], [0.0, 0.0, 0.0]),
        ([0.0, 0.2, 0.4], [n / 2, 0.0, 0.0]),
        ([0.0, 0.2, 0.4], [n, 5.0, 0.0]),
        ([0.2, 0.2, 0.2], [4.0, 5.0, 6.0]),
    ):
        answer.raises("extrapolate_rate", places, events, [n] * 3, says=says)


# lda-debug ------------------------------------------------------------------------------------------------------


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
    strong = rng.permutation(np.arange(n) % 2 == 0)
    starts = rng.integers(0, 8, size=n)
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
        "A trained model gave the same advice on an illness and on a garden or a journey: it could not read which it was.",
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
