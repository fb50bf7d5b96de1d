"""Wrong: the image is not flattened, so whole rows are subtracted from each other."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    rows, columns = image[:, None], image[None, :]
    return torch.maximum(rows, columns) - torch.minimum(rows, columns)
