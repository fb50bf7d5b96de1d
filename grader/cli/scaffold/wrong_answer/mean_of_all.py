"""TODO: a known mistake: one mean is taken of all numbers."""

from torch import Tensor


def my_question(x: Tensor) -> Tensor:
    return x - x.mean()
