"""Super-resolution by sub-pixel convolution (ESPCN).

Source: Shi et al. 2016, sections 3.1 and 3.2. https://arxiv.org/abs/1609.05158
Shapes: B batch, C channels, H height, W width of the small image, r scale.
"""

import torch
from torch import nn


def pixel_shuffle(x: torch.Tensor, r: int) -> torch.Tensor:
    """Turn groups of r * r channels into blocks of r x r pixels.

    x: (B, C * r * r, H, W), any floating dtype; r: at least 1.
    Returns (B, C, r * H, r * W) with out[b, c, r * h + i, r * w + j] = x[b, c * r * r + i * r + j, h, w].
    Raises ValueError where r * r does not divide the number of channels.
    """
    raise NotImplementedError


class SuperResolution(nn.Module):
    """ESPCN for colour images; its layers are conv1, conv2 and conv3.

    scale: how many times larger the output is, at least 1.
    """

    def __init__(self, scale: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: (B, 3, H, W). Returns (B, 3, scale * H, scale * W)."""
        raise NotImplementedError
