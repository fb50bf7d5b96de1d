"""A text-conditioned diffusion model that is small enough to be trained in a second.

Source: Saharia et al. 2022, "Photorealistic text-to-image diffusion models with deep language understanding",
    section 2. https://arxiv.org/abs/2205.11487
    Salimans and Ho 2022, "Progressive distillation for fast sampling of diffusion models", sections 2 and 4 (the
    cosine schedule, the prediction of the clean image, DDIM). https://arxiv.org/abs/2202.00512
Shapes: B images, C channels, H rows, W columns, L words of a caption, D width, N images to train on, K training steps.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def diffuse(images: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    """Mix each image with noise: cos(pi/2 * time) * image + sin(pi/2 * time) * noise.

    images, noise: (B, C, H, W). time: (B,), from 0 (the image itself) to 1 (noise only).
    Returns (B, C, H, W).
    """
    angle = math.pi / 2 * time[:, None, None, None]
    return angle.cos() * images + angle.sin() * noise


class MiniImagen(nn.Module):
    """Predicts the clean image from a noisy one and its caption.

    vocabulary: how many words there are. pixels: C * H * W. width: D.
    Layers: `words`, nn.Embedding(vocabulary, D); `time`, nn.Linear(1, D); `enter`, nn.Linear(pixels, D); `middle`,
    nn.Linear(D, D); `leave`, nn.Linear(D, pixels).
    """

    def __init__(self, vocabulary: int, pixels: int, width: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.time = nn.Linear(1, width)
        self.enter = nn.Linear(pixels, width)
        self.middle = nn.Linear(width, width)
        self.leave = nn.Linear(width, pixels)

    def forward(self, noisy: Tensor, time: Tensor, captions: Tensor) -> Tensor:
        """Predict the clean image.

        noisy: (B, C, H, W) with C * H * W = pixels. time: (B,). captions: (B, L), int64, each a word below vocabulary.
        Returns (B, C, H, W).
        """
        condition = self.words(captions).mean(1) + self.time(time[:, None])  # (B, D)
        x = F.silu(self.enter(noisy.flatten(1)) + condition)
        x = F.silu(self.middle(x) + condition)
        return self.leave(x).view_as(noisy)


def train(
    model: nn.Module, images: Tensor, captions: Tensor, rows: Tensor, times: Tensor, noise: Tensor, lr: float
) -> Tensor:
    """Train a model in K steps of Adam with the given learning rate, and torch's defaults for all else.

    Step k takes the images and captions rows[k] and mixes these images with noise[k] at times[k]. The loss is the
    mean, over all elements, of the squared difference between what the model predicts and the clean images. Gradients
    that the parameters hold beforehand do not count.

    model: any module, called as model(noisy, time, captions). images: (N, C, H, W). captions: (N, L), int64.
    rows: (K, B), int64. times: (K, B). noise: (K, B, C, H, W).
    Returns (K,), the loss of each step before its update, without gradients.
    """
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
    """Make an image for each caption, from noise, in reverse steps of DDIM that draw no noise.

    The steps go from time t = k / steps to s = (k - 1) / steps, for k = steps, ..., 1. Each clamps the prediction to
    [-1, 1], works out which noise would mix with it to the present image at t, and mixes the two at s.

    model: any module, called as model(noisy, time, captions) with time as (B,). captions: (B, L), int64.
    noise: (B, C, H, W), the image at time 1; it is not modified. steps: at least 1.
    Returns (B, C, H, W), without gradients.
    """

    def step(x: Tensor, t: float, s: float) -> Tensor:
        clean = model(x, x.new_tensor([t] * len(x)), captions).clamp(-1, 1)
        angle = math.pi / 2 * t
        eps = (x - math.cos(angle) * clean) / math.sin(angle)
        return diffuse(clean, eps, x.new_tensor([s] * len(x)))

    x = noise
    for k in range(steps, 0, -1):
        x = step(x, k / steps, (k - 1) / steps)
    return x
