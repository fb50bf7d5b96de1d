"""What a hostile process may send, and what is left of it."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from grader import wire
from grader.judge.pictures import picture_of
from grader.observed import MAX_TEXT, MAX_WORD, Observed, Tensor, Values, read
from grader.result import Picture
from grader.wire import Named, ObjectValue, PlainValue, Raised, Returned, TensorValue

LONG = "x" * 1_000_000


def _read(outcome: wire.Outcome, **arrays: np.ndarray) -> Observed:
    return read(wire.Observations(3, [outcome]), arrays, 1)[0]


def _value(value: wire.Value, **arrays: np.ndarray) -> Observed:
    return _read(Returned([Named("output", value)], "tensor"), **arrays)


def test_long_texts_are_cut() -> None:
    raised = _read(Raised([LONG] * 50, LONG, 2**64 - 1, LONG))
    assert isinstance(raised, Raised)
    assert raised == Raised(["x" * MAX_WORD] * 20, "x" * MAX_TEXT, None, "x" * MAX_TEXT)
    values = _read(Returned([Named("a", PlainValue(LONG)), Named("b", ObjectValue(LONG, LONG))], LONG))
    assert isinstance(values, Values)
    assert len(msgspec.json.encode(values)) < 4 * MAX_TEXT + 1000


@pytest.mark.parametrize("line", [-1, 0, None, 2**40])
def test_a_line_that_no_file_has_is_no_line(line: int | None) -> None:
    raised = _read(Raised(["ValueError"], "", line))
    assert isinstance(raised, Raised)
    assert raised.line is None


@pytest.mark.parametrize(
    ("value", "array"),
    [
        (PlainValue([[[1]]]), np.zeros(2, np.float32)),
        (TensorValue("other", "float32", [2]), np.zeros(2, np.float32)),
        (TensorValue("array", "float32", [3]), np.zeros(2, np.float32)),
        (TensorValue("array", "int64", [2]), np.zeros(2, np.float32)),
        (TensorValue("array", "complex64", [2]), np.zeros(2, np.float32)),
        (TensorValue("array", "no such dtype", [2]), np.zeros(2, np.float32)),
    ],
)
def test_what_does_not_hold_together_is_refused(value: wire.Value, array: np.ndarray) -> None:
    with pytest.raises(wire.ProtocolError):
        _value(value, array=array)


def test_pictures_of_extreme_numbers_can_be_written_as_json() -> None:
    extreme = np.array([[1.797e308, -1.797e308], [np.nan, np.inf]])
    plain = Values({"output": Tensor(np.zeros((2, 2)), "float64", "cpu")}, "tensor")
    flat = Values({"output": Tensor(np.zeros(4), "float64", "cpu")}, "tensor")
    for show, array, expected in (("image", extreme, plain), ("curve", extreme.reshape(-1), flat)):
        got = Values({"output": Tensor(array, "float64", "cpu")}, "tensor")
        picture = picture_of(show, got, expected)  # type: ignore[arg-type]
        assert msgspec.json.decode(msgspec.json.encode(picture), type=Picture) == picture


def test_a_complex_infinity_stays_what_it_is() -> None:
    pairs = np.array([[np.inf, 0.0], [1.0, -np.inf]], np.float32)
    reply = wire.Observations(1, [wire.Returned([wire.Named("x", wire.TensorValue("a", "complex64", [2]))])])
    (seen,) = read(reply, {"a": pairs}, 1)
    assert isinstance(seen, Values)
    leaf = seen.leaves["x"]
    assert isinstance(leaf, Tensor) and leaf.array.dtype == np.complex64
    assert np.array_equal(leaf.array.view(np.float32).reshape(2, 2), pairs)
