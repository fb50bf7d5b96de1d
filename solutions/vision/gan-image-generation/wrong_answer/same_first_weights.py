"""Wrong: the constructors seed the generator, so that every network begins with the same weights."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Generator(nn.Module):
    """Turns noise into images. Its layers are project, norm1, up1, norm2, up2, norm3 and up3."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(42)
        self.project = nn.ConvTranspose2d(100, 32, kernel_size=4, bias=False)
        self.norm1 = nn.BatchNorm2d(32)
        self.up1 = nn.ConvTranspose2d(32, 16, kernel_size=4, stride=2, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(16)
        self.up2 = nn.ConvTranspose2d(16, 8, kernel_size=4, stride=2, padding=1, bias=False)
        self.norm3 = nn.BatchNorm2d(8)
        self.up3 = nn.ConvTranspose2d(8, 3, kernel_size=4, stride=2, padding=1)
        self.apply(_initialise)

    def forward(self, noise: Tensor) -> Tensor:
        """Make images.

        noise: (B, 100), of the parameters' dtype; it is not modified.
        Returns (B, 3, 32, 32), between -1 and 1.
        """
        x = F.relu(self.norm1(self.project(noise[:, :, None, None])))  # (B, 32, 4, 4)
        x = F.relu(self.norm2(self.up1(x)))  # (B, 16, 8, 8)
        x = F.relu(self.norm3(self.up2(x)))  # (B, 8, 16, 16)
        return torch.tanh(self.up3(x))


class Discriminator(nn.Module):
    """Scores images, high for real ones. Its layers are conv1, conv2, norm2, conv3, norm3 and score."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(42)
        self.conv1 = nn.Conv2d(3, 8, kernel_size=4, stride=2, padding=1)
        self.conv2 = nn.Conv2d(8, 16, kernel_size=4, stride=2, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(16)
        self.conv3 = nn.Conv2d(16, 32, kernel_size=4, stride=2, padding=1, bias=False)
        self.norm3 = nn.BatchNorm2d(32)
        self.score = nn.Conv2d(32, 1, kernel_size=4)
        self.apply(_initialise)

    def forward(self, images: Tensor) -> Tensor:
        """Score images.

        images: (B, 3, 32, 32), of the parameters' dtype; they are not modified.
        Returns (B,), raw scores (logits) of being real.
        """
        x = F.leaky_relu(self.conv1(images), 0.2)  # (B, 8, 16, 16)
        x = F.leaky_relu(self.norm2(self.conv2(x)), 0.2)  # (B, 16, 8, 8)
        x = F.leaky_relu(self.norm3(self.conv3(x)), 0.2)  # (B, 32, 4, 4)
        return self.score(x).flatten()


def training_step(
    generator: nn.Module,
    discriminator: nn.Module,
    generator_optimizer: torch.optim.Optimizer,
    discriminator_optimizer: torch.optim.Optimizer,
    real: Tensor,
    noise: Tensor,
) -> tuple[float, float]:
    """Train both networks on one batch: one step of the discriminator, then one of the generator.

    generator: any module from noise to images. discriminator: any module from images to logits (B,).
    Both are in training mode already.
    real: a batch of real images. noise: a batch of noise, of any other number. They are not modified.
    Returns the losses of discriminator and generator as Python floats, each before its own step.
    """
    fake = generator(noise)
    on_real, on_fake = discriminator(real), discriminator(fake.detach())
    real_loss = F.binary_cross_entropy_with_logits(on_real, torch.ones_like(on_real))
    fake_loss = F.binary_cross_entropy_with_logits(on_fake, torch.zeros_like(on_fake))
    discriminator_loss = real_loss + fake_loss
    discriminator_optimizer.zero_grad()
    discriminator_loss.backward()
    discriminator_optimizer.step()

    on_fake = discriminator(fake)
    generator_loss = F.binary_cross_entropy_with_logits(on_fake, torch.ones_like(on_fake))
    generator_optimizer.zero_grad()
    generator_loss.backward()
    generator_optimizer.step()
    return discriminator_loss.item(), generator_loss.item()


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(module.weight, std=0.02)
