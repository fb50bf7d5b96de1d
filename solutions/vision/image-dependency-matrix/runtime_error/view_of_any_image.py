"""Fails for an image that is not contiguous: `view` never copies."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.view(-1)
    rows, columns = pixels[:, None], pixels[None, :]
    return torch.maximum(rows, columns) - torch.minimum(rows, columns)
