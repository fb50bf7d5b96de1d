"""Leaves out the output padding, so that the waveform is too short."""

import torch
import torch.nn.functional as F
from torch import nn


class Generator(nn.Module):
    def __init__(self, vocab, noise_dim, channels):
        super().__init__()
        self.embedding = nn.Embedding(vocab, channels)
        self.pre = nn.Conv1d(channels + noise_dim, channels, 7, padding=3)
        self.up1 = nn.ConvTranspose1d(channels, channels // 2, 10, stride=5, padding=3)
        self.up2 = nn.ConvTranspose1d(channels // 2, channels // 4, 4, stride=2, padding=1)
        self.post = nn.Conv1d(channels // 4, 1, 7, padding=3)

    def forward(self, text, noise):
        B, L = text.shape
        x = self.embedding(text).transpose(1, 2)
        z = noise.unsqueeze(2).expand(B, -1, L)
        x = self.pre(torch.cat([x, z], dim=1))
        x = self.up1(F.leaky_relu(x, 0.2))
        x = self.up2(F.leaky_relu(x, 0.2))
        x = self.post(F.leaky_relu(x, 0.2))
        return torch.tanh(x)


class MultiScaleDiscriminator(nn.Module):
    def __init__(self, scales, channels):
        super().__init__()
        self.discriminators = nn.ModuleList(
            nn.Sequential(
                nn.Conv1d(1, channels, 5, padding=2),
                nn.LeakyReLU(0.2),
                nn.Conv1d(channels, 2 * channels, 5, stride=2, padding=2, groups=4),
                nn.LeakyReLU(0.2),
                nn.Conv1d(2 * channels, 1, 3, padding=1),
            )
            for _ in range(scales)
        )
        self.pool = nn.AvgPool1d(4, stride=2, padding=1, count_include_pad=False)

    def forward(self, wave):
        scores = []
        for discriminator in self.discriminators:
            scores.append(discriminator(wave))
            wave = self.pool(wave)
        return scores


def discriminator_loss(discriminator, real, fake):
    loss = 0
    for d_real, d_fake in zip(discriminator(real), discriminator(fake.detach()), strict=True):
        loss = loss + F.relu(1 - d_real).mean() + F.relu(1 + d_fake).mean()
    return loss


def generator_loss(discriminator, fake):
    loss = 0
    for d_fake in discriminator(fake):
        loss = loss - d_fake.mean()
    return loss
