"""Comparing what a submission was seen to return with what the reference was seen to return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from grader.judge import messages
from grader.judge.tolerance import allowed, tolerance_of
from grader.observed import Leaf, Observed, Tensor, Values, any_numbers
from grader.question import Tolerance
from grader.result import Difference
from grader.text import Text
from grader.wire import Array, ObjectValue, PlainValue

HEAT_SIDE = 48  # cells of a heat map's side at most
LARGEST = 1e300  # of a cell: near the end of float64, rounding to three digits gives infinity, which JSON lacks


@dataclass(frozen=True)
class Expected:
    """What the reference was seen to do in one case."""

    own: Observed  # in the case's dtype
    truth: Observed  # in float64


@dataclass(frozen=True)
class Rules:
    """How strictly to compare."""

    compare: Literal["shape", "values", "exact"] = "values"
    tolerance: Tolerance | None = None  # None: by dtype and device
    nan_equal: bool = False
    slack: float = 1.0  # factor of what is allowed
    describe: bool = True  # whether to say where and how much; false: only whether, at a third of the price


@dataclass(frozen=True)
class Comparison:
    """The outcome of one comparison; `problem` is None where nothing differs."""

    problem: Text | None = None
    difference: Difference | None = None
    margin: float = 0.0  # the largest error over what is allowed; above 1 it fails


@any_numbers
def compare(got: Values, expected: Expected, rules: Rules) -> Comparison:
    """The first difference in the order of the observed values, or the largest margin where there is none."""
    own = expected.own
    if not isinstance(own, Values):
        return Comparison(messages.no_exception(own), margin=np.inf)
    problem = _containers(got, own)
    if problem is not None:
        return Comparison(problem, margin=np.inf)
    margin = 0.0
    for name, leaf in own.leaves.items():
        result = _leaf(name, got.leaves[name], leaf, truth_of(name, leaf, expected), rules)
        if result.problem is not None:
            return result
        margin = max(margin, result.margin)
    return Comparison(margin=margin)


@any_numbers
def differing(got: Values, expected: Expected, rules: Rules) -> list[str]:
    """The names of the observed values that differ or are missing, in the order of the reference's."""
    own = expected.own.leaves if isinstance(expected.own, Values) else {}
    return [
        name
        for name, leaf in own.items()
        if name not in got.leaves
        or _leaf(name, got.leaves[name], leaf, truth_of(name, leaf, expected), rules).problem is not None
    ]


def truth_of(name: str, own: Leaf, expected: Expected) -> Leaf:
    """The float64 counterpart of a value; the value itself where there is none, as for whole numbers."""
    truth = expected.truth.leaves.get(name) if isinstance(expected.truth, Values) else None
    if isinstance(own, Tensor) and isinstance(truth, Tensor) and own.array.dtype.kind in "fc":
        return truth if truth.array.shape == own.array.shape else own
    if isinstance(own, PlainValue) and isinstance(truth, PlainValue) and _is_real(own) and _is_real(truth):
        return truth
    return own


def _containers(got: Values, own: Values) -> Text | None:
    if got.structure != own.structure:
        return messages.wrong_structure(got.structure, own.structure)
    missing = [name for name in own.leaves if name not in got.leaves]
    extra = [name for name in got.leaves if name not in own.leaves]
    return messages.wrong_names(missing, extra, list(got.leaves)) if missing or extra else None


def _leaf(name: str, got: Leaf, own: Leaf, truth: Leaf, rules: Rules) -> Comparison:
    if isinstance(own, Tensor) and isinstance(truth, Tensor):
        if not isinstance(got, Tensor):
            return Comparison(messages.not_a_tensor(name, got), margin=np.inf)
        return _tensor(name, got, own, truth, rules)
    if rules.compare == "shape" and type(got) is type(own) and not isinstance(own, ObjectValue):
        return Comparison()
    if isinstance(own, PlainValue) and isinstance(truth, PlainValue) and isinstance(got, PlainValue):
        return _plain(name, got, own, truth, rules)
    return Comparison(messages.wrong_kind(name, got, own), margin=np.inf)


def _is_real(value: PlainValue) -> bool:
    return isinstance(value.value, int | float) and not isinstance(value.value, bool)


