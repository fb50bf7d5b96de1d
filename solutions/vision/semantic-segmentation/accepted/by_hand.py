"""Right, with basic operations: interpolation as two matrices, the loss by gather, one class after another."""

import torch
from torch import nn


def weights(small, large, like):
    """(large, small): how much of each old row goes into each new one, half-pixel centres, clamped at the ends."""
    centres = (torch.arange(large, device=like.device, dtype=like.dtype) + 0.5) * small / large - 0.5
    distance = centres.clamp(0, small - 1)[:, None] - torch.arange(small, device=like.device, dtype=like.dtype)
    return (1 - distance.abs()).clamp(min=0)


def enlarge(x, size):
    rows, columns = (weights(small, large, x) for small, large in zip(x.shape[-2:], size, strict=True))
    return rows @ x @ columns.T


class FCNHead(nn.Module):
    def __init__(self, coarse_channels, fine_channels, classes):
        super().__init__()
        self.score_fine = nn.Conv2d(fine_channels, classes, 1)
        self.score_coarse = nn.Conv2d(coarse_channels, classes, 1)

    def forward(self, coarse, fine, size):
        scores = enlarge(self.score_coarse(coarse), fine.shape[2:]) + self.score_fine(fine)
        return enlarge(scores, size)


def segmentation_loss(logits, target, ignore_index=255):
    counted = target.ne(ignore_index)
    log_p = logits - logits.logsumexp(dim=1, keepdim=True)
    own = log_p.gather(1, target.masked_fill(~counted, 0)[:, None])[:, 0]
    return -torch.where(counted, own, torch.zeros_like(own)).sum() / max(int(counted.sum()), 1)


def mean_iou(prediction, target, classes, ignore_index=255):
    counted = target != ignore_index
    ratios = []
    for k in range(classes):
        predicted, true = (prediction == k) & counted, (target == k) & counted
        union = int((predicted | true).sum())
        if union:
            ratios.append(int((predicted & true).sum()) / union)
    return sum(ratios) / len(ratios) if ratios else 0.0
