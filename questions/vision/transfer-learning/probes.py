"""Drives transfer with a small backbone that has batch normalisation and dropout."""

import torch
import torch.nn.functional as F
from torch import nn

STEPS = 3


class Backbone(nn.Module):
    """Two convolutions with batch normalisation, dropout between them, a parameter of its own, nine classes.

    One more name begins with `head`, and the head has no bias.
    """

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4))
        self.dropout = nn.Dropout(0.5)
        self.body = nn.Conv2d(4, 5, 2)
        self.head_norm = nn.BatchNorm2d(5)
        self.shift = nn.Parameter(torch.zeros(5, 1, 1))
        self.head = nn.Linear(5, 9, bias=False)

    def forward(self, images):
        x = self.dropout(torch.tanh(self.stem(images)))
        return self.head(torch.tanh(self.head_norm(self.body(x)) + self.shift).mean((2, 3)))


def transferred(solution, classes):
    """A model with the grader's values in the new head, from a backbone in training mode."""
    model = solution.TransferModel(solution.fill(Backbone()).train(), classes)
    solution.fill(model.backbone.head)
    return model


def anatomy(solution, *, images, labels, classes):
    """The parameters of a new model, their shapes, and which of them train."""
    backbone = solution.fill(Backbone())
    model = solution.TransferModel(backbone, classes)
    parameters = dict(model.named_parameters())
    return {
        "holds the backbone itself": model.backbone is backbone,
        "shape": {name: str(tuple(p.shape)) for name, p in parameters.items()},
        "requires gradients": {name: p.requires_grad for name, p in parameters.items()},
    }


def place(solution, *, images, labels, classes):
    """The dtype and the device of the head on a backbone that is elsewhere."""
    model = solution.TransferModel(Backbone().to("meta", torch.bfloat16), classes)
    return {name: f"{p.dtype} on {p.device}" for name, p in model.backbone.head.named_parameters()}


def modes(solution, *, images, labels, classes):
    """The modes of the model and the frozen modules, before and after they are set."""
    model = transferred(solution, classes)
    fresh = solution.TransferModel(solution.fill(Backbone()).train(), classes)
    seen = {"at first": fresh.backbone.stem[1].training or fresh.backbone.dropout.training or fresh.backbone.training}
    for call, result in (("train()", model.train), ("eval()", model.eval), ("train again", model.train)):
        returned = result()
        parts = {name: part.training for name, part in model.named_modules() if name != "backbone.head"}
        seen[call] = {"returns the model": returned is model} | {name or "model": mode for name, mode in parts.items()}
    return seen


def logits(solution, *, images, labels, classes):
    """What the model gives in eval mode and in training mode."""
    model = transferred(solution, classes)
    seen = {}
    for name, switch in (("eval", model.eval), ("training", model.train)):
        switch()
        seen[name] = model(images).detach()
    return seen


def optimizer(solution, *, images, labels, classes):
    """The kind of optimiser, its settings for each parameter; then again with a part thawed and the mode set."""
    model = transferred(solution, classes)
    first = settings(solution.make_optimizer(model, 0.25, 0.01), model)
    model.backbone.body.requires_grad_(True)
    model.backbone.head.bias.requires_grad_(False)
    model.train()
    thawed = {name: p.requires_grad for name, p in model.backbone.body.named_parameters()}
    second = settings(solution.make_optimizer(model, 0.5, 0.0), model)
    return {"head": first, "thawed layer requires gradients": thawed, "one more layer": second}


def shared(solution, *, images, labels, classes):
    """The optimiser of two layers that share their weight, one bias frozen."""
    tied = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4)).to(images.dtype)
    tied[1].weight = tied[0].weight
    tied[0].bias.requires_grad_(False)
    return settings(solution.make_optimizer(tied, 0.125, 0.02), tied)


def settings(made, model):
    """The settings of each parameter in an optimiser."""
    names = {parameter: name for name, parameter in model.named_parameters()}
    keys = ("lr", "momentum", "weight_decay")
    count = sum(len(group["params"]) for group in made.param_groups)
    seen = {"kind": type(made).__name__, "number of parameters": count}
    for group in made.param_groups:
        seen |= {names.get(p, "a stranger"): {key: group.get(key) for key in keys} for p in group["params"]}
    return seen


def trained(solution, *, images, labels, classes):
    """Some steps in training mode: losses, and all parameters and statistics afterwards."""
    model = transferred(solution, classes)
    made = solution.make_optimizer(model, 0.5, 0.1)
    losses = []
    for _ in range(STEPS):
        model.train()
        loss = F.cross_entropy(model(images), labels)
        made.zero_grad()
        if loss.requires_grad:
            loss.backward()
        made.step()
        losses.append(loss.detach())
    state = model.state_dict()
    gradients = [name for name, p in model.named_parameters() if p.grad is not None]
    return {"losses": torch.stack(losses), "parameters with a gradient": ", ".join(sorted(gradients)), **state}
