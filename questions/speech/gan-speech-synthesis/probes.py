"""Drives the losses with a discriminator of its own, whose scales have different numbers of scores."""

import torch
from torch import nn


class Ear(nn.Module):
    """One convolution for each of three scales; most scores of the last are beyond the margin.

    The scores of the second have their rows in the last axis; those of the third are centred over the batch.
    """

    def __init__(self):
        super().__init__()
        self.fine = nn.Conv1d(1, 1, 3)
        self.coarse = nn.Conv1d(1, 2, 4, stride=3)
        self.content = nn.Conv1d(1, 1, 5, stride=4)

    def forward(self, wave):
        heard = self.content(wave).flatten(1)
        return [self.fine(wave), self.coarse(wave).permute(2, 1, 0), heard - heard.mean(0) + heard.std() + 1.5]


def hearing(solution, *, wave):
    """The scores of a waveform, and the gradients of a weighted sum of them."""
    listener = solution.make()
    wave = wave.requires_grad_()
    scores = listener(wave)
    flat = torch.cat([each.flatten() for each in scores])
    if flat.requires_grad:
        (flat * torch.linspace(-1, 1, len(flat), dtype=flat.dtype, device=flat.device)).sum().backward()
    gradients = {f"gradient of {name}": _gradient(p) for name, p in listener.named_parameters()}
    return {"scores": flat.detach(), "gradient of wave": _gradient(wave)} | gradients


def discriminator_objective(solution, *, real, fake):
    """The loss of the discriminator and its gradients; zeros where there are none."""
    ear = solution.fill(Ear())
    fake = fake.requires_grad_()
    generated = fake.clone()
    result = solution.discriminator_loss(ear, real, generated)
    if result.requires_grad:
        result.backward()
    attached = "attached" if generated.requires_grad else "detached"
    gradients = {f"gradient of {name}": _gradient(p) for name, p in ear.named_parameters()}
    return {"loss": result.detach()} | gradients | {"gradient of fake": _gradient(fake), "fake": attached}


def generator_objective(solution, *, fake):
    """The loss of the generator and its gradient; zeros where there is none."""
    ear = solution.fill(Ear())
    fake = fake.requires_grad_()
    result = solution.generator_loss(ear, fake)
    if result.requires_grad:
        result.backward()
    return {"loss": result.detach(), "gradient of fake": _gradient(fake)}


def _gradient(tensor):
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad


def waveforms_afterwards(solution, *, real, fake):
    """The waveforms after they went through the discriminator and both losses, and the state of the losses' own."""
    listener = solution.make("MultiScaleDiscriminator")
    ear = solution.fill(Ear())
    ear.fine.bias.grad = torch.ones_like(ear.fine.bias)
    with torch.no_grad():
        listener(real)
    solution.discriminator_loss(ear, real, fake)
    solution.generator_loss(ear, fake)
    return {
        "real": real,
        "fake": fake,
        "mode": "training" if ear.training else "evaluation",
        "parameters with requires_grad": sum(p.requires_grad for p in ear.parameters()),
        "parameters with .grad": sum(p.grad is not None for p in ear.parameters()),
    }
