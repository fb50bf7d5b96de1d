"""Drives `classify` with a small network that has batch normalisation and dropout."""

import torch
from torch import nn


class Backbone(nn.Module):
    """Seven classes; scores near `shift`, which the probabilities do not depend on."""

    def __init__(self, shift):
        super().__init__()
        self.shift = shift
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4))
        self.dropout = nn.Dropout(0.5)
        self.head = nn.Linear(4, 7)

    def forward(self, images):
        x = torch.tanh(self.stem(images)).mean((2, 3))
        return 3 * self.head(self.dropout(x)) + self.shift


def classified(solution, *, image, k, shift):
    """The classes and probabilities of a backbone in training mode, and what became of the arguments."""
    backbone = solution.fill(Backbone(shift)).train()
    before = {name: tensor.clone() for name, tensor in backbone.state_dict().items()}
    original = image.clone()
    classes, probabilities = solution.classify(image, backbone, k)
    after = backbone.state_dict()
    return {
        "classes": classes,
        "probabilities": probabilities,
        "probabilities require gradients": getattr(probabilities, "requires_grad", False),
        "parameters still require gradients": all(parameter.requires_grad for parameter in backbone.parameters()),
        "backbone unmodified": all(torch.equal(tensor, after[name]) for name, tensor in before.items()),
        "image unmodified": torch.equal(image, original),
    }


def modes(solution, *, image, k, shift):
    """The modes of backbone and parts afterwards: from training, from eval, and from mixed modes."""
    seen = {}
    for start in ("training", "eval", "frozen normalisation", "dropout alone"):
        backbone = solution.fill(Backbone(shift)).train(start in ("training", "frozen normalisation"))
        if start == "frozen normalisation":
            backbone.stem[1].eval()
        if start == "dropout alone":
            backbone.dropout.train()
        solution.classify(image, backbone, k)
        seen[start] = {name or "backbone": module.training for name, module in backbone.named_modules()}
    return seen
