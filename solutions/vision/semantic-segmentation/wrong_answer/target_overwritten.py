"""Wrong: ignored labels are overwritten in the target itself."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class FCNHead(nn.Module):
    def __init__(self, coarse_channels: int, fine_channels: int, classes: int) -> None:
        super().__init__()
        self.score_coarse = nn.Conv2d(coarse_channels, classes, kernel_size=1)
        self.score_fine = nn.Conv2d(fine_channels, classes, kernel_size=1)

    def forward(self, coarse: Tensor, fine: Tensor, size: Sequence[int]) -> Tensor:
        scores = F.interpolate(self.score_coarse(coarse), size=fine.shape[-2:], mode="bilinear", align_corners=False)
        # scores: (B, K, r, c)
        return F.interpolate(scores + self.score_fine(fine), size=size, mode="bilinear", align_corners=False)


def segmentation_loss(logits: Tensor, target: Tensor, ignore_index: int = 255) -> Tensor:
    counts = target != ignore_index
    target[~counts] = 0
    total = (F.cross_entropy(logits, target, reduction="none") * counts).sum()
    counted = counts.sum()
    return total / counted.clamp(min=1)


def mean_iou(prediction: Tensor, target: Tensor, classes: int, ignore_index: int = 255) -> float:
    counted = target != ignore_index
    pairs = target[counted] * classes + prediction[counted]
    confusion = torch.bincount(pairs, minlength=classes**2).reshape(classes, classes)  # rows: target
    intersection = confusion.diagonal()
    union = confusion.sum(0) + confusion.sum(1) - intersection
    occurs = union > 0
    return (intersection[occurs] / union[occurs]).sum().item() / max(occurs.sum().item(), 1)
