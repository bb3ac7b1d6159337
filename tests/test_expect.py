"""Comparisons for checks: each passes and fails as it says, and no message holds what was expected."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktest.checks import CheckFailure, expect

SAYS = "says"


def lost(function, *args, **kwargs) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        function(*args, **kwargs)
    assert caught.value.says == str(caught.value)
    return caught.value


def words(failure: CheckFailure) -> str:
    return " ".join([failure.says, failure.expected, failure.got, failure.look])


def test_fail_carries_every_part():
    failure = lost(expect.fail, "a", expected="b", got="c", look="d")
    assert (failure.says, failure.expected, failure.got, failure.look) == ("a", "b", "c", "d")
    assert isinstance(failure, AssertionError)


def test_true():
    expect.true(True, SAYS)
    assert lost(expect.true, False, SAYS, got=3).got == "the number 3"
    assert lost(expect.true, False, SAYS, got="in words").got == "in words"


# array ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("got", [np.zeros((2, 3)), [[1, 2, 3], [4, 5, 6]], ((True, False, True),) * 2])
def test_array_takes_arrays_and_nested_lists(got):
    assert expect.array(got, (2, 3), SAYS).shape == (2, 3)
    assert expect.array(got, (None, 3), SAYS).shape == (2, 3)


@pytest.mark.parametrize(
    "got",
    [
        np.zeros(3),
        np.zeros((3, 2)),
        [[1, 2], [3]],
        [["a"] * 3] * 2,
        [[None] * 3] * 2,
        None,
        "text",
        True,
        {},
        4.0,
    ],
    ids=repr,
)
def test_array_refuses(got):
    failure = lost(expect.array, got, (2, 3), SAYS, look="there")
    assert failure.expected == "an array or tensor of shape (2, 3)" and failure.got and failure.look == "there"


def test_array_names_an_open_size_and_a_forgotten_return():
    failure = lost(expect.array, None, (None, 2), SAYS)
    assert "(any, 2)" in failure.expected and "return" in failure.got


# number and between ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("got", [3, 3.0, np.array(3), np.array(3.0, dtype=np.float32)])
def test_number_takes(got):
    assert expect.number(got, SAYS) == 3.0
    assert expect.between(got, 3, 4, SAYS) == 3.0


@pytest.mark.parametrize("got", [math.nan, math.inf, True, "3", None, [3], np.array([3.0]), np.array(True)], ids=repr)
def test_number_refuses(got):
    assert lost(expect.number, got, SAYS).expected == "one finite number"
    lost(expect.between, got, -10, 10, SAYS)
    lost(expect.close, got, 3.0, SAYS)


def test_between_keeps_its_bounds_to_itself():
    for outside in (0.0, 9.0):
        failure = lost(expect.between, outside, 2.125, 4.375, SAYS)
        assert "2.125" not in words(failure) and "4.375" not in words(failure)


# close ----------------------------------------------------------------------------------------------------------


def test_close_tolerances():
    expect.close(100.0, 101.0, SAYS, rtol=0.01, atol=0)
    lost(expect.close, 100.0, 101.1, SAYS, rtol=0.01, atol=0)
    expect.close([0.0, 1e-6], np.zeros(2), SAYS)
    lost(expect.close, [0.0, 1e-4], np.zeros(2), SAYS)


def test_close_wants_the_shape():
    lost(expect.close, np.zeros(3), np.zeros((1, 3)), SAYS)
    lost(expect.close, np.zeros(1), 0.0, SAYS)
    lost(expect.close, 0.0, [0.0], SAYS)
    expect.close([1, 2], (1.0, 2.0), SAYS)


def test_nan_equals_nothing():
    assert "1 of 2 values are NaN" in lost(expect.close, [math.nan, 1], [1, 1], SAYS).got
    lost(expect.close, [math.nan], [math.nan], SAYS)


def test_an_infinity_equals_only_itself():
    masked = [0.0, -math.inf]
    expect.close(masked, masked, SAYS)
    for wrong in ([0.0, 5.0], [0.0, math.inf], [0.0, math.nan], [-math.inf, -math.inf]):
        lost(expect.close, wrong, masked, SAYS)
    lost(expect.close, [math.inf, 0.0], [1.0, 0.0], SAYS)


def test_close_counts_what_differs():
    assert "2 of 3 values differ" in lost(expect.close, [1, 5, 6], [1, 2, 3], SAYS).got


# equal ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [3, "a", [1, [2]], (1, 2), {"a": 1}, None, True, np.arange(3)], ids=repr)
def test_equal_to_itself(value):
    expect.equal(value, value, SAYS)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (3, 4),
        (True, 1),
        (0, False),
        ("a", "b"),
        ([1], (1,)),
        (None, 0),
        (np.arange(3), np.arange(4)),
        (np.arange(3), np.zeros(3)),
        ([[1, 2], [3]], np.zeros((2, 2))),
        ("text", np.zeros(2)),
        (np.array([1]), 1),
    ],
    ids=repr,
)
def test_equal_refuses(got, want):
    lost(expect.equal, got, want, SAYS)


def test_equal_takes_whole_floats_and_lists_for_arrays():
    expect.equal(5.0, 5, SAYS)
    expect.equal([[1, 2]], np.array([[1.0, 2.0]]), SAYS)


# describe and messages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None (is a `return` missing?)"),
        (True, "the boolean True"),
        (0.1234567, "the number 0.123457"),
        (np.array(2), "the number 2"),
        (np.zeros((2, 3)), "an array of shape (2, 3) and type float64"),
        ([1, 2], "a list of 2"),
        ((), "a tuple of 0"),
        ({"a": 1}, "a dict of 1"),
        ("x" * 99, f"the string '{'x' * 60}' ..."),
        (object(), "a object"),
    ],
    ids=repr,
)
def test_describe(value, text):
    assert expect.describe(value) == text


NUMBERS = st.floats(1e3, 9e3).map(lambda x: round(x, 3) + 0.0004321)  # long digits, unlike any count or shape


def digits(value: float) -> list[str]:
    return [repr(value), f"{value:.6g}", f"{value:.4g}", str(int(value))]


@given(NUMBERS)
def test_no_message_holds_the_expected_number(want):
    failures = [lost(expect.close, got, want, SAYS) for got in (-1.0, math.nan, None, "a", [1.0], np.zeros(2), True)]
    failures += [lost(expect.equal, got, want, SAYS) for got in (-1.0, None, "a", [1.0], np.zeros(2), True)]
    failures += [lost(expect.between, -1.0, want, 2 * want, SAYS)]
    for failure in failures:
        assert not any(text in words(failure) for text in digits(want))


@given(st.lists(NUMBERS, min_size=2, max_size=5))
def test_no_message_holds_an_expected_array(want):
    target = np.array(want)
    for function in (expect.close, expect.equal):
        for got in (-target, np.zeros(len(want)), np.zeros(9), None, ["a"] * len(want), [[1], [2, 3]]):
            text = words(lost(function, got, target, SAYS))
            assert not any(form in text for value in want for form in digits(value))


def test_no_message_holds_an_expected_text():
    for got in ("another", None, 3, ["the secret"]):
        assert "the secret" not in words(lost(expect.equal, got, "the secret", SAYS))
