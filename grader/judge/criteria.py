"""What must hold where an answer can't equal the reference. Computed from raw outputs, never from claims."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from grader.judge import words
from grader.judge.compare import Comparison, Expected
from grader.judge.observed import Tensor, Values
from grader.spec.types import Criterion
from grader.text import Text
from grader.wire import Array, Arrays, PlainValue

ROUNDING = 1e-5  # relative and absolute; draws that are closer are one value

_NAMES = {
    "bound": Text(en="an element", zh="某个元素"),
    "accuracy": Text(en="the accuracy", zh="准确率"),
    "mean_squared_error": Text(en="the mean squared error", zh="均方误差"),
    "psnr": Text(en="the PSNR in dB", zh="PSNR（dB）"),
}


def judge_criterion(got: Values, expected: Expected, held: Arrays, criterion: Criterion) -> Comparison:
    """Whether a criterion holds of one case's observations."""
    array = _numbers(got, criterion.of)
    if array is None:
        return Comparison(words.wrong_names([criterion.of], [], list(got.leaves)), margin=np.inf)
    problem = _wrong_shape(array, expected, criterion) or _wrong_kind(got, expected, criterion.of)
    if problem is not None:
        return Comparison(problem, margin=np.inf)
    if criterion.kind == "same_distribution":
        return _same_distribution(array, expected, criterion)
    if criterion.kind == "bound":
        return _within(array.reshape(-1), criterion)
    against = held.get(criterion.against or "")
    if against is None:
        raise KeyError(f"no held argument '{criterion.against}'")
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
    return words.wrong_shape(criterion.of, array.shape, own.shape)


def _wrong_kind(got: Values, expected: Expected, name: str) -> Text | None:
    """Whole, real or complex: NumPy would drop an imaginary part, or order by the real one, without a word."""
    mine, own = got.leaves[name], expected.own.leaves.get(name) if isinstance(expected.own, Values) else None
    if not isinstance(mine, Tensor) or not isinstance(own, Tensor) or mine.array.dtype.kind == own.array.dtype.kind:
        return None
    return words.wrong_dtype(name, mine.dtype, own.dtype)


def _within(measured: Array, criterion: Criterion) -> Comparison:
    low = -math.inf if criterion.low is None else criterion.low
    high = math.inf if criterion.high is None else criterion.high
    outside = ~((measured >= low) & (measured <= high))  # not-a-number lies outside
    if not outside.any():
        return Comparison(margin=0.0)
    worst = float(measured[outside][0])
    problem = words.outside(criterion.of, worst, criterion.low, criterion.high, _NAMES[criterion.kind])
    return Comparison(problem, margin=np.inf)


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
    """A two-sample Kolmogorov-Smirnov test of each coordinate.

    The bound is that of Dvoretzky, Kiefer and Wolfowitz with Massart's constant (Massart 1990,
    https://doi.org/10.1214/aop/1176990746) for both samples, shared among the coordinates (Bonferroni), so a
    right answer fails with a chance of at most `false_alarm`, whatever the distribution.
    """
    reference = _numbers(expected.own, criterion.of)
    if reference is None or reference.ndim == 0:
        raise KeyError(f"the reference returned no draws under '{criterion.of}'")
    draws = got.shape[0]
    columns = got.reshape(draws, -1).astype(np.float64)
    bound = distance_bound(draws, columns.shape[1], criterion.false_alarm)
    distances = _distances(columns, reference.reshape(draws, -1).astype(np.float64))
    worst = int(distances.argmax())
    margin = float(distances[worst] / bound)
    if margin <= 1.0:
        return Comparison(margin=margin)
    index = np.unravel_index(worst, got.shape[1:]) if got.ndim > 1 else ()
    problem = words.other_distribution(criterion.of, [int(i) for i in index], float(distances[worst]), bound, draws)
    return Comparison(problem, margin=margin)


def distance_bound(draws: int, coordinates: int, false_alarm: float) -> float:
    """How far two empirical distribution functions of equal laws lie apart, but for a chance of `false_alarm`."""
    each = false_alarm / (2 * coordinates)  # for one sample of one coordinate
    return 2 * math.sqrt(math.log(2 / each) / (2 * draws))


def _excess(one: Array, other: Array) -> float:
    """How much more of one sample than of the other lies below a point, at the worst point."""
    further = one + ROUNDING * (1.0 + np.abs(one))
    below_one = np.searchsorted(one, one, side="right") / len(one)
    below_other = np.searchsorted(other, further, side="right") / len(other)
    return float((below_one - below_other).max())


def _distances(got: Array, reference: Array) -> Array:
    """sup |F - G| of each column; 1 where a value is not a number.

    A value may be off by rounding: where one law has an atom, the same value in another dtype or order of
    operations must not count as another one. So each function is compared with the other a little to the right.
    """
    found = np.ones(got.shape[1])
    for column in range(got.shape[1]):
        one, other = np.sort(got[:, column]), np.sort(reference[:, column])
        if not np.isnan(one).any():
            found[column] = max(_excess(one, other), _excess(other, one))
    return found
