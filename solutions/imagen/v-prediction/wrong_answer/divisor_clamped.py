"""Wrong: a divisor below 1e-5 is raised to it."""

import torch
from torch import Tensor


def alpha_sigma(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    return torch.sqrt(torch.sigmoid(log_snr)), torch.sqrt(torch.sigmoid(-log_snr))


def v_target(x_0: Tensor, epsilon: Tensor, log_snr: Tensor) -> Tensor:
    alpha, sigma = _of_rows(log_snr, x_0.dim())
    return alpha * epsilon - sigma * x_0


def from_v(x_t: Tensor, v: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = _of_rows(log_snr, x_t.dim())
    return alpha * x_t - sigma * v, sigma * x_t + alpha * v


def from_epsilon(x_t: Tensor, epsilon: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = _of_rows(log_snr, x_t.dim())
    x_0 = (x_t - sigma * epsilon) / alpha.clamp(min=1e-5)
    return x_0, alpha * epsilon - sigma * x_0


def from_x_0(x_t: Tensor, x_0: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = _of_rows(log_snr, x_t.dim())
    epsilon = (x_t - alpha * x_0) / sigma.clamp(min=1e-5)
    return epsilon, alpha * epsilon - sigma * x_0


def _of_rows(log_snr: Tensor, axes: int) -> tuple[Tensor, Tensor]:
    return alpha_sigma(log_snr.reshape(-1, *[1] * (axes - 1)))
