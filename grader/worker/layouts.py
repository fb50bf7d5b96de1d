"""How the tensors that are handed over lie in memory."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor


def contiguous(tensor: Tensor) -> Tensor:
    """As it was made: row by row, without gaps."""
    return tensor


def gaps(tensor: Tensor) -> Tensor:
    """An equal tensor with gaps in memory along every axis, so that no two of its axes can be viewed as one."""
    if tensor.dim() == 0 or tensor.numel() < 2:
        return tensor
    *sizes, last = tensor.shape
    room = tensor.new_zeros([size + 1 for size in sizes] + [2 * last + 1])
    apart = room[(*(slice(size) for size in sizes), slice(0, 2 * last, 2))]
    return apart.copy_(tensor)


LAYOUTS: dict[str, Callable[[Tensor], Tensor]] = {layout.__name__: layout for layout in (contiguous, gaps)}
