"""Right: two whole matrices and a choice between the two differences, both of which are exact where taken."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    n = image.numel()
    across = image.contiguous().view(1, n).expand(n, n)
    down = across.t()
    return torch.where(down > across, down - across, across - down)
