"""TODO: a known mistake: the sum is subtracted."""

from torch import Tensor


def my_question(x: Tensor) -> Tensor:
    return x - x.sum(dim=-1, keepdim=True)
