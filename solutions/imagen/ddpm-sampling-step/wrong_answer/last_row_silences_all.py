"""Wrong: the noise is left out in all rows as soon as one is at t = 0."""

import torch
from torch import Tensor


def posterior(x_0: Tensor, x_t: Tensor, t: Tensor, betas: Tensor) -> tuple[Tensor, Tensor]:
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
    spread = (t > 0).all() * spread  # no noise in the last step
    return mean + torch.sqrt(spread) * noise


def _of_rows(values: Tensor, t: Tensor, like: Tensor) -> Tensor:
    return values[t].to(like.dtype).reshape(-1, *[1] * (like.dim() - 1))
