"""Held-back checks of unit 01: fresh inputs, properties, edge cases."""

import math

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

# lda-amplify-logits ---------------------------------------------------------------------------------------------


@check("lda-amplify-logits")
def fresh_random_logits(answer, rng):
    """is right for random logits of any shape and a random alpha"""
    for shape in ((6,), (3, 7), (2, 4, 3, 5)):
        before, after = rng.normal(size=(2, *shape))
        alpha = float(rng.uniform(1.5, 6))
        got = answer.call("amplify_logits", tensor(before), tensor(after), alpha)
        want = after + alpha * (after - before)
        says = "The formula must hold for any logits, in every batch and position, with any number of dimensions."
        expect.close(got, want, says, rtol=1e-3, atol=1e-4)


@check("lda-amplify-logits")
def minus_one_is_the_before_model(answer, rng):
    """gives `before` back at alpha = -1"""
    before, after = rng.normal(size=(2, 4, 6))
    got = answer.call("amplify_logits", tensor(before), tensor(after), -1.0)
    expect.close(got, before, "alpha may be negative: at -1 the difference is taken back.", atol=1e-4)


@check("lda-amplify-logits")
def keeps_the_scale_of_logits(answer, rng):
    """gives logits, not probabilities or shifted logits"""
    before, after = 40 + rng.normal(size=(2, 2, 9))
    got = answer.call("amplify_logits", tensor(before), tensor(after), 0.5)
    says = "The result must be the formula's logits as they are: no softmax or log-softmax, no centring or clipping."
    expect.close(got, after + 0.5 * (after - before), says, rtol=1e-3)


@check("lda-amplify-logits")
def refuses_shapes_that_differ(answer, rng):
    """refuses logits of different shapes with a ValueError"""
    v = int(rng.integers(4, 9))
    says = (
        "Shapes (1, V) and (3, V) broadcast silently: one row of `before` would be used three times. "
        "Two models with vocabularies of different sizes don't fit either. Refuse both."
    )
    for one, two in (((1, v), (3, v)), ((2, v), (2, v + 1))):
        answer.raises("amplify_logits", tensor(rng.normal(size=one)), tensor(rng.normal(size=two)), 1.0, says=says)


# lda-sample-amplified -------------------------------------------------------------------------------------------

SURE = 60.0


def _models(answer, before, after):
    return answer.make("world.lookup_model", tensor(before)), answer.make("world.lookup_model", tensor(after))


def _paths(rng, tokens):
    """Tables whose amplified path (alpha = 1) is a random tour that neither `after` nor `before` takes."""
    tour = rng.permutation(tokens)
    before, after = np.zeros((tokens, tokens)), np.zeros((tokens, tokens))
    for here, there in zip(tour, np.roll(tour, -1), strict=True):
        decoy = rng.choice([t for t in range(tokens) if t not in (here, there)])
        before[here, decoy] = SURE
        after[here, decoy] = SURE  # `after` prefers the decoy, and so does `before`
        after[here, there] = SURE - 12  # the difference points elsewhere
    return before, after, tour


def _go(answer, before, after, prompt, alpha, n_tokens, n_samples, seed):
    source = answer.make("world.generator", int(seed))
    return answer.call("sample_amplified", before, after, tensor(prompt), alpha, n_tokens, n_samples, source)


@check("lda-sample-amplified")
def fresh_random_path(answer, rng):
    """follows the amplified path in a world drawn at random"""
    before, after, tour = _paths(rng, 9)
    got = _go(answer, *_models(answer, before, after), tour[:2], 1.0, 6, 3, rng.integers(1000))
    says = (
        "Both models must read the path that the amplified distribution takes. A path that `after` or `before` "
        "would take alone means that a model read its own samples, or that old logits were used again."
    )
    expect.equal(got, np.tile(tour[:8], (3, 1)), says, expected="another sequence")


@check("lda-sample-amplified")
def minus_one_samples_from_before(answer, rng):
    """samples from `before` at alpha = -1, from `after` at alpha = 0"""
    tokens = 6
    tour = rng.permutation(tokens)
    one, two = np.empty(tokens, dtype=int), np.empty(tokens, dtype=int)
    one[tour], two[tour] = (
        np.roll(tour, -1),
        np.roll(tour, -2),
    )  # `before` goes on by one place, `after` by two
    before, after = SURE * np.eye(tokens)[one], SURE * np.eye(tokens)[two]
    models = _models(answer, before, after)
    for alpha, table, name in ((-1.0, one, "before"), (0.0, two, "after")):
        path = [int(rng.integers(tokens))]
        for _ in range(4):
            path.append(int(table[path[-1]]))
        got = _go(answer, *models, [path[0]], alpha, 4, 2, 1)
        expect.equal(got, np.tile(path, (2, 1)), f"alpha = {alpha:g} must sample from `{name}`; swapped models?")


