"""Transposed convolutions as ordinary ones over samples with zeros between, and pooling as a convolution."""

import torch
import torch.nn.functional as F
from torch import nn


class Generator(nn.Module):
    def __init__(self, vocab, noise_dim, channels):
        super().__init__()
        self.post = nn.Conv1d(channels // 4, 1, kernel_size=7, padding="same")
        self.up2 = nn.ConvTranspose1d(channels // 2, channels // 4, kernel_size=4, stride=2)
        self.up1 = nn.ConvTranspose1d(channels, channels // 2, kernel_size=10, stride=5)
        self.pre = nn.Conv1d(channels + noise_dim, channels, kernel_size=7, padding="same")
        self.embedding = nn.Embedding(vocab, channels)

    def forward(self, text, noise):
        characters = self.embedding(text)
        noise = noise.unsqueeze(1).repeat(1, characters.size(1), 1)
        x = self.pre(torch.cat((characters, noise), dim=2).permute(0, 2, 1))
        x = stretch(leaky(x), self.up1, 5, 3)
        x = stretch(leaky(x), self.up2, 2, 1)
        return torch.tanh(self.post(leaky(x)))


def leaky(x):
    return torch.where(x > 0, x, 0.2 * x)


def stretch(x, layer, rate, skipped):
    B, C, L = x.shape
    spread = torch.stack([x, *[torch.zeros_like(x)] * (rate - 1)], dim=3).reshape(B, C, L * rate)
    kernel = layer.weight.flip(2).transpose(0, 1)
    full = F.conv1d(F.pad(spread, (kernel.shape[2] - 1,) * 2), kernel, layer.bias)
    return full[:, :, skipped : skipped + L * rate]


class MultiScaleDiscriminator(nn.Module):
    def __init__(self, scales, channels):
        super().__init__()
        self.discriminators = nn.ModuleList()
        for _ in range(scales):
            first = nn.Conv1d(1, channels, 5, 1, 2)
            second = nn.Conv1d(channels, channels * 2, 5, 2, 2, groups=4)
            last = nn.Conv1d(channels * 2, 1, 3, 1, 1)
            self.discriminators.append(nn.Sequential(first, nn.LeakyReLU(0.2), second, nn.LeakyReLU(0.2), last))

    def forward(self, wave):
        heard = [wave]
        while len(heard) < len(self.discriminators):
            ones = torch.ones_like(heard[-1])
            window = wave.new_ones(1, 1, 4)
            total, count = (F.conv1d(each, window, stride=2, padding=1) for each in (heard[-1], ones))
            heard.append(total / count)
        return [listen(each) for listen, each in zip(self.discriminators, heard, strict=True)]


def discriminator_loss(discriminator, real, fake):
    loss = real.new_zeros(())
    for sign, wave in ((-1, real), (1, fake.detach())):
        for scores in discriminator(wave):
            loss = loss + (1 + sign * scores).clamp(min=0).mean()
    return loss


def generator_loss(discriminator, fake):
    return torch.stack([scores.mean() for scores in discriminator(fake)]).sum().neg()
