"""Wrong for 8-bit images: 3 - 5 is 254 in uint8, and the absolute value comes too late."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    return (pixels[:, None] - pixels[None, :]).abs()
