"""Right, with whole tensors: a grid for the default boxes, and masks of what is still free in all classes at once."""

import torch


def default_boxes(sizes, scales, ratios):
    root = torch.tensor(ratios, dtype=torch.get_default_dtype()).sqrt()
    parts = []
    for (rows, columns), scale, following in zip(sizes, scales[:-1], scales[1:], strict=True):
        square = (scale * following) ** 0.5
        width = torch.cat([scale * root, root.new_tensor([square])])
        height = torch.cat([scale / root, root.new_tensor([square])])
        y = (torch.arange(rows, dtype=root.dtype) + 0.5) / rows
        x = (torch.arange(columns, dtype=root.dtype) + 0.5) / columns
        part = torch.empty(rows, columns, len(width), 4, dtype=root.dtype)
        part[..., 0], part[..., 1] = x[None, :, None], y[:, None, None]
        part[..., 2], part[..., 3] = width, height
        parts.append(part.flatten(0, 2))
    return torch.cat(parts)


def to_corners(b):
    return torch.stack([b[:, 0] - b[:, 2] / 2, b[:, 1] - b[:, 3] / 2, b[:, 0] + b[:, 2] / 2, b[:, 1] + b[:, 3] / 2], 1)


def iou(a, b):
    width = (torch.min(a[:, None, 2], b[:, 2]) - torch.max(a[:, None, 0], b[:, 0])).relu()
    height = (torch.min(a[:, None, 3], b[:, 3]) - torch.max(a[:, None, 1], b[:, 1])).relu()
    both = width * height
    area_a, area_b = ((c[:, 2] - c[:, 0]) * (c[:, 3] - c[:, 1]) for c in (a, b))
    return both / (area_a[:, None] + area_b - both)


def match(boxes, defaults, threshold=0.5):
    background = torch.full((len(defaults),), -1, dtype=torch.int64, device=defaults.device)
    if not boxes.numel():
        return background
    table = iou(to_corners(defaults), boxes)  # (N, M)
    owner = torch.where(table.amax(dim=1) > threshold, table.argmax(dim=1), background)
    best = table.argmax(dim=0)  # (M,)
    taken = best[None, :] == torch.arange(len(defaults), device=defaults.device)[:, None]  # (N, M)
    numbers = torch.arange(len(boxes), device=defaults.device)
    last = torch.where(taken, numbers, -1).amax(dim=1)  # of several objects, the last
    return torch.where(last >= 0, last, owner)


def encode(boxes, defaults, variances=(0.1, 0.2)):
    size = boxes[:, 2:] - boxes[:, :2]
    centre = boxes[:, :2] + size / 2
    shift = (centre - defaults[:, :2]) / (variances[0] * defaults[:, 2:])
    stretch = (torch.log(size) - torch.log(defaults[:, 2:])) / variances[1]
    return torch.hstack([shift, stretch])


def decode(offsets, defaults, variances=(0.1, 0.2)):
    factor = offsets.new_tensor([variances[0], variances[0], variances[1], variances[1]])
    shift, stretch = (offsets * factor).chunk(2, dim=1)
    size = defaults[:, 2:] * stretch.exp()
    low = defaults[:, :2] + shift * defaults[:, 2:] - size / 2
    return torch.hstack([low, low + size])


def detect(scores, boxes, score_threshold=0.01, overlap_threshold=0.45, most=200):
    N, C = scores.shape
    near = iou(boxes, boxes) > overlap_threshold
    columns = scores[:, 1:].T  # (C - 1, N)
    order = columns.argsort(dim=1, descending=True, stable=True)
    free = columns > score_threshold
    kept = torch.zeros_like(free)
    rows = torch.arange(C - 1, device=scores.device)
    for step in range(N):
        now = order[:, step]  # in each class the next best box
        kept[rows, now] = free[rows, now]
        free = free & ~(near[now] & free[rows, now][:, None])
    label, index = kept.nonzero(as_tuple=True)
    best = columns[label, index]
    best, rank = best.sort(descending=True, stable=True)
    label, index = label[rank[:most]] + 1, index[rank[:most]]
    return label, best[:most], boxes[index]
