"""Convolutions as sums of shifted images; the gradients by torch.autograd.grad; a copy in eval mode."""

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Convolution(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3) / (9 * inputs) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        H, W = x.shape[2:]
        padded = F.pad(x, (1, 1, 1, 1))
        result = self.bias[None, :, None, None].expand(len(x), -1, H, W)
        for i in range(3):
            for j in range(3):
                shifted = padded[:, :, i : i + H, j : j + W]
                result = result + torch.einsum("oc,bchw->bohw", self.weight[:, :, i, j], shifted)
        return result


class DenoiseModel(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList([Convolution(1, 64), Convolution(64, 64), Convolution(64, 1)])

    def forward(self, noisy: Tensor) -> Tensor:
        first, second, last = self.layers
        return last(second(first(noisy).clamp(min=0)).clamp(min=0))


def training_step(model: nn.Module, optimizer: torch.optim.Optimizer, clean: Tensor, noise: Tensor) -> float:
    noisy = clean + noise
    estimate = noisy - model(noisy)
    loss = (estimate - clean).square().mean()
    parameters = list(model.parameters())
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
        parameter.grad = gradient
    optimizer.step()
    return loss.tolist()


def denoise(model: nn.Module, noisy: Tensor) -> Tensor:
    return noisy - copy.deepcopy(model).eval()(noisy).detach()
