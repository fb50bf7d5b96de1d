"""Drives all conversions in a row, and their gradients."""

import torch


def conversions(solution, x, y, log_snr):
    """Everything that the functions return for one batch, by name."""
    alpha, sigma = solution.alpha_sigma(log_snr)
    from_v = solution.from_v(x, y, log_snr)
    from_epsilon = solution.from_epsilon(x, y, log_snr)
    from_x_0 = solution.from_x_0(x, y, log_snr)
    return {
        "alpha": alpha,
        "sigma": sigma,
        "v_target": solution.v_target(x, y, log_snr),
        "from_v, x_0": from_v[0],
        "from_v, epsilon": from_v[1],
        "from_epsilon, x_0": from_epsilon[0],
        "from_epsilon, v": from_epsilon[1],
        "from_x_0, epsilon": from_x_0[0],
        "from_x_0, v": from_x_0[1],
    }


def everything(solution, *, x_t, v, log_snr):
    """What all functions return."""
    return conversions(solution, x_t, v, log_snr)


def slopes(solution, *, x_t, v, log_snr):
    """The gradients of each result with respect to all three inputs."""
    inputs = [tensor.requires_grad_() for tensor in (x_t, v, log_snr)]
    generator = torch.Generator().manual_seed(solution.seed)
    seen = {}
    for name, result in conversions(solution, *inputs).items():
        weights = torch.randn(result.shape, generator=generator, dtype=torch.float64).to(result)
        loss = (weights * result).sum()
        found = [None] * 3
        if loss.requires_grad:
            found = torch.autograd.grad(loss, inputs, retain_graph=True, allow_unused=True)
        for which, gradient, tensor in zip(("x", "y", "log_snr"), found, inputs, strict=True):
            seen[f"{name}: gradient of {which}"] = torch.zeros_like(tensor) if gradient is None else gradient
    return seen
