"""The second stage of a cascade: a diffusion model that is conditioned on a low-resolution image.

Source: Ho et al. 2021, "Cascaded diffusion models for high fidelity image generation".
    https://arxiv.org/abs/2106.15282
    Saharia et al. 2022, "Photorealistic text-to-image diffusion models with deep language understanding",
    section 2.4. https://arxiv.org/abs/2205.11487
Shapes: B images, C channels, H rows and W columns of the large image, h and w of the small one, D width.
"""

import math
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def diffuse(x: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    """Mix each image with noise: cos(pi/2 * time) * x + sin(pi/2 * time) * noise.

    x, noise: (B, C, H, W), of any size. time: (B,), from 0 (the image itself) to 1 (noise only).
    Returns (B, C, H, W).
    """
    angle = math.pi / 2 * time[:, None, None, None]
    return angle.cos() * x + angle.sin() * noise


class SuperResolutionStage(nn.Module):
    """Predicts the noise in a large image, given the small image that it is to be a larger version of.

    channels: C, of both images. width: D.
    Layers: `conv_in` (2 C -> D channels), `conv_mid` (D -> D) and `conv_out` (D -> C), 3 x 3 convolutions with zero
    padding 1 and bias; `embedding`, a linear layer from 2 to D with bias.
    """

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        conv = partial(nn.Conv2d, kernel_size=3, padding=1)
        self.conv_in = conv(2 * channels, width)
        self.conv_mid = conv(width, width)
        self.conv_out = conv(width, channels)
        self.embedding = nn.Linear(2, width)

    def forward(self, noisy: Tensor, low: Tensor, time: Tensor, level: Tensor) -> Tensor:
        """Predict the noise.

        noisy: (B, C, H, W), the large image with noise. low: (B, C, h, w) with h <= H and w <= W.
        time, level: (B,), how much noise is in `noisy` and in `low`, from 0 to 1.
        Returns (B, C, H, W).
        """
        large = F.interpolate(low, size=noisy.shape[-2:], mode="bilinear", align_corners=False)
        x = self.conv_in(torch.cat([noisy, large], dim=1))
        condition = self.embedding(torch.stack([time, level], dim=1))
        x = self.conv_mid(F.silu(x + condition[:, :, None, None]))
        return self.conv_out(F.silu(x))


def training_loss(
    model: nn.Module, high: Tensor, low: Tensor, time: Tensor, level: Tensor, noise: Tensor, low_noise: Tensor
) -> Tensor:
    """The loss of one batch, with noise in the large image and noise of its own in the small one.

    model: called as model(noisy, low, time, level), a `SuperResolutionStage` or any other module.
    high, noise: (B, C, H, W). low, low_noise: (B, C, h, w). time, level: (B,).
    Returns the mean, over all elements, of the squared difference between the prediction and `noise`.
    """
    noisy = diffuse(high, noise, time)
    augmented = diffuse(low, low_noise, level)
    return F.mse_loss(model(noisy, augmented, time, level), noise)
