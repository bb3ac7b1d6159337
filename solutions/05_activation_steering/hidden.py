"""Held-back checks of unit 05: fresh inputs, properties, edge cases."""

import math

import numpy as np
from scipy import stats

from worktest.checks import check, expect, tensor

# A small transformer, and its logits by other means (see `world.stand_in`) ---------------------------------------


def _weights(rng, vocab=11, width=7, layers=3, hidden=10, context=9):
    """Random weights: embed, pos_embed, mix, mlp_in, mlp_out, unembed."""
    mlp = [(layers, width, hidden), (layers, hidden, width)]
    shapes = [(vocab, width), (context, width), (layers, width, width), *mlp]
    scales = [1.0, 0.5, 1.5 / math.sqrt(width), 1 / math.sqrt(width), 1 / math.sqrt(hidden)]
    drawn = [scale * rng.normal(size=shape) for shape, scale in zip(shapes, scales, strict=True)]
    return [*drawn, rng.normal(size=(width, vocab))]


def _norm(x):
    return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)


def _run(weights, tokens, layer=None, shift=0.0, start=0, stop=None):
    """Logits with `shift` added at the input of `layer`, and what enters each block."""
    embed, places, mix, mlp_in, mlp_out, unembed = weights
    x = embed[tokens] + places[: tokens.shape[1]]
    inputs = []
    for i in range(len(mix)):
        if i == layer:
            x = x.copy()
            x[:, start:stop] += shift
        inputs.append(x)
        so_far = np.cumsum(_norm(x), axis=1) / np.arange(1, tokens.shape[1] + 1)[:, None]
        x = x + so_far @ mix[i]
        x = x + np.maximum(_norm(x) @ mlp_in[i], 0) @ mlp_out[i]
    return _norm(x) @ unembed, inputs


def _model(answer, weights):
    return answer.make("world.stand_in", *[tensor(w) for w in weights])


def _tokens(rng, rows, seq, vocab=11):
    return rng.integers(vocab, size=(rows, seq))


# steer-vector ---------------------------------------------------------------------------------------------------


def _vector(answer, model, positive, negative, layer, position):
    got = answer.call("contrast_vector", model, tensor(positive), tensor(negative), layer, position)
    return expect.array(got, (7,), "One vector, of shape (d_model,).")


def _wanted(weights, positive, negative, layer, position):
    one, two = (_run(weights, rows)[1][layer][:, position].mean(0) for rows in (positive, negative))
    return one - two


def _same(got, want, says, look=""):
    expect.close(got, want, says, rtol=1e-3, atol=2e-4, look=look)


@check("steer-vector")
def every_layer_of_a_fresh_model(answer, rng):
    """is right at every layer of a random model, at a random position"""
    weights = _weights(rng, layers=4)
    model, positive, negative = _model(answer, weights), _tokens(rng, 4, 6), _tokens(rng, 4, 6)
    for layer in range(4):
        position = int(rng.integers(1, 5))
        _same(
            _vector(answer, model, positive, negative, layer, position),
            _wanted(weights, positive, negative, layer, position),
            "At each layer, read what enters that block, and at the position that was asked for.",
            look="a layer or a position that is written into your function; a hook one block early or late",
        )


@check("steer-vector")
def sides_of_different_size(answer, rng):
    """takes each side's own mean when one has more rows"""
    weights = _weights(rng)
    model, small, large = _model(answer, weights), _tokens(rng, int(rng.integers(2, 4)), 5), _tokens(rng, 7, 5)
    for positive, negative in ((small, large), (large, small)):
        _same(
            _vector(answer, model, positive, negative, 1, 2),
            _wanted(weights, positive, negative, 1, 2),
            "The rows of the two sides are not pairs: each side has its mean, over all of its own rows.",
            look="a `zip` that stops at the shorter side, or one number of rows for both",
        )


@check("steer-vector")
def a_single_row_each(answer, rng):
    """is a plain difference when each side has one row"""
    weights = _weights(rng)
    model, positive, negative = _model(answer, weights), _tokens(rng, 1, 4), _tokens(rng, 1, 4)
    says = "With one row a side the mean is that row."
    look = "a `squeeze` that removes the batch when it is one; a division by n - 1"
    _same(_vector(answer, model, positive, negative, 2, 1), _wanted(weights, positive, negative, 2, 1), says, look)


@check("steer-vector")
def positions_from_both_ends(answer, rng):
    """counts negative positions from the end, and position 0 from the beginning"""
    weights, seq = _weights(rng), int(rng.integers(5, 8))
    model, positive, negative = _model(answer, weights), _tokens(rng, 3, seq), _tokens(rng, 5, seq)
    for position in (0, 1, seq - 1, -1, -2, -seq):
        _same(
            _vector(answer, model, positive, negative, 1, position),
            _wanted(weights, positive, negative, 1, position),
            "Position -1 is the last token, -2 the one before it; 0 is the first and not 'none given'.",
            look="whether the position reaches the index, also when it is 0 or negative",
        )


