import torch
from torch import Tensor


def row_weights(x: Tensor, w: Tensor) -> Tensor:
    scores = x @ w
    weights = torch.exp(scores - scores.max())
    return weights / weights.sum()
