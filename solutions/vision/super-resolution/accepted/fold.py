"""Right: the blocks are columns that `fold` puts side by side without overlap."""

import torch
import torch.nn.functional as F
from torch import nn


def pixel_shuffle(x: torch.Tensor, r: int) -> torch.Tensor:
    B, channels, H, W = x.shape
    if channels % (r * r):
        raise ValueError("channels do not fit r")
    columns = x.reshape(B, channels, H * W)
    return F.fold(columns, output_size=(r * H, r * W), kernel_size=r, stride=r)


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
