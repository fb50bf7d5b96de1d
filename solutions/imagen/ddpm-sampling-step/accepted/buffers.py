"""Right, in the way of widely used code: tables of all steps, log-variances, and a mask for the last step."""

import torch.nn.functional as F
from torch import Tensor


def extract(table: Tensor, t: Tensor, like: Tensor) -> Tensor:
    taken = table.gather(0, t).to(dtype=like.dtype)
    return taken.view(t.shape[0], *((1,) * (like.ndim - 1)))


class Tables:
    def __init__(self, betas: Tensor) -> None:
        alphas = 1.0 - betas
        bars = alphas.cumprod(0)
        previous = F.pad(bars[:-1], (1, 0), value=1.0)
        self.recip = (1.0 / bars).sqrt()
        self.recip_minus_1 = (1.0 / bars - 1).sqrt()
        self.betas = betas
        self.variance = betas * (1.0 - previous) / (1.0 - bars)
        self.mean_0 = betas * previous.sqrt() / (1.0 - bars)
        self.mean_t = (1.0 - previous) * alphas.sqrt() / (1.0 - bars)


def posterior(x_0: Tensor, x_t: Tensor, t: Tensor, betas: Tensor) -> tuple[Tensor, Tensor]:
    tables = Tables(betas)
    mean = extract(tables.mean_0, t, x_t) * x_0 + extract(tables.mean_t, t, x_t) * x_t
    return mean, extract(tables.variance, t, x_t)


def ddpm_step(
    x_t: Tensor,
    t: Tensor,
    predicted_noise: Tensor,
    noise: Tensor,
    betas: Tensor,
    variance: str = "posterior",
    clip: bool = True,
) -> Tensor:
    if variance == "posterior":
        table = Tables(betas).variance.clamp(min=1e-20).log()
    elif variance == "beta":
        table = betas.log()
    else:
        raise ValueError("unknown variance")
    tables = Tables(betas)
    x_0 = extract(tables.recip, t, x_t) * x_t - extract(tables.recip_minus_1, t, x_t) * predicted_noise
    if clip:
        x_0 = x_0.clip(-1.0, 1.0)
    mean, _ = posterior(x_0, x_t, t, betas)
    not_last = (t != 0).to(x_t.dtype).view(-1, *([1] * (x_t.ndim - 1)))
    return (mean + not_last * (0.5 * extract(table, t, x_t)).exp() * noise).detach()
