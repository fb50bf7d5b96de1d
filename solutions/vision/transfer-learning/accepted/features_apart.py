"""The features come from a hook on the head's input and are detached; eval mode is set again before each call."""

import torch
import torch.nn as nn


class TransferModel(nn.Module):
    def __init__(self, backbone, classes):
        super().__init__()
        old = backbone.head
        new = nn.Linear(old.in_features, classes)
        new.to(device=old.weight.device, dtype=old.weight.dtype)
        new.register_forward_pre_hook(lambda head, inputs: (inputs[0].detach(),))
        for p in backbone.parameters():
            p.requires_grad_(False)
        setattr(backbone, "head", new)  # noqa: B010
        self.add_module("backbone", backbone.eval())

    def train(self, mode=True):
        result = super().train(mode)
        for module in self.backbone.modules():
            if module is not self.backbone.head:
                module.training = False
        return result

    def forward(self, images):
        return self.backbone(images)


def make_optimizer(model, lr, weight_decay):
    trains = filter(lambda p: p.requires_grad, model.parameters())
    return torch.optim.SGD([{"params": trains}], lr=lr, momentum=0.9, weight_decay=weight_decay)
