"""Patches, matrix products and maxima by hand; bare parameters in another order."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class SimpleCNN(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.w3, self.b3 = nn.Parameter(torch.randn(10, 128) * 0.1), nn.Parameter(torch.zeros(10))
        self.w2, self.b2 = nn.Parameter(torch.randn(128, 6272) * 0.01), nn.Parameter(torch.zeros(128))
        self.w1, self.b1 = nn.Parameter(torch.randn(32, 1, 3, 3)), nn.Parameter(torch.zeros(32))

    def forward(self, images: Tensor) -> Tensor:
        patches = F.unfold(images, 3, padding=1)  # (B, 9, 784)
        maps = torch.einsum("cp,bpn->bcn", self.w1.flatten(1), patches) + self.b1[:, None]
        windows = maps.clamp(min=0).unflatten(2, (14, 2, 14, 2))  # (B, 32, 14, 2, 14, 2)
        pooled = windows.amax(dim=(3, 5)).flatten(1)  # (B, 6272)
        hidden = (pooled @ self.w2.T + self.b2).clamp(min=0)
        scores = hidden @ self.w3.T + self.b3
        return scores - torch.logsumexp(scores, dim=1, keepdim=True)