def _plain(name: str, got: PlainValue, own: PlainValue, truth: PlainValue, rules: Rules) -> Comparison:
    if _is_real(own) and _is_real(got) and rules.compare == "values" and isinstance(own.value, float):
        numbers = [Tensor(np.array(value.value, np.float64), "float32", "cpu") for value in (got, own, truth)]
        return _numbers(name, numbers[0], numbers[1], numbers[2], rules)
    if type(got.value) is type(own.value) and got.value == own.value:
        return Comparison()
    return Comparison(messages.wrong_value(name, got.value, own.value), margin=np.inf)


def _tensor(name: str, got: Tensor, own: Tensor, truth: Tensor, rules: Rules) -> Comparison:
    if got.array.shape != own.array.shape:
        return Comparison(messages.wrong_shape(name, got.array.shape, own.array.shape), margin=np.inf)
    if rules.compare == "shape":
        return Comparison()
    if got.dtype != own.dtype:
        return Comparison(messages.wrong_dtype(name, got.dtype, own.dtype), margin=np.inf)
    if got.device != own.device:
        return Comparison(messages.wrong_device(name, got.device, own.device), margin=np.inf)
    return _numbers(name, got, own, truth, rules)


def _numbers(name: str, got: Tensor, own: Tensor, truth: Tensor, rules: Rules) -> Comparison:
    if rules.compare == "exact" or got.array.dtype.kind not in "fc":
        wrong = got.array != own.array
        if rules.nan_equal or rules.compare == "exact":
            wrong &= ~(_nan(got.array) & _nan(own.array))
        errors = np.where(wrong, np.inf, 0.0)
        expected = own.array
    else:
        expected = truth.array
        errors = _errors_over_tolerance(got, own.array, expected, rules)
    margin = float(errors.max()) if errors.size else 0.0
    if margin <= 1.0:
        return Comparison(margin=margin)
    if not rules.describe:
        return Comparison(messages.DIFFERS, margin=margin)
    difference = _difference(name, got.array, expected, errors)
    return Comparison(messages.differs(difference), difference, margin)


def _errors_over_tolerance(got: Tensor, own: Array, truth: Array, rules: Rules) -> Array:
    """|got - truth| over what is allowed there; infinite where one is not a number, or both infinities differ."""
    tolerance = rules.tolerance or tolerance_of(got.dtype, got.device)
    values = got.array.astype(truth.dtype)
    ratio = np.abs(values - truth) / np.maximum(rules.slack * allowed(truth, own, tolerance), 1e-300)
    ratio = np.where(values == truth, 0.0, ratio)  # equal infinities too
    if rules.nan_equal:
        ratio = np.where(_nan(values) & _nan(truth), 0.0, ratio)
    return np.where(np.isnan(ratio), np.inf, ratio)


def _nan(array: Array) -> Array:
    return np.isnan(array) if array.dtype.kind in "fc" else np.zeros(array.shape, bool)


def _difference(name: str, got: Array, expected: Array, errors: Array) -> Difference:
    index = np.unravel_index(int(errors.argmax()), errors.shape)
    shown, wanted = messages.numbers(got[index], expected[index])
    return Difference(
        name=name,
        index=[int(i) for i in index],
        got=shown,
        expected=wanted,
        mismatched=int((errors > 1.0).sum()),
        total=int(errors.size),
        heat=_heat(got, expected, tuple(int(i) for i in index)),
        shape=list(got.shape),
    )


def _heat(got: Array, expected: Array, index: tuple[int, ...]) -> list[list[float]]:
    """|got - expected| of the matrix that holds the worst element, at most 48 x 48; not-a-number as -1."""
    distance = np.abs(got.astype(np.complex128) - expected.astype(np.complex128))
    matrix = np.atleast_2d(distance[index[:-2]] if distance.ndim > 2 else distance)
    finite = np.where(np.isfinite(matrix), np.minimum(matrix, LARGEST), -1.0)
    return [[float(f"{cell:.3g}") for cell in row] for row in _at_most(finite, HEAT_SIDE)]


def _at_most(matrix: Array, side: int) -> Array:
    """Shrink by taking the largest of each block."""
    for axis in (0, 1):
        size = matrix.shape[axis]
        if size > side:
            starts = np.linspace(0, size, side, endpoint=False).astype(int)
            matrix = np.maximum.reduceat(matrix, starts, axis=axis)
    return matrix
