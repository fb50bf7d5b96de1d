"""Fails: one level for each image does not line up with the columns of the image."""

import math
from itertools import pairwise

import torch
import torch.nn.functional as F


def diffuse(x, level, noise):
    angle = level * (math.pi / 2)
    return angle.cos() * x + angle.sin() * noise


def training_loss(model, high, low, t, level, high_noise, low_noise):
    noisy = diffuse(high, t, high_noise)
    corrupted = diffuse(low, level, low_noise)
    return F.mse_loss(model(noisy, corrupted, t, level), high)


@torch.no_grad()
def sample(model, step, low, level, low_noise, x, times):
    levels = low.new_full(low.shape[:1], level)
    corrupted = diffuse(low, levels, low_noise)
    for now, later in pairwise(times):
        x0 = model(x, corrupted, torch.full_like(levels, now), levels)
        x = step(x, x0, now, later)
    return x
