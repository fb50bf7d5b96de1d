"""Right, with layers in loops; the discriminator's parameters are frozen while the generator learns."""

import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, layers):
        super().__init__()
        for name, layer in layers.items():
            self.add_module(name, layer)
            if not isinstance(layer, nn.BatchNorm2d):
                torch.nn.init.normal_(layer.weight, 0.0, 0.02)


class Generator(Network):
    def __init__(self):
        super().__init__(
            {
                "project": nn.ConvTranspose2d(100, 32, 4, 1, 0, bias=False),
                "norm1": nn.BatchNorm2d(32),
                "up1": nn.ConvTranspose2d(32, 16, 4, 2, 1, bias=False),
                "norm2": nn.BatchNorm2d(16),
                "up2": nn.ConvTranspose2d(16, 8, 4, 2, 1, bias=False),
                "norm3": nn.BatchNorm2d(8),
                "up3": nn.ConvTranspose2d(8, 3, 4, 2, 1),
            }
        )

    def forward(self, noise):
        x = noise.unflatten(1, (100, 1, 1))
        for layer in self.children():
            x = layer(x)
            if isinstance(layer, nn.BatchNorm2d):
                x = torch.relu(x)
        return x.tanh()


class Discriminator(Network):
    def __init__(self):
        super().__init__(
            {
                "conv1": nn.Conv2d(3, 8, 4, 2, 1),
                "conv2": nn.Conv2d(8, 16, 4, 2, 1, bias=False),
                "norm2": nn.BatchNorm2d(16),
                "conv3": nn.Conv2d(16, 32, 4, 2, 1, bias=False),
                "norm3": nn.BatchNorm2d(32),
                "score": nn.Conv2d(32, 1, 4, 1, 0),
            }
        )
        self.slope = nn.LeakyReLU(0.2)

    def forward(self, images):
        x = self.slope(self.conv1(images))
        x = self.slope(self.norm2(self.conv2(x)))
        x = self.slope(self.norm3(self.conv3(x)))
        return self.score(x)[:, 0, 0, 0]


def training_step(generator, discriminator, generator_optimizer, discriminator_optimizer, real, noise):
    loss = nn.BCEWithLogitsLoss()
    discriminator_optimizer.zero_grad()
    on_real = discriminator(real)
    real_loss = loss(on_real, torch.ones_like(on_real))
    real_loss.backward()
    fake = generator(noise)
    on_fake = discriminator(fake.detach())
    fake_loss = loss(on_fake, torch.zeros_like(on_fake))
    fake_loss.backward()
    discriminator_optimizer.step()

    for parameter in discriminator.parameters():
        parameter.requires_grad_(False)
    generator_optimizer.zero_grad()
    scores = discriminator(fake)
    fooled = loss(scores, torch.ones_like(scores))
    fooled.backward()
    generator_optimizer.step()
    for parameter in discriminator.parameters():
        parameter.requires_grad_(True)
    return real_loss.item() + fake_loss.item(), fooled.item()
