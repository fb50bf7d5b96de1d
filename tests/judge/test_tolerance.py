"""How far a right answer may be from the ground truth, seen from the verdict."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.compare import Comparison, Expected, Rules, compare
from grader.judge.tolerance import tolerance_of
from grader.observed import Tensor, Values
from grader.question.types import Tolerance

# As torch.testing.assert_close has them.
ASSERT_CLOSE = {
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
    "float32": (1.3e-6, 1e-5),
    "float64": (1e-7, 1e-7),
    "complex64": (1.3e-6, 1e-5),
    "complex128": (1e-7, 1e-7),
}
ABSOLUTE = Tolerance(rtol=0.0, atol=1.0)
RELATIVE = Tolerance(rtol=0.1, atol=0.0)


def _values(numbers: object, dtype: str = "float64", device: str = "cpu") -> Values:
    return Values({"output": Tensor(np.asarray(numbers, np.float64), dtype, device)}, "tensor")


def _compare(got: object, own: object, truth: object, **rules: object) -> Comparison:
    return compare(_values(got), Expected(_values(own), _values(truth)), Rules(**rules))  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", ASSERT_CLOSE)
def test_the_tolerance_of_a_dtype_is_that_of_assert_close(dtype: str) -> None:
    found = tolerance_of(dtype)
    assert (found.rtol, found.atol) == ASSERT_CLOSE[dtype]


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "int16", "int32", "int64", "a dtype of tomorrow"])
@pytest.mark.parametrize("device", ["cpu", "cuda:0"])
def test_whole_numbers_and_truth_values_have_none(dtype: str, device: str) -> None:
    assert tolerance_of(dtype, device) == Tolerance(rtol=0.0, atol=0.0)


@pytest.mark.parametrize("dtype", ["float32", "complex64"])
def test_a_gpu_may_round_otherwise(dtype: str) -> None:
    for device in ("cuda", "cuda:0", "cuda:1"):
        assert tolerance_of(dtype, device).rtol > tolerance_of(dtype).rtol
        assert tolerance_of(dtype, device).atol > tolerance_of(dtype).atol


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float64", "complex128"])
def test_of_other_dtypes_a_gpu_is_asked_for_the_same(dtype: str) -> None:
    assert tolerance_of(dtype, "cuda:0") == tolerance_of(dtype)


def test_the_device_of_a_result_decides_its_tolerance() -> None:
    def near(device: str) -> bool:
        one, own = (_values([number], "float32", device) for number in (1.0 + 2.5e-5, 1.0))
        return compare(one, Expected(own, _values([1.0])), Rules()).problem is None

    assert near("cuda:0")
    assert not near("cpu")


def test_the_relative_part_grows_with_the_truth_at_each_element() -> None:
    truth = [1.0, 100.0]
    assert _compare([1.0, 109.0], truth, truth, tolerance=RELATIVE).problem is None
    assert _compare([1.09, 100.0], truth, truth, tolerance=RELATIVE).problem is None
    assert _compare([9.0, 100.0], truth, truth, tolerance=RELATIVE).problem is not None
    assert _compare([1.0, 111.0], truth, truth, tolerance=RELATIVE).problem is not None


def test_the_relative_part_is_of_the_truth_and_of_its_size_alone() -> None:
    """Neither what was got nor a sign makes it wider."""
    assert _compare([-109.0], [-100.0], [-100.0], tolerance=RELATIVE).problem is None
    assert _compare([111.05], [100.0], [100.0], tolerance=RELATIVE).problem is not None  # 0.1 of it would be enough
    assert _compare([-100.0], [100.0], [100.0], tolerance=RELATIVE).problem is not None


def test_absolute_relative_and_what_the_reference_loses_add_up() -> None:
    tolerance = Tolerance(rtol=0.01, atol=0.5)  # 0.5 + 1.0 + 8 * 0.25
    assert _compare([103.45], [100.25], [100.0], tolerance=tolerance).problem is None
    assert _compare([103.55], [100.25], [100.0], tolerance=tolerance).problem is not None
    assert _compare([101.75], [100.25], [100.0], tolerance=tolerance).margin == pytest.approx(0.5)


def test_the_margin_is_the_error_over_all_that_is_allowed() -> None:
    assert _compare([0.25, -0.75], [0, 0], [0, 0], tolerance=ABSOLUTE).margin == pytest.approx(0.75)
    assert _compare([3.0, 0.0], [0, 0], [0, 0], tolerance=ABSOLUTE).margin == pytest.approx(3.0)


def test_exactly_what_is_allowed_passes() -> None:
    assert _compare([1.0], [0.0], [0.0], tolerance=ABSOLUTE).problem is None
    assert _compare([np.nextafter(1.0, 2.0)], [0.0], [0.0], tolerance=ABSOLUTE).problem is not None


@pytest.mark.parametrize("elements", [1, 2, 10, 1000])
def test_how_much_the_reference_loses_does_not_depend_on_how_many_elements_lose_nothing(elements: int) -> None:
    own = np.zeros(elements)
    own[-1] = 1.0
    got = np.zeros(elements)
    got[-1] = -7.9
    truth = np.zeros(elements)
    assert _compare(got, own, truth, tolerance=Tolerance(rtol=0.0, atol=0.05)).problem is None
    got[-1] = -8.1
    assert _compare(got, own, truth, tolerance=Tolerance(rtol=0.0, atol=0.05)).problem is not None


def test_a_reference_that_loses_in_either_direction_loses() -> None:
    for own in ([0.1], [-0.1]):
        for got in ([0.7], [-0.7]):
            assert _compare(got, own, [0.0]).problem is None


def test_an_overflow_of_the_reference_allows_nothing_elsewhere() -> None:
    """Where its dtype ends it is infinite; that is no measure of its rounding."""
    own, truth = [np.inf, 1.0], [7e4, 1.0]
    assert _compare([7e4, 1.0], own, truth).problem is None
    assert _compare([7e4, 1.1], own, truth).problem is not None


def test_an_overflow_of_the_reference_does_not_hide_what_it_loses_elsewhere() -> None:
    for odd in (np.inf, -np.inf, np.nan):
        assert _compare([7e4, 0.5], [odd, 1.1], [7e4, 1.0]).problem is None
        assert _compare([7e4, 0.1], [odd, 1.1], [7e4, 1.0]).problem is not None


def test_an_infinite_truth_allows_nothing_elsewhere() -> None:
    truth = [np.inf, 1.0]
    assert _compare([np.inf, 1.0], truth, truth).problem is None
    assert _compare([np.inf, 1.1], truth, truth).problem is not None
    assert _compare([1e308, 1.0], truth, truth).problem is not None


def test_slack_multiplies_all_that_is_allowed() -> None:
    assert _compare([3.9], [0.0], [0.0], tolerance=ABSOLUTE, slack=4.0).margin == pytest.approx(3.9 / 4)
    assert _compare([4.1], [0.0], [0.0], tolerance=ABSOLUTE, slack=4.0).problem is not None


def test_no_tolerance_at_all_still_accepts_what_is_equal() -> None:
    none = Tolerance(rtol=0.0, atol=0.0)
    assert _compare([0.1], [0.1], [0.1], tolerance=none).problem is None
    assert _compare([np.nextafter(0.1, 1.0)], [0.1], [0.1], tolerance=none).problem is not None
