"""Interpolates by two matrices of weights; splits the first convolution and the embedding by input."""

import torch
import torch.nn.functional as F
from torch import nn


def diffuse(x, noise, time):
    B = len(time)
    angle = time.reshape(B, 1, 1, 1) * (torch.pi / 2)
    return torch.cos(angle) * x + torch.sin(angle) * noise


def weights(small, large, like):
    """(large, small): how much each small pixel counts for each large one."""
    at = (torch.arange(large, device=like.device, dtype=like.dtype) + 0.5) * (small / large) - 0.5
    at = at.clamp(0, small - 1)
    distance = at[:, None] - torch.arange(small, device=like.device, dtype=like.dtype)
    return (1 - distance.abs()).clamp(min=0)


class SuperResolutionStage(nn.Module):
    def __init__(self, channels, width):
        super().__init__()
        self.embedding = nn.Linear(2, width)
        self.conv_out = nn.Conv2d(width, channels, 3, padding=1)
        self.conv_mid = nn.Conv2d(width, width, 3, padding=1)
        self.conv_in = nn.Conv2d(channels + channels, width, 3, padding=1)
        self.channels = channels

    def forward(self, noisy, low, time, level):
        H, W = noisy.shape[-2:]
        large = weights(low.shape[-2], H, low) @ low @ weights(low.shape[-1], W, low).T
        of_noisy, of_low = self.conv_in.weight.split(self.channels, dim=1)
        x = F.conv2d(noisy, of_noisy, self.conv_in.bias, padding=1) + F.conv2d(large, of_low, padding=1)
        by_time, by_level = self.embedding.weight.unbind(1)
        condition = torch.outer(time, by_time) + torch.outer(level, by_level) + self.embedding.bias
        x = x + condition.view(*condition.shape, 1, 1)
        x = self.conv_mid(x * torch.sigmoid(x))
        return self.conv_out(x * torch.sigmoid(x))


def training_loss(model, high, low, time, level, noise, low_noise):
    error = model(diffuse(high, noise, time), diffuse(low, low_noise, level), time, level) - noise
    return (error * error).sum() / error.numel()
