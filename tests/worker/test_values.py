"""Tensors of every kind either travel or are told what they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from grader.wire import ObjectValue, PlainValue, TensorValue
from grader.worker.values import MAX_VALUES, Observer, TooMuch, structure, to_torch


def _observe(result: object) -> tuple[object, Observer]:
    observer = Observer()
    return observer.observe(result, "output")[0].value, observer


@pytest.mark.parametrize(
    "dtype",
    [
        *(torch.bool, torch.uint8, torch.int8, torch.int32, torch.int64),
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128),
    ],
)
def test_each_dtype_travels_without_loss(dtype: torch.dtype) -> None:
    tensor = (torch.randn(2, 3) * 4).abs().to(dtype)
    value, observer = _observe(tensor)
    assert isinstance(value, TensorValue)
    assert value.dtype == str(dtype).removeprefix("torch.")
    assert value.shape == [2, 3]
    array = observer.arrays[value.key]
    back = torch.view_as_complex(torch.from_numpy(array)) if dtype.is_complex else torch.from_numpy(array)
    assert torch.equal(back.to(dtype), tensor)


@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.eye(3).to_sparse(),
        lambda: torch.empty(2, 3, device="meta"),
        lambda: torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.quint8),
    ],
    ids=["sparse", "meta", "quantised"],
)
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_a_tensor_without_plain_values_is_an_object(make: Callable[[], torch.Tensor]) -> None:
    assert isinstance(_observe(make())[0], ObjectValue)


def test_views_expanded_conjugated_and_negative_tensors_travel_as_their_values() -> None:
    x = torch.arange(6.0).reshape(2, 3)
    for tensor in (x.T, x[:, ::2], torch.ones(1).expand(4), torch.randn(2, dtype=torch.complex64).conj()):
        value, observer = _observe(tensor)
        assert isinstance(value, TensorValue)
        assert observer.arrays[value.key].flags.c_contiguous


def test_a_subclass_travels_as_a_plain_tensor() -> None:
    class Loud(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func: object, types: object, args: object = (), kwargs: object = None) -> object:
            raise RuntimeError("never called")

    value, observer = _observe(torch.ones(2).as_subclass(Loud))
    assert isinstance(value, TensorValue)
    assert np.array_equal(observer.arrays[value.key], np.ones(2, np.float32))


def test_a_huge_shape_over_a_tiny_storage_is_refused() -> None:
    with pytest.raises(TooMuch, match="shape"):
        _observe(torch.ones(1).expand(1 << 40))


def test_too_many_values_and_too_deep_nesting_are_refused() -> None:
    with pytest.raises(TooMuch, match="values"):
        _observe([0] * (MAX_VALUES + 1))
    deep: list[object] = []
    deep.append(deep)
    with pytest.raises(TooMuch, match="nested"):
        Observer().observe(deep, "output")
    with pytest.raises(TooMuch, match="nested"):
        structure(deep)


def test_numbers_strings_and_objects() -> None:
    assert _observe(True)[0] == PlainValue(True)
    assert _observe(2**70)[0] == PlainValue(float(2**70))
    assert _observe("a\ud800")[0] == PlainValue("a?")
    assert isinstance(_observe(object())[0], ObjectValue)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_the_ground_truth_starts_from_the_rounded_inputs(dtype: str) -> None:
    arrays = {"x": np.array([0.1, 1 / 3], np.float32)}
    made = to_torch(TensorValue("x", dtype, [2]), arrays, device="cpu", float64=True, layout="contiguous")
    assert isinstance(made, torch.Tensor)
    assert made.dtype == torch.float64
    assert torch.equal(made.float(), torch.tensor([0.1, 1 / 3]).to(getattr(torch, dtype)).float())


def test_each_argument_is_a_fresh_tensor() -> None:
    arrays = {"x": np.zeros(3, np.float32)}
    value = TensorValue("x", "float32", [3])
    first = to_torch(value, arrays, device="cpu", float64=False, layout="contiguous")
    assert isinstance(first, torch.Tensor)
    first += 1
    second = to_torch(value, arrays, device="cpu", float64=False, layout="contiguous")
    assert isinstance(second, torch.Tensor)
    assert not second.any()


def test_the_structure_of_hostile_names_can_be_sent() -> None:
    long = type("N" * 1_000_000, (), {})
    for result in ({"\ud800": 1}, (long(), long()), [0] * 2000):
        text = structure(result)
        assert len(text) <= 2000
        assert text.encode("utf-8")


def test_no_axes_of_a_noncontiguous_input_can_be_viewed_as_one() -> None:
    value = TensorValue("x", "float32", [2, 3, 4])
    arrays = {"x": np.arange(24, dtype=np.float32).reshape(2, 3, 4)}
    made = to_torch(value, arrays, device="cpu", float64=False, layout="gaps")
    assert np.array_equal(made.numpy(), arrays["x"])
    assert not made.is_contiguous()
    for merged in ((6, 4), (2, 12), (24,)):
        with pytest.raises(RuntimeError):
            made.view(merged)
