"""Right, one row of the batch after another, each with factors of no axes."""

import torch
from torch import Tensor


def alpha_sigma(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    squares = torch.softmax(torch.stack([log_snr, torch.zeros_like(log_snr)]), dim=0)
    infinite = torch.isinf(log_snr)
    clean = (log_snr > 0).to(log_snr.dtype)
    alpha = torch.where(infinite, clean, squares[0].sqrt())
    sigma = torch.where(infinite, 1 - clean, squares[1].sqrt())
    return alpha, sigma


def v_target(x_0: Tensor, epsilon: Tensor, log_snr: Tensor) -> Tensor:
    alpha, sigma = alpha_sigma(log_snr)
    return torch.stack([alpha[b] * epsilon[b] - sigma[b] * x_0[b] for b in range(len(x_0))])


def from_v(x_t: Tensor, v: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    images, noises = [], []
    for x, w, a, s in zip(x_t, v, *alpha_sigma(log_snr), strict=True):
        images.append(a * x - s * w)
        noises.append(s * x + a * w)
    return torch.stack(images), torch.stack(noises)


def from_epsilon(x_t: Tensor, epsilon: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    images = [(x - s * e) / a for x, e, a, s in zip(x_t, epsilon, *alpha_sigma(log_snr), strict=True)]
    x_0 = torch.stack(images)
    return x_0, v_target(x_0, epsilon, log_snr)


def from_x_0(x_t: Tensor, x_0: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    noises = [(x - a * y) / s for x, y, a, s in zip(x_t, x_0, *alpha_sigma(log_snr), strict=True)]
    epsilon = torch.stack(noises)
    return epsilon, v_target(x_0, epsilon, log_snr)
