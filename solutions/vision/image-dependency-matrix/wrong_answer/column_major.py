"""Wrong: the pixels are counted column by column."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.permute(*reversed(range(image.dim()))).reshape(-1)
    rows, columns = pixels[:, None], pixels[None, :]
    return torch.maximum(rows, columns) - torch.minimum(rows, columns)
