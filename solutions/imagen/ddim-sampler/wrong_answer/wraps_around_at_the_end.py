"""The last step takes the level of steps[-1], and a root of a negative number."""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def subsequence(T: int, S: int) -> list[int]:
    return [i * T // S for i in range(S)]


def ddim_step(
    x_t: Tensor, predicted_noise: Tensor, noise: Tensor, alpha_bar: float, previous: float, eta: float = 0.0
) -> Tensor:
    alpha_bar, previous = torch.tensor([alpha_bar, previous], dtype=torch.float64, device=x_t.device)
    sigma = eta * torch.sqrt((1 - previous) / (1 - alpha_bar)) * torch.sqrt(1 - alpha_bar / previous)
    x_0 = (x_t - torch.sqrt(1 - alpha_bar) * predicted_noise) / torch.sqrt(alpha_bar)
    direction = torch.sqrt(1 - previous - sigma**2) * predicted_noise
    return torch.sqrt(previous) * x_0 + direction + sigma * noise


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
        x = ddim_step(x, model(x, t), noise[k], levels[i + 1], levels[1:][i - 1], eta)
    return x
