"""Held-back checks of unit 05: fresh inputs, properties, edge cases."""

import numpy as np

from worktest.checks import check, expect, tensor
from worktest.reference_transformer import random_weights, run


def _model(answer, weights):
    return answer.make("world.stand_in", *map(tensor, weights.values()))


def _tokens(rng, rows, seq, vocab=11):
    return rng.integers(vocab, size=(rows, seq))


# steer-vector ---------------------------------------------------------------------------------------------------


def _vector(answer, model, positive, negative, layer, position):
    got = answer.call("contrast_vector", model, tensor(positive), tensor(negative), layer, position)
    return expect.array(got, (7,), "One vector, of shape (d_model,).")


def _wanted(weights, positive, negative, layer, position):
    one, two = (run(weights, rows)[1][layer][:, position].mean(0) for rows in (positive, negative))
    return one - two


def _same(got, want, says, look=""):
    expect.close(got, want, says, rtol=1e-3, atol=2e-4, look=look)


@check("steer-vector")
def every_layer_of_a_fresh_model(answer, rng):
    """is right at every layer of a random model, at a random position"""
    weights = random_weights(rng, layers=4)
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
    weights = random_weights(rng)
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
    weights = random_weights(rng)
    model, positive, negative = _model(answer, weights), _tokens(rng, 1, 4), _tokens(rng, 1, 4)
    says = "With one row a side the mean is that row."
    look = "a `squeeze` that removes the batch when it is one; a division by n - 1"
    _same(_vector(answer, model, positive, negative, 2, 1), _wanted(weights, positive, negative, 2, 1), says, look)


@check("steer-vector")
def positions_from_both_ends(answer, rng):
    """counts negative positions from the end, and position 0 from the beginning"""
    weights, seq = random_weights(rng), int(rng.integers(5, 8))
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
    weights = random_weights(rng)
    weights["embed"] *= float(rng.uniform(3, 5))  # longer embeddings: a vector that is far from length one
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
    weights = random_weights(rng)
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
    model, rows = _model(answer, random_weights(rng, layers=layers)), tensor(_tokens(rng, 2, 4))
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
    weights = random_weights(rng, layers=4)
    model, tokens = _model(answer, weights), _tokens(rng, 3, 7)
    for layer, sign in enumerate(rng.permutation([-1, -1, 1, 1])):
        vector, dose = 2 * rng.normal(size=7), float(sign * rng.uniform(0.5, 3))
        start = int(rng.integers(0, 5))
        stop = int(rng.integers(start + 2, 8))  # two positions or more
        _same(
            _steered(answer, model, tokens, vector, layer, dose, start, stop),
            run(weights, tokens, layer, dose * vector, start, stop)[0],
            "dose * vector is added to what enters this one block, at start, ..., stop - 1, in every row.",
            look="a layer, a start or a dose that is written into your function; a hook one block early or late",
        )


@check("steer-add")
def ends_of_the_interval(answer, rng):
    """steers one position, none, or all, as start and stop say"""
    weights = random_weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 6), 3 * rng.normal(size=7)
    k = int(rng.integers(1, 5))
    for start, stop in ((k, k + 1), (k, k), (0, k), (0, 6), (5, 6), (0, 0)):
        _same(
            _steered(answer, model, tokens, vector, 1, 1.0, start=start, stop=stop),
            run(weights, tokens, 1, vector, start, stop)[0],
            "start belongs to the interval and stop does not. Equal ones steer nothing, and a stop of 0 is not None.",
            look="`stop or ...` takes 0 for None; positions outside the interval",
        )


@check("steer-add")
def defaults_steer_everything_once(answer, rng):
    """adds the vector itself everywhere when only a layer is given, and up to the end without stop"""
    weights = random_weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), 2 * rng.normal(size=7)
    says = "Without more arguments the dose is 1, and all positions are steered."
    _same(_steered(answer, model, tokens, vector, 1), run(weights, tokens, 1, vector)[0], says)
    start = int(rng.integers(1, 5))
    got = _steered(answer, model, tokens, vector, 2, start=start)
    _same(got, run(weights, tokens, 2, vector, start)[0], "Without stop the steering goes on up to the last position.")


@check("steer-add")
def dose_and_length_are_one_thing(answer, rng):
    """gives the same for half the vector at twice the dose, and the opposite vector at minus the dose"""
    weights = random_weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), 2 * rng.normal(size=7)
    want = run(weights, tokens, 1, 1.5 * vector, 1)[0]
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
    weights = random_weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), 3 * rng.normal(size=7)
    for layer, dose in ((0, 2.0), (2, -1.0), (1, 1.0), (0, 0.0)):
        _same(
            _steered(answer, model, tokens, vector, layer, dose, 1),
            run(weights, tokens, layer, dose * vector, 1)[0],
            "Runs one after another must not know of each other: here other layers were steered before, or the dose "
            "is 0 at the end.",
            look="a hook that stays, or a bias that you changed",
        )


@check("steer-add")
def leaves_the_vector_as_it_was(answer, rng):
    """changes neither the vector nor the tokens that it was given"""
    weights = random_weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 2, 5), rng.normal(size=7)
    shared = answer.make("world.Tensor", vector.tolist())
    want = run(weights, tokens, 1, 2 * vector, 1)[0]
    for _ in range(3):
        got = answer.call("steered_logits", model, tensor(tokens), shared, 1, 2.0, 1)
        _same(got, want, "Three calls with the same vector must give the same.", "an operation in place on `vector`")


@check("steer-add")
def rows_by_themselves(answer, rng):
    """gives every row what it would have alone, and a single token its logits"""
    weights = random_weights(rng)
    model, tokens, vector = _model(answer, weights), _tokens(rng, 4, 6), 2 * rng.normal(size=7)
    whole = _steered(answer, model, tokens, vector, 1, 1.0, 2)
    for i in (0, int(rng.integers(1, 4))):
        alone = _steered(answer, model, tokens[i : i + 1], vector, 1, 1.0, 2)
        want = run(weights, tokens[i : i + 1], 1, vector, 2)[0]
        _same(alone, want, "A batch of one row is a batch as well.", "a `squeeze`")
        _same(whole[i : i + 1], want, "Every row of the batch must be steered, and in the same way.")
    got = _steered(answer, model, tokens[:, :1], vector, 1)
    _same(got, run(weights, tokens[:, :1], 1, vector)[0], "A prompt of one token can be steered too.")


@check("steer-add")
def refuses_layers_that_are_not_there(answer, rng):
    """refuses layers past the last one and below zero"""
    layers = int(rng.integers(1, 3))
    model, rows = _model(answer, random_weights(rng, layers=layers)), tensor(_tokens(rng, 2, 4))
    for layer in (layers, layers + int(rng.integers(1, 4)), -1):
        says = "Layers go from 0 to n_layers - 1, of this model. Anything else is a ValueError, also -1."
        answer.raises("steered_logits", model, rows, tensor(rng.normal(size=7)), layer, says=says)
