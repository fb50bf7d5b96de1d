"""What the report draws of an observation: an image or a curve, as got and as expected."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from grader.observed import Observed, Tensor, Values, any_numbers
from grader.result import Picture
from grader.wire import Array

MAX_SIDE = 96  # pixels of an image's side
MAX_IMAGES = 16  # side by side
MAX_POINTS = 400  # of a curve
LARGEST = 1e300  # near the end of float64, rounding and differences give infinity, which JSON lacks

Frames = list[list[list[float]]]


@any_numbers
def picture_of(show: Literal["difference", "image", "curve"], got: Observed, expected: Observed) -> Picture | None:
    """The first tensor that can be drawn so; None where there is none."""
    if show == "difference" or not isinstance(expected, Values):
        return None
    for name, leaf in expected.leaves.items():
        wanted = _drawn(show, leaf)
        if wanted:
            mine = _drawn(show, got.leaves.get(name)) if isinstance(got, Values) else []
            return Picture(kind=show, name=name, got=mine, expected=wanted)
    return None


def _drawn(show: Literal["image", "curve"], leaf: object) -> Frames:
    if not isinstance(leaf, Tensor) or leaf.array.dtype.kind not in "fiu" or not leaf.array.size:
        return []
    return _image(leaf.array) if show == "image" else _curve(leaf.array)


def _curve(array: Array) -> Frames:
    if array.ndim != 1:
        return []
    step = max(1, array.size // MAX_POINTS)
    return [[[_finite(value) for value in array[::step]]]]


def _image(array: Array) -> Frames:
    """(H, W), (C, H, W), or the first images of (..., C, H, W) side by side, in [0, 1]; else scaled to that."""
    if array.ndim < 2:
        return []
    planes = array[None] if array.ndim == 2 else _sheet(array) if array.ndim > 3 else array
    if planes.shape[0] not in (1, 3):
        planes = planes[:1]
    step = max(1, -(-max(planes.shape[1:]) // MAX_SIDE))
    pixels = _to_unit(planes[:, ::step, ::step].astype(np.float64))
    return [[[round(float(c), 3) for c in pixel] for pixel in row] for row in pixels.transpose(1, 2, 0)]


def _sheet(array: Array) -> Array:
    """Several images as one, row by row, with a gap between them: (C, H, W)."""
    images = array.reshape(-1, *array.shape[-3:])[:MAX_IMAGES].astype(np.float64)
    count, channels, height, width = images.shape
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    gap = 1 if count > 1 else 0
    finite = images[np.isfinite(images)]
    sheet = np.full((channels, rows * (height + gap) - gap, columns * (width + gap) - gap), finite.max(initial=0.0))
    for index, image in enumerate(images):
        top, left = index // columns * (height + gap), index % columns * (width + gap)
        sheet[:, top : top + height, left : left + width] = image
    return sheet


def _to_unit(pixels: Array) -> Array:
    pixels = np.clip(np.nan_to_num(pixels, nan=0.0, posinf=1.0, neginf=0.0), -LARGEST, LARGEST)
    low, high = float(pixels.min()), float(pixels.max())
    if low >= 0.0 and high <= 1.0:
        return pixels
    if low >= 0.0 and high <= 255.0 and high > 1.0:
        return np.asarray(pixels / 255.0)
    return np.asarray((pixels - low) / (high - low)) if high > low else np.zeros_like(pixels)


def _finite(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]
    return float(f"{max(-LARGEST, min(number, LARGEST)):.5g}") if np.isfinite(number) else 0.0
