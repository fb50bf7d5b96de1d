"""Wrong for 8-bit images: int8 holds signs, but only differences up to 127."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    if image.dtype == torch.uint8:
        pixels = pixels.to(torch.int8)
    return (pixels[:, None] - pixels[None, :]).abs().to(image.dtype)
