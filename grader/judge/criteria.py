"""What must hold where an answer can't equal the reference. Computed from raw outputs, never from claims."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from grader.judge import messages
from grader.judge.compare import Comparison, Expected
from grader.judge.distribution import ROUNDING, farthest
from grader.observed import Tensor, Values, any_numbers
from grader.question import Criterion
from grader.text import Text
from grader.wire import Array, Arrays, PlainValue

_NAMES = {
    "bound": Text(en="an element", zh="某个元素"),
    "accuracy": Text(en="the accuracy", zh="准确率"),
    "mean_squared_error": Text(en="the mean squared error", zh="均方误差"),
    "psnr": Text(en="the PSNR in dB", zh="PSNR（dB）"),
}


@any_numbers
def judge_criterion(got: Values, expected: Expected, held: Arrays, criterion: Criterion) -> Comparison:
    """Whether a criterion holds of one case's observations."""
    array = _numbers(got, criterion.of)
    if array is None:
        return Comparison(messages.wrong_names([criterion.of], [], list(got.leaves)), margin=np.inf)
    problem = _wrong_shape(array, expected, criterion) or _wrong_kind(got, expected, criterion.of)
    if problem is not None:
        return Comparison(problem, margin=np.inf)
    if criterion.kind == "same_distribution":
        return _same_distribution(array, expected, criterion)
    if criterion.kind == "bound":
        return _within(array.reshape(-1), criterion)
    against = _held(held, criterion.against)
    if criterion.among is not None:
        array = _closeness(array, _held(held, criterion.among))
    return _within(np.array([_METRICS[criterion.kind](array, against)]), criterion)


def _numbers(values: object, name: str) -> Array | None:
    leaf = values.leaves.get(name) if isinstance(values, Values) else None
    if isinstance(leaf, PlainValue) and isinstance(leaf.value, int | float):
        return np.array(leaf.value, np.float64)
    return leaf.array if isinstance(leaf, Tensor) else None


def _wrong_shape(array: Array, expected: Expected, criterion: Criterion) -> Text | None:
    """The reference's shape is asked for as well: a metric over too few elements is no evidence."""
    own = _numbers(expected.own, criterion.of)
    if own is None or own.shape == array.shape:
        return None
    return messages.wrong_shape(criterion.of, array.shape, own.shape)


def _wrong_kind(got: Values, expected: Expected, name: str) -> Text | None:
    """Whole, real or complex: NumPy would drop an imaginary part, or order by the real one, without a word."""
    mine, own = got.leaves[name], expected.own.leaves.get(name) if isinstance(expected.own, Values) else None
    if not isinstance(mine, Tensor) or not isinstance(own, Tensor) or mine.array.dtype.kind == own.array.dtype.kind:
        return None
    return messages.wrong_dtype(name, mine.dtype, own.dtype)


def _within(measured: Array, criterion: Criterion) -> Comparison:
    low = -math.inf if criterion.low is None else criterion.low
    high = math.inf if criterion.high is None else criterion.high
    outside = ~((measured >= low) & (measured <= high))  # not-a-number lies outside
    if not outside.any():
        return Comparison(margin=0.0)
    worst = float(measured[outside][0])
    problem = messages.outside(criterion.of, worst, criterion.low, criterion.high, _NAMES[criterion.kind])
    return Comparison(problem, margin=np.inf)


def _held(held: Arrays, name: str | None) -> Array:
    if name is None or name not in held:
        raise KeyError(f"no held argument '{name}'")
    return held[name]


def _closeness(got: Array, classes: Array) -> Array:
    """The negative squared distance of each row from each class: (rows, classes)."""
    rows = got.reshape(len(got), 1, -1).astype(np.float64)
    distances = ((rows - classes.reshape(1, len(classes), -1)) ** 2).sum(-1)
    return np.asarray(-np.nan_to_num(distances, nan=np.inf))


def _accuracy(scores: Array, labels: Array) -> float:
    return float((scores.argmax(-1) == labels).mean())


def _mean_squared_error(got: Array, against: Array) -> float:
    return float(((got.astype(np.float64) - against.astype(np.float64)) ** 2).mean())


def _psnr(got: Array, against: Array) -> float:
    error = _mean_squared_error(got, against)
    return -10.0 * math.log10(error) if error > 0 else math.inf


_METRICS: Mapping[str, Callable[[Array, Array], float]] = {
    "accuracy": _accuracy,
    "mean_squared_error": _mean_squared_error,
    "psnr": _psnr,
}


def _same_distribution(got: Array, expected: Expected, criterion: Criterion) -> Comparison:
    """What a draw can be, exactly; then a statistical test of the law."""
    reference = _numbers(expected.own, criterion.of)
    if reference is None or reference.ndim == 0:
        raise KeyError(f"the reference returned no draws under '{criterion.of}'")
    if criterion.support is not None:
        stray = _stray(got, np.array(criterion.support, np.float64))
        if stray is not None:
            return Comparison(
                messages.impossible_draw(criterion.of, stray, float(got[stray]), criterion.support), margin=np.inf
            )
    draws = got.shape[0]
    columns, own = (array.reshape(draws, -1).astype(np.float64) for array in (got, reference))
    found = farthest(columns, own, criterion.false_alarm)
    if found.margin <= 1.0:
        return Comparison()  # how near to the bound is chance, not error
    if found.column is None:
        problem = messages.other_dependence(criterion.of, found.distance, found.bound, found.draws)
    else:
        index = np.unravel_index(found.column, got.shape[1:]) if got.ndim > 1 else ()
        problem = messages.other_distribution(criterion.of, [int(i) for i in index], found.distance, found.bound, draws)
    return Comparison(problem, margin=found.margin)


def _stray(got: Array, support: Array) -> tuple[int, ...] | None:
    """Where a draw has a value that it can't have."""
    values = got.astype(np.float64)[..., None]
    outside = ~(np.abs(values - support) <= ROUNDING * (1.0 + np.abs(support))).any(-1)
    return tuple(int(i) for i in np.argwhere(outside)[0]) if outside.any() else None
