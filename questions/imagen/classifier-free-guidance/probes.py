"""Draws many masks, looks for needless draws, and gives `guided_prediction` a network that keeps count of its calls."""

import random

import torch
from torch import nn

PAIRS = 4096


def summaries(tensor):
    """One number for each row, which differs with every place of the row."""
    flat = tensor.flatten(1)
    weights = torch.linspace(1, 2, flat.shape[1], dtype=flat.dtype, device=flat.device) ** 3
    return (flat * weights).sum(1)


def draws(solution, *, cond, null, probability):
    """What became of two equal conditions in many batches: one number for each batch."""
    pair = cond[:1].repeat(2, 1, 1)
    many = torch.cat([solution.drop_condition(pair, null, probability) for _ in range(PAIRS)])
    first, second = summaries(many).reshape(PAIRS, 2).unbind(1)
    return {"pairs": (first + 3 * second)[:, None]}


def generators(device):
    """The states of the generators of random numbers."""
    states = [torch.get_rng_state().tolist(), random.getstate()]
    return [*states, torch.cuda.get_rng_state(device).tolist()] if device.type == "cuda" else states


def given(solution, *, cond, null, probability, drop):
    """The result with a given mask, and whether random numbers were drawn for it."""
    before = generators(cond.device)
    result = solution.drop_condition(cond, null, probability, drop)
    drawn = generators(cond.device) != before
    return {"result": result, "random numbers were drawn": "yes" if drawn else "no"}


class Network(nn.Module):
    """Predicts from image, time step and all tokens of the condition, every row on its own."""

    def __init__(self, channels, tokens, width):
        super().__init__()
        self.pixels = nn.Conv2d(channels, channels, 1)
        self.times = nn.Embedding(1000, channels)
        self.words = nn.Linear(tokens * width, channels)
        self.rows = []

    def forward(self, x, t, cond, /):
        self.rows.append(x.shape[0])
        known = self.times(t) + self.words(cond.flatten(1))
        return torch.tanh(self.pixels(x) + known[:, :, None, None])


def network(solution, x, cond):
    return solution.fill(Network(x.shape[1], cond.shape[1], cond.shape[2]))


def guided(solution, *, x, t, cond, null, w):
    """The prediction, how the network was called, and the inputs as they are afterwards."""
    model = network(solution, x, cond)
    with torch.no_grad():
        seen = {"prediction": solution.guided_prediction(model, x, t, cond, null, w)}
    seen |= {"calls of the model": len(model.rows), "rows in the calls": str(model.rows)}
    return seen | {"x afterwards": x, "t afterwards": t, "cond afterwards": cond, "null afterwards": null}


def guided_gradients(solution, *, x, t, cond, null, w):
    """Gradients of a weighted sum of the prediction, for inputs and parameters; a missing one is one of zeros."""
    model = network(solution, x, cond)
    leaves = {"x": x, "cond": cond, "null": null, **dict(model.named_parameters())}
    for leaf in leaves.values():
        leaf.requires_grad_()
    result = solution.guided_prediction(model, x, t, cond, null, w)
    if torch.is_tensor(result) and result.requires_grad:
        weights = torch.linspace(-1, 2, result.numel(), dtype=result.dtype, device=result.device)
        (result.flatten() * weights).sum().backward()
    return {
        f"gradient of {name}": torch.zeros_like(leaf) if leaf.grad is None else leaf.grad
        for name, leaf in leaves.items()
    }
