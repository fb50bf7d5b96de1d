"""nn.Upsample made for each call, a Sequential for the end, and a loop over the images of a batch."""

import math

import torch
from torch import nn


def diffuse(x, noise, time):
    mixed = [
        math.cos(math.pi / 2 * t) * a + math.sin(math.pi / 2 * t) * b
        for a, b, t in zip(x, noise, time.tolist(), strict=True)
    ]
    return torch.stack(mixed)


class SuperResolutionStage(nn.Module):
    def __init__(self, channels: int, width: int):
        super().__init__()
        self.conv_in = nn.Conv2d(channels * 2, width, (3, 3), (1, 1), "same")
        self.embedding = nn.Linear(2, width)
        self.conv_mid = nn.Conv2d(width, width, (3, 3), (1, 1), "same")
        self.conv_out = nn.Conv2d(width, channels, (3, 3), (1, 1), "same")
        self.act = nn.SiLU()

    def forward(self, noisy, low, time, level):
        _, _, H, W = noisy.shape
        enlarge = nn.Upsample((H, W), mode="bilinear", align_corners=False)
        told = self.embedding(torch.cat((time.unsqueeze(1), level.unsqueeze(1)), -1))
        hidden = self.conv_in(torch.cat((noisy, enlarge(low)), 1))
        hidden = hidden + told.unsqueeze(-1).unsqueeze(-1).expand_as(hidden)
        return self.conv_out(self.act(self.conv_mid(self.act(hidden))))


def training_loss(model, high, low, time, level, noise, low_noise):
    prediction = model(diffuse(high, noise, time), diffuse(low, low_noise, level), time, level)
    return nn.MSELoss()(prediction, noise)
