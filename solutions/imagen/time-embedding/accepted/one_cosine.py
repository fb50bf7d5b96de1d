"""Right, with sines as cosines that are a quarter of a turn late, and one image after another."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def time_embedding(t, dim, max_period=10000.0):
    dtype = torch.promote_types(t.dtype, torch.float32)
    half, rest = divmod(dim, 2)
    place = torch.arange(2 * half, device=t.device) % half
    rates = torch.tensor(max_period, dtype=dtype, device=t.device).pow(place.to(dtype) / -half)
    late = torch.arange(2 * half, device=t.device) < half
    angles = t.to(dtype).unsqueeze(1) * rates
    columns = torch.where(late, torch.sin(angles), torch.sin(angles + math.pi / 2))
    return torch.cat([columns, columns.new_zeros(len(t), rest)], dim=1).to(t.dtype)


class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, time_dim, groups):
        super().__init__()
        self.time_dim = time_dim
        self.norm1 = nn.GroupNorm(groups, in_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.time = nn.Linear(time_dim, 2 * out_channels)
        self.norm2 = nn.GroupNorm(groups, out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.skip = nn.Identity() if in_channels == out_channels else nn.Conv2d(in_channels, out_channels, 1)

    def forward(self, x, t):
        film = self.time(time_embedding(t, self.time_dim))
        results = []
        for image, row in zip(x, film, strict=True):
            scale, shift = row.view(2, -1, 1, 1)
            h = self.norm2(self.conv1(F.silu(self.norm1(image[None]))))
            h = F.silu(h + h * scale + shift)
            results.append(self.conv2(h) + self.skip(image[None]))
        return torch.cat(results)
