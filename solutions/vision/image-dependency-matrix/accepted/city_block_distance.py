"""Right: each pixel is a vector of length 1, and the distance of the L1 norm does the rest."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    exact = image if image.is_floating_point() else image.float()
    points = exact.reshape(-1, 1)
    return torch.cdist(points, points, p=1).to(image.dtype)