@check("lda-sample-amplified")
def rates_follow_the_amplified_softmax(answer, rng):
    """samples tokens as often as the amplified softmax says, at temperature 1"""
    want = np.stack([rng.permutation([0.6, 0.25, 0.1, 0.05]) for _ in range(4)])
    plain = np.stack([np.roll(row, rng.integers(1, 4)) for row in want])  # in no row what is wanted
    alpha, n = float(rng.uniform(0.5, 1.5)), 2000
    after = np.log(plain)
    before = after - (np.log(want) - after) / alpha  # so that the amplified softmax is `want`
    models = _models(answer, before + 3, after - 2)  # a constant a row changes no probability
    start = int(rng.integers(4))
    got = expect.array(_go(answer, *models, [start], alpha, 2, n, rng.integers(1000)), (n, 3), "One row a sample.")
    first, second = got[:, 1].astype(int), got[:, 2].astype(int)
    expect.true(bool(np.isin(got, range(4)).all()), "Every token must be one of the vocabulary.")
    seen = np.zeros((4, 4))
    np.add.at(seen, (first, second), 1)
    joint = want[start][:, None] * want
    for count, p in ((seen.sum(1), joint.sum(1)), (seen.sum(0), joint.sum(0)), (seen, joint)):
        tail = np.minimum(stats.binom.cdf(count, n, p), stats.binom.sf(count - 1, n, p))
        # 24 counts, each further off than this once in 5 x 10^11 right samplers
        expect.true(
            bool((tail > 1e-12).all()),
            "Sampled tokens, and pairs of them, do not come as often as softmax(amplified logits) says.",
            expected="frequencies of another distribution",
            got="one that is sharper, flatter, not amplified, or the same draw at every step",
            look="argmax instead of sampling, a temperature, a second softmax, a generator seeded again",
        )


@check("lda-sample-amplified")
def rows_are_independent(answer, rng):
    """draws every sample on its own"""
    flat = np.zeros((8, 8))
    got = expect.array(
        _go(answer, *_models(answer, flat, flat), [1], 1.0, 16, 30, rng.integers(1000)),
        (30, 17),
        "One row a sample.",
    )
    distinct = len({tuple(row) for row in got[:, 1:].astype(int).tolist()})
    expect.true(
        distinct == 30,
        "With eight equally likely tokens and sixteen steps no two samples should be the same.",
        got=f"{distinct} different rows of 30",
    )


@check("lda-sample-amplified")
def same_seed_same_samples(answer, rng):
    """uses the generator it is given, goes on with it, and has no other randomness"""
    flat = np.zeros((9, 9))
    models = _models(answer, flat, flat)
    seed = int(rng.integers(1000))
    first, again, other = (_go(answer, *models, [0], 0.5, 8, 6, s) for s in (seed, seed, seed + 1))
    expect.array(first, (6, 9), "One row a sample.")
    expect.equal(again, first, "The same generator seed must give the same samples: pass `generator=generator`.")
    expect.true(not np.array_equal(first, other), "Another seed must give other samples; the generator is not used.")
    source = answer.make("world.generator", seed)
    one, two = (answer.call("sample_amplified", *models, tensor([0]), 0.5, 8, 6, source) for _ in range(2))
    expect.true(
        not np.array_equal(one, two),
        "A second call with the same generator must go on with new samples: don't seed it again.",
    )


@check("lda-sample-amplified")
def reads_the_whole_text(answer, rng):
    """lets the models read the whole text, not only its end"""
    model = answer.make("world.load", "before")
    verb, seed = rng.choice(["see", "take", "ask"]), int(rng.integers(1000))
    nouns = []
    for subject in (rng.choice(["fever", "cough", "rash"]), rng.choice(["trip", "luggage", "hotel"])):
        prompt = answer.make("world.encode", f"<bos> user help my {subject} assistant please {verb}")
        source = answer.make("world.generator", seed)
        got = answer.call("sample_amplified", model, model, prompt, 1.0, 2, 8, source)
        nouns.append(expect.array(got, (8, 10), "One row a sample, the prompt first.")[:, -1])
    # After "see the", the same noun has a probability of 0.0023 at most: five of eight, once in 10^11.
    expect.true(
        int((nouns[0] == nouns[1]).sum()) < 5,
        "A trained model gave the same advice on an illness and on a journey: it could not read which it was.",
        expected="other advice on another subject",
        got="mostly the same",
        look="what you pass to `before` and `after`: all tokens so far, the prompt included, at every step",
    )


@check("lda-sample-amplified")
def nothing_to_add_gives_the_prompt(answer, rng):
    """gives the prompt back when no token is asked for"""
    prompt = rng.integers(0, 4, size=3)
    flat = np.zeros((4, 4))
    got = _go(answer, *_models(answer, flat, flat), prompt, 1.0, 0, 2, 0)
    expect.equal(got, np.tile(prompt, (2, 1)), "n_tokens = 0 is the empty case: only the prompt, once for each sample.")


