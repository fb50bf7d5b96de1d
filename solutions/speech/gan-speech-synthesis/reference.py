"""Speech synthesis with a GAN: a generator of waveforms, a multi-scale discriminator and the hinge losses.

Source: Kumar et al. 2019 (MelGAN), sections 2.1 to 2.3, https://arxiv.org/abs/1910.06711, Binkowski et al. 2020
    (GAN-TTS), section 3, https://arxiv.org/abs/1909.11646, and Lim and Ye 2017, https://arxiv.org/abs/1705.02894
Shapes: B rows, L characters, V kinds of them, Z noise, C channels, K scales, T samples of a waveform.
"""

import torch
import torch.nn.functional as F
from torch import nn

SLOPE = 0.2


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
        super().__init__()
        C = channels
        self.embedding = nn.Embedding(vocab, C)
        self.pre = nn.Conv1d(C + noise_dim, C, 7, padding=3)
        self.up1 = nn.ConvTranspose1d(C, C // 2, 10, stride=5, padding=3, output_padding=1)
        self.up2 = nn.ConvTranspose1d(C // 2, C // 4, 4, stride=2, padding=1)
        self.post = nn.Conv1d(C // 4, 1, 7, padding=3)

    def forward(self, text: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """Speak.

        text: (B, L) int64 in [0, V). noise: (B, Z), of the parameters' floating dtype.
        Returns waveforms (B, 1, 10 * L) in [-1, 1], in the dtype and on the device of the noise. Modifies neither
        input.
        """
        characters = self.embedding(text).mT  # (B, C, L)
        same = noise[:, :, None].expand(-1, -1, text.shape[1])  # (B, Z, L)
        x = self.pre(torch.cat([characters, same], dim=1))
        for layer in (self.up1, self.up2, self.post):  # (B, C / 2, 5 * L), (B, C / 4, 10 * L), (B, 1, 10 * L)
            x = layer(F.leaky_relu(x, SLOPE))
        return x.tanh()


class MultiScaleDiscriminator(nn.Module):
    """K discriminators, each of which hears the waveform at half the rate of the one before it.

    discriminators: ModuleList of K Sequential(Conv1d, LeakyReLU, Conv1d, LeakyReLU, Conv1d).
    """

    def __init__(self, scales: int, channels: int) -> None:
        """Make the discriminators: K = scales, C = channels (a multiple of 4)."""
        super().__init__()
        self.discriminators = nn.ModuleList([listener(channels) for _ in range(scales)])

    def forward(self, wave: torch.Tensor) -> list[torch.Tensor]:
        """The scores of each scale, the finest first.

        wave: (B, 1, T) floating, not modified.
        Returns K tensors (B, 1, T_k).
        """
        scores = []
        for discriminator in self.discriminators:
            scores.append(discriminator(wave))
            wave = F.avg_pool1d(wave, 4, stride=2, padding=1, count_include_pad=False)
        return scores


def listener(C: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv1d(1, C, 5, padding=2),
        nn.LeakyReLU(SLOPE),
        nn.Conv1d(C, 2 * C, 5, stride=2, padding=2, groups=4),
        nn.LeakyReLU(SLOPE),
        nn.Conv1d(2 * C, 1, 3, padding=1),
    )


def discriminator_loss(discriminator: nn.Module, real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """The hinge loss of the discriminator: the mean of each scale, summed over the scales.

    discriminator: any module that returns a list of tensors of scores. Gradients flow to it.
    real, fake: (B, 1, T) floating. No gradient flows to fake. Neither is modified.
    Returns a tensor without axes.
    """
    heard_real = sum(F.relu(1 - scores).mean() for scores in discriminator(real))
    heard_fake = sum(F.relu(1 + scores).mean() for scores in discriminator(fake.detach()))
    return heard_real + heard_fake


def generator_loss(discriminator: nn.Module, fake: torch.Tensor) -> torch.Tensor:
    """The loss of the generator: the negative mean score of each scale, summed over the scales.

    discriminator: any module that returns a list of tensors of scores.
    fake: (B, 1, T) floating, not modified. Gradients flow to it.
    Returns a tensor without axes.
    """
    return -sum(scores.mean() for scores in discriminator(fake))
