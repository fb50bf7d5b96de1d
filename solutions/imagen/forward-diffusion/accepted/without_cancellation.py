"""Right, with the subtraction of the cosines done on paper, and products as sums of logarithms."""

import torch
from torch import Tensor


def linear_betas(steps: int, first: float = 1e-4, last: float = 0.02) -> Tensor:
    weight = torch.arange(steps).double().div(max(steps - 1, 1))
    return torch.lerp(torch.full_like(weight, first), torch.full_like(weight, last), weight)


def cosine_betas(steps: int, s: float = 0.008, largest: float = 0.999) -> Tensor:
    # cos(a)^2 - cos(b)^2 = sin(b - a) * sin(b + a)
    angle = (torch.linspace(0, 1, steps + 1, dtype=torch.float64) + s) * (torch.pi / 2 / (1 + s))
    a, b = angle[:-1], angle[1:]
    betas = torch.sin(b - a) * torch.sin(a + b) / torch.cos(a).square()
    return torch.where(betas > largest, largest, betas)


def cumulative_alphas(betas: Tensor) -> Tensor:
    return torch.log1p(-betas).cumsum(0).exp()


def q_sample(x_0: Tensor, t: Tensor, noise: Tensor, alpha_bars: Tensor) -> Tensor:
    signal, sigma = alpha_bars.sqrt(), (1 - alpha_bars).sqrt()
    x_t = torch.einsum("b,bn->bn", signal[t], x_0.double().flatten(1))
    x_t = x_t + torch.einsum("b,bn->bn", sigma[t], noise.double().flatten(1))
    return x_t.reshape(x_0.shape).to(x_0.dtype)