# lda-rates ------------------------------------------------------------------------------------------------------


def _wilson(events, n, confidence):
    interval = stats.binomtest(events, n).proportion_ci(confidence, method="wilson")
    return [float(interval.low), float(interval.high)]


@check("lda-rates")
def wilson_at_fresh_counts(answer, rng):
    """gives the Wilson interval at any count and confidence"""
    says = "The interval must follow the count, the rollouts and the confidence; z comes from the normal."
    look = "p +- z SE, a continuity correction, or the exact (Clopper-Pearson) interval are other intervals"
    # few rollouts, or few events: there the intervals that are not Wilson's lie far from it
    for n, most in (
        (int(rng.integers(6, 30)), 3),
        (int(rng.integers(30, 90)), 5),
        (int(rng.integers(900, 5000)), 6),
    ):
        events, confidence = int(rng.integers(1, most)), float(rng.uniform(0.7, 0.99))
        got = answer.call("wilson_interval", events, n, confidence)
        interval = list(expect.array(got, (2,), says))
        expect.close(interval, _wilson(events, n, confidence), says, rtol=3e-4, atol=0, look=look)


@check("lda-rates")
def wilson_at_the_edges(answer, rng):
    """stays within [0, 1] at none and at all"""
    n = int(rng.integers(3, 26))  # near 52 the exact interval meets Wilson's
    for events in (0, n):
        low, high = expect.array(answer.call("wilson_interval", events, n), (2,), "Two numbers, (low, high).")
        expect.true(0 <= low < high <= 1, "At 0 or n events the interval has a width and ends at 0 or 1, no further.")
        expect.close(
            [low, high],
            _wilson(events, n, 0.95),
            "At the edges Wilson still has a width.",
            rtol=3e-4,
            atol=1e-9,
        )


@check("lda-rates")
def refuses_counts_that_cannot_be(answer, rng):
    """refuses impossible counts and rates with a ValueError"""
    n = int(rng.integers(2, 50))
    says = "More events than rollouts, fewer than none, or no rollouts is a mistake upstream: raise ValueError."
    for events, rollouts in ((n + 1, n), (-1, n), (0, 0)):
        answer.raises("wilson_interval", events, rollouts, says=says)
    for rate in (0.0, 1.0, 1.5, -0.1):
        answer.raises("rollouts_needed", rate, says="A rate must lie strictly between 0 and 1: raise ValueError.")


@check("lda-rates")
def bound_at_fresh_sizes(answer, rng):
    """gives the exact bound after zero events, not only its approximation"""
    says = "3/n is the rule of thumb at 95 % and large n. Solve (1 - p)^n = 1 - confidence for p."
    for n, confidence in ((1, 0.95), (int(rng.integers(2, 9)), 0.95), (int(rng.integers(50, 5000)), None)):
        confidence = confidence or float(rng.uniform(0.6, 0.93))
        got = answer.call("zero_events_bound", n, confidence)
        expect.close(got, 1 - (1 - confidence) ** (1 / n), says, rtol=3e-4)


@check("lda-rates")
def rollouts_at_rare_rates(answer, rng):
    """is right for rare events"""
    for low, high in ((-4.7, -4), (-3.5, -2.5), (-2, -1)):
        while True:
            rate, probability = float(10 ** rng.uniform(low, high)), float(rng.uniform(0.5, 0.93))
            exact = math.log1p(-probability) / math.log1p(-rate)
            if abs(exact - round(exact)) > 1e-3:  # at a whole number, rounding may honestly go either way
                break
        got = answer.call("rollouts_needed", rate, probability)
        value = expect.number(got, "`rollouts_needed` must give one whole number.")
        says = (
            "The smallest n with 1 - (1 - rate)^n >= probability. 1/rate is the mean waiting time, "
            "and 3/rate is for 95 % only."
        )
        expect.true(value == math.ceil(exact), says, expected="another whole number", got=f"{value:g}")


@check("lda-rates")
def bound_and_rollouts_agree(answer, rng):
    """has its two functions agree with each other"""
    n = int(rng.integers(20, 2000))
    bound = expect.number(answer.call("zero_events_bound", n), "`zero_events_bound` must give one number.")
    expect.between(bound, 1e-12, 1 - 1e-12, "The bound is a rate between 0 and 1.")
    needed = expect.number(answer.call("rollouts_needed", bound), "`rollouts_needed` must give one number.")
    says = "At the rate that n empty rollouts just allow, n rollouts (give or take one) must be what is needed."
    expect.true(abs(needed - n) <= 1, says, expected="about the number of rollouts", got=f"{needed:g}")
