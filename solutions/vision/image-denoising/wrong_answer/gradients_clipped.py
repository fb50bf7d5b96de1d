"""Wrong: clips the norm of the gradients, which changes the step."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class DenoiseModel(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(64, 64, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(64, 1, kernel_size=3, padding=1)

    def forward(self, noisy: Tensor) -> Tensor:
        x = F.relu(self.conv1(noisy))
        x = F.relu(self.conv2(x))
        return self.conv3(x)


def training_step(model: nn.Module, optimizer: torch.optim.Optimizer, clean: Tensor, noise: Tensor) -> float:
    loss = F.mse_loss(model(clean + noise), noise)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
    optimizer.step()
    return loss.item()


def denoise(model: nn.Module, noisy: Tensor) -> Tensor:
    was_training = model.training
    model.eval()
    with torch.no_grad():
        clean = noisy - model(noisy)
    model.train(was_training)
    return clean
