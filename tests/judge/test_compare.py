"""The comparison agrees with torch.testing.assert_close, and says where, got, expected."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
import torch

from grader.judge.compare import HEAT_SIDE, Comparison, Expected, Rules, compare
from grader.observed import Tensor, Values
from grader.question.types import Tolerance
from grader.result import Difference
from grader.wire import ObjectValue, PlainValue
from grader.worker.values import to_array


def _values(tensor: torch.Tensor, name: str = "output") -> Values:
    return Values({name: Tensor(to_array(tensor), str(tensor.dtype).removeprefix("torch."), "cpu")}, "tensor")


def _compare(got: torch.Tensor, want: torch.Tensor, **rules: object) -> Comparison:
    expected = _values(want)
    return compare(_values(got), Expected(expected, expected), Rules(**rules))  # type: ignore[arg-type]


def _torch_accepts(got: torch.Tensor, want: torch.Tensor) -> bool:
    try:
        torch.testing.assert_close(got, want)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(
    "dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.int64, torch.bool]
)
def test_it_agrees_with_assert_close_around_the_tolerance(dtype: torch.dtype) -> None:
    generator = torch.Generator().manual_seed(5)
    for step in range(300):
        want = (torch.randn(3, 4, generator=generator, dtype=torch.float64) * 10 ** (step % 5 - 2)).to(dtype)
        error = torch.randn(3, 4, generator=generator, dtype=torch.float64) * 10.0 ** -(step % 9)
        got = (want.double() + error).to(dtype)
        if not got.isfinite().all():
            continue
        assert (_compare(got, want).problem is None) == _torch_accepts(got, want)


@pytest.mark.parametrize("special", [float("nan"), float("inf"), -float("inf")])
def test_it_agrees_with_assert_close_on_special_values(special: float) -> None:
    plain, odd = torch.tensor([1.0, 2.0]), torch.tensor([1.0, special])
    for got, want in ((odd, plain), (plain, odd), (odd, odd), (-odd, odd)):
        assert (_compare(got, want).problem is None) == _torch_accepts(got, want)


def test_not_a_number_equals_itself_only_where_the_spec_says_so() -> None:
    x = torch.tensor([1.0, float("nan")])
    assert _compare(x, x).problem is not None
    assert _compare(x, x, nan_equal=True).problem is None
    assert _compare(x, torch.tensor([float("nan"), 1.0]), nan_equal=True).problem is not None


def test_a_message_says_where_got_and_expected_of_the_worst_element() -> None:
    want = torch.zeros(2, 3)
    got = want.clone()
    got[0, 1], got[1, 2] = 0.5, -2.0
    found = _compare(got, want)
    assert found.problem is not None
    assert found.problem.en == "`output` at [1, 2] is -2; expected 0. 2 of 6 elements differ."
    assert found.problem.zh == "`output` 在 [1, 2] 处为 -2，应为 0。共 6 个元素，其中 2 个不对。"
    assert found.difference is not None
    assert found.difference.heat == [[0, 0.5, 0], [0, 0, 2]]


@pytest.mark.parametrize(
    ("got", "message"),
    [
        (torch.zeros(3, 2), "`output` has shape (3, 2); expected (2, 3)."),
        (torch.zeros(6), "`output` has shape (6,); expected (2, 3)."),
        (torch.zeros(2, 3, dtype=torch.float64), "`output` is float64; expected float32."),
        (torch.zeros(2, 3, dtype=torch.int64), "`output` is int64; expected float32."),
    ],
)
def test_shape_and_dtype_count(got: torch.Tensor, message: str) -> None:
    problem = _compare(got, torch.zeros(2, 3)).problem
    assert problem is not None
    assert problem.en == message


def test_a_shape_check_looks_at_nothing_else() -> None:
    assert _compare(torch.ones(2, 3).long(), torch.zeros(2, 3), compare="shape").problem is None


def test_containers_count() -> None:
    one = _values(torch.zeros(2))
    as_list = Values(one.leaves, "list(tensor)")
    problem = compare(as_list, Expected(one, one), Rules()).problem
    assert problem is not None
    assert problem.en == "returns `list(tensor)`; expected `tensor`."


@pytest.mark.parametrize(
    ("got", "message"),
    [
        (PlainValue(None), "`output` is None; expected a tensor."),
        (PlainValue(1.0), "`output` is a float; expected a tensor."),
        (ObjectValue("Liar", "equal to all"), "`output` is an object of type `Liar`; expected a tensor."),
    ],
)
def test_what_is_no_tensor_equals_no_tensor(got: PlainValue | ObjectValue, message: str) -> None:
    want = _values(torch.zeros(2))
    problem = compare(Values({"output": got}, "tensor"), Expected(want, want), Rules()).problem
    assert problem is not None
    assert problem.en == message


def test_an_object_equals_nothing_not_even_itself() -> None:
    thing = Values({"output": ObjectValue("Module", "x")}, "Module")
    assert compare(thing, Expected(thing, thing), Rules()).problem is not None


def test_missing_and_extra_values_are_named() -> None:
    want = Values({"a": PlainValue(1), "b": PlainValue(2)}, "")
    got = Values({"a": PlainValue(1), "c": PlainValue(2)}, "")
    problem = compare(got, Expected(want, want), Rules()).problem
    assert problem is not None
    assert problem.en == "missing: `b`; not expected: `c`."


def test_the_tolerance_grows_with_what_the_reference_itself_loses() -> None:
    truth = torch.tensor([1.0, 2.0], dtype=torch.float64)
    lossy = Expected(_values((truth + 1e-3).float()), _values(truth))
    exact = Expected(_values(truth.float()), _values(truth))
    got = _values((truth - 2e-3).float())
    assert compare(got, lossy, Rules()).problem is None
    assert compare(got, exact, Rules()).problem is not None


def test_the_truth_is_the_float64_result_not_the_rounded_one() -> None:
    truth = torch.tensor([1.0], dtype=torch.float64)
    expected = Expected(_values((truth + 9e-6).float()), _values(truth))
    assert compare(_values(truth.float()), expected, Rules()).margin < 0.01


def test_a_spec_may_state_its_own_tolerance() -> None:
    wide = Tolerance(rtol=0.0, atol=0.2)
    assert _compare(torch.tensor([1.1]), torch.tensor([1.0]), tolerance=wide).problem is None
    assert _compare(torch.tensor([1.3]), torch.tensor([1.0]), tolerance=wide).problem is not None


def test_the_heat_map_of_a_large_tensor_is_shrunk_and_keeps_the_worst() -> None:
    want = torch.zeros(3, 500, 70)
    got = want.clone()
    got[2, 499, 69] = 7.0
    difference = _compare(got, want).difference
    assert difference is not None
    heat = np.array(difference.heat)
    assert heat.shape == (HEAT_SIDE, HEAT_SIDE)
    assert heat.max() == 7.0


def test_complex_numbers_are_compared() -> None:
    want = torch.tensor([1 + 2j])
    assert _compare(want.clone(), want).problem is None
    assert _compare(want.conj().resolve_conj(), want).problem is not None


def test_plain_numbers_have_a_tolerance_and_whole_ones_have_none() -> None:
    def same(got: object, want: object) -> bool:
        one, two = (Values({"output": PlainValue(value)}, "") for value in (got, want))  # type: ignore[arg-type]
        return compare(one, Expected(two, two), Rules()).problem is None

    assert same(1.0 + 1e-7, 1.0)
    assert not same(1.01, 1.0)
    assert same(1, 1.0)
    assert not same(True, 1)
    assert not same(2, 3)
    assert same("a", "a")
    assert not same(float("nan"), 1.0)


@pytest.mark.parametrize("largest", [1.797e308, -1.797e308, float("inf"), float("nan")])
def test_a_difference_can_be_written_as_json(largest: float) -> None:
    comparison = _compare(torch.full((2, 3), largest, dtype=torch.float64), torch.zeros(2, 3, dtype=torch.float64))
    assert comparison.difference is not None
    written = msgspec.json.encode(comparison.difference)
    assert msgspec.json.decode(written, type=Difference) == comparison.difference
