"""Wrong gradients: the root of a square has no slope at 0, so the diagonal makes all of them not a number."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    exact = pixels if image.is_floating_point() else pixels.float()
    return ((exact[:, None] - exact[None, :]) ** 2).sqrt().to(image.dtype)
