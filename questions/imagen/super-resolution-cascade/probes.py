"""Computes the training loss of a small network of its own."""

import torch
from torch import nn


class Network(nn.Module):
    """Takes every input into account, each in a way of its own."""

    def __init__(self, channels):
        super().__init__()
        self.noisy = nn.Conv2d(channels, channels, 1)
        self.low = nn.Linear(channels, channels)
        self.shift = nn.Parameter(torch.zeros(2))

    def forward(self, noisy, low, time, level):
        x = self.noisy(noisy) + self.low(torch.sin(2 * low).mean((2, 3)))[:, :, None, None]
        x = x + (self.shift[0] * time + self.shift[1] * level.square())[:, None, None, None]
        return torch.tanh(x)


def loss(solution, *, high, low, time, level, noise, low_noise):
    """The loss, and its gradients with respect to the network's parameters."""
    model = solution.fill(Network(high.shape[1]))
    value = solution.training_loss(model, high, low, time, level, noise, low_noise)
    seen = {"loss": value}
    if torch.is_tensor(value) and value.requires_grad:
        value.sum().backward()
    for name, parameter in model.named_parameters():
        seen[f"gradient of {name}"] = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
    return seen
