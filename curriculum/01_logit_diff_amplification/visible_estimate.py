"""Visible checks of the two ways back to a rate, and of the repaired sampler."""

import numpy as np

from worktest.checks import check, expect, tensor

TABLE_BEFORE = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
TABLE_AFTER = np.log([[0.7, 0.2, 0.1], [0.1, 0.7, 0.2], [0.2, 0.1, 0.7]])


def _models(answer, before, after):
    return answer.make("world.lookup_model", tensor(before)), answer.make("world.lookup_model", tensor(after))


# lda-importance -------------------------------------------------------------------------------------------------


@check("lda-importance")
def no_amplification_no_weight(answer, rng):
    """gives every answer the log weight 0 at alpha = 0"""
    models = _models(answer, TABLE_BEFORE, TABLE_AFTER)
    got = answer.call("log_weights", *models, tensor(np.array([[0, 1, 2, 2], [0, 0, 1, 0]])), 1, 0.0)
    says = "At alpha = 0 the amplified model is `after`: every answer counts once, so its log weight is 0."
    expect.close(got, [0.0, 0.0], says)


@check("lda-importance")
def one_sampled_token(answer, rng):
    """weighs one sampled token by hand"""
    models = _models(answer, TABLE_BEFORE, TABLE_AFTER)
    # after token 0: p = (.7, .2, .1); amplified at alpha = 1 it is p^2 / sum p^2 = (.49, .04, .01) / .54
    got = answer.call("log_weights", *models, tensor(np.array([[1, 0, 0], [1, 0, 2]])), 2, 1.0)
    says = "log p_after(token) - log p_amplified(token), at the logits that predict the token."
    expect.close(
        got,
        np.log([0.7 / (0.49 / 0.54), 0.1 / (0.01 / 0.54)]),
        says,
        look="which position's logits predict a token, the sign, and whether both are log-probabilities",
    )


@check("lda-importance")
def four_weighted_answers(answer, rng):
    """estimates a rate from four weighted answers"""
    log_w = np.log([1.0, 2.0, 0.5, 0.5])
    got = answer.call("estimate_rate", tensor(log_w), tensor(np.array([False, True, False, True])))
    values = expect.array(got, (3,), "`estimate_rate` must give (rate, standard error, effective sample size).")
    counted = np.array([0, 2, 0, 0.5])
    expect.close(values[0], counted.mean(), "The rate is the mean of weight * hit over all four answers.")
    expect.close(
        values[1],
        counted.std(ddof=1) / 2,
        "The standard error is the standard deviation (n - 1) of weight * hit, divided by the root of n.",
    )
    expect.close(values[2], 16 / 5.5, "The effective sample size is (sum w)^2 / sum w^2, over all answers.")


# lda-path -------------------------------------------------------------------------------------------------------


@check("lda-path")
def the_path_has_two_ends(answer, rng):
    """starts at `unsafe` and ends at `target`"""
    unsafe, target = np.array([[1.0, 2.0, 3.0]]), np.array([[0.5, 2.0, 5.0]])
    for a, want, name in ((0.0, unsafe, "unsafe"), (1.0, target, "target")):
        got = answer.call("interpolate_logits", tensor(unsafe), tensor(target), a)
        expect.close(got, want, f"At a = {a:g} the path must be at `{name}`.")


@check("lda-path")
def finds_a_straight_line(answer, rng):
    """follows log-odds that lie on a line"""
    places = [0.0, 0.1, 0.2, 0.3]
    rates = [1 / (1 + np.exp(-(1 - 8 * a))) for a in places]
    got = answer.call("extrapolate_rate", places, [float(2000 * p) for p in rates], [2000.0] * 4)
    expect.close(
        got,
        1 / (1 + np.exp(7)),
        "These counts lie exactly on a line in the log-odds; at a = 1 it has another height.",
        rtol=0.01,
        atol=0,
        look="log-odds log(p / (1 - p)), not log p; the answer is a rate, not its log-odds",
    )


@check("lda-path")
def a_zero_is_information(answer, rng):
    """lets a place without an event pull the estimate down"""
    places, events, rollouts = [0.0, 0.2, 0.4], [500.0, 150.0, 30.0], [1000.0] * 3
    without = expect.number(answer.call("extrapolate_rate", places, events, rollouts), "One rate.")
    some = answer.call("extrapolate_rate", [*places, 0.9], [*events, 0.0], [*rollouts, 20000.0])
    says = "None in 20,000 at a = 0.9 says that the rate is lower than the line promised: it must stay in the fit."
    expect.true(
        expect.number(some, "One rate.") < 0.9 * without,
        says,
        expected="a lower estimate",
        got="about the same, or more",
    )


# lda-debug ------------------------------------------------------------------------------------------------------


@check("lda-debug")
def a_row_for_each_prompt(answer, rng):
    """gives one row for each prompt: the prompt, then the new tokens"""
    models = _models(answer, TABLE_BEFORE, TABLE_AFTER)
    prompts = np.array([[2, 0], [1, 1], [0, 2]])
    source = answer.make("world.generator", 0)
    got = answer.call("sample_sweep", *models, tensor(prompts), tensor(np.array([0.0, 1.0, 2.0])), 4, source)
    rows = expect.array(got, (3, 6), "Three prompts of two tokens and four new tokens must have shape (3, 6).")
    expect.equal(rows[:, :2], prompts, "Row i must begin with prompt i.")
    expect.true(rows.dtype.kind == "i", "Token ids are integers.", expected="integers", got=str(rows.dtype))


@check("lda-debug")
def at_alpha_zero_it_is_the_plain_model(answer, rng):
    """follows `after` at alpha = 0"""
    after = 40 * np.eye(4)[[1, 2, 3, 0]]
    models = _models(answer, np.zeros((4, 4)), after)
    source = answer.make("world.generator", 0)
    got = answer.call("sample_sweep", *models, tensor(np.array([[0], [2]])), tensor(np.zeros(2)), 3, source)
    expect.equal(got, np.array([[0, 1, 2, 3], [2, 3, 0, 1]]), "At alpha = 0 each row must go the way of `after`.")