@check("steer-vector")
def sign_and_length(answer, rng):
    """turns round with the sides, and has the length of the difference"""
    weights = _weights(rng)
    weights[0] *= float(rng.uniform(3, 5))  # longer embeddings: a vector that is far from length one
    model, positive, negative = _model(answer, weights), _tokens(rng, 3, 4), _tokens(rng, 4, 4)
    want = _wanted(weights, positive, negative, 0, 2)
    got = _vector(answer, model, positive, negative, 0, 2)
    expect.true(float(got @ want) > 0, "The vector points from `negative` to `positive`.", got="one that points back")
    _same(
        got, want, "The vector stays as long as the difference is: its length is part of the dose.", "a normalisation"
    )


@check("steer-vector")
def what_is_shared_cancels(answer, rng):
    """is zero at layer 0 where both sides have the same token, and no longer after attention"""
    weights = _weights(rng)
    model, positive, negative = _model(answer, weights), _tokens(rng, 3, 5), _tokens(rng, 3, 5)
    positive[:, 4] = negative[:, 4] = int(rng.integers(11))
    positive[:, 1], negative[:, 1] = 2, 9
    says = "At the input of block 0 a token knows nothing of the others: alike on both sides, it gives a zero vector."
    _same(_vector(answer, model, positive, negative, 0, 4), np.zeros(7), says, "averages over other positions")
    got, want = _vector(answer, model, positive, negative, 1, 4), _wanted(weights, positive, negative, 1, 4)
    _same(got, want, "From layer 1 on, attention has brought the difference of other tokens there.")


@check("steer-vector")
def refuses_missing_layers(answer, rng):
    """refuses layers past the last one and below zero"""
    layers = int(rng.integers(1, 3))
    model, rows = _model(answer, _weights(rng, layers=layers)), tensor(_tokens(rng, 2, 4))
    for layer in (layers, layers + int(rng.integers(1, 4)), -1):
        says = "Layers go from 0 to n_layers - 1, of this model. Anything else is a ValueError, also -1."
        answer.raises("contrast_vector", model, rows, rows, layer, 1, says=says)


# steer-add ------------------------------------------------------------------------------------------------------


def _steered(answer, model, tokens, vector, *args, **kwargs):
    got = answer.call("steered_logits", model, tensor(tokens), tensor(vector), *args, **kwargs)
    return expect.array(got, (*tokens.shape, 11), "Logits of shape (batch, seq, vocab).")


@check("steer-add")
def fresh_models_and_intervals(answer, rng):
    """is right at every layer of a random model, for random doses and intervals"""
    weights = _weights(rng, layers=4)
    model, tokens = _model(answer, weights), _tokens(rng, 3, 7)
    for layer in range(4):
        vector, dose = 2 * rng.normal(size=7), float(rng.choice([-1, 1]) * rng.uniform(0.5, 3))
        start = int(rng.integers(0, 5))
        stop = int(rng.integers(start + 1, 7))
        _same(
            _steered(answer, model, tokens, vector, layer, dose, start, stop),
            _run(weights, tokens, layer, dose * vector, start, stop)[0],
            "dose * vector is added to what enters this one block, at start, ..., stop - 1, in every row.",
            look="a layer, a start or a dose that is written into your function; a hook one block early or late",
        )


@check("steer-add")
def ends_of_the_interval(answer, rng):
    """steers one position, none, or all, as start and stop say"""
    weights = _weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 6), 3 * rng.normal(size=7)
    k = int(rng.integers(1, 5))
    for start, stop in ((k, k + 1), (k, k), (0, k), (0, 6), (5, 6), (0, 0)):
        _same(
            _steered(answer, model, tokens, vector, 1, 1.0, start=start, stop=stop),
            _run(weights, tokens, 1, vector, start, stop)[0],
            "start belongs to the interval and stop does not. Equal ones steer nothing, and a stop of 0 is not None.",
            look="`stop or ...` takes 0 for None; positions outside the interval",
        )


@check("steer-add")
def defaults_steer_everything_once(answer, rng):
    """adds the vector itself everywhere when only a layer is given, and up to the end without stop"""
    weights = _weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), 2 * rng.normal(size=7)
    says = "Without more arguments the dose is 1, and all positions are steered."
    _same(_steered(answer, model, tokens, vector, 1), _run(weights, tokens, 1, vector)[0], says)
    start = int(rng.integers(1, 5))
    got = _steered(answer, model, tokens, vector, 2, start=start)
    _same(got, _run(weights, tokens, 2, vector, start)[0], "Without stop the steering goes on up to the last position.")


