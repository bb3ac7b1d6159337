"""Comparisons for checks. A failure says what is wrong in words, what kind of thing was expected, and what came.

Never the expected value itself: a learner who reads the message must still find it.
"""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray


class CheckFailure(AssertionError):
    """A check that the answer lost: what it means (``says``), what was expected in kind, what came, where to look."""

    def __init__(self, says: str, *, expected: str = "", got: str = "", look: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.expected = expected
        self.got = got
        self.look = look


def fail(says: str, *, expected: str = "", got: str = "", look: str = "") -> NoReturn:
    """Lose the check."""
    raise CheckFailure(says, expected=expected, got=got, look=look)


def describe(value: Any) -> str:
    """Say in a few words what ``value`` is: its kind, shape and, when short, its content."""
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return f"the number {value.item()!r}"
        return f"an array of shape {tuple(value.shape)} and type {value.dtype}"
    if isinstance(value, str):
        return f"the string {value[:60]!r}" + (" ..." if len(value) > 60 else "")
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, bool):
        return f"the boolean {value}"
    if isinstance(value, int | float):
        return f"the number {value:.6g}"
    if isinstance(value, list | tuple | dict):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


def true(condition: bool, says: str, *, expected: str = "", got: Any = "", look: str = "") -> None:
    """Lose the check unless ``condition`` holds."""
    if not condition:
        fail(says, expected=expected, got=got if isinstance(got, str) else describe(got), look=look)


def array(got: Any, shape: tuple[int | None, ...], says: str, *, look: str = "") -> NDArray[Any]:
    """Expect numbers of ``shape`` (None in a place: any size) and give them back as an array."""
    expected = "an array or tensor of shape (" + ", ".join("any" if n is None else str(n) for n in shape) + ")"
    if not isinstance(got, np.ndarray | list | tuple | int | float) or isinstance(got, bool):
        fail(says, expected=expected, got=describe(got), look=look)
    try:
        values = np.asarray(got)
    except ValueError:
        fail(says, expected=expected, got="a list of rows of different lengths", look=look)
    if values.dtype.kind not in "biuf":
        fail(says, expected=expected, got=describe(got), look=look)
    fits = values.ndim == len(shape) and all(w is None or n == w for n, w in zip(values.shape, shape, strict=True))
    if not fits:
        fail(says, expected=expected, got=describe(values), look=look)
    return values


def number(got: Any, says: str, *, look: str = "") -> float:
    """Expect one finite number (a 0-d array or tensor counts) and give it back as a float."""
    expected = "one finite number"
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind in "iuf":
        got = got.item()
    if isinstance(got, bool) or not isinstance(got, int | float):
        fail(says, expected=expected, got=describe(got), look=look)
    if not np.isfinite(got):
        fail(says, expected=expected, got=f"{got}", look=look)
    return float(got)


def close(
    got: Any,
    want: ArrayLike,
    says: str,
    *,
    rtol: float = 1e-4,
    atol: float = 1e-5,
    look: str = "",
    kind: str = "",
) -> None:
    """Expect numbers of ``want``'s shape that equal it within ``atol + rtol * |want|``; NaN equals nothing."""
    target = np.asarray(want, dtype=np.float64)
    if target.ndim == 0:
        values = np.asarray(number(got, says, look=look), dtype=np.float64)
    else:
        values = array(got, target.shape, says, look=look).astype(np.float64)
    with np.errstate(invalid="ignore"):  # inf - inf
        near = np.abs(values - target) <= atol + rtol * np.abs(target)
    # masked logits are -inf on purpose: an infinity equals the infinity of its sign and nothing else
    wrong = ~np.where(np.isinf(target), values == target, near)
    if wrong.any():
        if target.ndim == 0:
            what = describe(float(values))
        elif np.isnan(values).any():
            what = f"the right shape, but {int(np.isnan(values).sum())} of {values.size} values are NaN"
        else:
            what = f"the right shape, but {int(wrong.sum())} of {values.size} values differ"
        fail(
            says,
            expected=kind or ("another number" if target.ndim == 0 else f"other values, in shape {target.shape}"),
            got=what,
            look=look,
        )


def equal(got: Any, want: Any, says: str, *, expected: str = "another value", look: str = "") -> None:
    """Expect exactly ``want``: equal content, and for arrays and nested lists equal shape."""
    if isinstance(want, np.ndarray) or isinstance(got, np.ndarray):
        target = np.asarray(want)
        values = array(got, target.shape, says, look=look)
        if not np.array_equal(values, target):
            fail(says, expected=expected, got=describe(values), look=look)
    elif isinstance(got, bool) != isinstance(want, bool) or got != want:
        fail(says, expected=expected, got=describe(got), look=look)


def between(got: Any, low: float, high: float, says: str, *, look: str = "") -> float:
    """Expect one number in [low, high]; the bounds are not shown."""
    value = number(got, says, look=look)
    if not low <= value <= high:
        fail(says, expected="a number in another range", got=describe(value), look=look)
    return value
