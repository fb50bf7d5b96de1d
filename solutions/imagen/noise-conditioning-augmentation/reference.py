"""Noise conditioning augmentation: a super-resolution model is told how much its condition was corrupted.

Sources: Saharia et al. 2022, section 2.4, https://arxiv.org/abs/2205.11487; Ho et al. 2021 (cascaded diffusion),
    section 3, https://arxiv.org/abs/2106.15282.
Shapes: B images, C channels; low resolution h rows and w columns, high resolution H rows and W columns.
"""

import math
from collections.abc import Callable
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor


def diffuse(x: Tensor, level: Tensor, noise: Tensor) -> Tensor:
    """Mix images with noise, keeping the variance: cos(pi / 2 * level) * x + sin(pi / 2 * level) * noise.

    x, noise: (B, C, H, W). level: (B,) from 0 (the image) to 1 (noise only), one for each image. All of one dtype.
    Returns (B, C, H, W). Gradients flow to all three; the inputs are not modified.
    """
    angle = (level * (math.pi / 2))[:, None, None, None]
    return angle.cos() * x + angle.sin() * noise


def training_loss(
    model: Callable[[Tensor, Tensor, Tensor, Tensor], Tensor],
    high: Tensor,
    low: Tensor,
    t: Tensor,
    level: Tensor,
    high_noise: Tensor,
    low_noise: Tensor,
) -> Tensor:
    """Mean squared error of the clean image that the model predicts from a noisy one and a corrupted condition.

    model: model(x, condition, t, level) predicts the clean images of high resolution; called once.
    high, high_noise: (B, C, H, W) clean images and their noise. t: (B,) how far they are diffused.
    low, low_noise: (B, C, h, w) the condition and its noise. level: (B,) how far it is corrupted.
    Returns a tensor without dimensions, through which gradients flow; the inputs are not modified.
    """
    noisy = diffuse(high, t, high_noise)
    corrupted = diffuse(low, level, low_noise)
    return F.mse_loss(model(noisy, corrupted, t, level), high)


@torch.no_grad()
def sample(
    model: Callable[[Tensor, Tensor, Tensor, Tensor], Tensor],
    step: Callable[[Tensor, Tensor, float, float], Tensor],
    low: Tensor,
    level: float,
    low_noise: Tensor,
    x: Tensor,
    times: list[float],
) -> Tensor:
    """Draw images of high resolution, with one level of corruption of the condition for all images and steps.

    model: as in training_loss; called once for each step.
    step: step(x, x0, now, later) takes images at the time now, and the clean ones predicted from them, to later.
    low, low_noise: (B, C, h, w) the condition and its noise. level: how far it is corrupted.
    x: (B, C, H, W) noise, the images at the first time. times: at least two, falling.
    Returns (B, C, H, W), the images at the last time, without a graph; the inputs are not modified.
    """
    levels = low.new_full(low.shape[:1], level)
    corrupted = diffuse(low, levels, low_noise)
    for now, later in pairwise(times):
        x0 = model(x, corrupted, torch.full_like(levels, now), levels)
        x = step(x, x0, now, later)
    return x
