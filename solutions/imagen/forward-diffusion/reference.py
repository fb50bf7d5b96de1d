"""The forward process of a diffusion model: two schedules, and the jump from x_0 to x_t.

Source: Ho et al. 2020, section 2, eq. 4, and section 4. https://arxiv.org/abs/2006.11239
    Nichol and Dhariwal 2021, section 3.2, eq. 17. https://arxiv.org/abs/2102.09672
Shapes: B rows of a batch, T steps of the schedule, which count from 0.
"""

import math

import torch
from torch import Tensor


def linear_betas(steps: int, first: float = 1e-4, last: float = 0.02) -> Tensor:
    """Evenly spaced betas, from `first` at index 0 to `last` at index steps - 1, both included.

    steps: T, at least 1. One step has the beta `first`.
    Returns (T,) in float64, on the CPU.
    """
    return torch.linspace(first, last, steps, dtype=torch.float64)


def cosine_betas(steps: int, s: float = 0.008, largest: float = 0.999) -> Tensor:
    """Betas for which alpha_bar falls like a squared cosine; those above `largest` become `largest`.

    With f(u) = cos(((u / T + s) / (1 + s)) * pi / 2) ** 2, index t holds min(1 - f(t + 1) / f(t), largest).

    steps: T, at least 1.
    Returns (T,) in float64, on the CPU.
    """
    u = torch.arange(steps + 1, dtype=torch.float64)
    f = torch.cos((u / steps + s) / (1 + s) * math.pi / 2) ** 2  # (T + 1,)
    return (1 - f[1:] / f[:-1]).clamp(max=largest)


def cumulative_alphas(betas: Tensor) -> Tensor:
    """The alpha_bars of a schedule: index t holds the product of 1 - beta over the indices 0 to t.

    betas: (T,) float64.
    Returns (T,) float64, on the same device.
    """
    return torch.cumprod(1 - betas, dim=0)


def q_sample(x_0: Tensor, t: Tensor, noise: Tensor, alpha_bars: Tensor) -> Tensor:
    """Draw x_t from q(x_t | x_0) in one step, each row of the batch at a step of its own.

    x_0: (B, ...), any floating dtype, with at least one more axis.
    t: (B,) int64, from 0 to T - 1.
    noise: the standard normal noise to use, in the shape and dtype of x_0.
    alpha_bars: (T,) float64, between 0 and 1.
    Returns x_t in the shape and dtype of x_0. The inputs, all on one device, are left as they are.
    """
    alpha_bar = alpha_bars[t].reshape(-1, *[1] * (x_0.dim() - 1))  # (B, 1, ..., 1)
    signal = torch.sqrt(alpha_bar).to(x_0.dtype)
    sigma = torch.sqrt(1 - alpha_bar).to(x_0.dtype)
    return signal * x_0 + sigma * noise
