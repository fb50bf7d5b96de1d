"""Wrong: the differences keep their sign."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    wide = pixels.to(torch.int16) if image.dtype == torch.uint8 else pixels
    return (wide[:, None] - wide[None, :]).to(image.dtype)
