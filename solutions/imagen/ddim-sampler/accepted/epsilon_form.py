"""Right, without ever forming x_0: x_t is rescaled and the coefficients of the noise are put together."""

from collections.abc import Callable

import torch
from torch import Tensor


def subsequence(T: int, S: int) -> list[int]:
    return (torch.arange(S) * T).div(S, rounding_mode="floor").tolist()


def ddim_step(
    x_t: Tensor, predicted_noise: Tensor, noise: Tensor, alpha_bar: float, previous: float, eta: float = 0.0
) -> Tensor:
    variance = eta**2 * (1 - previous) / (1 - alpha_bar) * (1 - alpha_bar / previous)
    growth = (previous / alpha_bar) ** 0.5
    taken = growth * (1 - alpha_bar) ** 0.5
    given = (1 - previous - variance) ** 0.5
    return growth * x_t + (given - taken) * predicted_noise + variance**0.5 * noise


def ddim_sample(
    model: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    steps: list[int],
    noise: Tensor,
    alpha_bars: Tensor,
    eta: float = 0.0,
) -> Tensor:
    with torch.inference_mode():
        pairs = list(zip(steps, [None, *steps[:-1]], strict=True))
        for (step, before), z in zip(pairs[::-1], noise, strict=True):
            t = torch.full(x.shape[:1], step, dtype=torch.long, device=x.device)
            previous = 1.0 if before is None else float(alpha_bars[before])
            x = ddim_step(x, model(x, t), z, float(alpha_bars[step]), previous, eta)
    return x.clone()
