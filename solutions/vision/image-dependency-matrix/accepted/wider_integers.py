"""Right: subtracts 8-bit pixels in 16 bits, and goes back at the end."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.flatten()
    if image.dtype == torch.uint8:
        pixels = pixels.to(torch.int16)
    return (pixels.unsqueeze(1) - pixels.unsqueeze(0)).abs().to(image.dtype)
