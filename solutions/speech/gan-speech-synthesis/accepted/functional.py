"""Layers in a list and functions for the rest; the pooling pads with nothing but counts by hand."""

import torch
from torch import nn
from torch.nn import functional as F


class Generator(nn.Module):
    def __init__(self, vocab, noise_dim, channels):
        super().__init__()
        half, quarter = channels // 2, channels // 4
        self.embedding = nn.Embedding(vocab, channels)
        self.pre = nn.Conv1d(channels + noise_dim, channels, 7)
        self.up1 = nn.ConvTranspose1d(channels, half, 10, 5)
        self.up2 = nn.ConvTranspose1d(half, quarter, 4, 2)
        self.post = nn.Conv1d(quarter, 1, 7)
        self.activation = nn.LeakyReLU(negative_slope=0.2)

    def forward(self, text, noise):
        x = self.embedding(text).movedim(-1, 1)
        x = F.pad(x, (0, 0, 0, noise.shape[1]))
        x[:, -noise.shape[1] :] += noise[..., None]
        x = self.activation(self.pre(F.pad(x, (3, 3))))
        x = self.activation(self.up1(x)[..., 3:-2])
        x = self.activation(self.up2(x)[..., 1:-1])
        return self.post(F.pad(x, (3, 3))).tanh()


class MultiScaleDiscriminator(nn.Module):
    def __init__(self, scales, channels):
        super().__init__()
        layers = [
            [
                nn.Conv1d(1, channels, 5, padding="same"),
                nn.LeakyReLU(0.2),
                nn.Conv1d(channels, 2 * channels, 5, stride=2, groups=4, padding=2),
                nn.LeakyReLU(0.2),
                nn.Conv1d(2 * channels, 1, 3, padding="same"),
            ]
            for _ in range(scales)
        ]
        self.discriminators = nn.ModuleList([nn.Sequential(*each) for each in layers])

    def forward(self, wave):
        return self.listen(wave, 0)

    def listen(self, wave, scale):
        scores = [self.discriminators[scale](wave)]
        if scale + 1 == len(self.discriminators):
            return scores
        windows = F.pad(wave, (1, 1), value=float("nan")).unfold(2, 4, 2)
        return scores + self.listen(windows.nanmean(dim=3), scale + 1)


def discriminator_loss(discriminator, real, fake):
    with torch.no_grad():
        fake = fake.clone()
    means = [torch.max(1 - scores, torch.zeros_like(scores)).mean() for scores in discriminator(real)]
    means += [torch.max(1 + scores, torch.zeros_like(scores)).mean() for scores in discriminator(fake)]
    return torch.stack(means).sum()


def generator_loss(discriminator, fake):
    return sum((-scores).mean() for scores in discriminator(fake))
