"""Right, with the posterior as a product of two Gaussians: their precisions add up."""

import torch
from torch import Tensor


def posterior(x_0: Tensor, x_t: Tensor, t: Tensor, betas: Tensor) -> tuple[Tensor, Tensor]:
    shape = (x_t.shape[0],) + (1,) * (x_t.dim() - 1)
    alphas = 1 - betas
    logs = torch.log1p(-betas).cumsum(dim=0)
    start = (t == 0).view(shape)
    left = torch.exp(logs[(t - 1).clamp(min=0)])  # alpha_bar of the step before; anything where t is 0
    precision = alphas[t] / betas[t] + 1 / (1 - left)
    mean_0 = (left.sqrt() / (1 - left) / precision).view(shape)
    mean_t = (alphas[t].sqrt() / betas[t] / precision).view(shape)
    mean = torch.where(start, x_0, (mean_0 * x_0 + mean_t * x_t).to(x_t.dtype))
    variance = torch.where(start, 0.0, (1 / precision).view(shape))
    return mean, variance.to(x_t.dtype)


@torch.inference_mode()
def ddpm_step(
    x_t: Tensor,
    t: Tensor,
    predicted_noise: Tensor,
    noise: Tensor,
    betas: Tensor,
    variance: str = "posterior",
    clip: bool = True,
) -> Tensor:
    if variance not in {"posterior", "beta"}:
        raise ValueError(f"no such variance: {variance}")
    shape = (x_t.shape[0],) + (1,) * (x_t.dim() - 1)
    alpha_bar = torch.cumprod(1 - betas, 0)[t].view(shape)
    x_0 = ((x_t - (1 - alpha_bar).sqrt() * predicted_noise) * alpha_bar.rsqrt()).to(x_t.dtype)
    if clip:
        x_0 = torch.minimum(torch.maximum(x_0, -torch.ones_like(x_0)), torch.ones_like(x_0))
    mean, spread = posterior(x_0, x_t, t, betas)
    if variance == "beta":
        spread = betas[t].view(shape).to(x_t.dtype)
    drawn = mean + spread.sqrt() * noise
    return torch.where((t == 0).view(shape), mean, drawn)
