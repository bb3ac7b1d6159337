"""The encoder that every argument and every result of a check passes through.

What travels: None, booleans, numbers, strings, lists, tuples, dicts, numpy arrays and torch tensors, bounded in
size and nesting, as plain JSON with the arrays in base64. Never pickles: the examiner decodes what a learner's
kernel sends, and a pickle would run code there. Decoding gives fresh objects, so inputs are always copies.

The examiner's side never needs torch: a tensor arrives there as a numpy array.
"""

from __future__ import annotations

import base64
import binascii
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

MAX_BYTES = 16 * 1024 * 1024
"""Most bytes that strings and arrays of one message may hold together."""
MAX_ITEMS = 200_000
"""Most values (list items, dict entries, scalars) in one message."""
MAX_DEPTH = 12
"""Deepest nesting of lists, tuples and dicts."""
MAX_INT = 2**63

_DTYPE_KINDS = "biuf"


class Unsendable(ValueError):
    """A value that may not travel; the message says why in words for the learner."""


@dataclass(frozen=True)
class Tensor:
    """Marks an array that must arrive in the learner's room as a torch tensor."""

    array: NDArray[Any]


def tensor(values: ArrayLike, dtype: str | None = None) -> Tensor:
    """Mark ``values`` to arrive as a torch tensor: floats as float32, integers as int64, unless ``dtype`` says else."""
    array = np.asarray(values)
    if dtype is None:
        dtype = {"f": "float32", "i": "int64", "u": "int64", "b": "bool"}[array.dtype.kind]
    return Tensor(array.astype(dtype))


class _Budget:
    def __init__(self) -> None:
        self.bytes = MAX_BYTES
        self.items = MAX_ITEMS

    def spend(self, n_bytes: int = 0) -> None:
        self.items -= 1
        self.bytes -= n_bytes
        if self.items < 0:
            raise Unsendable(f"it holds more than {MAX_ITEMS:,} values")
        if self.bytes < 0:
            raise Unsendable(f"it is larger than {MAX_BYTES // 1024**2} MiB")


def encode(value: Any, handle_of: Callable[[Any], str | None] | None = None) -> Any:
    """Turn ``value`` into JSON-ready data.

    ``handle_of`` may name a value that stays where it is (a model made by ``answer.make``): it travels as that name.

    Raises :class:`Unsendable` for anything that may not travel.
    """
    return _encode(value, _Budget(), 0, handle_of)


def _encode(value: Any, budget: _Budget, depth: int, handle_of: Callable[[Any], str | None] | None) -> Any:
    if depth > MAX_DEPTH:
        raise Unsendable(f"it is nested deeper than {MAX_DEPTH} levels")
    if handle_of is not None and (name := handle_of(value)) is not None:
        return {"$": "handle", "id": name}
    budget.spend()
    if value is None or value is True or value is False:
        return value
    if isinstance(value, np.generic):
        if isinstance(value, np.complexfloating):
            raise Unsendable("it is a complex number")
        # item() of a long double is a long double again
        value = float(value) if isinstance(value, np.floating) else value.item()
        return _encode(value, budget, depth, None)
    if isinstance(value, int):
        number = int(value)
        if not -MAX_INT <= number < MAX_INT:
            raise Unsendable("it is an integer of more than 64 bits")
        return number
    if isinstance(value, float):
        number_f = float(value)
        return number_f if math.isfinite(number_f) else {"$": "float", "v": repr(number_f)}
    if isinstance(value, str):
        budget.spend(len(value))
        return str(value)
    if isinstance(value, list):
        return [_encode(item, budget, depth + 1, handle_of) for item in value]
    if isinstance(value, tuple):
        return {"$": "tuple", "v": [_encode(item, budget, depth + 1, handle_of) for item in value]}
    if isinstance(value, dict):
        pairs = [
            [_encode(key, budget, depth + 1, None), _encode(item, budget, depth + 1, handle_of)]
            for key, item in value.items()
        ]
        return {"$": "dict", "v": pairs}
    if isinstance(value, Tensor):
        return _encode_array(value.array, "tensor", budget)
    if isinstance(value, np.ndarray):
        return _encode_array(value, "array", budget)
    if "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor):
        return _encode_array(_tensor_to_numpy(value), "tensor", budget)
    raise Unsendable(
        f"it is a {type(value).__name__}; give back numbers, strings, lists, tuples, dicts, arrays or tensors"
    )


