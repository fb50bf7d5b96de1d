"""Wrong: the frequencies are rounded to the dtype of the times."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def time_embedding(t: Tensor, dim: int, max_period: float = 10000.0) -> Tensor:
    half = dim // 2
    wide = t.to(torch.promote_types(t.dtype, torch.float32))
    i = torch.arange(half, dtype=wide.dtype, device=t.device)
    angles = wide[:, None] * (max_period ** (-i / half)).to(t.dtype)  # (B, dim // 2)
    columns = torch.cat([angles.sin(), angles.cos()], dim=1)
    return F.pad(columns, (0, dim % 2)).to(t.dtype)


class ResidualBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, time_dim: int, groups: int) -> None:
        super().__init__()
        self.time_dim = time_dim
        self.norm1 = nn.GroupNorm(groups, in_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.time = nn.Linear(time_dim, 2 * out_channels)
        self.norm2 = nn.GroupNorm(groups, out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.skip = nn.Identity() if in_channels == out_channels else nn.Conv2d(in_channels, out_channels, 1)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        modulation = self.time(time_embedding(t, self.time_dim))
        scale, shift = modulation[:, :, None, None].chunk(2, dim=1)
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.norm2(h) * (1 + scale) + shift
        return self.skip(x) + self.conv2(F.silu(h))
