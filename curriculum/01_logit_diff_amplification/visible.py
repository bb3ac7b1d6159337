"""Visible checks of unit 01. You may read them; they are the same kind of thing as the held-back ones."""

import numpy as np

from worktest.checks import check, expect, tensor

# A stand-in model whose logits after token t are row t of a table. The amplified path is 0 -> 1 -> 2 -> 3;
# `after` alone would go 0 -> 3 -> 3 -> 3.
SURE = 30.0
BEFORE = np.zeros((4, 4))
BEFORE[0, 3] = SURE
BEFORE[2, 2] = SURE
AFTER = np.zeros((4, 4))
AFTER[0] = [0, SURE - 10, 0, SURE]
AFTER[1, 2] = SURE
AFTER[2] = [0, 0, SURE, SURE - 10]
AFTER[3, 3] = SURE


@check("lda-amplify-logits")
def alpha_zero_is_the_after_model(answer, rng):
    """gives `after` back at alpha = 0"""
    before, after = np.array([[1.0, 2.0, 3.0]]), np.array([[0.5, 2.0, 5.0]])
    got = answer.call("amplify_logits", tensor(before), tensor(after), 0.0)
    expect.close(got, after, "alpha = 0 must give the after model back; did you start from `before`?")


@check("lda-amplify-logits")
def alpha_one_doubles_the_difference(answer, rng):
    """doubles the step from `before` to `after` at alpha = 1"""
    before, after = np.array([[1.0, 2.0, 3.0]]), np.array([[0.5, 2.0, 5.0]])
    got = answer.call("amplify_logits", tensor(before), tensor(after), 1.0)
    expect.close(
        got,
        2 * after - before,
        "At alpha = 1 the step from `before` to `after` is taken once more, from `after` on.",
        look="the sign of the difference, and what it is added to",
    )


@check("lda-sample-amplified")
def prompt_and_samples_have_the_right_shape(answer, rng):
    """gives each sample as one row: the prompt, then the new tokens"""
    before, after = (
        answer.make("world.lookup_model", tensor(BEFORE)),
        answer.make("world.lookup_model", tensor(AFTER)),
    )
    prompt = np.array([2, 0])
    got = answer.call("sample_amplified", before, after, tensor(prompt), 1.0, 3, 5, answer.make("world.generator", 0))
    rows = expect.array(got, (5, 5), "Five samples of three new tokens after a prompt of two must have shape (5, 5).")
    expect.equal(rows[:, :2], np.tile(prompt, (5, 1)), "Every row must begin with the prompt.")
    expect.true(rows.dtype.kind == "i", "Token ids are integers.", expected="integers", got=str(rows.dtype))


@check("lda-sample-amplified")
def follows_the_amplified_path(answer, rng):
    """feeds the amplified token to both models at every step"""
    before, after = (
        answer.make("world.lookup_model", tensor(BEFORE)),
        answer.make("world.lookup_model", tensor(AFTER)),
    )
    got = answer.call("sample_amplified", before, after, tensor([0]), 2.0, 3, 4, answer.make("world.generator", 0))
    expect.equal(
        got,
        np.tile([0, 1, 2, 3], (4, 1)),
        "These stand-in models are nearly certain at each step, and with alpha = 2 the path is another one than "
        "`after` takes alone. Both models must read the tokens that the amplified distribution chose.",
        expected="another sequence",
        look="which sequence each model sees at step 2 and 3, and whether you take the last position's logits",
    )


@check("lda-rates")
def wilson_at_a_known_case(answer, rng):
    """holds at 5 events in 100 rollouts"""
    got = answer.call("wilson_interval", 5, 100)
    low, high = expect.array(got, (2,), "`wilson_interval` must give two numbers, (low, high).")
    expect.true(
        0 <= low < 0.05 < high <= 1,
        "The interval must lie within [0, 1] around the measured rate.",
        got=f"({low}, {high})",
    )
    expect.close(
        [low, high],
        [0.021543, 0.111750],
        "At 95 % the Wilson interval has z = 1.96 and is not centred on the measured rate.",
        rtol=1e-3,
        look="the centre (p + z^2/2n) / (1 + z^2/n) and the half width; is the z^2/4n^2 inside the root?",
    )


@check("lda-rates")
def zero_events_still_allow_a_rate(answer, rng):
    """says how large the rate may be after 0 events in 1,000 rollouts"""
    got = answer.call("zero_events_bound", 1000)
    expect.close(
        got,
        1 - 0.05 ** (1 / 1000),
        "The bound is the rate p at which (1 - p)^n equals 1 - confidence.",
        rtol=1e-4,
    )


@check("lda-rates")
def a_coin_needs_five_flips(answer, rng):
    """counts the flips that a fair coin needs to show heads with 95 % probability"""
    got = answer.call("rollouts_needed", 0.5)
    expect.equal(
        got,
        5,
        "n flips show no head with probability 0.5^n. Find the smallest whole n that brings this to 5 % or "
        "less; rounding down leaves it above.",
        expected="another whole number",
    )
