"""The encoder: what goes in comes out, and nothing a learner's kernel may send breaks the side that decodes."""

from __future__ import annotations

import base64
import datetime
import json
import math
import tracemalloc

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from worktest.checks import codec
from worktest.checks.codec import MAX_BYTES, MAX_DEPTH, MAX_ITEMS, Unsendable, decode, encode, tensor

DTYPES = st.sampled_from(["?", "i1", "u1", "<i4", ">i4", "<i8", "<u8", "f2", "<f4", ">f8", "<f8"])
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
KEYS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=8)
SCALARS = KEYS | st.floats(allow_nan=False)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS | st.tuples(st.integers(0, 9), st.text(max_size=3)), inner, max_size=4)
    ),
    max_leaves=20,
)


def there_and_back(value, **options):
    return decode(json.loads(json.dumps(encode(value))), **options)


def same(one, two) -> bool:
    """Equal, with equal types all the way down: 1, 1.0 and True are three things."""
    if type(one) is not type(two):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict):
        return list(map(repr, one)) == list(map(repr, two)) and all(map(same, one.values(), two.values()))
    return one == two


# What travels ---------------------------------------------------------------------------------------------------


@given(VALUES)
def test_plain_values_come_back(value):
    assert same(there_and_back(value), value)


@given(ARRAYS)
def test_arrays_come_back_as_copies(array):
    got = there_and_back(array)
    assert got.shape == array.shape and got.dtype == array.dtype.newbyteorder("<")
    np.testing.assert_array_equal(got, array)
    assert got.flags.writeable and not np.shares_memory(got, array)


def test_arrays_inside_containers_come_back():
    got = there_and_back({"a": [np.arange(3), (torch.ones(2),)]})
    np.testing.assert_array_equal(got["a"][0], [0, 1, 2])
    np.testing.assert_array_equal(got["a"][1][0], [1, 1])


@pytest.mark.parametrize("special", [math.inf, -math.inf, math.nan])
def test_floats_that_json_lacks(special):
    text = json.dumps(encode([special, np.float32(special)]), allow_nan=False)
    assert [repr(x) for x in decode(json.loads(text))] == [repr(special)] * 2


def test_numpy_scalars_become_plain_numbers():
    scalars = [np.int32(3), np.float64(0.5), np.longdouble(0.25), np.bool_(True), np.str_("a")]
    assert same(there_and_back(scalars), [3, 0.5, 0.25, True, "a"])


def test_long_double_array_arrives_as_double():
    got = there_and_back(np.array([1, 2.5], dtype=np.longdouble))
    assert got.dtype == np.float64 and got.tolist() == [1, 2.5]


@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.tensor([1.5, 2.5], requires_grad=True),
        lambda: torch.tensor([1.5, 2.5], dtype=torch.bfloat16),
        lambda: torch.tensor([1.5, 2.5], dtype=torch.float16),
        lambda: torch.tensor([1.5, 9.0, 2.5, 9.0])[::2],
        lambda: torch.nn.Parameter(torch.tensor([1.5, 2.5])),
        lambda: torch.complex(torch.zeros(2), -torch.tensor([1.5, 2.5])).conj().imag,
    ],
    ids=["grad", "bfloat16", "float16", "strided", "parameter", "negative-bit"],
)
def test_tensors_of_many_kinds(make):
    assert there_and_back(make()).tolist() == [1.5, 2.5]


def test_tensors_are_made_only_where_asked_for():
    marked = tensor([[1.0, 2.0]])
    assert isinstance(there_and_back(marked), np.ndarray)
    got = there_and_back([marked, np.ones(2)], to_tensor=torch.from_numpy)
    assert got[0].dtype == torch.float32 and isinstance(got[1], np.ndarray)
    assert tensor([1, 2]).array.dtype == np.int64 and tensor([True]).array.dtype == bool
    assert tensor([1, 2], dtype="float64").array.dtype == np.float64


def test_handles_travel_as_names():
    model = object()
    sent = encode([model, {"m": model}], lambda value: "h7" if value is model else None)
    assert decode(sent, handle={"h7": model}.__getitem__) == [model, {"m": model}]
    with pytest.raises(Unsendable):
        decode(sent)
    with pytest.raises(Unsendable):
        decode(sent, handle={}.__getitem__)


# What may not travel --------------------------------------------------------------------------------------------

