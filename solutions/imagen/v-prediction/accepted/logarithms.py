"""Right, with the factors from logarithms of sigmoids, and v by its own formulas."""

import torch
import torch.nn.functional as F
from torch import Tensor


def alpha_sigma(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    return F.logsigmoid(log_snr).mul(0.5).exp(), F.logsigmoid(-log_snr).mul(0.5).exp()


def rows(log_snr: Tensor, like: Tensor) -> tuple[Tensor, Tensor]:
    shape = log_snr.shape + (1,) * (like.ndim - 1)
    alpha, sigma = alpha_sigma(log_snr)
    return alpha.view(shape), sigma.view(shape)


def v_target(x_0: Tensor, epsilon: Tensor, log_snr: Tensor) -> Tensor:
    alpha, sigma = rows(log_snr, x_0)
    return torch.addcmul(-sigma * x_0, alpha, epsilon)


def from_v(x_t: Tensor, v: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = rows(log_snr, x_t)
    x_0 = torch.addcmul(alpha * x_t, sigma, v, value=-1)
    epsilon = torch.addcmul(alpha * v, sigma, x_t)
    return x_0, epsilon


def from_epsilon(x_t: Tensor, epsilon: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = rows(log_snr, x_t)
    return (x_t - sigma * epsilon) / alpha, (epsilon - sigma * x_t) / alpha


def from_x_0(x_t: Tensor, x_0: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = rows(log_snr, x_t)
    return (x_t - alpha * x_0) / sigma, (alpha * x_t - x_0) / sigma
