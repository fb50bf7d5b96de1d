"""Residual image denoising: a network that predicts the noise.

Source: Zhang et al. 2017, "Beyond a Gaussian denoiser: residual learning of deep CNN for image
    denoising", section III. https://arxiv.org/abs/1608.03981
Shapes: B images, H rows, W columns; one grey channel.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class DenoiseModel(nn.Module):
    """Predicts the noise in noisy grey images.

    Three 3 x 3 convolutions with stride 1, zero padding 1 and bias, 1 -> 64 -> 64 -> 1 channels, with a
    ReLU after the first and after the second. They are created in the order in which they are applied.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(64, 64, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(64, 1, kernel_size=3, padding=1)

    def forward(self, noisy: Tensor) -> Tensor:
        """Predict the noise.

        noisy: (B, 1, H, W), any H and W from 1 on, of the parameters' dtype; it is not modified.
        Returns (B, 1, H, W), the predicted noise (not the clean image).
        """
        x = F.relu(self.conv1(noisy))
        x = F.relu(self.conv2(x))
        return self.conv3(x)


def training_step(model: nn.Module, optimizer: torch.optim.Optimizer, clean: Tensor, noise: Tensor) -> float:
    """Train `model` on one batch: one step of `optimizer`.

    The model sees clean + noise. The loss is the squared difference between what it predicts and the
    noise, averaged over all elements. Gradients that the parameters hold beforehand do not count.

    model: any module from (B, 1, H, W) to the same shape, in training mode already.
    optimizer: over the model's parameters.
    clean, noise: (B, 1, H, W); they are not modified.
    Returns the loss before the step, as a Python float.
    """
    loss = F.mse_loss(model(clean + noise), noise)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def denoise(model: nn.Module, noisy: Tensor) -> Tensor:
    """Remove the noise that the model predicts: noisy - model(noisy), not clipped.

    The model runs in eval mode and without gradients. Afterwards it and its layers, which come in
    one mode, are in that mode again, and autograd is as it was.

    model: any module from (B, 1, H, W) to the same shape, in training or in eval mode.
    noisy: (B, 1, H, W); it is not modified.
    Returns (B, 1, H, W), which does not require gradients.
    """
    was_training = model.training
    model.eval()
    with torch.no_grad():
        clean = noisy - model(noisy)
    model.train(was_training)
    return clean
