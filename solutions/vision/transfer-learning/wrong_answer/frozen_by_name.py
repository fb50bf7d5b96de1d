"""Parameters are spared whose name begins with head, the head's and others."""

import torch
from torch import Tensor, nn


class TransferModel(nn.Module):
    def __init__(self, backbone: nn.Module, classes: int) -> None:
        super().__init__()
        old = backbone.head
        for name, parameter in backbone.named_parameters():
            if not name.startswith("head"):
                parameter.requires_grad_(False)
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
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return torch.optim.SGD(trained, lr=lr, momentum=0.9, weight_decay=weight_decay)
