"""Wrong: the image is enlarged by interpolation, and the layers work on the large one."""

import torch
import torch.nn.functional as F
from torch import nn


def pixel_shuffle(x: torch.Tensor, r: int) -> torch.Tensor:
    B, channels, H, W = x.shape
    if channels % (r * r) != 0:
        raise ValueError(f"{channels} channels do not divide into groups of {r} * {r}")
    C = channels // (r * r)
    x = x.reshape(B, C, r, r, H, W).permute(0, 1, 4, 2, 5, 3)  # (B, C, H, r, W, r)
    return x.reshape(B, C, H * r, W * r)


class SuperResolution(nn.Module):
    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale
        self.conv1 = nn.Conv2d(3, 64, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(64, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 3, kernel_size=3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.interpolate(x, scale_factor=self.scale, mode="bicubic", align_corners=False)
        x = torch.tanh(self.conv1(x))
        x = torch.tanh(self.conv2(x))
        return self.conv3(x)
