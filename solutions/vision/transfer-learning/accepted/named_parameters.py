"""Frozen by name; eval mode set module by module; the optimiser gets the head in a group of its own."""

import torch
from torch import Tensor, nn


class TransferModel(nn.Module):
    def __init__(self, backbone: nn.Module, classes: int) -> None:
        super().__init__()
        weight = backbone.head.weight
        backbone.head = nn.Linear(weight.shape[1], classes, bias=True).to(weight)
        for name, parameter in backbone.named_parameters():
            parameter.requires_grad = name.startswith("head.")
        self.backbone = backbone
        self.train(True)

    def train(self, mode: bool = True) -> "TransferModel":
        self.training = mode
        self.backbone.training = False
        for name, part in self.backbone.named_children():
            part.train(mode and name == "head")
        return self

    def forward(self, images: Tensor) -> Tensor:
        return self.backbone.forward(images)


def make_optimizer(model: nn.Module, lr: float, weight_decay: float) -> torch.optim.Optimizer:
    optimizer = None
    for parameter in model.parameters():
        if not parameter.requires_grad:
            continue
        if optimizer is None:
            optimizer = torch.optim.SGD([parameter], lr, 0.9, weight_decay=weight_decay)
        else:
            optimizer.add_param_group({"params": [parameter]})
    return optimizer
