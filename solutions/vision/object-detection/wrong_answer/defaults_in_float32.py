"""Wrong: default boxes are always float32."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor


def default_boxes(sizes: Sequence[Sequence[int]], scales: Sequence[float], ratios: Sequence[float]) -> Tensor:
    boxes = []
    for (rows, columns), scale, following in zip(sizes, scales[:-1], scales[1:], strict=True):
        shapes = [(scale * math.sqrt(ratio), scale / math.sqrt(ratio)) for ratio in ratios]
        shapes.append((math.sqrt(scale * following), math.sqrt(scale * following)))
        for row in range(rows):
            for column in range(columns):
                boxes += [((column + 0.5) / columns, (row + 0.5) / rows, *shape) for shape in shapes]
    return torch.tensor(boxes, dtype=torch.float32)


@torch.no_grad()  # overlaps only decide
def _overlap(a: Tensor, b: Tensor) -> Tensor:
    sides = torch.minimum(a[:, None, 2:], b[:, 2:]) - torch.maximum(a[:, None, :2], b[:, :2])
    intersection = sides.clamp(min=0).prod(dim=-1)
    return intersection / (_areas(a)[:, None] + _areas(b) - intersection)


def _areas(boxes: Tensor) -> Tensor:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def _corners(boxes: Tensor) -> Tensor:
    return torch.hstack([boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2])


def match(boxes: Tensor, defaults: Tensor, threshold: float = 0.5) -> Tensor:
    if boxes.shape[0] == 0:
        return defaults.new_full((defaults.shape[0],), -1, dtype=torch.int64)
    overlap = _overlap(boxes, _corners(defaults))  # (M, N)
    best, owner = overlap.max(dim=0)
    owner[best <= threshold] = -1
    for number, default in enumerate(overlap.argmax(dim=1).tolist()):
        owner[default] = number
    return owner


def encode(boxes: Tensor, defaults: Tensor, variances: Sequence[float] = (0.1, 0.2)) -> Tensor:
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    moved = (centre - defaults[:, :2]) / defaults[:, 2:] / variances[0]
    resized = ((boxes[:, 2:] - boxes[:, :2]) / defaults[:, 2:]).log() / variances[1]
    return torch.hstack([moved, resized])


def decode(offsets: Tensor, defaults: Tensor, variances: Sequence[float] = (0.1, 0.2)) -> Tensor:
    size = defaults[:, 2:] * (offsets[:, 2:] * variances[1]).exp()
    centre = defaults[:, :2] + offsets[:, :2] * variances[0] * defaults[:, 2:]
    return _corners(torch.hstack([centre, size]))


def detect(
    scores: Tensor, boxes: Tensor, score_threshold: float = 0.01, overlap_threshold: float = 0.45, most: int = 200
) -> tuple[Tensor, Tensor, Tensor]:
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
