"""The quotient of two values of f is upside down."""

import math

import torch
from torch import Tensor


def linear_betas(steps: int, first: float = 1e-4, last: float = 0.02) -> Tensor:
    return torch.linspace(first, last, steps, dtype=torch.float64)


def cosine_betas(steps: int, s: float = 0.008, largest: float = 0.999) -> Tensor:
    u = torch.arange(steps + 1, dtype=torch.float64)
    f = torch.cos((u / steps + s) / (1 + s) * math.pi / 2) ** 2  # (T + 1,)
    return (1 - f[:-1] / f[1:]).clamp(max=largest)


def cumulative_alphas(betas: Tensor) -> Tensor:
    return torch.cumprod(1 - betas, dim=0)


def q_sample(x_0: Tensor, t: Tensor, noise: Tensor, alpha_bars: Tensor) -> Tensor:
    alpha_bar = alpha_bars[t].reshape(-1, *[1] * (x_0.dim() - 1))  # (B, 1, ..., 1)
    signal = torch.sqrt(alpha_bar).to(x_0.dtype)
    sigma = torch.sqrt(1 - alpha_bar).to(x_0.dtype)
    return signal * x_0 + sigma * noise
