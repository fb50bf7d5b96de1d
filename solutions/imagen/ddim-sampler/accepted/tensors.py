"""Right, with float64 tensors of no axes for all the coefficients, and a padded schedule."""

from collections.abc import Callable

import torch
from torch import Tensor


def subsequence(T: int, S: int) -> list[int]:
    chosen = []
    for i in range(S):
        quotient, _ = divmod(i * T, S)
        chosen.append(quotient)
    return chosen


def coefficients(alpha_bar: Tensor, previous: Tensor, eta: float) -> tuple[Tensor, Tensor]:
    beta = 1 - alpha_bar / previous
    sigma = eta * ((1 - previous) / (1 - alpha_bar) * beta).sqrt()
    return sigma, (1 - previous - sigma.square()).clamp(min=0).sqrt()


def ddim_step(
    x_t: Tensor, predicted_noise: Tensor, noise: Tensor, alpha_bar: float, previous: float, eta: float = 0.0
) -> Tensor:
    now = torch.tensor(alpha_bar, dtype=torch.float64, device=x_t.device)
    then = torch.tensor(previous, dtype=torch.float64, device=x_t.device)
    sigma, direction = coefficients(now, then, eta)
    x_0 = x_t / now.sqrt() - predicted_noise * (1 / now - 1).sqrt()
    return x_0 * then.sqrt() + predicted_noise * direction + noise * sigma


def ddim_sample(
    model: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    steps: list[int],
    noise: Tensor,
    alpha_bars: Tensor,
    eta: float = 0.0,
) -> Tensor:
    padded = torch.cat([alpha_bars.new_ones(1), alpha_bars]).tolist()  # that of index t stands at t + 1
    remaining = [-1, *steps]
    drawn = list(noise.flip(0))  # taken from the end
    while len(remaining) > 1:
        t = remaining.pop()
        with torch.no_grad():
            predicted = model(x, torch.tensor([t] * x.shape[0], device=x.device))
            x = ddim_step(x, predicted, drawn.pop(), padded[t + 1], padded[remaining[-1] + 1], eta)
    return x
