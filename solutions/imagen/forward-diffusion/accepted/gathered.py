"""Right, with the coefficients taken by gather, as widely used code does it."""

import math

import torch
from torch import Tensor


def linear_betas(steps: int, first: float = 1e-4, last: float = 0.02) -> Tensor:
    if steps == 1:
        return torch.tensor([first], dtype=torch.float64)
    i = torch.arange(steps, dtype=torch.float64)
    return (first * (steps - 1 - i) + last * i) / (steps - 1)


def cosine_betas(steps: int, s: float = 0.008, largest: float = 0.999) -> Tensor:
    x = torch.linspace(0, steps, steps + 1, dtype=torch.float64)
    alpha_bars = torch.cos(((x / steps) + s) / (1 + s) * math.pi * 0.5) ** 2
    alpha_bars = alpha_bars / alpha_bars[0]
    betas = 1 - (alpha_bars[1:] / alpha_bars[:-1])
    return torch.clip(betas, max=largest)


def cumulative_alphas(betas: Tensor) -> Tensor:
    return (1.0 - betas).cumprod(dim=-1)


def extract(values: Tensor, t: Tensor, like: Tensor) -> Tensor:
    taken = values.gather(0, t).to(like.dtype)
    while taken.dim() < like.dim():
        taken = taken.unsqueeze(-1)
    return taken.expand(like.shape)


def q_sample(x_0: Tensor, t: Tensor, noise: Tensor, alpha_bars: Tensor) -> Tensor:
    signal = extract(torch.sqrt(alpha_bars), t, x_0)
    sigma = extract(torch.sqrt(1.0 - alpha_bars), t, x_0)
    return torch.addcmul(signal * x_0, sigma, noise)
