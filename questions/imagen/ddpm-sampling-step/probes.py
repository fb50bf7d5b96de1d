"""Looks at whether a step of sampling records a graph."""

import torch


def recorded(solution, *, x_t, t, predicted_noise, noise, betas):
    """A step from tensors that require gradients: does the result, and are graphs recorded afterwards?"""
    for tensor in (x_t, predicted_noise, noise):
        tensor.requires_grad_()
    result = solution.ddpm_step(x_t, t, predicted_noise, noise, betas)
    seen = {"x": result, "requires gradients": bool(getattr(result, "requires_grad", False))}
    return seen | {"gradients are recorded afterwards": torch.is_grad_enabled()}
