"""Wrong: the differences are squared."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    wide = pixels.to(torch.int32) if image.dtype == torch.uint8 else pixels
    return ((wide[:, None] - wide[None, :]) ** 2).to(image.dtype)
