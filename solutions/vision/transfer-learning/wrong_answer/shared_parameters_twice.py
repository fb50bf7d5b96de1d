"""The layers are asked one by one, so that a shared parameter is found twice."""

import torch
from torch import Tensor, nn


class TransferModel(nn.Module):
    def __init__(self, backbone: nn.Module, classes: int) -> None:
        super().__init__()
        old = backbone.head
        backbone.requires_grad_(False)
        backbone.head = nn.Linear(old.in_features, classes, device=old.weight.device, dtype=old.weight.dtype)
        self.backbone = backbone
        self.train()

    def train(self, mode: bool = True) -> "TransferModel":
        super().train(mode)
        self.backbone.eval()
        return self

    def forward(self, images: Tensor) -> Tensor:
        return self.backbone(images)


def make_optimizer(model: nn.Module, lr: float, weight_decay: float) -> torch.optim.Optimizer:
    layers = model.modules()
    trained = [p for layer in layers for p in layer.parameters(recurse=False) if p.requires_grad]
    return torch.optim.SGD(trained, lr=lr, momentum=0.9, weight_decay=weight_decay)
