"""Looks at whether a step of sampling records a graph."""


def recorded(solution, *, x_t, t, predicted_noise, noise, betas):
    """One step from tensors that require gradients, and whether the result does."""
    for tensor in (x_t, predicted_noise, noise):
        tensor.requires_grad_()
    result = solution.ddpm_step(x_t, t, predicted_noise, noise, betas)
    return {"x": result, "requires gradients": bool(getattr(result, "requires_grad", False))}
