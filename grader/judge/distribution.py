"""Whether two samples come from one law: coordinate by coordinate, together, and from draw to draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.wire import Array

ROUNDING = 1e-5  # relative and absolute; draws that are closer are one value
DIRECTIONS = 8  # random sums of the coordinates: they show how coordinates depend on one another
PAIRED = 2  # of these directions: for two draws that follow one another


@dataclass(frozen=True)
class Distance:
    """How far two empirical distribution functions lie apart, and how far chance may bring them."""

    distance: float
    bound: float
    column: int | None  # a coordinate; None: sums of coordinates or of draws
    draws: int

    @property
    def margin(self) -> float:
        """Above 1: not one law."""
        return self.distance / self.bound


def farthest(got: Array, reference: Array, false_alarm: float) -> Distance:
    """The most telling of several two-sample Kolmogorov-Smirnov tests.

    got, reference: (draws, coordinates), the rows independent of one another. Each coordinate is tested; sums of the
    coordinates in a few random directions, which together tell any two laws apart (Cramer and Wold 1936); and sums
    and differences of successive rows, because rows that hang together are no independent draws.

    The bound is that of Dvoretzky, Kiefer and Wolfowitz with Massart's constant (Massart 1990,
    https://doi.org/10.1214/aop/1176990746) for both samples, shared among all tests (Bonferroni), so a
    right answer fails with a chance of at most `false_alarm`, whatever the law.
    """
    samples = _samples(got, reference)
    stray = ~np.isfinite(got).all(axis=0) & np.isfinite(reference).all(axis=0)
    if stray.any():  # otherwise it would switch off the tests of all coordinates together
        return Distance(1.0, min(0.5, distance_bound(len(got), 1, false_alarm)), int(stray.argmax()), len(got))
    tests = sum(one.shape[1] for one, _, _ in samples)
    found = [_farthest(one, other, slack, tests, false_alarm) for one, other, slack in samples]
    alone = found[0]
    if alone.margin > 1.0:  # the plainest thing to say
        return alone
    return max(found[:1] + [replace(one, column=None) for one in found[1:]], key=lambda one: one.margin)


def _samples(got: Array, reference: Array) -> Sequence[tuple[Array, Array, Array]]:
    """Pairs of samples to be tested, with the rounding that each column may have."""
    slack = ROUNDING * (1.0 + np.abs(reference).max(axis=0, initial=0.0))
    samples = [(got, reference, slack)]
    if np.isfinite(got).all() and np.isfinite(reference).all():
        weights = _weights(reference, slack)
        centre = reference.mean(axis=0)
        one, other = (got - centre) @ weights, (reference - centre) @ weights
        rounding = slack @ np.abs(weights) + ROUNDING
        samples.append((one, other, rounding))
        samples.append((_pairs(one), _pairs(other), np.tile(2 * rounding[:PAIRED], 2)))
    return samples


def _weights(reference: Array, slack: Array) -> Array:
    """Random directions, (coordinates, directions), each coordinate in units of the reference's spread."""
    spread = reference.std(axis=0)
    weights = np.random.default_rng(reference.shape[1]).standard_normal((reference.shape[1], DIRECTIONS))
    return np.asarray(weights * np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > slack)[:, None])


def _pairs(sums: Array) -> Array:
    """Sums and differences of successive draws, along the first directions; no draw is used twice."""
    even = sums[: len(sums) // 2 * 2, :PAIRED].reshape(len(sums) // 2, 2, -1)
    return np.concatenate([even[:, 0] + even[:, 1], even[:, 0] - even[:, 1]], axis=1)


def _farthest(got: Array, reference: Array, slack: Array, tests: int, false_alarm: float) -> Distance:
    bound = distance_bound(len(got), tests, false_alarm)
    distances = [_distance(got[:, column], reference[:, column], slack[column]) for column in range(got.shape[1])]
    worst = max(range(len(distances)), key=distances.__getitem__, default=0)
    return Distance(distances[worst] if distances else 0.0, bound, worst, len(got))


def distance_bound(draws: int, tests: int, false_alarm: float) -> float:
    """How far two empirical distribution functions of equal laws lie apart, but for a chance of `false_alarm`."""
    each = false_alarm / (2 * tests)  # for one sample of one test
    return 2 * math.sqrt(math.log(2 / each) / (2 * draws))


def _distance(got: Array, reference: Array, slack: float) -> float:
    """sup |F - G|; 1 where a value is not a number.

    A value may be off by rounding: where one law has an atom, the same value in another dtype or order of
    operations must not count as another one. So each function is compared with the other a little to the right.
    """
    if np.isnan(got).any():
        return 1.0
    one, other = np.sort(got), np.sort(reference)
    return max(_excess(one, other, slack), _excess(other, one, slack))


def _excess(one: Array, other: Array, slack: float) -> float:
    """How much more of one sample than of the other lies below a point, at the worst point."""
    below_one = np.searchsorted(one, one, side="right") / len(one)
    below_other = np.searchsorted(other, one + slack, side="right") / len(other)
    return float((below_one - below_other).max())
