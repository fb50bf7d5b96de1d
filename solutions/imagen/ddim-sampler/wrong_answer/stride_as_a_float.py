"""Wrong: the steps are multiples of T / S as a floating number."""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def subsequence(T: int, S: int) -> list[int]:
    return [int(i * (T / S)) for i in range(S)]


def ddim_step(
    x_t: Tensor, predicted_noise: Tensor, noise: Tensor, alpha_bar: float, previous: float, eta: float = 0.0
) -> Tensor:
    sigma = eta * math.sqrt((1 - previous) / (1 - alpha_bar)) * math.sqrt(1 - alpha_bar / previous)
    x_0 = (x_t - math.sqrt(1 - alpha_bar) * predicted_noise) / math.sqrt(alpha_bar)
    direction = math.sqrt(1 - previous - sigma**2) * predicted_noise
    return math.sqrt(previous) * x_0 + direction + sigma * noise


@torch.no_grad()
def ddim_sample(
    model: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    steps: list[int],
    noise: Tensor,
    alpha_bars: Tensor,
    eta: float = 0.0,
) -> Tensor:
    levels = [1.0, *alpha_bars[steps].tolist()]
    for k, i in enumerate(reversed(range(len(steps)))):
        t = x.new_full(x.shape[:1], steps[i], dtype=torch.int64)
        x = ddim_step(x, model(x, t), noise[k], levels[i + 1], levels[i], eta)
    return x
