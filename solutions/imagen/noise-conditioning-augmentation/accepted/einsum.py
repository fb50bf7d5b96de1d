"""Right, in Einstein notation, with the mean of squares by hand and an index over the times."""

import math

import torch


def diffuse(x, level, noise):
    return torch.einsum("b,bchw->bchw", torch.cos(level * math.pi / 2), x) + torch.einsum(
        "b,bchw->bchw", torch.sin(level * math.pi / 2), noise
    )


def training_loss(model, high, low, t, level, high_noise, low_noise):
    prediction = model(diffuse(high, t, high_noise), diffuse(low, level, low_noise), t, level)
    return (prediction - high).square().mean()


@torch.no_grad()
def sample(model, step, low, level, low_noise, x, times):
    told = torch.full_like(low[:, 0, 0, 0], level)
    condition = diffuse(low, told, low_noise)
    for i in range(len(times) - 1):
        predicted = model(x, condition, torch.full_like(told, times[i]), told)
        x = step(x, predicted, times[i], times[i + 1])
    return x
