"""Right, with plain numbers for the overlaps and lists for the bookkeeping: one pair of boxes at a time."""

import torch


def default_boxes(sizes, scales, ratios):
    rows = []
    for k, (height, width) in enumerate(sizes):
        shapes = [(scales[k] * ratio**0.5, scales[k] * ratio**-0.5) for ratio in ratios]
        shapes += [((scales[k] * scales[k + 1]) ** 0.5,) * 2]
        rows += [
            [(j + 0.5) / width, (i + 0.5) / height, w, h]
            for i in range(height)
            for j in range(width)
            for w, h in shapes
        ]
    return torch.tensor(rows)


def overlap(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0.0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0.0)
    both = width * height
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def match(boxes, defaults, threshold=0.5):
    objects = boxes.tolist()
    candidates = [[x - w / 2, y - h / 2, x + w / 2, y + h / 2] for x, y, w, h in defaults.tolist()]
    owners = []
    for candidate in candidates:
        found = [overlap(one, candidate) for one in objects]
        best = max(found, default=0.0)
        owners.append(found.index(best) if found and best > threshold else -1)
    for number, one in enumerate(objects):
        found = [overlap(one, candidate) for candidate in candidates]
        owners[found.index(max(found))] = number
    return torch.tensor(owners, dtype=torch.int64, device=defaults.device)


def encode(boxes, defaults, variances=(0.1, 0.2)):
    left, top, right, bottom = boxes.unbind(dim=1)
    x, y, w, h = defaults.unbind(dim=1)
    columns = [
        ((left + right) / 2 - x) / (w * variances[0]),
        ((top + bottom) / 2 - y) / (h * variances[0]),
        torch.log((right - left) / w) / variances[1],
        torch.log((bottom - top) / h) / variances[1],
    ]
    return torch.stack(columns, dim=1)


def decode(offsets, defaults, variances=(0.1, 0.2)):
    dx, dy, dw, dh = offsets.unbind(dim=1)
    x, y, w, h = defaults.unbind(dim=1)
    x, y = x + variances[0] * dx * w, y + variances[0] * dy * h
    w, h = w * torch.exp(variances[1] * dw), h * torch.exp(variances[1] * dh)
    return torch.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], dim=1)


def detect(scores, boxes, score_threshold=0.01, overlap_threshold=0.45, most=200):
    corners, table = boxes.tolist(), scores.tolist()
    found = []
    for label in range(1, scores.shape[1]):
        kept = []
        for n in sorted(range(len(corners)), key=lambda n: -table[n][label]):
            over = scores[n, label] > score_threshold
            if over and all(overlap(corners[n], corners[k]) <= overlap_threshold for k in kept):
                kept.append(n)
        found += [(-table[n][label], label, n) for n in kept]
    found = sorted(found)[:most]
    labels = torch.tensor([label for _, label, _ in found], dtype=torch.int64, device=scores.device)
    rows = torch.tensor([n for _, _, n in found], dtype=torch.int64, device=scores.device)
    return labels, scores[rows, labels], boxes[rows]
