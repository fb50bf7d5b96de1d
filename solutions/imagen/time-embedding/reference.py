"""A sinusoidal time embedding, and a residual block that it scales and shifts (FiLM).

Sources: Vaswani et al. 2017, section 3.5, https://arxiv.org/abs/1706.03762; Ho et al. 2020, appendix B,
    https://arxiv.org/abs/2006.11239; Perez et al. 2018, section 2.1, https://arxiv.org/abs/1709.07871; Dhariwal and
    Nichol 2021, section 3.1, https://arxiv.org/abs/2105.05233.
Shapes: B images, H rows, W columns.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def time_embedding(t: Tensor, dim: int, max_period: float = 10000.0) -> Tensor:
    """Embed times as sines and cosines of dim // 2 frequencies, from 1 down towards 1 / max_period.

    t: (B,) times, of any floating dtype. dim: width of the embedding, at least 2.
    Returns (B, dim) in the dtype and on the device of t: all sines, then all cosines, then a zero if dim is odd.
    The angles are calculated in float32, or in float64 for float64.
    """
    half = dim // 2
    wide = t.to(torch.promote_types(t.dtype, torch.float32))
    i = torch.arange(half, dtype=wide.dtype, device=t.device)
    angles = wide[:, None] * max_period ** (-i / half)  # (B, dim // 2)
    columns = torch.cat([angles.sin(), angles.cos()], dim=1)
    return F.pad(columns, (0, dim % 2)).to(t.dtype)


class ResidualBlock(nn.Module):
    """Two convolutions with a skip connection; the time scales and shifts what the second norm gives.

    Layers with parameters: norm1, conv1, time, norm2, conv2, and skip only where in_channels differs from out_channels.
    """

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
        """Transform images at given times.

        x: (B, in_channels, H, W), not modified. t: (B,) times, of the same dtype.
        Returns (B, out_channels, H, W).
        """
        modulation = self.time(time_embedding(t, self.time_dim))
        scale, shift = modulation[:, :, None, None].chunk(2, dim=1)
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.norm2(h) * (1 + scale) + shift
        return self.skip(x) + self.conv2(F.silu(h))
