"""Right, with the embedding column by column, and the modulation as an affine map."""

import torch
from torch import nn


def time_embedding(t, dim, max_period=10000.0):
    exact = t if t.dtype == torch.float64 else t.float()
    half = dim // 2
    rates = [max_period ** (-i / half) for i in range(half)]
    columns = [torch.sin(exact * rate) for rate in rates] + [torch.cos(exact * rate) for rate in rates]
    if dim % 2 == 1:
        columns.append(torch.zeros_like(exact))
    return torch.stack(columns, dim=-1).type_as(t)


class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, time_dim, groups):
        super().__init__()
        self.time_dim = time_dim
        self.norm1 = nn.GroupNorm(groups, in_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.time = nn.Linear(time_dim, 2 * out_channels)
        self.norm2 = nn.GroupNorm(groups, out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.out_channels = out_channels
        self.skip = nn.Sequential()
        if in_channels != out_channels:
            self.skip = nn.Conv2d(in_channels, out_channels, 1)

    def forward(self, x, t):
        h = nn.functional.silu(self.norm1(x))
        h = self.norm2(self.conv1(h))
        film = self.time(time_embedding(t, self.time_dim))
        scale = film[:, : self.out_channels].reshape(-1, self.out_channels, 1, 1)
        shift = film[:, self.out_channels :].reshape(-1, self.out_channels, 1, 1)
        h = torch.addcmul(h + shift, h, scale)
        return self.conv2(nn.functional.silu(h)).add(self.skip(x))
