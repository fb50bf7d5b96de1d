"""Gives the functions a network that knows only what it is told, and reports what came of it."""

import random

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
        self.conditions = []  # the shapes of those that it is called with

    def forward(self, x, condition, t, level, /):
        self.conditions.append(list(condition.shape))
        told = self.numbers(torch.stack([t, level], dim=1))[:, :, None, None]
        larger = F.interpolate(condition, size=x.shape[-2:], mode="nearest")
        predicted = 1.5 * torch.tanh(self.image(x) + self.condition(larger) + told)  # goes beyond -1 and 1
        return predicted.to(memory_format=torch.channels_last)


def network(solution, channels):
    """One layer is in eval mode, all others in training mode."""
    model = solution.fill(Network(channels)).train()
    model.condition.eval()
    return model


def generators(device):
    """The states of the generators of random numbers."""
    states = [torch.get_rng_state().tolist(), random.getstate()]
    return [*states, torch.cuda.get_rng_state(device).tolist()] if device.type == "cuda" else states


def traces(model, device, before):
    """How the network was called, and what became of it and of the generators."""
    return {
        "calls of the model": len(model.conditions),
        "shapes of the conditions": str(model.conditions),
        "modes of the layers": str([layer.training for layer in model.modules()]),
        "random numbers were drawn": "no" if generators(device) == before else "yes",
    }


def losses(solution, *, high, low, t, level, high_noise, low_noise):
    """The loss, how the network was called, and the inputs as they are afterwards."""
    model, before = network(solution, high.shape[1]), generators(high.device)
    high = high.to(memory_format=torch.channels_last)
    inputs = {"high": high, "low": low, "t": t, "level": level, "high_noise": high_noise, "low_noise": low_noise}
    loss = solution.training_loss(model, *inputs.values())
    seen = {"loss": loss, **traces(model, high.device, before)}
    return seen | {f"{name} afterwards": value for name, value in inputs.items()}


def loss_gradients(solution, *, high, low, t, level, high_noise, low_noise):
    """Gradients of the loss for the parameters of the network; a missing one is one of zeros."""
    model = network(solution, high.shape[1])
    loss = solution.training_loss(model, high, low, t, level, high_noise, low_noise)
    if torch.is_tensor(loss) and loss.requires_grad:
        loss.backward()
    return {
        f"gradient of {name}": torch.zeros_like(p) if p.grad is None else p.grad for name, p in model.named_parameters()
    }


def samples(solution, *, low, strength, low_noise, x, times):
    """The images, how the network was called, and the inputs as they are afterwards."""
    model, before = network(solution, low.shape[1]), generators(low.device)

    def step(noisy, clean, now, later, /):
        return clean + (noisy - clean) * (later / now)

    images = solution.sample(model, step, low, strength, low_noise, x, times)
    seen = {
        "images": images,
        **traces(model, low.device, before),
        "has a graph": bool(getattr(images, "requires_grad", False)),
    }
    return seen | {
        "low afterwards": low,
        "low_noise afterwards": low_noise,
        "x afterwards": x,
        "times afterwards": str(times),
    }
