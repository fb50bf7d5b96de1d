"""Wrong: the cosine is taken as a root of 1 minus the square of the sine."""

import math
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def diffuse(x: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    angle = math.pi / 2 * time[:, None, None, None]
    return (1 - angle.sin().square()).sqrt() * x + angle.sin() * noise


class SuperResolutionStage(nn.Module):
    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        conv = partial(nn.Conv2d, kernel_size=3, padding=1)
        self.conv_in = conv(2 * channels, width)
        self.conv_mid = conv(width, width)
        self.conv_out = conv(width, channels)
        self.embedding = nn.Linear(2, width)

    def forward(self, noisy: Tensor, low: Tensor, time: Tensor, level: Tensor) -> Tensor:
        large = F.interpolate(low, size=noisy.shape[-2:], mode="bilinear", align_corners=False)
        x = self.conv_in(torch.cat([noisy, large], dim=1))
        condition = self.embedding(torch.stack([time, level], dim=1))
        x = self.conv_mid(F.silu(x + condition[:, :, None, None]))
        return self.conv_out(F.silu(x))


def training_loss(
    model: nn.Module, high: Tensor, low: Tensor, time: Tensor, level: Tensor, noise: Tensor, low_noise: Tensor
) -> Tensor:
    noisy = diffuse(high, noise, time)
    augmented = diffuse(low, low_noise, level)
    return F.mse_loss(model(noisy, augmented, time, level), noise)
