"""A worker's reply is read as it is, or refused."""

from __future__ import annotations

import numpy as np
import pytest

from grader import wire
from grader.observed import MAX_NAME, MAX_VALUES, Observed, Tensor, Values, read
from grader.wire import Named, ObjectValue, PlainValue, ProtocolError, Raised, Returned, TensorValue


def _read(*outcomes: wire.Outcome, cases: int | None = None, **arrays: np.ndarray) -> list[Observed]:
    return read(wire.Observations(1, list(outcomes)), arrays, len(outcomes) if cases is None else cases)


def _returned(**values: wire.Value) -> Returned:
    return Returned([Named(name, value) for name, value in values.items()], "dict")


def _leaf(value: wire.Value, **arrays: np.ndarray) -> object:
    (seen,) = _read(_returned(output=value), **arrays)
    assert isinstance(seen, Values)
    return seen.leaves["output"]


def test_every_outcome_is_read_in_its_place() -> None:
    error = Raised(["ValueError", "Exception"], "no", 3, "frames")
    first, second, third = _read(_returned(a=PlainValue(1)), error, _returned(a=PlainValue(2)))
    assert first == Values({"a": PlainValue(1)}, "dict")
    assert second == error
    assert third == Values({"a": PlainValue(2)}, "dict")


@pytest.mark.parametrize("cases", [0, 1, 3])
def test_as_many_outcomes_as_cases_or_none_at_all(cases: int) -> None:
    with pytest.raises(ProtocolError, match=f"2 outcomes for {cases} cases"):
        _read(_returned(), _returned(), cases=cases)


def test_values_keep_their_order() -> None:
    (seen,) = _read(_returned(b=PlainValue(1), a=PlainValue(2), c=PlainValue(3)))
    assert isinstance(seen, Values)
    assert list(seen.leaves) == ["b", "a", "c"]


def test_a_tensor_keeps_its_dtype_and_its_device() -> None:
    array = np.ones((2, 3), np.float32)
    for dtype in ("float32", "float16", "bfloat16", "float8_e5m2"):
        leaf = _leaf(TensorValue("k", dtype, [2, 3], "cuda:0"), k=array)
        assert isinstance(leaf, Tensor)
        assert (leaf.dtype, leaf.device, leaf.array.shape) == (dtype, "cuda:0", (2, 3))
    assert isinstance(leaf := _leaf(TensorValue("k", "float32", [2, 3]), k=array), Tensor) and leaf.device == "cpu"


@pytest.mark.parametrize(
    ("dtype", "carrier"),
    [
        ("float16", "float16"),
        ("bfloat16", "float64"),
        ("float64", "float32"),
        ("float32", "float64"),
        ("bool", "uint8"),
    ],
)
def test_a_dtype_comes_in_its_own_carrier_and_in_no_other(dtype: str, carrier: str) -> None:
    """A wider one would be more exact than any result of the dtype can be."""
    with pytest.raises(ProtocolError):
        _leaf(TensorValue("k", dtype, [2]), k=np.zeros(2, carrier))


@pytest.mark.parametrize("shape", [[], [2], [3, 2], [6], [2, 3, 1]])
def test_a_shape_is_that_of_the_array(shape: list[int]) -> None:
    with pytest.raises(ProtocolError):
        _leaf(TensorValue("k", "float32", shape), k=np.zeros((2, 3), np.float32))


def test_the_parts_of_complex_numbers_are_put_together() -> None:
    pairs = np.array([[[1, 2], [3, 4]]], np.float64)
    leaf = _leaf(TensorValue("k", "complex128", [1, 2]), k=pairs)
    assert isinstance(leaf, Tensor)
    assert leaf.array.tolist() == [[1 + 2j, 3 + 4j]]


def test_two_values_of_one_name_are_refused() -> None:
    twice = Returned([Named("a", PlainValue(1)), Named("a", PlainValue(2))], "")
    with pytest.raises(ProtocolError):
        _read(twice)


def test_more_values_and_longer_names_than_any_result_has_are_refused() -> None:
    def named(count: int, length: int = 5) -> Returned:
        return Returned([Named(f"{place:0{length}}", PlainValue(0)) for place in range(count)], "")

    _read(named(MAX_VALUES), named(1, MAX_NAME))
    for reply in (named(MAX_VALUES + 1), named(1, MAX_NAME + 1)):
        with pytest.raises(ProtocolError):
            _read(reply)


@pytest.mark.parametrize("value", [None, True, 3, 0.5, "text"])
def test_plain_values_and_objects_stay_what_they_are(value: object) -> None:
    plain = _leaf(PlainValue(value))  # type: ignore[arg-type]
    assert isinstance(plain, PlainValue)
    assert (type(plain.value), plain.value) == (type(value), value)
    assert _leaf(ObjectValue("Net", "Net()")) == ObjectValue("Net", "Net()")
