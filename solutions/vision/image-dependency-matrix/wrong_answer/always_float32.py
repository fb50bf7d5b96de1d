"""Wrong: the result is float32, whatever the image is."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1).float()
    return (pixels[:, None] - pixels[None, :]).abs()
