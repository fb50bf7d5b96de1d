"""Right, one number and one row at a time; the cosines come from Python's own math."""

import math

import torch
from torch import Tensor


def linear_betas(steps: int, first: float = 1e-4, last: float = 0.02) -> Tensor:
    gaps = max(steps - 1, 1)
    return torch.tensor([first + (last - first) * i / gaps for i in range(steps)], dtype=torch.float64)


def cosine_betas(steps: int, s: float = 0.008, largest: float = 0.999) -> Tensor:
    def alpha_bar(u: float) -> float:
        return math.cos((u + s) / (1 + s) * math.pi / 2) ** 2

    betas = []
    for i in range(steps):
        here, there = i / steps, (i + 1) / steps
        betas.append(min(1 - alpha_bar(there) / alpha_bar(here), largest))
    return torch.tensor(betas, dtype=torch.float64)


def cumulative_alphas(betas: Tensor) -> Tensor:
    product = torch.ones_like(betas[0])
    products = []
    for beta in betas:
        product = product * (1 - beta)
        products.append(product)
    return torch.stack(products)


def q_sample(x_0: Tensor, t: Tensor, noise: Tensor, alpha_bars: Tensor) -> Tensor:
    rows = []
    for row, step in enumerate(t.tolist()):
        alpha_bar = alpha_bars[step]
        rows.append((alpha_bar**0.5).to(x_0) * x_0[row] + ((1 - alpha_bar) ** 0.5).to(x_0) * noise[row])
    return torch.stack(rows)
