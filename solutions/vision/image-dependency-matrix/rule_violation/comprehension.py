"""Against the rules: a comprehension is a loop too."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    return torch.stack([torch.maximum(pixels, p) - torch.minimum(pixels, p) for p in pixels])
