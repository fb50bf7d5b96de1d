"""Wrong: the predicted clean images are clamped."""

import math
from collections.abc import Callable
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor


def diffuse(x: Tensor, level: Tensor, noise: Tensor) -> Tensor:
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
    levels = low.new_full(low.shape[:1], level)
    corrupted = diffuse(low, levels, low_noise)
    for now, later in pairwise(times):
        x0 = model(x, corrupted, torch.full_like(levels, now), levels).clamp(-1, 1)
        x = step(x, x0, now, later)
    return x
