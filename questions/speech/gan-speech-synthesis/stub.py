"""Speech synthesis with a GAN: a generator of waveforms, a multi-scale discriminator and the hinge losses.

Source: Kumar et al. 2019 (MelGAN), sections 2.1 to 2.3, https://arxiv.org/abs/1910.06711, Binkowski et al. 2020
    (GAN-TTS), section 3, https://arxiv.org/abs/1909.11646, and Lim and Ye 2017, https://arxiv.org/abs/1705.02894
Shapes: B rows, L characters, V kinds of them, Z noise, C channels, K scales, T samples of a waveform.
"""

import torch
from torch import nn


class Generator(nn.Module):
    """Turns characters and noise into a waveform of 10 samples a character.

    Layers, attributes of the module itself, all with bias:
        embedding   Embedding(V, C)
        pre         Conv1d from C + Z to C channels, kernel 7
        up1         ConvTranspose1d from C to C / 2 channels, kernel 10, stride 5
        up2         ConvTranspose1d from C / 2 to C / 4 channels, kernel 4, stride 2
        post        Conv1d from C / 4 channels to 1, kernel 7
    """

    def __init__(self, vocab: int, noise_dim: int, channels: int) -> None:
        """Make the layers: V = vocab, Z = noise_dim, C = channels (a multiple of 4)."""
        raise NotImplementedError

    def forward(self, text: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """Speak.

        text: (B, L) int64 in [0, V). noise: (B, Z), of the parameters' floating dtype.
        Returns waveforms (B, 1, 10 * L) in [-1, 1], in the dtype and on the device of the noise. Modifies neither
        input.
        """
        raise NotImplementedError


class MultiScaleDiscriminator(nn.Module):
    """K discriminators, each of which hears the waveform at half the rate of the one before it.

    discriminators: ModuleList of K Sequential(Conv1d, LeakyReLU, Conv1d, LeakyReLU, Conv1d).
    """

    def __init__(self, scales: int, channels: int) -> None:
        """Make the discriminators: K = scales, C = channels (a multiple of 4)."""
        raise NotImplementedError

    def forward(self, wave: torch.Tensor) -> list[torch.Tensor]:
        """The scores of each scale, the finest first.

        wave: (B, 1, T) floating, not modified.
        Returns K tensors (B, 1, T_k).
        """
        raise NotImplementedError


def discriminator_loss(discriminator: nn.Module, real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """The hinge loss of the discriminator: the mean of each scale, summed over the scales.

    discriminator: any module that returns a list of tensors of scores. Gradients flow to it.
    real, fake: (B, 1, T) floating. No gradient flows to fake. Neither is modified.
    Returns a tensor without axes.
    """
    raise NotImplementedError


def generator_loss(discriminator: nn.Module, fake: torch.Tensor) -> torch.Tensor:
    """The loss of the generator: the negative mean score of each scale, summed over the scales.

    discriminator: any module that returns a list of tensors of scores.
    fake: (B, 1, T) floating, not modified. Gradients flow to it.
    Returns a tensor without axes.
    """
    raise NotImplementedError
