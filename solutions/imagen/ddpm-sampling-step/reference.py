"""One step of ancestral sampling with a diffusion model that predicts the noise.

Source: Ho et al. 2020, section 2, eqs. 6 and 7, section 3.2 and algorithm 2. https://arxiv.org/abs/2006.11239
Shapes: B rows of a batch, T steps of the schedule, which count from 0.
"""

import torch
from torch import Tensor


def posterior(x_0: Tensor, x_t: Tensor, t: Tensor, betas: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of q(x_{t-1} | x_t, x_0), each row of the batch at a step of its own.

    x_0, x_t: (B, ...), of one floating dtype, with at least one more axis.
    t: (B,) int64, from 0 to T - 1.
    betas: (T,) float64, between 0 and 1.
    Returns the mean, in the shape of x_t, and the variance, (B, 1, ..., 1) with as many axes as x_t; both in
    the dtype of x_t. Where t is 0, the mean is x_0 and the variance 0.
    """
    alphas = 1 - betas
    alpha_bars = torch.cumprod(alphas, dim=0)
    before = torch.cat([torch.ones_like(alpha_bars[:1]), alpha_bars[:-1]])  # alpha_bar of step t - 1
    of_x_0 = betas * torch.sqrt(before) / (1 - alpha_bars)
    of_x_t = torch.sqrt(alphas) * (1 - before) / (1 - alpha_bars)
    variance = betas * (1 - before) / (1 - alpha_bars)
    mean = _of_rows(of_x_0, t, x_t) * x_0 + _of_rows(of_x_t, t, x_t) * x_t
    return mean, _of_rows(variance, t, x_t)


@torch.no_grad()
def ddpm_step(
    x_t: Tensor,
    t: Tensor,
    predicted_noise: Tensor,
    noise: Tensor,
    betas: Tensor,
    variance: str = "posterior",
    clip: bool = True,
) -> Tensor:
    """Draw x_{t-1} from the model's p(x_{t-1} | x_t), each row of the batch at a step of its own.

    The noise that the model predicts gives an x_0, that gives the mean of the posterior, and to that comes
    the standard deviation times `noise`. Rows with t = 0 get no noise.

    x_t, predicted_noise, noise: (B, ...), of one floating dtype, with at least one more axis.
    t: (B,) int64, from 0 to T - 1.
    betas: (T,) float64, between 0 and 1.
    variance: "posterior" for that of q(x_{t-1} | x_t, x_0), "beta" for beta_t.
    clip: whether x_0 is clipped to [-1, 1] before the mean is formed.
    Returns x_{t-1} in the shape and dtype of x_t; it requires no gradients. The inputs are left as they are.
    Raises ValueError for any other `variance`.
    """
    if variance not in ("posterior", "beta"):
        raise ValueError(f"variance is {variance!r}; it must be 'posterior' or 'beta'")
    alpha_bars = torch.cumprod(1 - betas, dim=0)
    signal = _of_rows(torch.sqrt(alpha_bars), t, x_t)
    sigma = _of_rows(torch.sqrt(1 - alpha_bars), t, x_t)
    x_0 = (x_t - sigma * predicted_noise) / signal
    if clip:
        x_0 = x_0.clamp(-1, 1)
    mean, spread = posterior(x_0, x_t, t, betas)
    if variance == "beta":
        spread = _of_rows(betas, t, x_t)
    spread = (t > 0).reshape(spread.shape) * spread  # no noise in the last step
    return mean + torch.sqrt(spread) * noise


def _of_rows(values: Tensor, t: Tensor, like: Tensor) -> Tensor:
    """Pick a value for each row, in the dtype of `like` and with as many axes: (B, 1, ..., 1)."""
    return values[t].to(like.dtype).reshape(-1, *[1] * (like.dim() - 1))
