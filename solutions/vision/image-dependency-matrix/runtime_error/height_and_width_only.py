"""Fails for images with other than two axes: it unpacks two sizes."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    H, W = image.shape
    pixels = image.reshape(H * W)
    rows, columns = pixels[:, None], pixels[None, :]
    return torch.maximum(rows, columns) - torch.minimum(rows, columns)
