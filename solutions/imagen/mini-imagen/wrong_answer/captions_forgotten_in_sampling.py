"""Wrong: all samples get the first caption."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def diffuse(images: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    angle = math.pi / 2 * time[:, None, None, None]
    return angle.cos() * images + angle.sin() * noise


class MiniImagen(nn.Module):
    def __init__(self, vocabulary: int, pixels: int, width: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.time = nn.Linear(1, width)
        self.enter = nn.Linear(pixels, width)
        self.middle = nn.Linear(width, width)
        self.leave = nn.Linear(width, pixels)

    def forward(self, noisy: Tensor, time: Tensor, captions: Tensor) -> Tensor:
        condition = self.words(captions).mean(1) + self.time(time[:, None])  # (B, D)
        x = F.silu(self.enter(noisy.flatten(1)) + condition)
        x = F.silu(self.middle(x) + condition)
        return self.leave(x).view_as(noisy)


def train(
    model: nn.Module, images: Tensor, captions: Tensor, rows: Tensor, times: Tensor, noise: Tensor, lr: float
) -> Tensor:
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for row, time, eps in zip(rows, times, noise, strict=True):
        clean = images[row]
        prediction = model(diffuse(clean, eps, time), time, captions[row])
        loss = F.mse_loss(prediction, target=clean)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.tolist())
    return images.new_tensor(losses)


@torch.no_grad()
def sample(model: nn.Module, captions: Tensor, noise: Tensor, steps: int) -> Tensor:
    def step(x: Tensor, t: float, s: float) -> Tensor:
        clean = model(x, x.new_tensor([t] * len(x)), captions[:1].expand_as(captions)).clamp(-1, 1)
        angle = math.pi / 2 * t
        eps = (x - math.cos(angle) * clean) / math.sin(angle)
        return diffuse(clean, eps, x.new_tensor([s] * len(x)))

    x = noise
    for k in range(steps, 0, -1):
        x = step(x, k / steps, (k - 1) / steps)
    return x
