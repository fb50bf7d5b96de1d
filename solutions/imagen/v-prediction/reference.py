"""Conversions between x_0, epsilon and v for a diffusion model.

Source: Salimans and Ho 2022, section 4 and appendix D. https://arxiv.org/abs/2202.00512
Shapes: B rows of a batch. log_snr: log(alpha ** 2 / sigma ** 2), where alpha ** 2 + sigma ** 2 = 1.
"""

import torch
from torch import Tensor


def alpha_sigma(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    """The factors of image and noise: alpha ** 2 = sigmoid(log_snr), sigma ** 2 = sigmoid(-log_snr).

    log_snr: any shape and floating dtype; minus and plus infinity are allowed.
    Returns alpha and sigma in the shape and dtype of log_snr, each exact to the rounding of the dtype.
    """
    return torch.sqrt(torch.sigmoid(log_snr)), torch.sqrt(torch.sigmoid(-log_snr))


def v_target(x_0: Tensor, epsilon: Tensor, log_snr: Tensor) -> Tensor:
    """What a model that predicts v learns: v = alpha * epsilon - sigma * x_0.

    x_0, epsilon: (B, ...), of one floating dtype, with at least one more axis.
    log_snr: (B,), in the same dtype; minus and plus infinity are allowed.
    Returns v in the shape and dtype of x_0. The inputs are left as they are.
    """
    alpha, sigma = _of_rows(log_snr, x_0.dim())
    return alpha * epsilon - sigma * x_0


def from_v(x_t: Tensor, v: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    """The x_0 and the epsilon that belong to a v, where x_t = alpha * x_0 + sigma * epsilon.

    x_t, v: (B, ...), of one floating dtype, with at least one more axis.
    log_snr: (B,), in the same dtype; minus and plus infinity are allowed, and everything stays finite.
    Returns x_0 and epsilon in the shape and dtype of x_t. The inputs are left as they are.
    """
    alpha, sigma = _of_rows(log_snr, x_t.dim())
    return alpha * x_t - sigma * v, sigma * x_t + alpha * v


def from_epsilon(x_t: Tensor, epsilon: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    """The x_0 and the v that belong to an epsilon, where x_t = alpha * x_0 + sigma * epsilon.

    x_t, epsilon: (B, ...), of one floating dtype, with at least one more axis.
    log_snr: (B,), in the same dtype; plus infinity is allowed, and minus infinity does not come.
    Returns x_0 and v in the shape and dtype of x_t. The inputs are left as they are.
    """
    alpha, sigma = _of_rows(log_snr, x_t.dim())
    x_0 = (x_t - sigma * epsilon) / alpha
    return x_0, alpha * epsilon - sigma * x_0


def from_x_0(x_t: Tensor, x_0: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    """The epsilon and the v that belong to an x_0, where x_t = alpha * x_0 + sigma * epsilon.

    x_t, x_0: (B, ...), of one floating dtype, with at least one more axis.
    log_snr: (B,), in the same dtype; minus infinity is allowed, and plus infinity does not come.
    Returns epsilon and v in the shape and dtype of x_t. The inputs are left as they are.
    """
    alpha, sigma = _of_rows(log_snr, x_t.dim())
    epsilon = (x_t - alpha * x_0) / sigma
    return epsilon, alpha * epsilon - sigma * x_0


def _of_rows(log_snr: Tensor, axes: int) -> tuple[Tensor, Tensor]:
    """The factors of the rows with that many axes: (B, 1, ..., 1)."""
    return alpha_sigma(log_snr.reshape(-1, *[1] * (axes - 1)))
