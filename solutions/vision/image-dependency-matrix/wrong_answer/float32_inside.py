"""Wrong for nearly equal pixels in float64: they are subtracted in float32."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1).float()
    return (pixels[:, None] - pixels[None, :]).abs().to(image.dtype)
