"""Resizing as one matrix for rows and one for columns, made from the triangle filter; a copy of the backbone."""

import copy
import math

import torch
from torch import Tensor, nn


def _resizing(before: int, after: int, like: Tensor) -> Tensor:
    """The matrix (after, before) of antialiased linear interpolation."""
    scale = before / after
    centres = (torch.arange(after, device=like.device, dtype=torch.float64) + 0.5) * scale
    pixels = torch.arange(before, device=like.device, dtype=torch.float64) + 0.5
    weights = (1 - (pixels - centres[:, None]).abs() / max(1.0, scale)).clamp(min=0)
    return (weights / weights.sum(1, keepdim=True)).to(like.dtype)


def preprocess(image: Tensor, resize: int, crop: int, mean: Tensor, std: Tensor) -> Tensor:
    if resize < crop:
        raise ValueError("the crop is too large")
    _, H, W = image.shape
    factor = resize / min(H, W)
    height = resize if H <= W else math.floor(factor * H + 1e-9)
    width = resize if W <= H else math.floor(factor * W + 1e-9)
    x = image.to(mean.dtype).div(255)
    x = _resizing(H, height, x) @ x @ _resizing(W, width, x).T
    x = x.narrow(1, math.floor((height - crop) / 2), crop).narrow(2, math.floor((width - crop) / 2), crop)
    return (x - mean.view(3, 1, 1)) / std.view(3, 1, 1)


def classify(image: Tensor, backbone: nn.Module, k: int) -> tuple[Tensor, Tensor]:
    scores = copy.deepcopy(backbone).eval()(image.unsqueeze(0)).squeeze(0).detach()
    order = scores.argsort(descending=True)[:k]
    return order, (scores[order] - scores.logsumexp(0)).exp()