COUNTING = (n for n in range(3))
CYCLE: list = []
CYCLE.append(CYCLE)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (object(), "object"),
        (lambda: 1, "function"),
        (COUNTING, "generator"),
        ({1, 2}, "set"),
        (b"abc", "bytes"),
        (1j, "complex"),
        (np.complex64(1), "complex"),
        (np.clongdouble(1), "complex"),
        (np.datetime64("2026-01-01"), "date"),
        (datetime.timedelta(1), "timedelta"),
        (2**63, "64 bits"),
        (-(2**63) - 1, "64 bits"),
        (np.array([None]), "array of object"),
        (np.array(["a"]), "not of numbers"),
        (np.array([1j]), "complex"),
        (np.zeros(2, dtype=[("a", "f4")]), "not of numbers"),
        (torch.ones(2, dtype=torch.complex64), "complex"),
        (torch.eye(2).to_sparse(), "sparse"),
        (torch.zeros(2, device="meta"), "tensor"),
        (CYCLE, "nested deeper"),
        ("x" * (MAX_BYTES + 1), "MiB"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_a_message_says_why(value, word):
    with pytest.raises(Unsendable, match=word):
        encode([value])


@pytest.mark.filterwarnings("ignore:Sparse CSR tensor support")
def test_a_compressed_sparse_tensor_gets_a_message():
    with pytest.raises(Unsendable, match="sparse"):
        encode(torch.eye(2).to_sparse_csr())


def nested(levels: int):
    value: list = []
    for _ in range(levels):
        value = [value]
    return value


def test_depth_is_bounded_alike_on_both_sides():
    assert there_and_back(nested(MAX_DEPTH)) == nested(MAX_DEPTH)
    for side in (encode, decode):
        with pytest.raises(Unsendable, match="nested deeper"):
            side(nested(MAX_DEPTH + 1))


def test_number_of_values_is_bounded_alike_on_both_sides():
    fits = [0] * (MAX_ITEMS - 1)  # the list itself is a value too
    assert there_and_back(fits) == fits
    for side in (encode, decode):
        with pytest.raises(Unsendable, match="more than"):
            side([*fits, 0])


def test_bytes_are_bounded_alike_on_both_sides():
    fits = np.zeros(MAX_BYTES, dtype=np.uint8)
    assert there_and_back(fits).shape == fits.shape
    with pytest.raises(Unsendable, match="MiB"):
        encode([fits, np.zeros(1, dtype=np.uint8)])
    sent = encode(fits)
    with pytest.raises(Unsendable, match="MiB"):
        decode([sent, encode(np.zeros(1, dtype=np.uint8))])


@pytest.mark.parametrize(
    "vast",
    [
        lambda: torch.zeros(1).expand(2**40),
        lambda: torch.zeros(1, 1).expand(2**31, 2**31),
        lambda: np.broadcast_to(np.zeros(1), 2**40),
        lambda: np.broadcast_to(np.float32(0), (2**30, 2**30)),
        lambda: [torch.zeros(1).expand(2**40)],
    ],
    ids=["tensor", "square-tensor", "array", "square-array", "in-a-list"],
)
def test_a_vast_view_is_refused_without_a_copy(vast):
    value = vast()
    tracemalloc.start()
    with pytest.raises(Unsendable, match="MiB"):
        encode(value)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


# Hostile data ---------------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["$", "v", "id", "dtype", "shape", "data", "x"]), inner, max_size=5)
    ),
    max_leaves=25,
)
KINDS = st.sampled_from(["float", "tuple", "dict", "array", "tensor", "handle"])
HOSTILE_ARRAYS = st.fixed_dictionaries(
    {
        "$": st.sampled_from(["array", "tensor"]),
        "dtype": st.sampled_from(["<f8", "O", "V8", "<M8[s]", "(2,)f8", "f8,f8", "{'a': 1}", "<f16", ""])
        | st.text(max_size=6)
        | JSON,
        "shape": st.lists(st.integers() | st.floats() | st.text(max_size=2), max_size=4) | JSON,
        "data": st.sampled_from(["", "AAAAAAAAAAA=", "AAAA", "=" * 9, "é"]) | st.text(max_size=12) | JSON,
    }
)
HOSTILE = (
    JSON | HOSTILE_ARRAYS | st.builds(lambda kind, body, value: {**body, "$": kind, "v": value}, KINDS,
                                      st.dictionaries(st.sampled_from(["id", "x"]), JSON, max_size=2), JSON)
)  # fmt: skip


@given(HOSTILE)
def test_hostile_data_is_refused_or_plain(data):
    try:
        got = decode(data)
    except Unsendable as problem:
        assert str(problem)
        return
    try:
        encode(got)  # what was let in could have been sent
    except Unsendable as problem:
        assume("64 bits" not in str(problem))
        raise


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [math.inf]},
        {"shape": [0, 10**30]},
        {"shape": [-1]},
        {"shape": [1] * 200},
        {"shape": None},
        {"shape": "1"},
        {"shape": [2]},
        {"dtype": "O"},
        {"dtype": "|O8"},
        {"dtype": "<f16"},
        {"dtype": None},
        {"data": None},
        {"data": ["A"]},
        {"data": "!!!!"},
        {"data": "A" * (MAX_BYTES * 4 // 3 + 8)},
        {"$": "pickle"},
        {"$": ["array"]},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_forged_array_is_refused(change):
    honest = encode(np.array([1.0]))
    assert decode(honest).tolist() == [1.0]
    with pytest.raises(Unsendable):
        decode({**honest, **change})


def test_forged_values_are_refused():
    forged = [
        {"$": "float", "v": "1e3"},
        {"$": "float", "v": []},
        {"$": "dict", "v": [[[1], 2]]},  # a list can't be a key
        {"$": "dict", "v": [[1]]},
        {"$": "tuple"},
        {"$": "handle", "id": "h0"},
        {},
        10**400,
        object(),
    ]
    for data in forged:
        with pytest.raises(Unsendable):
            decode(data)


def test_bytes_are_counted_before_they_are_decoded(monkeypatch):
    def never(*_args, **_kwargs):
        raise AssertionError("decoded before it was counted")

    sent = {"$": "array", "dtype": "|u1", "shape": [1], "data": base64.b64encode(bytes(MAX_BYTES + 1)).decode()}
    monkeypatch.setattr(codec.base64, "b64decode", never)
    with pytest.raises(Unsendable, match="MiB"):
        decode(sent)
