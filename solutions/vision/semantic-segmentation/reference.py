"""Semantic segmentation with a fully convolutional head.

Source: Long, Shelhamer and Darrell 2015, "Fully convolutional networks for semantic segmentation",
    sections 4.2, 4.3 and 5 (metrics). https://arxiv.org/abs/1411.4038
Shapes: B images, H rows, W columns; h, w of the coarse features, r, c of the fine ones; K classes.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class FCNHead(nn.Module):
    """Scores every class at every pixel from a coarse and a fine map of features.

    score_coarse and score_fine are 1 x 1 convolutions with bias, from the channels of their map to K.
    """

    def __init__(self, coarse_channels: int, fine_channels: int, classes: int) -> None:
        super().__init__()
        self.score_coarse = nn.Conv2d(coarse_channels, classes, kernel_size=1)
        self.score_fine = nn.Conv2d(fine_channels, classes, kernel_size=1)

    def forward(self, coarse: Tensor, fine: Tensor, size: Sequence[int]) -> Tensor:
        """Score the classes.

        coarse: (B, coarse_channels, h, w). fine: (B, fine_channels, r, c), r >= h and c >= w.
        size: rows H and columns W of the image, H >= r and W >= c.
        Returns (B, K, H, W), raw scores (logits), in the dtype and on the device of the features, which
        are left as they are.
        """
        scores = F.interpolate(self.score_coarse(coarse), size=fine.shape[-2:], mode="bilinear", align_corners=False)
        # scores: (B, K, r, c)
        return F.interpolate(scores + self.score_fine(fine), size=size, mode="bilinear", align_corners=False)


def segmentation_loss(logits: Tensor, target: Tensor, ignore_index: int = 255) -> Tensor:
    """Mean cross-entropy over the pixels of the whole batch whose label is not ignored.

    logits: (B, K, H, W), float32 or float64. target: (B, H, W), int64, each 0 to K - 1 or ignore_index.
    ignore_index: the label that does not count; any whole number, also one of 0 to K - 1.
    Returns a tensor without dimensions in the dtype of the logits, through which gradients flow; 0 (with
    gradients of 0) where every pixel is ignored. The inputs are not modified.
    """
    total = F.cross_entropy(logits, target, ignore_index=ignore_index, reduction="sum")
    counted = (target != ignore_index).sum()
    return total / counted.clamp(min=1)


def mean_iou(prediction: Tensor, target: Tensor, classes: int, ignore_index: int = 255) -> float:
    """Intersection over union of each class, counted over the whole batch; their mean.

    prediction: (B, H, W), int64, each 0 to classes - 1. target: (B, H, W), int64, each 0 to classes - 1 or
    ignore_index. Pixels whose target is ignore_index do not count at all. Classes whose union is empty are
    left out of the mean. The inputs are not modified.
    Returns a Python float; 0.0 where no pixel counts.
    """
    counted = target != ignore_index
    pairs = target[counted] * classes + prediction[counted]
    confusion = torch.bincount(pairs, minlength=classes**2).reshape(classes, classes)  # rows: target
    intersection = confusion.diagonal()
    union = confusion.sum(0) + confusion.sum(1) - intersection
    occurs = union > 0
    return (intersection[occurs] / union[occurs]).sum().item() / max(occurs.sum().item(), 1)
