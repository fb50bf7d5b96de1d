"""Comparing several values, without torch: which one is named, what counts, and what is told of it."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.compare import Comparison, Expected, Rules, compare, differing, truth_of
from grader.observed import Leaf, Observed, Tensor, Values
from grader.question.types import Tolerance
from grader.wire import ObjectValue, PlainValue, Raised

UNIT = Tolerance(rtol=0.0, atol=1.0)  # the margin is the error


def _tensor(numbers: object, dtype: str = "float32", device: str = "cpu") -> Tensor:
    return Tensor(np.asarray(numbers, dtype), dtype, device)


def _values(structure: str = "dict", **leaves: object) -> Values:
    """Tensors of float32, but for what is a leaf already."""
    made = {name: leaf if isinstance(leaf, Leaf) else _tensor(leaf) for name, leaf in leaves.items()}
    return Values(made, structure)


def _compare(got: Values, own: Observed, truth: Observed | None = None, **rules: object) -> Comparison:
    return compare(got, Expected(own, own if truth is None else truth), Rules(**rules))  # type: ignore[arg-type]


def _problem(got: Values, own: Observed, **rules: object) -> str | None:
    problem = _compare(got, own, **rules).problem
    return problem.en if problem else None


# --- several values ---


@pytest.mark.parametrize("errors", [(0.9, 0.2, 0.1), (0.1, 0.9, 0.2), (0.2, 0.1, 0.9)])
def test_the_margin_is_the_largest_wherever_it_is(errors: tuple[float, ...]) -> None:
    got = _values(**dict(zip("abc", errors, strict=True)))
    assert _compare(got, _values(a=0, b=0, c=0), tolerance=UNIT).margin == pytest.approx(0.9)


def test_the_margin_counts_plain_numbers_too() -> None:
    got, own = _values(a=PlainValue(0.5), b=[0.25]), _values(a=PlainValue(0.0), b=[0.0])
    assert _compare(got, own, tolerance=UNIT).margin == pytest.approx(0.5)


def test_the_first_that_differs_is_named_in_the_references_order_though_another_is_farther_off() -> None:
    own = _values(b=[0.0], a=[0.0], c=[0.0])
    assert (_problem(_values(c=[9.0], a=[2.0], b=[0.0]), own, tolerance=UNIT) or "").startswith("`a` ")
    assert (_problem(_values(c=[9.0], a=[2.0], b=[3.0]), own, tolerance=UNIT) or "").startswith("`b` ")


def test_all_that_differ_or_are_missing_are_listed_in_the_references_order() -> None:
    own = _values(b=[0.0], a=[0.0], c=[0.0], d=[0.0])
    got = _values(c=[5.0], a=[0.5], b=[5.0], more=[1.0])
    assert differing(got, Expected(own, own), Rules(tolerance=UNIT)) == ["b", "c", "d"]


def test_of_an_exception_nothing_is_listed() -> None:
    error = Raised(["ValueError"], "")
    assert differing(_values(a=[0.0]), Expected(error, error), Rules()) == []


def test_the_containers_are_compared_before_the_names_and_these_before_the_numbers() -> None:
    own = _values("dict", a=[0.0], b=[0.0])
    assert _problem(_values("list", c=[9.0]), own) == "returns `list`; expected `dict`."
    assert _problem(_values("dict", a=[9.0]), own) == "missing: `b`."
    assert _problem(_values("dict", a=[0.0], b=[0.0], c=[0.0]), own) == "not expected: `c`."


@pytest.mark.parametrize("compare", ["values", "exact", "shape"])
def test_containers_and_names_count_however_loosely_one_compares(compare: str) -> None:
    own = _values("dict", a=[0.0])
    for got in (_values("list", a=[0.0]), _values("dict"), _values("dict", a=[0.0], b=[0.0])):
        assert _problem(got, own, compare=compare) is not None


# --- dtype, device, shape ---


@pytest.mark.parametrize(
    ("mine", "theirs"), [("cpu", "cuda:0"), ("cuda:0", "cpu"), ("cuda:1", "cuda:0"), ("meta", "cpu")]
)
@pytest.mark.parametrize("compare", ["values", "exact"])
def test_the_device_counts(mine: str, theirs: str, compare: str) -> None:
    got, own = (_values(output=_tensor([1.0], device=device)) for device in (mine, theirs))
    assert _problem(got, own, compare=compare) == f"`output` is on {mine}; expected {theirs}."
    assert _problem(got, got, compare=compare) is None


@pytest.mark.parametrize("compare", ["values", "exact"])
def test_equal_numbers_in_another_dtype_differ(compare: str) -> None:
    for mine, theirs in (("float64", "float32"), ("int32", "int64"), ("bool", "uint8"), ("complex64", "float32")):
        got, own = (_values(output=_tensor([1, 0], dtype)) for dtype in (mine, theirs))
        assert _problem(got, own, compare=compare) == f"`output` is {mine}; expected {theirs}."


def test_the_shape_is_told_before_the_dtype_and_the_dtype_before_the_device() -> None:
    own = _values(output=[1.0, 2.0])
    assert "shape" in (_problem(_values(output=_tensor([1.0], "int64", "cuda:0")), own) or "")
    assert "int64" in (_problem(_values(output=_tensor([1, 2], "int64", "cuda:0")), own) or "")


@pytest.mark.parametrize(("mine", "theirs"), [((), (1,)), ((1,), ()), ((2, 1), (1, 2)), ((0,), (0, 3)), ((1, 2), (2,))])
@pytest.mark.parametrize("compare", ["values", "exact", "shape"])
def test_shapes_are_never_broadcast(mine: tuple[int, ...], theirs: tuple[int, ...], compare: str) -> None:
    assert "shape" in (_problem(_values(a=np.ones(mine)), _values(a=np.ones(theirs)), compare=compare) or "")


@pytest.mark.parametrize("compare", ["values", "exact", "shape"])
def test_nothing_equals_nothing(compare: str) -> None:
    empty = _values(output=np.zeros((0, 3)))
    assert _compare(empty, empty, compare=compare) == Comparison()


def test_a_check_of_shapes_looks_at_the_kind_of_what_is_no_tensor() -> None:
    number, other, thing = (_values(a=one) for one in (PlainValue(1), PlainValue(2), ObjectValue("T", "")))
    assert _problem(number, other, compare="shape") is None
    assert _problem(number, _values(a=[1.0]), compare="shape") is not None
    assert _problem(_values(a=[1.0]), number, compare="shape") is not None
    assert _problem(thing, thing, compare="shape") is not None


# --- exact, whole, not a number ---


def test_exact_means_every_bit_of_the_number_but_not_a_number_is_itself() -> None:
    own = _values(a=[1.0, np.nan])
    assert _problem(own, own, compare="exact") is None
    assert _problem(_values(a=[np.nextafter(np.float32(1), np.float32(2)), np.nan]), own, compare="exact") is not None
    assert _problem(_values(a=[1.0, 0.0]), own, compare="exact") is not None
    assert _problem(_values(a=[np.nan, np.nan]), own, compare="exact") is not None


def test_exact_is_held_against_the_references_own_result_and_not_against_the_truth() -> None:
    own, truth = _values(a=[np.float32(0.1)]), _values(a=_tensor([0.1], "float64"))
    assert _compare(own, own, truth, compare="exact").problem is None


@pytest.mark.parametrize("compare", ["values", "exact"])
def test_a_tolerance_is_none_for_whole_numbers(compare: str) -> None:
    got, own = (_values(a=_tensor([1, number], "int64")) for number in (2, 3))
    assert _problem(got, own, compare=compare, tolerance=UNIT) == "`a` at [1] is 2; expected 3. 1 of 2 elements differ."
    got, own = (_values(a=_tensor([True, value], "bool")) for value in (True, False))
    assert _problem(got, own, compare=compare, tolerance=UNIT) is not None


def test_not_a_number_in_a_plain_float_counts_like_one_in_a_tensor() -> None:
    odd, one = _values(a=PlainValue(float("nan"))), _values(a=PlainValue(1.0))
    assert _problem(odd, odd) is not None
    assert _problem(odd, odd, nan_equal=True) is None
    assert _problem(odd, one, nan_equal=True) is not None
    assert _problem(one, odd, nan_equal=True) is not None


def test_not_a_number_does_not_hide_another_wrong_element() -> None:
    own = _values(a=[np.nan, 1.0, 2.0])
    found = _compare(_values(a=[np.nan, 1.0, 9.0]), own, nan_equal=True)
    assert found.difference is not None
    assert (found.difference.index, found.difference.mismatched) == ([2], 1)


def test_an_error_in_either_part_of_a_complex_number_counts() -> None:
    own = _values(a=_tensor([1 + 2j], "complex64"))
    for wrong in (1 + 2.1j, 1.1 + 2j, 1 - 2j):
        assert _problem(_values(a=_tensor([wrong], "complex64")), own) is not None
    assert _problem(_values(a=_tensor([1 + 2.000001j], "complex64")), own) is None


def test_numbers_past_the_end_of_their_dtype_are_no_trouble() -> None:
    own = _values(a=_tensor([1e308, -1e308, 0.0], "float64"))
    found = _compare(_values(a=_tensor([-1e308, 1e308, 0.0], "float64")), own)
    assert found.difference is not None
    assert found.difference.mismatched == 2


# --- the truth ---


def test_the_truth_is_used_for_floating_tensors_of_the_same_shape_and_for_real_numbers_only() -> None:
    def chosen(own: Leaf, truth: Observed) -> Leaf:
        return truth_of("a", own, Expected(_values(a=own), truth))

    own, truth = _tensor([1.0]), _tensor([1.0], "float64")
    assert chosen(own, _values(a=truth)) is truth
    assert chosen(own, _values(a=_tensor([1.0, 2.0], "float64"))) is own
    assert chosen(own, _values(b=truth)) is own
    assert chosen(own, _values(a=PlainValue(1.0))) is own
    assert chosen(own, Raised(["RuntimeError"], "not in float64")) is own
    whole = _tensor([1], "int64")
    assert chosen(whole, _values(a=_tensor([2], "int64"))) is whole
    assert chosen(PlainValue(1.0), _values(a=PlainValue(1.5))) == PlainValue(1.5)
    for plain in (True, "text", None):
        assert chosen(PlainValue(plain), _values(a=PlainValue(1.5))) == PlainValue(plain)


def test_a_plain_number_is_held_against_its_truth() -> None:
    own, truth = _values(a=PlainValue(1.001)), _values(a=PlainValue(1.0))
    assert _compare(_values(a=PlainValue(0.995)), own, truth).problem is None
    assert _compare(_values(a=PlainValue(0.99)), own, truth).problem is not None


# --- what is told ---


def test_the_worst_element_is_worst_by_what_is_allowed_there() -> None:
    """Not the one that is farthest off."""
    rough = Tolerance(rtol=0.01, atol=0.1)
    own = _values(a=[[10_000.0, 0.0], [0.0, 0.0]])
    found = _compare(_values(a=[[10_200.0, 0.0], [5.0, 0.0]]), own, tolerance=rough)
    assert found.difference is not None
    assert (found.difference.index, found.difference.got, found.difference.expected) == ([1, 0], "5", "0")
    assert (found.difference.mismatched, found.difference.total, found.difference.shape) == (2, 4, [2, 2])
    assert found.margin == pytest.approx(50)


def test_numbers_that_differ_late_are_told_with_digits_enough() -> None:
    found = _compare(_values(a=_tensor([1.00000123], "float64")), _values(a=_tensor([1.0], "float64")))
    assert found.difference is not None
    assert (found.difference.got, found.difference.expected) == ("1.00000123", "1")


def test_the_heat_map_is_of_the_matrix_that_holds_the_worst_element() -> None:
    own = _values(a=np.zeros((2, 2, 2)))
    wrong = np.zeros((2, 2, 2))
    wrong[0, 0, 0], wrong[1, 0, 1] = 2.0, 5.0
    found = _compare(_values(a=wrong), own)
    assert found.difference is not None
    assert found.difference.heat == [[0, 5], [0, 0]]


def test_without_a_description_verdict_and_margin_are_the_same() -> None:
    own = _values(a=[0.0, 0.0])
    for numbers in ([0.5, 0.0], [0.0, 3.0], [np.nan, 0.0]):
        got = _values(a=numbers)
        full, short = (_compare(got, own, tolerance=UNIT, describe=describe) for describe in (True, False))
        assert (full.problem is None, full.margin) == (short.problem is None, short.margin)
        assert short.difference is None