def _tensor_to_numpy(value: Any) -> NDArray[Any]:
    torch = sys.modules["torch"]
    try:
        n_bytes = math.prod(value.shape) * value.element_size()
        if n_bytes > MAX_BYTES:  # before anything is copied: an expanded view can be vast
            raise Unsendable(f"it is a tensor larger than {MAX_BYTES // 1024**2} MiB")
        if value.is_complex() or value.layout != torch.strided or value.is_quantized:
            raise Unsendable("it is a complex, sparse or quantized tensor; give back a plain one")
        value = value.detach().to("cpu").resolve_neg()
        if value.is_floating_point() and value.dtype not in (torch.float16, torch.float32, torch.float64):
            value = value.to(torch.float32)  # numpy has no bfloat16 and no 8-bit floats
        array: NDArray[Any] = value.numpy()
    except (RuntimeError, TypeError) as error:  # a nested tensor, one on the meta device, one of an odd type
        raise Unsendable("it is a tensor that can't be copied as numbers; give back a plain one") from error
    return array


def _encode_array(array: NDArray[Any], kind: str, budget: _Budget) -> dict[str, Any]:
    if array.dtype.kind not in _DTYPE_KINDS:
        raise Unsendable(f"it is an array of {array.dtype}, not of numbers or booleans")
    budget.spend(array.nbytes)
    if array.dtype.itemsize > 8:  # a long double
        array = array.astype(np.float64)
    contiguous = np.ascontiguousarray(array)
    if contiguous.dtype.byteorder == ">":
        contiguous = contiguous.astype(contiguous.dtype.newbyteorder("<"))
    data = base64.b64encode(contiguous.tobytes()).decode("ascii")
    return {"$": kind, "dtype": contiguous.dtype.str, "shape": list(array.shape), "data": data}


def decode(
    data: Any,
    *,
    handle: Callable[[str], Any] | None = None,
    to_tensor: Callable[[NDArray[Any]], Any] | None = None,
) -> Any:
    """Rebuild a value from :func:`encode`'s data, trusting nothing in it.

    ``handle`` resolves the name of a value that stayed behind; ``to_tensor`` makes a tensor of an array (without it
    tensors stay numpy arrays). Raises :class:`Unsendable` on data that :func:`encode` would not have written.
    """
    return _decode(data, _Budget(), 0, handle, to_tensor)


def _decode(
    data: Any,
    budget: _Budget,
    depth: int,
    handle: Callable[[str], Any] | None,
    to_tensor: Callable[[NDArray[Any]], Any] | None,
) -> Any:
    if depth > MAX_DEPTH:
        raise Unsendable(f"it is nested deeper than {MAX_DEPTH} levels")
    budget.spend(len(data) if isinstance(data, str) else 0)
    if isinstance(data, int) and not -MAX_INT <= data < MAX_INT:
        raise Unsendable("it is an integer of more than 64 bits")
    if data is None or isinstance(data, bool | int | float | str):
        return data
    if isinstance(data, list):
        return [_decode(item, budget, depth + 1, handle, to_tensor) for item in data]
    if not isinstance(data, dict):
        raise Unsendable("the message is not well formed")
    kind = data.get("$")
    try:
        if kind == "float":
            return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[data["v"]]
        if kind == "tuple":
            return tuple(_decode(item, budget, depth + 1, handle, to_tensor) for item in data["v"])
        if kind == "dict":
            return {
                _decode(key, budget, depth + 1, None, None): _decode(item, budget, depth + 1, handle, to_tensor)
                for key, item in data["v"]
            }
        if kind in ("array", "tensor"):
            array = _decode_array(data, budget)
            return to_tensor(array) if kind == "tensor" and to_tensor is not None else array
        if kind == "handle" and handle is not None:
            return handle(str(data["id"]))
    except (KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
        if isinstance(error, Unsendable):
            raise
        raise Unsendable("the message is not well formed") from error
    raise Unsendable("the message is not well formed")


def _decode_array(data: dict[str, Any], budget: _Budget) -> NDArray[Any]:
    dtype = np.dtype(str(data["dtype"]))
    if dtype.kind not in _DTYPE_KINDS or dtype.itemsize > 8:
        raise Unsendable("it is an array of something else than numbers or booleans")
    if not isinstance(data["data"], str) or not isinstance(data["shape"], list):
        raise Unsendable("the message is not well formed")
    shape = tuple(int(size) for size in data["shape"])
    if any(size < 0 for size in shape):
        raise Unsendable("an array has a negative size")
    budget.spend(len(data["data"].rstrip("=")) * 3 // 4)
    raw = base64.b64decode(data["data"], validate=True)
    if len(raw) != math.prod(shape) * dtype.itemsize:
        raise Unsendable("an array's size does not fit its shape")
    return np.frombuffer(raw, dtype=dtype).reshape(shape).copy()
