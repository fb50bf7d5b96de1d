"""Gives the functions a network that knows only what it is told, and reports what came of it."""

import torch
import torch.nn.functional as F
from torch import nn


class Network(nn.Module):
    """Predicts images from noisy ones, from a condition, and from two numbers for each image."""

    def __init__(self, channels):
        super().__init__()
        self.image = nn.Conv2d(channels, channels, 1)
        self.condition = nn.Conv2d(channels, channels, 1)
        self.numbers = nn.Linear(2, channels)
        self.calls = 0

    def forward(self, x, condition, t, level):
        self.calls += 1
        told = self.numbers(torch.stack([t, level], dim=1))[:, :, None, None]
        larger = F.interpolate(condition, size=x.shape[-2:], mode="nearest")
        return torch.tanh(self.image(x) + self.condition(larger) + told)


def losses(solution, *, high, low, t, level, high_noise, low_noise):
    """The loss, how often the network was called, and the inputs as they are afterwards."""
    model = solution.fill(Network(high.shape[1]))
    inputs = {"high": high, "low": low, "t": t, "level": level, "high_noise": high_noise, "low_noise": low_noise}
    loss = solution.training_loss(model, *inputs.values())
    seen = {"loss": loss, "calls of the model": model.calls}
    return seen | {f"{name} afterwards": value for name, value in inputs.items()}


def loss_gradients(solution, *, high, low, t, level, high_noise, low_noise):
    """Gradients of the loss for the parameters of the network; a missing one is one of zeros."""
    model = solution.fill(Network(high.shape[1]))
    loss = solution.training_loss(model, high, low, t, level, high_noise, low_noise)
    if torch.is_tensor(loss) and loss.requires_grad:
        loss.backward()
    return {
        f"gradient of {name}": torch.zeros_like(p) if p.grad is None else p.grad for name, p in model.named_parameters()
    }


def samples(solution, *, low, strength, low_noise, x, times):
    """The images, how often the network was called, and the inputs as they are afterwards."""
    model = solution.fill(Network(low.shape[1]))

    def step(noisy, clean, now, later):
        return clean + (noisy - clean) * (later / now)

    images = solution.sample(model, step, low, strength, low_noise, x, times)
    seen = {
        "images": images,
        "calls of the model": model.calls,
        "has a graph": bool(getattr(images, "requires_grad", False)),
    }
    return seen | {
        "low afterwards": low,
        "low_noise afterwards": low_noise,
        "x afterwards": x,
        "times afterwards": str(times),
    }
