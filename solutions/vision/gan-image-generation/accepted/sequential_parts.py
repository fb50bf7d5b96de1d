"""Right, with matrices for the ends of both networks, and the losses as softplus of the logits."""

import torch
import torch.nn.functional as F
from torch import nn


def drawn(layer):
    with torch.no_grad():
        layer.weight.copy_(torch.randn_like(layer.weight) * 0.02)
    return layer


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        half = {"kernel_size": (4, 4), "stride": (2, 2), "padding": (1, 1)}
        self.project = drawn(nn.ConvTranspose2d(100, 32, 4, bias=False))
        self.up1 = drawn(nn.ConvTranspose2d(32, 16, bias=False, **half))
        self.up2 = drawn(nn.ConvTranspose2d(16, 8, bias=False, **half))
        self.up3 = drawn(nn.ConvTranspose2d(8, 3, bias=True, **half))
        self.norm1, self.norm2, self.norm3 = nn.BatchNorm2d(32), nn.BatchNorm2d(16), nn.BatchNorm2d(8)

    def forward(self, noise):
        # A transposed convolution of one pixel is a matrix product.
        x = torch.einsum("bz,zchw->bchw", noise, self.project.weight)
        for norm, up in ((self.norm1, self.up1), (self.norm2, self.up2), (self.norm3, self.up3)):
            x = up(norm(x).clamp(min=0))
        return x.tanh()


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = drawn(nn.Conv2d(3, 8, 4, 2, 1))
        self.conv2 = drawn(nn.Conv2d(8, 16, 4, 2, 1, bias=False))
        self.conv3 = drawn(nn.Conv2d(16, 32, 4, 2, 1, bias=False))
        self.score = drawn(nn.Conv2d(32, 1, 4))
        self.norm2, self.norm3 = nn.BatchNorm2d(16), nn.BatchNorm2d(32)

    def forward(self, images):
        x = self.conv1(images)
        x = self.norm2(self.conv2(torch.where(x > 0, x, 0.2 * x)))
        x = self.norm3(self.conv3(torch.where(x > 0, x, 0.2 * x)))
        x = torch.where(x > 0, x, 0.2 * x)
        return (x * self.score.weight).sum(dim=(1, 2, 3)) + self.score.bias


def training_step(generator, discriminator, generator_optimizer, discriminator_optimizer, real, noise):
    with torch.no_grad():
        fake = generator(noise)
    d_loss = F.softplus(-discriminator(real)).mean() + F.softplus(discriminator(fake)).mean()
    discriminator_optimizer.zero_grad()
    d_loss.backward()
    discriminator_optimizer.step()

    g_loss = F.softplus(-discriminator(generator(noise))).mean()
    generator_optimizer.zero_grad()
    g_loss.backward()
    generator_optimizer.step()
    return float(d_loss.detach()), float(g_loss.detach())
