"""Sets the mode only where it may change; freezes every child before the head is exchanged."""

import torch
from torch import Tensor, nn
from torch.optim import SGD


class TransferModel(nn.Module):
    def __init__(self, backbone: nn.Module, classes: int) -> None:
        super().__init__()
        for parameter in list(backbone.parameters()):
            parameter.requires_grad = False
        features, like = backbone.head.in_features, backbone.head.weight
        del backbone.head
        backbone.head = nn.Linear(features, classes, device=like.device, dtype=like.dtype)
        backbone.eval()
        self.backbone = backbone

    def train(self, mode: bool = True) -> "TransferModel":
        self.training = mode
        self.backbone.head.train(mode)
        return self

    def forward(self, images: Tensor) -> Tensor:
        return self.backbone(images)


def make_optimizer(model: nn.Module, lr: float, weight_decay: float) -> torch.optim.Optimizer:
    chosen = []
    for _, parameter in model.named_parameters():
        if parameter.requires_grad:
            chosen.append(parameter)
    return SGD(chosen, lr=lr, momentum=0.9, weight_decay=weight_decay)
