"""The second stage of a cascade: a diffusion model that is conditioned on a low-resolution image.

Source: Ho et al. 2021, "Cascaded diffusion models for high fidelity image generation".
    https://arxiv.org/abs/2106.15282
    Saharia et al. 2022, "Photorealistic text-to-image diffusion models with deep language understanding",
    section 2.4. https://arxiv.org/abs/2205.11487
Shapes: B images, C channels, H rows and W columns of the large image, h and w of the small one, D width.
"""

import torch
from torch import Tensor, nn


def diffuse(x: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    """Mix each image with noise: cos(pi/2 * time) * x + sin(pi/2 * time) * noise.

    x, noise: (B, C, H, W), of any size. time: (B,), from 0 (the image itself) to 1 (noise only).
    Returns (B, C, H, W).
    """
    raise NotImplementedError


class SuperResolutionStage(nn.Module):
    """Predicts the noise in a large image, given the small image that it is to be a larger version of.

    channels: C, of both images. width: D.
    Layers: `conv_in` (2 C -> D channels), `conv_mid` (D -> D) and `conv_out` (D -> C), 3 x 3 convolutions with zero
    padding 1 and bias; `embedding`, a linear layer from 2 to D with bias.
    """

    def __init__(self, channels: int, width: int) -> None:
        raise NotImplementedError

    def forward(self, noisy: Tensor, low: Tensor, time: Tensor, level: Tensor) -> Tensor:
        """Predict the noise.

        noisy: (B, C, H, W), the large image with noise. low: (B, C, h, w) with h <= H and w <= W.
        time, level: (B,), how much noise is in `noisy` and in `low`, from 0 to 1.
        Returns (B, C, H, W).
        """
        raise NotImplementedError


def training_loss(
    model: nn.Module, high: Tensor, low: Tensor, time: Tensor, level: Tensor, noise: Tensor, low_noise: Tensor
) -> Tensor:
    """The loss of one batch, with noise in the large image and noise of its own in the small one.

    model: called as model(noisy, low, time, level), a `SuperResolutionStage` or any other module.
    high, noise: (B, C, H, W). low, low_noise: (B, C, h, w). time, level: (B,).
    Returns the mean, over all elements, of the squared difference between the prediction and `noise`.
    """
    raise NotImplementedError
