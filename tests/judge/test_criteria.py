"""Criteria catch what they are for, and a right answer practically never fails them."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.compare import Comparison, Expected
from grader.judge.criteria import judge_criterion
from grader.judge.distribution import distance_bound, farthest
from grader.observed import Tensor, Values
from grader.question.types import Criterion

DRAWS = 4000
CLASSES = [[[0.0, 0.0], [1.0, 1.0]], [[1.0, 1.0], [0.0, 0.0]], [[0.5, 0.5], [0.5, 0.5]]]  # three pictures


def _values(array: object) -> Values:
    return Values({"output": Tensor(np.asarray(array, np.float32), "float32", "cpu")}, "tensor")


def _judge(got: object, reference: object, held: object = None, **criterion: object) -> Comparison:
    wanted = _values(reference)
    arrays = {} if held is None else {"held": np.asarray(held), "classes": np.asarray(CLASSES)}
    return judge_criterion(_values(got), Expected(wanted, wanted), arrays, Criterion(**criterion))  # type: ignore[arg-type]


def test_bound_looks_at_every_element() -> None:
    assert _judge([0.0, 1.0], [0, 0], kind="bound", low=0, high=1).problem is None
    problem = _judge([0.0, 1.5], [0, 0], kind="bound", low=0, high=1).problem
    assert problem is not None
    assert problem.en == "an element of `output` is 1.5; it must lie in [0, 1]."


def test_an_imaginary_part_is_not_overlooked() -> None:
    real = np.random.default_rng(1).standard_normal((DRAWS, 2)).astype(np.float32)
    made = Values({"output": Tensor(real + 1e9j, "complex64", "cpu")}, "tensor")
    expected = Expected(_values(real), _values(real))
    for criterion in (Criterion(kind="same_distribution"), Criterion(kind="bound", low=-100, high=100)):
        problem = judge_criterion(made, expected, {}, criterion).problem
        assert problem is not None
        assert problem.en == "`output` is complex64; expected float32."


def test_not_a_number_lies_outside_every_bound() -> None:
    assert _judge([np.nan], [0], kind="bound").problem is not None
    assert _judge([[np.nan]], [[0]], [[0.0]], kind="mean_squared_error", against="held", high=9).problem is not None


def test_accuracy_is_calculated_from_scores_and_held_labels() -> None:
    scores = np.eye(4)
    assert _judge(scores, scores, [0, 1, 2, 3], kind="accuracy", against="held", low=1.0).problem is None
    assert _judge(scores, scores, [0, 1, 2, 0], kind="accuracy", against="held", low=1.0).problem is not None


def test_error_and_psnr_are_calculated_from_the_held_image() -> None:
    image = np.zeros((8, 8))
    noisy = image + 0.1
    assert _judge(noisy, image, image, kind="mean_squared_error", against="held", high=0.011).problem is None
    assert _judge(noisy, image, image, kind="psnr", against="held", low=19.9).problem is None
    assert _judge(noisy, image, image, kind="psnr", against="held", low=20.1).problem is not None


def test_fewer_elements_than_the_reference_are_no_evidence() -> None:
    assert (
        _judge([[0.0]], [[0.0], [0.0]], [[0.0]], kind="mean_squared_error", against="held", high=1).problem is not None
    )


@pytest.mark.parametrize("false_alarm", [1e-2, 1e-6])
def test_draws_of_one_law_pass(false_alarm: float) -> None:
    draw = np.random.default_rng(3)
    margins = [
        farthest(draw.normal(size=(DRAWS, 3)), draw.normal(size=(DRAWS, 3)), false_alarm).margin for _ in range(200)
    ]
    assert max(margins) < 1


def test_rounding_does_not_turn_one_frequent_value_into_two() -> None:
    draw = np.random.default_rng(7)
    got, reference = (draw.integers(0, 2, (DRAWS, 1)) * 0.7 for _ in range(2))
    assert _judge(got * (1 + 3e-7), reference, kind="same_distribution").problem is None
    assert _judge(got * (1 - 3e-7), reference, kind="same_distribution").problem is None


def test_another_scale_another_mean_and_no_randomness_are_found() -> None:
    draw = np.random.default_rng(4)
    reference = draw.normal(size=(DRAWS, 3))
    for other in (2 * draw.normal(size=(DRAWS, 3)), draw.normal(size=(DRAWS, 3)) + 0.3, np.zeros((DRAWS, 3))):
        problem = _judge(other, reference, kind="same_distribution").problem
        assert problem is not None
        assert "4000 draws" in problem.en


def test_one_wrong_coordinate_is_found_and_named() -> None:
    draw = np.random.default_rng(5)
    got = draw.normal(size=(DRAWS, 2, 2))
    got[:, 1, 0] *= 3
    problem = _judge(got, draw.normal(size=(DRAWS, 2, 2)), kind="same_distribution").problem
    assert problem is not None
    assert "`output`[:, 1, 0]" in problem.en


def test_equal_draws_in_every_row_are_found() -> None:
    draw = np.random.default_rng(6)
    row = np.repeat(draw.normal(size=(1, 3)), DRAWS, axis=0)
    assert _judge(row, draw.normal(size=(DRAWS, 3)), kind="same_distribution").problem is not None


def test_the_bound_is_that_of_massart() -> None:
    """With one coordinate, each sample may be sqrt(ln(2 / (alpha / 2)) / 2n) away."""
    assert distance_bound(2000, 1, 1e-6) == pytest.approx(2 * np.sqrt(np.log(2 / 5e-7) / 4000))
    assert distance_bound(2000, 10, 1e-6) > distance_bound(2000, 1, 1e-6)


def test_a_picture_counts_as_the_nearest_of_the_held_ones() -> None:
    pictures = np.array([CLASSES[2], CLASSES[0], CLASSES[1], CLASSES[1]]) + 0.1
    settings = {"kind": "accuracy", "against": "held", "among": "classes"}
    assert _judge(pictures, pictures, [2, 0, 1, 1], low=1.0, **settings).problem is None
    problem = _judge(pictures, pictures, [2, 0, 1, 0], low=0.8, **settings).problem
    assert problem is not None
    assert "0.75" in problem.en
    pictures[:] = np.nan
    assert _judge(pictures, pictures, [2, 1, 1, 1], low=0.1, **settings).problem is not None


def test_a_draw_outside_the_support_fails_however_rare_it_is() -> None:
    draw = np.random.default_rng(8)
    got, reference = (draw.integers(0, 2, (DRAWS, 3)) * 1.25 for _ in range(2))
    assert _judge(got, reference, kind="same_distribution", support=[0, 1.25]).problem is None
    got[17, 2] = 1.0
    assert _judge(got, reference, kind="same_distribution").problem is None
    problem = _judge(got, reference, kind="same_distribution", support=[0, 1.25]).problem
    assert problem is not None
    assert problem.en == "`output`[17, 2] is 1; a draw can only be one of 0, 1.25."


def test_elements_that_should_be_dropped_together_are_not_dropped_alone() -> None:
    """Each element alone has the right law; only together do they not."""
    draw = np.random.default_rng(9)
    rows = draw.random((DRAWS, 1)) < 0.3
    elements = draw.random((DRAWS, 5)) < 0.3
    again = np.repeat(draw.random((DRAWS, 1)) < 0.3, 5, axis=1)
    assert _judge(np.repeat(rows, 5, axis=1), again, kind="same_distribution").problem is None
    problem = _judge(elements, again, kind="same_distribution").problem
    assert problem is not None
    assert "depend on one another" in problem.en


def test_draws_that_come_twice_are_not_independent() -> None:
    draw = np.random.default_rng(10)
    twice = np.repeat(draw.standard_normal((DRAWS // 2, 3)), 2, axis=0)
    problem = _judge(twice, draw.standard_normal((DRAWS, 3)), kind="same_distribution").problem
    assert problem is not None
    assert "successive draws" in problem.en


@pytest.mark.parametrize("offset", [0.0, 1e4])
def test_rounding_is_no_dependence(offset: float) -> None:
    """Values with few atoms, far from zero: another order of operations must not count."""
    draw = np.random.default_rng(11)
    got, reference = (np.float32(draw.integers(0, 3, (DRAWS, 4)) * 0.1 + offset) for _ in range(2))
    for other in (got * np.float32(1 + 2e-7), got * np.float32(1 - 2e-7)):
        assert _judge(other, reference, kind="same_distribution").problem is None
