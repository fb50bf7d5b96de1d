"""Against the rules: two loops in Python."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    n = len(pixels)
    result = image.new_zeros(n, n)
    for i in range(n):
        for j in range(n):
            result[i, j] = torch.maximum(pixels[i], pixels[j]) - torch.minimum(pixels[i], pixels[j])
    return result
