"""Semantic segmentation with a fully convolutional head.

Source: Long, Shelhamer and Darrell 2015, "Fully convolutional networks for semantic segmentation",
    sections 4.2, 4.3 and 5 (metrics). https://arxiv.org/abs/1411.4038
Shapes: B images, H rows, W columns; h, w of the coarse features, r, c of the fine ones; K classes.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class FCNHead(nn.Module):
    """Scores every class at every pixel from a coarse and a fine map of features.

    score_coarse and score_fine are 1 x 1 convolutions with bias, from the channels of their map to K.
    """

    def __init__(self, coarse_channels: int, fine_channels: int, classes: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, coarse: Tensor, fine: Tensor, size: Sequence[int]) -> Tensor:
        """Score the classes.

        coarse: (B, coarse_channels, h, w). fine: (B, fine_channels, r, c), r >= h and c >= w.
        size: rows H and columns W of the image, H >= r and W >= c.
        Returns (B, K, H, W), raw scores (logits), in the dtype and on the device of the features, which
        are left as they are.
        """
        raise NotImplementedError


def segmentation_loss(logits: Tensor, target: Tensor, ignore_index: int = 255) -> Tensor:
    """Mean cross-entropy over the pixels of the whole batch whose label is not ignored.

    logits: (B, K, H, W), float32 or float64. target: (B, H, W), int64, each 0 to K - 1 or ignore_index.
    ignore_index: the label that does not count; any whole number, also one of 0 to K - 1.
    Returns a tensor without dimensions in the dtype of the logits, through which gradients flow; 0 (with
    gradients of 0) where every pixel is ignored. The inputs are not modified.
    """
    raise NotImplementedError


def mean_iou(prediction: Tensor, target: Tensor, classes: int, ignore_index: int = 255) -> float:
    """Intersection over union of each class, counted over the whole batch; their mean.

    prediction: (B, H, W), int64, each 0 to classes - 1. target: (B, H, W), int64, each 0 to classes - 1 or
    ignore_index. Pixels whose target is ignore_index do not count at all. Classes whose union is empty are
    left out of the mean. The inputs are not modified.
    Returns a Python float; 0.0 where no pixel counts.
    """
    raise NotImplementedError
