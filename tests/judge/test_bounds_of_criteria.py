"""Where exactly a criterion ends, what it measures, and what it does not take."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from grader.judge.compare import Comparison, Expected
from grader.judge.criteria import judge_criterion
from grader.observed import Leaf, Tensor, Values
from grader.question.types import Criterion
from grader.wire import PlainValue


def _tensor(numbers: object, dtype: str = "float32") -> Tensor:
    return Tensor(np.asarray(numbers, dtype), dtype, "cpu")


def _judge(
    got: object, held: Mapping[str, object] | None = None, reference: object = None, **criterion: object
) -> Comparison:
    """`got` and `reference` are numbers, or values by name."""
    seen, wanted = (_values(one) for one in (got, got if reference is None else reference))
    arrays = {name: np.asarray(array) for name, array in (held or {}).items()}
    return judge_criterion(seen, Expected(wanted, wanted), arrays, Criterion(**criterion))  # type: ignore[arg-type]


def _values(numbers: object) -> Values:
    if isinstance(numbers, dict):
        return Values(numbers, "dict")
    return Values({"output": numbers if isinstance(numbers, Leaf) else _tensor(numbers)}, "tensor")


def _holds(*args: object, **criterion: object) -> bool:
    found = _judge(*args, **criterion)  # type: ignore[arg-type]
    assert (found.problem is None) == (found.margin <= 1.0)
    return found.problem is None


def _says(found: Comparison) -> str:
    assert found.problem is not None
    return found.problem.en


# --- bounds ---


def test_both_bounds_are_allowed_themselves() -> None:
    assert _holds([0.0, 1.0], kind="bound", low=0.0, high=1.0)
    assert not _holds([-0.001, 1.0], kind="bound", low=0.0, high=1.0)
    assert not _holds([0.0, 1.001], kind="bound", low=0.0, high=1.0)


def test_a_bound_that_is_not_given_is_none() -> None:
    assert _holds([-1e30, 1.0], kind="bound", high=1.0)
    assert not _holds([-1e30, 1.5], kind="bound", high=1.0)
    assert _holds([1e30, 0.0], kind="bound", low=0.0)
    assert not _holds([1e30, -0.5], kind="bound", low=0.0)


@pytest.mark.parametrize("place", [0, 3, 5])
def test_every_element_must_lie_within(place: int) -> None:
    numbers = np.full((2, 3), 0.5)
    numbers[np.unravel_index(place, numbers.shape)] = 2.0
    assert _says(_judge(numbers, kind="bound", low=0.0, high=1.0)).startswith("an element of `output` is 2;")


def test_the_message_names_the_value_and_an_open_side() -> None:
    values = {"loss": _tensor([3.0]), "output": _tensor([0.0])}
    assert _says(_judge(values, kind="bound", of="loss", high=2.0)) == (
        "an element of `loss` is 3; it must lie in [-∞, 2]."
    )


def test_of_several_values_only_the_one_that_is_asked_for_counts() -> None:
    values = {"loss": _tensor([3.0]), "output": _tensor([0.5])}
    assert _holds(values, kind="bound", low=0.0, high=1.0)
    assert not _holds(values, kind="bound", of="loss", low=0.0, high=1.0)


def test_a_plain_number_is_measured_like_a_tensor() -> None:
    assert _holds(PlainValue(0.5), kind="bound", low=0.0, high=1.0)
    assert not _holds(PlainValue(2), kind="bound", low=0.0, high=1.0)


@pytest.mark.parametrize(
    "stray", [{}, {"other": _tensor([0.5])}, {"output": PlainValue(None)}, {"output": PlainValue("1")}]
)
def test_what_is_not_there_or_no_number_is_missing(stray: dict[str, Leaf]) -> None:
    found = _judge(stray, reference=[0.5], kind="bound", low=0.0, high=1.0)
    assert "missing: `output`" in _says(found)


def test_shape_and_kind_are_the_references() -> None:
    bound = {"kind": "bound", "low": 0.0, "high": 9.0}
    assert _says(_judge([1.0], reference=[1.0, 2.0], **bound)) == "`output` has shape (1,); expected (2,)."  # type: ignore[arg-type]
    whole = _tensor([1, 2], "int64")
    assert _says(_judge(whole, reference=[1.0, 2.0], **bound)) == "`output` is int64; expected float32."  # type: ignore[arg-type]
    assert _holds(_tensor([1.0], "float64"), reference=[1.0], **bound)  # which floating dtype is for other checks


# --- metrics ---


def test_accuracy_is_the_share_of_rows_whose_largest_score_is_at_the_label() -> None:
    scores = [[0.1, 0.9, 0.0], [0.8, 0.1, 0.1], [0.2, 0.3, 0.5], [0.6, 0.3, 0.1]]
    accuracy = {"kind": "accuracy", "against": "labels"}
    for labels, share in (([1, 0, 2, 0], 1.0), ([1, 0, 2, 1], 0.75), ([0, 0, 2, 1], 0.5), ([2, 2, 1, 2], 0.0)):
        assert _holds(scores, {"labels": labels}, low=share, high=share, **accuracy)


def test_the_classes_are_along_the_last_axis() -> None:
    scores = np.zeros((2, 3, 4))
    labels = np.array([[0, 1, 2], [3, 2, 1]])
    np.put_along_axis(scores, labels[..., None], 1.0, -1)
    assert _holds(scores, {"labels": labels}, kind="accuracy", against="labels", low=1.0)


def test_the_mean_squared_error_is_the_mean_over_all_elements() -> None:
    got, image = [[0.0, 2.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 4.0]]
    assert _holds(got, {"image": image}, kind="mean_squared_error", against="image", low=4.999, high=5.001)


def test_the_psnr_is_in_decibels_for_a_peak_of_one() -> None:
    image = np.zeros(100)
    for error, decibels in ((0.1, 20.0), (0.01, 40.0), (1.0, 0.0)):
        psnr = {"kind": "psnr", "against": "image", "low": decibels - 0.01, "high": decibels + 0.01}
        assert _holds(image + error, {"image": image}, **psnr)


def test_an_image_without_error_has_every_psnr() -> None:
    assert _holds(np.ones(4), {"image": np.ones(4)}, kind="psnr", against="image", low=100.0)


def test_errors_are_measured_in_double_precision() -> None:
    """In whole numbers of eight bits they would wrap around, in float32 they would overflow."""
    held = {"image": np.array([255], np.uint8)}
    assert _holds(_tensor([0], "uint8"), held, kind="mean_squared_error", against="image", low=65024, high=65026)
    large = {"image": np.array([0.0])}
    assert _holds([1e30], large, kind="mean_squared_error", against="image", low=0.9e60, high=1.1e60)


def test_the_message_of_a_metric_tells_its_value() -> None:
    found = _judge([[1.0, 0.0]], {"labels": [1]}, kind="accuracy", against="labels", low=0.9)
    assert _says(found) == "the accuracy of `output` is 0; it must lie in [0.9, ∞]."


def test_a_held_argument_that_is_not_there_is_our_own_fault() -> None:
    for against in ("labels", None):
        with pytest.raises(KeyError, match="no held argument"):
            _judge([[1.0, 0.0]], {"other": [1]}, kind="accuracy", against=against, low=0.9)


# --- distributions ---


def test_a_single_number_is_no_sample() -> None:
    with pytest.raises(KeyError, match="no draws"):
        _judge(PlainValue(1.0), kind="same_distribution")


def test_the_margin_of_another_law_is_how_much_chance_does_not_explain() -> None:
    draw = np.random.default_rng(1)
    found = _judge(draw.normal(size=4000) + 5, reference=draw.normal(size=4000), kind="same_distribution")
    assert 1.0 < found.margin < np.inf


def test_a_smaller_chance_of_a_false_alarm_allows_more() -> None:
    draw = np.random.default_rng(2)
    got, reference = draw.normal(size=(1000, 1)) + 0.16, draw.normal(size=(1000, 1))
    assert not _holds(got, None, reference, kind="same_distribution", false_alarm=0.5)
    assert _holds(got, None, reference, kind="same_distribution", false_alarm=1e-9)