@check("steer-add")
def dose_and_length_are_one_thing(answer, rng):
    """gives the same for half the vector at twice the dose, and the opposite vector at minus the dose"""
    weights = _weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), 2 * rng.normal(size=7)
    want = _run(weights, tokens, 1, 1.5 * vector, 1)[0]
    for factor in (1.0, 0.5, 4.0, -1.0):
        _same(
            _steered(answer, model, tokens, factor * vector, 1, 1.5 / factor, 1),
            want,
            "Only the product of dose and vector counts: nothing is normalised, and the sign is kept.",
            look="a division by the norm; `abs`",
        )


@check("steer-add")
def leaves_the_model_as_it_was(answer, rng):
    """steers one run at a time, whatever was steered before"""
    weights = _weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), 3 * rng.normal(size=7)
    for layer, dose in ((0, 2.0), (2, -1.0), (1, 1.0), (0, 0.0)):
        _same(
            _steered(answer, model, tokens, vector, layer, dose, 1),
            _run(weights, tokens, layer, dose * vector, 1)[0],
            "Runs one after another must not know of each other: here other layers were steered before, or the dose "
            "is 0 at the end.",
            look="a hook that stays, or a bias that you changed",
        )


@check("steer-add")
def leaves_the_vector_as_it_was(answer, rng):
    """changes neither the vector nor the tokens that it was given"""
    weights = _weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), rng.normal(size=7)
    shared = answer.make("world.Tensor", vector.tolist())
    want = _run(weights, tokens, 1, 2 * vector, 1)[0]
    for _ in range(3):
        got = answer.call("steered_logits", model, tensor(tokens), shared, 1, 2.0, 1)
        _same(got, want, "Three calls with the same vector must give the same.", "an operation in place on `vector`")


@check("steer-add")
def rows_by_themselves(answer, rng):
    """gives every row what it would have alone, and a single token its logits"""
    weights = _weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 4, 6), 2 * rng.normal(size=7)
    whole = _steered(answer, model, tokens, vector, 1, 1.0, 2)
    for i in (0, int(rng.integers(1, 4))):
        alone = _steered(answer, model, tokens[i : i + 1], vector, 1, 1.0, 2)
        want = _run(weights, tokens[i : i + 1], 1, vector, 2)[0]
        _same(alone, want, "A batch of one row is a batch as well.", "a `squeeze`")
        _same(whole[i : i + 1], want, "Every row of the batch must be steered, and in the same way.")
    got = _steered(answer, model, tokens[:, :1], vector, 1)
    _same(got, _run(weights, tokens[:, :1], 1, vector)[0], "A prompt of one token can be steered too.")


@check("steer-add")
def refuses_layers_that_are_not_there(answer, rng):
    """refuses layers past the last one and below zero"""
    layers = int(rng.integers(1, 3))
    model, rows = _model(answer, _weights(rng, layers=layers)), tensor(_tokens(rng, 2, 4))
    for layer in (layers, layers + int(rng.integers(1, 4)), -1):
        says = "Layers go from 0 to n_layers - 1, of this model. Anything else is a ValueError, also -1."
        answer.raises("steered_logits", model, rows, tensor(rng.normal(size=7)), layer, says=says)


# steer-effect ---------------------------------------------------------------------------------------------------


def _odds(logits, positive, negative):
    p = np.exp(logits - logits.max(-1, keepdims=True))
    return np.log(p[..., positive].sum(-1) / p[..., negative].sum(-1))


def _share(answer, effects, *args, **kwargs):
    got = answer.call("wrong_way", effects, *args, **kwargs)
    return expect.array(got, (3,), "Three numbers: (share, low, high).")


def _effects(rng, below, above, zero=0):
    """Effects of which `below` lie below zero, in random order."""
    parts = [-rng.uniform(0.01, 3, below), rng.uniform(0.01, 6, above), np.zeros(zero)]
    return rng.permutation(np.concatenate(parts))


@check("steer-effect")
def log_odds_of_any_shape(answer, rng):
    """is right for logits with any number of dimensions, and sides of any size"""
    for shape in ((13,), (5, 13), (2, 3, 13)):
        logits, ids = 2 * rng.normal(size=shape), rng.permutation(13)
        k, m = int(rng.integers(1, 4)), int(rng.integers(4, 7))
        for positive, negative in ((ids[:k], ids[k : k + m]), (ids[k : k + m], ids[:k])):
            got = answer.call("log_odds", tensor(logits), tensor(positive), tensor(negative))
            expect.close(
                got,
                _odds(logits, positive, negative),
                "For each row: the log of the summed probabilities of one side over those of the other.",
                rtol=1e-3,
                atol=2e-4,
                look="means in place of sums, which differ when the sides differ in size; the last dimension",
            )


