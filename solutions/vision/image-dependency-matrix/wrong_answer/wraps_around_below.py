"""Wrong for 8-bit images: the row's pixel is taken from the column's in uint8, which wraps around below 0."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    x = image.reshape(-1)
    return (x[None, :] - x[:, None]).abs()
