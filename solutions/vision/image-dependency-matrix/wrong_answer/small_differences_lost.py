"""Wrong for nearly equal pixels: a small number that saves the gradient of the root is larger than the square."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    exact = pixels if image.is_floating_point() else pixels.float()
    return ((exact[:, None] - exact[None, :]) ** 2 + 1e-12).sqrt().to(image.dtype)
