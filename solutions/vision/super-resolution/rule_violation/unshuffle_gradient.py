"""Against the rules: takes the gradient of the unshuffle that comes with torch, which is a shuffle."""

import torch
from torch import nn


def pixel_shuffle(x: torch.Tensor, r: int) -> torch.Tensor:
    if x.shape[1] % (r * r) != 0:
        raise ValueError(f"{x.shape[1]} channels do not divide into groups of {r} * {r}")
    B, C, H, W = x.shape
    with torch.enable_grad():
        image = x.new_zeros(B, C // (r * r), r * H, r * W, requires_grad=True)
        return torch.autograd.grad(torch.pixel_unshuffle(image, r), image, x, create_graph=True)[0]


class SuperResolution(nn.Module):
    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale
        self.conv1 = nn.Conv2d(3, 64, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(64, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 3 * scale**2, kernel_size=3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.tanh(self.conv1(x))
        x = torch.tanh(self.conv2(x))
        return pixel_shuffle(self.conv3(x), self.scale)