@check("steer-effect")
def other_tokens_have_no_say(answer, rng):
    """does not change when tokens on neither side, or all logits together, go up"""
    logits, ids = rng.normal(size=(4, 12)), rng.permutation(12)
    positive, negative, rest = ids[:3], ids[3:6], ids[6:]
    for other in (0.0, float(rng.uniform(2, 4)), -float(rng.uniform(2, 4))):
        moved = logits + rng.normal(size=(4, 1))
        moved[:, rest] += other
        got = answer.call("log_odds", tensor(moved), tensor(positive), tensor(negative))
        expect.close(
            got,
            _odds(logits, positive, negative),
            "Odds of one side against the *other side*: tokens on neither have no part in it.",
            rtol=1e-3,
            atol=2e-4,
            look="`negative` is not everything else; logits are not probabilities",
        )


@check("steer-effect")
def improbable_sides(answer, rng):
    """stays a number when both sides are too improbable for a float"""
    logits, ids = rng.normal(size=(3, 9)), rng.permutation(9)
    positive, negative = ids[:3], ids[3:7]
    far = logits.copy()
    far[:, ids[8]] += 130.0  # a strong dose can do that: another word has nearly all of the probability
    far[0] += 100.0
    got = answer.call("log_odds", tensor(far), tensor(positive), tensor(negative))
    expect.close(
        got,
        _odds(logits, positive, negative),
        "When another token takes all the probability, both sides round to 0 and their quotient is lost, while their "
        "log-odds are as they were.",
        rtol=1e-3,
        atol=5e-4,
        look="stay among logs: `exp` or `softmax` first and `log` afterwards loses it",
    )


@check("steer-effect")
def fresh_shares_and_intervals(answer, rng):
    """is right for random effects and any confidence"""
    for _ in range(4):
        below, above = (int(n) for n in rng.integers(1, 40, 2))
        confidence = float(rng.choice([0.5, 0.8, 0.9, 0.99]))
        for level, arguments in ((0.95, ()), (confidence, (confidence,))):
            got = _share(answer, _effects(rng, below, above), *arguments)
            want = stats.binomtest(below, below + above).proportion_ci(level, method="wilson")
            says = "The share is a count of effects below zero over the number of effects."
            expect.close(got[0], below / (below + above), says)
            says = "The interval must be Wilson's, at the confidence that was asked for, 0.95 without one."
            look = "which quantile belongs to a two-sided interval; the number 1.96; n, not n - 1"
            expect.close(got[1:], [want.low, want.high], says, rtol=1e-3, look=look)


@check("steer-effect")
def zero_is_not_the_wrong_way(answer, rng):
    """counts effects of exactly zero among all, and not among those that went wrong"""
    below, above, zero = (int(n) for n in rng.integers(3, 9, 3))
    got = _share(answer, _effects(rng, below, above, zero))
    n = below + above + zero
    says = "An effect of exactly zero is one of the effects, and did not move the wrong way."
    expect.close(got[0], below / n, says, look="<= in place of <; zeros left out of the number of effects")
    want = stats.binomtest(below, n).proportion_ci(0.95, method="wilson")
    expect.close(got[1:], [want.low, want.high], "The interval is that of the same count.", rtol=1e-3)


@check("steer-effect")
def nobody_and_everybody(answer, rng):
    """keeps a width when none or all went wrong, and stays within 0 and 1"""
    for n in (1, int(rng.integers(3, 12)), int(rng.integers(40, 90))):
        for below in (0, n):
            got = _share(answer, _effects(rng, below, n - below))
            want = stats.binomtest(below, n).proportion_ci(0.95, method="wilson")
            says = "None of a few does not mean never: Wilson's interval has a width here, and one end at 0 or 1."
            expect.close(got, [below / n, want.low, want.high], says, rtol=1e-3, look="the simple interval p +- z s.e.")
            expect.true(got[1] >= 0 and got[2] <= 1, "Low and high are clipped to [0, 1], also after rounding.")


@check("steer-effect")
def size_does_not_count(answer, rng):
    """asks on which side of zero an effect lies, not how far, nor how it compares with the mean"""
    below, above = (int(n) for n in rng.integers(4, 9, 2))
    effects = _effects(rng, below, above)
    first = _share(answer, effects)
    for other in (100 * effects, np.where(effects > 0, 50 * effects, effects), 1e-4 * effects):
        says = "Stretch the effects, one side or both: as many as before lie below zero."
        expect.close(_share(answer, other), [below / (below + above), *first[1:]], says, look="the mean, or a margin")


@check("steer-effect")
def refuses_no_effects(answer, rng):
    """refuses an empty array with a ValueError, at any confidence"""
    for confidence in (0.95, float(rng.uniform(0.5, 0.9))):
        says = "No effects, no share: raise ValueError."
        answer.raises("wrong_way", np.zeros(0), confidence, says=says)
