import torch
from torch import nn


def pixel_shuffle(x, r):
    B, channels, H, W = x.shape
    if channels % (r * r):
        raise ValueError(f"{channels} channels can't be split into groups of {r * r}")
    C = channels // (r * r)
    blocks = x.reshape(B, C, r, r, H, W)
    return torch.einsum("bcijhw->bchiwj", blocks).reshape(B, C, H * r, W * r)


class SuperResolution(nn.Module):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale
        self.conv1 = nn.Conv2d(3, 64, 5, padding=2)
        self.conv2 = nn.Conv2d(64, 32, 3, padding=1)
        self.conv3 = nn.Conv2d(32, 3 * scale**2, 3, padding=1)

    def forward(self, x):
        x = torch.tanh(self.conv1(x))
        x = torch.tanh(self.conv2(x))
        return pixel_shuffle(self.conv3(x), self.scale)
