"""Held-back checks of unit 00: fresh inputs, edge cases, and the mistakes that look right on one example."""

import numpy as np

from worktest.checks import check, expect, tensor


def _stream(embed, writes, tokens):
    """Residual stream after each block of the planted model, shape (layers, batch, position, width)."""
    return embed[tokens][None] + np.cumsum(writes, axis=0)[:, None, None, :]


@check("start-residual-norms")
def fresh_random_stream(answer, rng):
    """is right for a stream drawn at random"""
    embed, writes = rng.normal(size=(9, 6)), rng.normal(size=(3, 6))
    tokens = rng.integers(0, 9, size=(5, 7))
    model = answer.make("world.planted_model", tensor(embed), tensor(writes))
    got = answer.call("residual_norms", model, tensor(tokens))
    want = np.linalg.norm(_stream(embed, writes, tokens), axis=-1).mean(axis=(1, 2))
    expect.close(got, want, "For each block: the norm at every position of every sequence, then the mean of those.")


@check("start-residual-norms")
def mean_of_norms_not_norm_of_mean(answer, rng):
    """takes the norm first and the mean after"""
    direction = rng.normal(size=4)
    embed = np.stack([direction, -direction])  # the mean vector is zero, the mean norm is not
    model = answer.make("world.planted_model", tensor(embed), tensor(np.zeros((2, 4))))
    got = answer.call("residual_norms", model, tensor([[0, 1, 0, 1]]))
    want = np.full(2, np.linalg.norm(direction))
    expect.close(got, want, "Two opposite vectors have mean zero, but their lengths do not: norm first, mean after.")


@check("start-residual-norms")
def counts_its_own_model(answer, rng):
    """works for a model with another number of blocks"""
    layers = int(rng.integers(5, 8))
    embed, writes = rng.normal(size=(4, 3)), rng.normal(size=(layers, 3))
    tokens = rng.integers(0, 4, size=(2, 5))
    model = answer.make("world.planted_model", tensor(embed), tensor(writes))
    got = answer.call("residual_norms", model, tensor(tokens))
    want = np.linalg.norm(_stream(embed, writes, tokens), axis=-1).mean(axis=(1, 2))
    expect.close(got, want, "This model has another number of blocks: take the number from `model.cfg.n_layers`.")


@check("start-residual-norms")
def every_sequence_counts(answer, rng):
    """counts every sequence and every position alike"""
    embed = np.array([[1.0, 0.0], [0.0, float(rng.integers(20, 40))]])
    model = answer.make("world.planted_model", tensor(embed), tensor(np.zeros((1, 2))))
    tokens = np.array([[0, 0, 0, 0], [0, 0, 0, 1]])
    got = answer.call("residual_norms", model, tensor(tokens))
    want = [np.linalg.norm(embed[tokens], axis=-1).mean()]
    expect.close(got, want, "One long vector sits at the last position of the last sequence; it must count once.")


@check("start-norm-plot")
def draws_what_it_is_given(answer, rng):
    """draws any numbers of any length"""
    norms = rng.uniform(1, 9, size=int(rng.integers(5, 9)))
    figure = answer.figure("plot_norms", tensor(norms))
    drawn = figure.lines + figure.errorbars
    expect.true(len(drawn) == 1, "The plot must hold one line.", expected="one line", got=f"{len(drawn)} lines")
    expect.close(drawn[0]["y"], norms, "The line must show the argument `norms`, not a variable of the notebook.")
    expect.close(drawn[0]["x"], np.arange(len(norms)), "The blocks are counted from 0, however many there are.")


@check("start-norm-plot")
def labels_stay_on_a_fresh_figure(answer, rng):
    """has its labels on every call, not only on the first"""
    for _ in range(2):
        figure = answer.figure("plot_norms", tensor(rng.uniform(1, 9, size=4)))
        texts = (figure.title, figure.xlabel, figure.ylabel)
        expect.true(
            all(len(text.strip()) >= 3 for text in texts) and len(figure.lines + figure.errorbars) == 1,
            "Each call must draw one labelled plot of its own; draw on a new figure from `plt.subplots()`.",
        )
