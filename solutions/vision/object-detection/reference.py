"""Single-shot object detection: default boxes, matching, encoding and non-maximum suppression.

Source: Liu et al. 2016, "SSD: single shot multibox detector", sections 2.1, 2.2 and 3.7.
    https://arxiv.org/abs/1512.02325
Shapes: N default boxes, M objects, C classes with the background, which is class 0.
Boxes: corners are (left, top, right, bottom), centres are (centre x, centre y, width, height), both in
    fractions of the image. Widths and heights are positive.
"""

import math
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
    boxes = []
    for (rows, columns), scale, following in zip(sizes, scales[:-1], scales[1:], strict=True):
        shapes = [(scale * math.sqrt(ratio), scale / math.sqrt(ratio)) for ratio in ratios]
        shapes.append((math.sqrt(scale * following), math.sqrt(scale * following)))
        for row in range(rows):
            for column in range(columns):
                boxes += [((column + 0.5) / columns, (row + 0.5) / rows, *shape) for shape in shapes]
    return torch.tensor(boxes)


@torch.no_grad()  # overlaps only decide
def _overlap(a: Tensor, b: Tensor) -> Tensor:
    """Intersection over union of all pairs: (M, 4) and (N, 4), corners, give (M, N)."""
    sides = torch.minimum(a[:, None, 2:], b[:, 2:]) - torch.maximum(a[:, None, :2], b[:, :2])
    intersection = sides.clamp(min=0).prod(dim=-1)
    return intersection / (_areas(a)[:, None] + _areas(b) - intersection)


def _areas(boxes: Tensor) -> Tensor:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def _corners(boxes: Tensor) -> Tensor:
    return torch.hstack([boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2])


def match(boxes: Tensor, defaults: Tensor, threshold: float = 0.5) -> Tensor:
    """Which object each default box has to find.

    boxes: (M, 4), corners of the objects; M may be 0. defaults: (N, 4), centres.
    Returns (N,), int64: the number of the object, or -1 for background. The inputs are not modified.
    """
    if boxes.shape[0] == 0:
        return defaults.new_full((defaults.shape[0],), -1, dtype=torch.int64)
    overlap = _overlap(boxes, _corners(defaults))  # (M, N)
    best, owner = overlap.max(dim=0)
    owner[best <= threshold] = -1
    for number, default in enumerate(overlap.argmax(dim=1).tolist()):
        owner[default] = number
    return owner


def encode(boxes: Tensor, defaults: Tensor, variances: Sequence[float] = (0.1, 0.2)) -> Tensor:
    """What the network has to predict for each default box.

    boxes: (N, 4), corners. defaults: (N, 4), centres. variances: of the centre, of the size.
    Returns (N, 4), offsets of centre x, centre y, width, height. The inputs are not modified.
    """
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    moved = (centre - defaults[:, :2]) / defaults[:, 2:] / variances[0]
    resized = ((boxes[:, 2:] - boxes[:, :2]) / defaults[:, 2:]).log() / variances[1]
    return torch.hstack([moved, resized])


def decode(offsets: Tensor, defaults: Tensor, variances: Sequence[float] = (0.1, 0.2)) -> Tensor:
    """The inverse of encode.

    offsets: (N, 4). defaults: (N, 4), centres. variances: of the centre, of the size.
    Returns (N, 4), corners, not clipped. Gradients flow. The inputs are not modified.
    """
    size = defaults[:, 2:] * (offsets[:, 2:] * variances[1]).exp()
    centre = defaults[:, :2] + offsets[:, :2] * variances[0] * defaults[:, 2:]
    return _corners(torch.hstack([centre, size]))


def detect(
    scores: Tensor, boxes: Tensor, score_threshold: float = 0.01, overlap_threshold: float = 0.45, most: int = 200
) -> tuple[Tensor, Tensor, Tensor]:
    """Non-maximum suppression within each class.

    scores: (N, C), C >= 2; column 0 is the background. boxes: (N, 4), corners, the same for all classes.
    Returns labels (D,), int64, scores (D,) and boxes (D, 4) of the D <= most detections, best score first; of
    equal scores, the lower class first, then the lower index of the box. The inputs are not modified.
    """
    _, C = scores.shape
    overlap = _overlap(boxes, boxes)
    labels = []
    indices = []
    for label in range(1, C):
        chosen: list[int] = []
        for index in scores[:, label].argsort(descending=True, stable=True).tolist():
            is_free = (overlap[index, chosen] <= overlap_threshold).all()
            if scores[index, label] > score_threshold and is_free:
                chosen.append(index)
        labels += [label] * len(chosen)
        indices += chosen
    found = scores.new_tensor([indices, labels], dtype=torch.int64)  # (2, all that was kept)
    order = scores[found.unbind()].argsort(descending=True, stable=True)
    index, label = found[:, order[:most]]
    return label, scores[index, label], boxes[index]
