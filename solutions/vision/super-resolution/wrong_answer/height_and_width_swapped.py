"""Wrong: height and width change places in the output."""

import torch
from torch import nn


def pixel_shuffle(x: torch.Tensor, r: int) -> torch.Tensor:
    B, channels, H, W = x.shape
    if channels % (r * r) != 0:
        raise ValueError(f"{channels} channels do not divide into groups of {r} * {r}")
    C = channels // (r * r)
    x = x.reshape(B, C, r, r, H, W).permute(0, 1, 5, 3, 4, 2)
    return x.reshape(B, C, W * r, H * r)


class SuperResolution(nn.Module):
    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale
        self.conv1 = nn.Conv2d(3, 64, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(64, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 3 * scale**2, kernel_size=3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.tanh(self.conv1(x))
        x = torch.tanh(self.conv2(x))
        return pixel_shuffle(self.conv3(x), self.scale)
