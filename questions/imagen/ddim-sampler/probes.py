"""Drives the sampler with a small network, and reports what the network was asked."""

import torch
from torch import nn


class Network(nn.Module):
    """Predicts noise from the last axis and from the step; remembers the steps."""

    def __init__(self, width, strength):
        super().__init__()
        self.mix = nn.Linear(width, width)
        self.strength = strength
        self.steps = []
        self.attached = []  # whether x requires gradients, call by call

    def forward(self, x, t):
        self.steps.append(t.clone() if torch.is_tensor(t) else t)
        self.attached.append(bool(x.requires_grad))
        phase = torch.as_tensor(t, device=x.device).to(x.dtype)
        phase = phase.reshape([-1] + [1] * (x.dim() - 1))
        return self.strength * torch.tanh(self.mix(x) + torch.cos(phase))


def sampled(solution, *, x, steps, noise, alpha_bars, strength, eta=None):
    """The sample, the steps that the network saw, and whether a graph was recorded."""
    network = solution.fill(Network(x.shape[-1], strength))
    more = () if eta is None else (eta,)
    result = solution.ddim_sample(network, x, list(steps), noise, alpha_bars, *more)
    seen = {"sample": result, "requires gradients": bool(getattr(result, "requires_grad", False))}
    seen["x_t requires gradients"] = any(network.attached)
    return seen | {f"t of call {number}": t for number, t in enumerate(network.steps, start=1)}


def left_alone(solution, *, x, steps, noise, alpha_bars, strength):
    """The arguments of the sampler as they are behind a call."""
    network = solution.fill(Network(x.shape[-1], strength))
    steps = list(steps)
    solution.ddim_sample(network, x, steps, noise, alpha_bars, 0.7)
    return {"x": x, "noise": noise, "alpha_bars": alpha_bars, "steps": steps}
