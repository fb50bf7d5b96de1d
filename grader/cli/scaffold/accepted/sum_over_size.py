"""TODO: another right answer, in another style: the sum over the number of elements."""

from torch import Tensor


def my_question(x: Tensor) -> Tensor:
    return x - x.sum(-1, keepdim=True) / x.size(-1)
