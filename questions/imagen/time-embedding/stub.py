"""A sinusoidal time embedding, and a residual block that it scales and shifts (FiLM).

Sources: Vaswani et al. 2017, section 3.5, https://arxiv.org/abs/1706.03762; Ho et al. 2020, appendix B,
    https://arxiv.org/abs/2006.11239; Perez et al. 2018, section 2.1, https://arxiv.org/abs/1709.07871; Dhariwal and
    Nichol 2021, section 3.1, https://arxiv.org/abs/2105.05233.
Shapes: B images, H rows, W columns.
"""

import torch
from torch import Tensor, nn


def time_embedding(t: Tensor, dim: int, max_period: float = 10000.0) -> Tensor:
    """Embed times as sines and cosines of dim // 2 frequencies, from 1 down towards 1 / max_period.

    t: (B,) times, of any floating dtype. dim: width of the embedding, at least 2.
    Returns (B, dim) in the dtype and on the device of t: all sines, then all cosines, then a zero if dim is odd.
    The angles are calculated in float32, or in float64 for float64.
    """
    raise NotImplementedError


class ResidualBlock(nn.Module):
    """Two convolutions with a skip connection; the time scales and shifts what the second norm gives.

    Layers with parameters: norm1, conv1, time, norm2, conv2, and skip only where in_channels differs from out_channels.
    """

    def __init__(self, in_channels: int, out_channels: int, time_dim: int, groups: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        """Transform images at given times.

        x: (B, in_channels, H, W), not modified. t: (B,) times, of the same dtype.
        Returns (B, out_channels, H, W).
        """
        raise NotImplementedError
