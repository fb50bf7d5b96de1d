"""Right, with the images diffused one after another, and without gradients inside the function."""

import math

import torch


def diffuse(x, level, noise):
    mixed = []
    for one, angle, added in zip(x, level * (math.pi / 2), noise, strict=True):
        mixed.append(one * angle.cos() + added * angle.sin())
    return torch.stack(mixed)


def training_loss(model, high, low, t, level, high_noise, low_noise):
    prediction = model(diffuse(high, t, high_noise), diffuse(low, level, low_noise), t, level)
    return torch.pow(high - prediction, 2).sum() / high.numel()


def sample(model, step, low, level, low_noise, x, times):
    with torch.no_grad():
        B = len(low)
        levels = torch.tensor([level] * B, dtype=low.dtype, device=low.device)
        grid = torch.tensor(times, dtype=low.dtype, device=low.device)
        condition = diffuse(low, levels, low_noise)
        images = x
        for i in range(1, len(times)):
            images = step(images, model(images, condition, grid[i - 1].expand(B), levels), times[i - 1], times[i])
        return images
