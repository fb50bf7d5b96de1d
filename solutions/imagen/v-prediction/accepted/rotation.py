"""Right, as a rotation: (x_t, v) is (x_0, epsilon) turned by the angle of the noise level."""

import torch
from torch import Tensor


def alpha_sigma(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    return torch.rsqrt(1 + torch.exp(-log_snr)), torch.rsqrt(1 + torch.exp(log_snr))


def turn(first: Tensor, second: Tensor, log_snr: Tensor, back: bool) -> tuple[Tensor, Tensor]:
    alpha, sigma = alpha_sigma(log_snr)
    matrix = torch.stack([torch.stack([alpha, sigma]), torch.stack([-sigma, alpha])])  # (2, 2, B)
    both = torch.stack([first, second])
    turned = torch.einsum("jib,j...b->i...b" if back else "ijb,j...b->i...b", matrix, both.movedim(1, -1))
    return turned[0].movedim(-1, 0), turned[1].movedim(-1, 0)


def v_target(x_0: Tensor, epsilon: Tensor, log_snr: Tensor) -> Tensor:
    return turn(x_0, epsilon, log_snr, back=False)[1]


def from_v(x_t: Tensor, v: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    return turn(x_t, v, log_snr, back=True)


def rows(log_snr: Tensor, like: Tensor) -> list[Tensor]:
    alphas, sigmas = alpha_sigma(log_snr)
    shape = (len(log_snr),) + (1,) * (like.dim() - 1)
    return [alphas.reshape(shape), sigmas.reshape(shape)]


def from_epsilon(x_t: Tensor, epsilon: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = rows(log_snr, x_t)
    x_0 = x_t / alpha - epsilon * (sigma / alpha)
    return x_0, v_target(x_0, epsilon, log_snr)


def from_x_0(x_t: Tensor, x_0: Tensor, log_snr: Tensor) -> tuple[Tensor, Tensor]:
    alpha, sigma = rows(log_snr, x_t)
    epsilon = x_t / sigma - x_0 * (alpha / sigma)
    return epsilon, v_target(x_0, epsilon, log_snr)
