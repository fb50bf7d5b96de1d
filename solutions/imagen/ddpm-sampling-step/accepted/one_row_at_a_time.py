"""Right, one row after another with Python's numbers; the mean without clipping comes from the noise directly."""

import math

import torch
from torch import Tensor


def coefficients(step: int, betas: Tensor) -> tuple[float, float, float, float]:
    schedule = betas.tolist()
    before = math.prod(1 - beta for beta in schedule[:step])
    alpha = 1 - schedule[step]
    return schedule[step], alpha, before, before * alpha


def posterior(x_0: Tensor, x_t: Tensor, t: Tensor, betas: Tensor) -> tuple[Tensor, Tensor]:
    means, variances = [], []
    products = [torch.ones_like(betas[0])]
    for beta in betas:
        products.append(products[-1] * (1 - beta))
    for row, step in enumerate(t.tolist()):
        beta, before, after = betas[step], products[step], products[step + 1]
        of_x_t = ((1 - beta) ** 0.5 * (1 - before) / (1 - after)).to(x_t.dtype)
        means.append((before**0.5 * beta / (1 - after)).to(x_t.dtype) * x_0[row] + of_x_t * x_t[row])
        variances.append((beta * (1 - before) / (1 - after)).to(x_t.dtype).reshape([1] * x_t[row].dim()))
    return torch.stack(means), torch.stack(variances)


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
        raise ValueError(variance)
    with torch.no_grad():
        rows = []
        for row, step in enumerate(t.tolist()):
            beta, alpha, before, after = coefficients(step, betas)
            if clip:
                x_0 = (x_t[row] - math.sqrt(1 - after) * predicted_noise[row]) / math.sqrt(after)
                x_0 = torch.clamp(x_0, -1, 1)
                mean = (beta * math.sqrt(before) * x_0 + math.sqrt(alpha) * (1 - before) * x_t[row]) / (1 - after)
            else:
                mean = (x_t[row] - beta / math.sqrt(1 - after) * predicted_noise[row]) / math.sqrt(alpha)
            if step > 0:
                spread = beta if variance == "beta" else beta * (1 - before) / (1 - after)
                mean = mean + math.sqrt(spread) * noise[row]
            rows.append(mean)
        return torch.stack(rows)
