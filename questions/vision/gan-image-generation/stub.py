"""Image generation with a deep convolutional GAN (DCGAN).

Source: Radford, Metz and Chintala 2016, "Unsupervised representation learning with deep convolutional generative
    adversarial networks", sections 3 and 4, https://arxiv.org/abs/1511.06434; the losses: Goodfellow et al. 2014,
    "Generative adversarial nets", section 3 and algorithm 1, https://arxiv.org/abs/1406.2661
Shapes: B images of 3 x 32 x 32 with values from -1 to 1; noise of 100 numbers.
"""

import torch
from torch import Tensor, nn


class Generator(nn.Module):
    """Turns noise into images. Its layers are project, norm1, up1, norm2, up2, norm3 and up3."""

    def __init__(self) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, noise: Tensor) -> Tensor:
        """Make images.

        noise: (B, 100), of the parameters' dtype; it is not modified.
        Returns (B, 3, 32, 32), between -1 and 1.
        """
        raise NotImplementedError


class Discriminator(nn.Module):
    """Scores images, high for real ones. Its layers are conv1, conv2, norm2, conv3, norm3 and score."""

    def __init__(self) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, images: Tensor) -> Tensor:
        """Score images.

        images: (B, 3, 32, 32), of the parameters' dtype; they are not modified.
        Returns (B,), raw scores (logits) of being real.
        """
        raise NotImplementedError


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
    raise NotImplementedError
