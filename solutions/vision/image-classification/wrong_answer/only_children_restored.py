"""Modes are noted and set back for the direct children only."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def preprocess(image: Tensor, resize: int, crop: int, mean: Tensor, std: Tensor) -> Tensor:
    if crop > resize:
        raise ValueError(f"a crop of {crop} pixels does not fit into a side of {resize}")
    H, W = image.shape[1:]
    size = [resize * side // min(H, W) for side in (H, W)]
    x = image.to(mean.dtype) / 255
    x = F.interpolate(x[None], size=size, mode="bilinear", antialias=True).squeeze(0)
    for axis in (1, 2):
        x = x.narrow(axis, (x.shape[axis] - crop) // 2, crop)
    return (x - mean[:, None, None]) / std[:, None, None]


def classify(image: Tensor, backbone: nn.Module, k: int) -> tuple[Tensor, Tensor]:
    training = backbone.training
    modes = [(module, module.training) for module in backbone.children()]
    backbone.eval()
    with torch.no_grad():
        logits = backbone(image[None]).squeeze(0)
    backbone.train(training)
    for module, mode in modes:
        module.train(mode)
    probabilities, classes = logits.softmax(dim=0).topk(k)
    return classes, probabilities
