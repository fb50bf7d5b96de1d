"""One function for each step; the sides by cases; modes restored from the top down by `train`."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def resized(x: Tensor, side: int) -> Tensor:
    H, W = x.shape[-2:]
    size = (side, int(side * W / H)) if H < W else (int(side * H / W), side)
    return F.interpolate(x, size, mode="bilinear", align_corners=False, antialias=True)


def centre(x: Tensor, side: int) -> Tensor:
    for axis in (2, 3):
        surplus = x.size(axis) - side
        x = x.index_select(axis, torch.arange(side, device=x.device) + surplus // 2)
    return x


def preprocess(image: Tensor, resize: int, crop: int, mean: Tensor, std: Tensor) -> Tensor:
    if not crop <= resize:
        raise ValueError(f"crop {crop} > resize {resize}")
    x = image.unsqueeze(0).type_as(mean) / 255.0
    x = centre(resized(x, resize), crop)
    return x.sub(mean.reshape(1, 3, 1, 1)).div(std.reshape(1, 3, 1, 1)).squeeze(0)


@torch.no_grad()
def classify(image: Tensor, backbone: nn.Module, k: int) -> tuple[Tensor, Tensor]:
    before = {name: module.training for name, module in backbone.named_modules()}
    try:
        scores = backbone.eval()(torch.stack([image]))
    finally:
        for name, module in backbone.named_modules():  # a parent comes before its children
            module.train(before[name])
    values, indices = torch.softmax(scores, dim=-1).sort(dim=-1, descending=True)
    return indices[0, :k], values[0, :k]
