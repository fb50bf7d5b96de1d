"""What is drawn of a result: an image, several of them, or a curve."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.pictures import MAX_IMAGES, MAX_SIDE, picture_of
from grader.observed import Tensor, Values


def _drawn(array: np.ndarray, show: str = "image") -> np.ndarray | None:
    seen = Values({"output": Tensor(array.astype(np.float32), "float32", "cpu")}, "tensor")
    picture = picture_of(show, seen, seen)  # type: ignore[arg-type]
    return None if picture is None else np.array(picture.got)


@pytest.mark.parametrize(
    ("shape", "drawn"),
    [
        ((4, 5), (4, 5, 1)),
        ((3, 4, 5), (4, 5, 3)),
        ((2, 4, 5), (4, 5, 1)),
        ((1, 3, 4, 5), (4, 5, 3)),
        ((5, 3, 4, 6), (9, 20, 3)),  # three columns, two rows, one pixel between them
        ((2, 2, 1, 4, 6), (9, 13, 1)),
    ],
)
def test_images_are_drawn_side_by_side(shape: tuple[int, ...], drawn: tuple[int, ...]) -> None:
    found = _drawn(np.random.default_rng(1).random(shape))
    assert found is not None
    assert found.shape == drawn


def test_every_image_lies_in_its_place() -> None:
    found = _drawn(np.arange(3.0).reshape(3, 1, 1, 1) * np.ones((3, 1, 2, 2)) / 4)
    assert found is not None
    assert found[..., 0].tolist() == [
        [0, 0, 0.5, 0.25, 0.25],
        [0, 0, 0.5, 0.25, 0.25],
        [0.5, 0.5, 0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5, 0.5, 0.5],
    ]


def test_a_picture_stays_small() -> None:
    found = _drawn(np.zeros((10 * MAX_IMAGES, 1, 60, 60)))
    assert found is not None
    assert max(found.shape[:2]) <= MAX_SIDE


@pytest.mark.parametrize("fill", [np.nan, np.inf, -np.inf, 1e38])
def test_what_is_no_number_is_drawn_all_the_same(fill: float) -> None:
    found = _drawn(np.full((4, 3, 5, 5), fill))
    assert found is not None
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 1


def test_a_curve_has_one_axis() -> None:
    assert _drawn(np.arange(5.0), "curve") is not None
    assert _drawn(np.zeros((2, 2)), "curve") is None
    assert _drawn(np.zeros(4)) is None
