"""Single-shot object detection: default boxes, matching, encoding and non-maximum suppression.

Source: Liu et al. 2016, "SSD: single shot multibox detector", sections 2.1, 2.2 and 3.7.
    https://arxiv.org/abs/1512.02325
Shapes: N default boxes, M objects, C classes with the background, which is class 0.
Boxes: corners are (left, top, right, bottom), centres are (centre x, centre y, width, height), both in
    fractions of the image. Widths and heights are positive.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def default_boxes(sizes: Sequence[Sequence[int]], scales: Sequence[float], ratios: Sequence[float]) -> Tensor:
    """Default boxes of all maps of features.

    sizes: (rows, columns) of each map. scales: one for each map and one more. ratios: width over height.
    Order: map after map; in a map row after row, in a row cell after cell; in a cell one box for each ratio,
    with the scale of the map, in the order of `ratios`, and then the additional square one.
    Returns (N, 4), centres, in torch's default dtype; boxes may reach beyond the image.
    """
    raise NotImplementedError


def match(boxes: Tensor, defaults: Tensor, threshold: float = 0.5) -> Tensor:
    """Which object each default box has to find.

    boxes: (M, 4), corners of the objects; M may be 0. defaults: (N, 4), centres.
    Returns (N,), int64: the number of the object, or -1 for background. The inputs are not modified.
    """
    raise NotImplementedError


def encode(boxes: Tensor, defaults: Tensor, variances: Sequence[float] = (0.1, 0.2)) -> Tensor:
    """What the network has to predict for each default box.

    boxes: (N, 4), corners. defaults: (N, 4), centres. variances: of the centre, of the size.
    Returns (N, 4), offsets of centre x, centre y, width, height. The inputs are not modified.
    """
    raise NotImplementedError


def decode(offsets: Tensor, defaults: Tensor, variances: Sequence[float] = (0.1, 0.2)) -> Tensor:
    """The inverse of encode.

    offsets: (N, 4). defaults: (N, 4), centres. variances: of the centre, of the size.
    Returns (N, 4), corners, not clipped. Gradients flow. The inputs are not modified.
    """
    raise NotImplementedError


def detect(
    scores: Tensor, boxes: Tensor, score_threshold: float = 0.01, overlap_threshold: float = 0.45, most: int = 200
) -> tuple[Tensor, Tensor, Tensor]:
    """Non-maximum suppression within each class.

    scores: (N, C), C >= 2; column 0 is the background. boxes: (N, 4), corners, the same for all classes.
    Returns labels (D,), int64, scores (D,) and boxes (D, 4) of the D <= most detections, best score first; of
    equal scores, the lower class first, then the lower index of the box. The inputs are not modified.
    """
    raise NotImplementedError
