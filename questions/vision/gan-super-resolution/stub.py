"""The losses of SRGAN: super-resolution with a perceptual and an adversarial loss.

Source: Ledig et al. 2017, "Photo-realistic single image super-resolution using a generative adversarial network",
    section 2.2, equations 2, 3, 5 and 6, and section 3.2 for the weights. https://arxiv.org/abs/1609.04802
Shapes: B images, C channels, H rows, W columns.
"""

import torch
from torch import Tensor, nn


def generator_loss(
    sr: Tensor,
    hr: Tensor,
    discriminator: nn.Module,
    features: nn.Module,
    content_weight: float = 0.006,
    adversarial_weight: float = 1e-3,
) -> Tensor:
    """Perceptual loss of the generator: content and adversarial loss, weighted.

    sr, hr: (B, C, H, W), images of the generator and true ones. They are not modified.
    discriminator: from images to logits, of any shape. features: from images to one tensor of any shape.
    Returns a tensor without dimensions. Gradients flow to sr, and not to hr nor to the parameters of
    discriminator and features, whose requires_grad and mode are afterwards as they were before.
    """
    raise NotImplementedError


def discriminator_loss(sr: Tensor, hr: Tensor, discriminator: nn.Module) -> Tensor:
    """Adversarial loss of the discriminator.

    sr, hr: (B, C, H, W), images of the generator and true ones. They are not modified.
    discriminator: from images to logits, of any shape.
    Returns a tensor without dimensions. Gradients flow to the discriminator's parameters, and not to sr.
    """
    raise NotImplementedError
