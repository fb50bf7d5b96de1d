"""Wrong for colour images: the differences are summed over the colours, not kept for each element."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    channels = image.flatten(-2).flatten(0, -2) if image.dim() > 2 else image.reshape(1, -1)
    rows, columns = channels[:, :, None], channels[:, None, :]
    return (torch.maximum(rows, columns) - torch.minimum(rows, columns)).sum(dim=0).to(image.dtype)
