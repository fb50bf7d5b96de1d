"""Drives the functions beside the model: each takes a model with given parameters."""

import torch


def loss(solution, *, images, labels):
    """The loss of one batch."""
    return {"loss": solution.loss(solution.make(), images, labels)}


def loss_gradients(solution, *, images, labels):
    """The gradients of the loss, but for the largest weight, whose gradient the others depend on."""
    model = solution.make()
    value = solution.loss(model, images, labels)
    if torch.is_tensor(value) and value.requires_grad:
        value.backward()
    parameters = {name: p for name, p in model.named_parameters() if name != "fc1.weight"}
    return {f"gradient of {name}": torch.zeros_like(p) if p.grad is None else p.grad for name, p in parameters.items()}


def probabilities(solution, *, images):
    """The probabilities of one batch."""
    return {"probabilities": solution.probabilities(solution.make(), images)}
