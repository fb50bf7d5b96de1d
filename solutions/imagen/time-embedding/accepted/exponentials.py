"""Right, with exponentials of logarithms, slices that are filled, and the norm written out."""

import math

import torch
from torch import nn


def time_embedding(t, dim, max_period=10000.0):
    B, half = t.shape[0], dim // 2
    dtype = torch.float64 if t.dtype == torch.float64 else torch.float32
    rates = torch.exp(torch.linspace(0, 1, half + 1, dtype=dtype, device=t.device)[:half] * -math.log(max_period))
    angles = torch.outer(t.to(dtype), rates)
    result = torch.zeros(B, dim, dtype=dtype, device=t.device)
    result[:, :half] = torch.sin(angles)
    result[:, half : 2 * half] = torch.cos(angles)
    return result.to(t.dtype)


class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, time_dim, groups):
        super().__init__()
        self.sizes = time_dim, groups
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, padding="same")
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding="same")
        self.norm1 = nn.GroupNorm(groups, in_channels)
        self.norm2 = nn.GroupNorm(groups, out_channels)
        self.time = nn.Linear(time_dim, out_channels * 2)
        if in_channels != out_channels:
            self.skip = nn.Conv2d(in_channels, out_channels, kernel_size=1)

    def forward(self, x, t):
        dim, groups = self.sizes
        h = self.norm1(x)
        h = self.conv1(h * torch.sigmoid(h))
        scale, shift = self.time(time_embedding(t, dim)).unflatten(1, (2, -1)).unbind(1)
        grouped = h.unflatten(1, (groups, -1)).flatten(2)
        variance, mean = torch.var_mean(grouped, dim=2, keepdim=True, correction=0)
        h = ((grouped - mean) / (variance + 1e-5).sqrt()).reshape(h.shape)
        h = torch.einsum("bchw,bc->bchw", h, self.norm2.weight * (1 + scale))
        h = h + (self.norm2.bias * (1 + scale) + shift)[:, :, None, None]
        h = self.conv2(h * torch.sigmoid(h))
        return h + (self.skip(x) if hasattr(self, "skip") else x)
