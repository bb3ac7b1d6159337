"""Held-back checks of the two ways back to a rate."""

import numpy as np
from scipy import special

from worktest.checks import check, expect, tensor


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
        says = "The rate is sum(weight * hit) / n. Dividing by the sum of weights gives another estimate, a biased one."
        expect.close(values[0], x.mean(), says, rtol=1e-4, atol=0)
        says = "The standard error is that of a mean of n numbers weight * hit: deviation (n - 1) over the root of n."
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
        says = "A constant factor on all weights leaves the effective sample size alone: use logarithms (log-sum-exp)."
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
        says = "(1 - a) times `unsafe` plus a times `target`, logits as they are: no softmax, no mean of probabilities."
        expect.close(got, (1 - a) * unsafe + a * target, says, rtol=1e-3, atol=1e-4)


@check("lda-path")
def fresh_lines(answer, rng):
    """follows any line in the log-odds, with places in any order"""
    for _ in range(8):
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
        "Few events, and a place with none: the line that makes the counts most probable (binomial) differs from "
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
    says = "Some, but not all, answers must show it at two different places, or no line is determined: ValueError."
    for places, events in (
        ([0.0, 0.2, 0.4], [0.0, 0.0, 0.0]),
        ([0.0, 0.2, 0.4], [n / 2, 0.0, 0.0]),
        ([0.0, 0.2, 0.4], [n, 5.0, 0.0]),
        ([0.2, 0.2, 0.2], [4.0, 5.0, 6.0]),
    ):
        answer.raises("extrapolate_rate", places, events, [n] * 3, says=says)
