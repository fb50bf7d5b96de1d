"""Wrong for 8-bit images: the differences have wrapped around before they are converted."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    difference = pixels[:, None] - pixels[None, :]
    if image.dtype == torch.uint8:
        difference = difference.to(torch.int16)
    return difference.abs().to(image.dtype)
