"""Sampling from a diffusion model in few steps: denoising diffusion implicit models.

Source: Song et al. 2021, section 4.1, eqs. 12 and 16, section 4.2 and appendix D. https://arxiv.org/abs/2010.02502
Shapes: B rows of a batch, T steps of the schedule, which count from 0, S of them used.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def subsequence(T: int, S: int) -> list[int]:
    """S steps out of T, evenly spread: i * T / S rounded down, for i from 0 to S - 1.

    T, S: at least 1, with S at most T.
    Returns a list of S increasing ints.
    """
    return [i * T // S for i in range(S)]


def ddim_step(
    x_t: Tensor, predicted_noise: Tensor, noise: Tensor, alpha_bar: float, previous: float, eta: float = 0.0
) -> Tensor:
    """One step, from a noise level to a lower one, which may lie many steps of the schedule away.

    x_t, predicted_noise, noise: of one shape and floating dtype. `noise` is not used where eta is 0.
    alpha_bar: that of x_t, above 0 and below `previous`.
    previous: the alpha_bar of the level to go to, at most 1.
    eta: from 0 (deterministic) to 1 (as random as DDPM).
    Returns a tensor in the shape and dtype of x_t. The inputs are left as they are.
    """
    sigma = eta * math.sqrt((1 - previous) / (1 - alpha_bar)) * math.sqrt(1 - alpha_bar / previous)
    x_0 = (x_t - math.sqrt(1 - alpha_bar) * predicted_noise) / math.sqrt(alpha_bar)
    direction = math.sqrt(1 - previous - sigma**2) * predicted_noise
    return math.sqrt(previous) * x_0 + direction + sigma * noise


@torch.no_grad()
def ddim_sample(
    model: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    steps: list[int],
    noise: Tensor,
    alpha_bars: Tensor,
    eta: float = 0.0,
) -> Tensor:
    """Sample by going through `steps` from the last to the first, and from there to alpha_bar = 1.

    model: model(x_t, t) predicts the noise in x_t, in its shape; t is int64 of shape (B,).
    x: (B, ...), the noisy batch to begin with, at the level of steps[-1]; any floating dtype.
    steps: S increasing indices into alpha_bars, at least one. The first need not be 0.
    noise: (S, B, ...), in the dtype of x; noise[0] belongs to the first call of the model, and so on.
    alpha_bars: (T,) float64, falling, between 0 and 1.
    eta: as for `ddim_step`.
    Returns the result of the last step, in the shape and dtype of x; it requires no gradients. The inputs
    are left as they are.
    """
    levels = [1.0, *alpha_bars[steps].tolist()]
    for k, i in enumerate(reversed(range(len(steps)))):
        t = x.new_full(x.shape[:1], steps[i], dtype=torch.int64)
        x = ddim_step(x, model(x, t), noise[k], levels[i + 1], levels[i], eta)
    return x
