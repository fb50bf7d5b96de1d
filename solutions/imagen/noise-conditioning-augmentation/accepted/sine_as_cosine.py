"""Right, with the sine as the cosine of the rest of the angle, and with a list of times that is used up."""

import math

import torch


def diffuse(x, level, noise):
    column = level.mul(math.pi / 2).reshape(-1, 1, 1, 1)
    return torch.addcmul(x * column.cos(), noise, torch.cos(column - math.pi / 2))


def training_loss(model, high, low, t, level, high_noise, low_noise):
    corrupted = diffuse(low, level, low_noise)
    error = model(diffuse(high, t, high_noise), corrupted, t, level) - high
    return torch.mean(error * error)


@torch.no_grad()
def sample(model, step, low, level, low_noise, x, times):
    levels = level * torch.ones(low.shape[0], dtype=low.dtype, device=low.device)
    corrupted = diffuse(low, levels, low_noise)
    latest = x.clone()
    remaining = list(times)
    now = remaining.pop(0)
    while remaining:
        before, now = now, remaining.pop(0)
        x0 = model(latest, corrupted, torch.ones_like(levels) * before, levels)
        latest = step(latest, x0, before, now).detach()
    return latest
