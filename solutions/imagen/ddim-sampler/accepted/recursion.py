"""Right, by recursion: the last step is taken, and then those before it."""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def subsequence(T: int, S: int) -> list[int]:
    return [math.floor(i * T / S) for i in range(S)]


def ddim_step(
    x_t: Tensor, predicted_noise: Tensor, noise: Tensor, alpha_bar: float, previous: float, eta: float = 0.0
) -> Tensor:
    posterior = (1 - previous) / (1 - alpha_bar) * (previous - alpha_bar) / previous
    x_0 = (x_t - (1 - alpha_bar) ** 0.5 * predicted_noise) * alpha_bar**-0.5
    mean = torch.lerp(torch.zeros_like(x_0), x_0, previous**0.5)
    mean = torch.add(mean, predicted_noise, alpha=(1 - previous - eta * eta * posterior) ** 0.5)
    return mean if eta == 0 else mean + eta * math.sqrt(posterior) * noise


def ddim_sample(
    model: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    steps: list[int],
    noise: Tensor,
    alpha_bars: Tensor,
    eta: float = 0.0,
) -> Tensor:
    *rest, step = steps
    with torch.no_grad():
        predicted = model(x, torch.zeros(len(x), dtype=torch.int64, device=x.device) + step)
    previous = alpha_bars[rest[-1]].item() if rest else 1.0
    x = ddim_step(x, predicted, noise[0], alpha_bars[step].item(), previous, eta).detach()
    return ddim_sample(model, x, rest, noise[1:], alpha_bars, eta) if rest else x
