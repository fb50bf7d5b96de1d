"""Appended as text to a reference, and never imported: right answers by way of other objects and dtypes.

No loops and few torch functions, because a question may forbid them. All names begin with `_right`.
"""

import functools
from collections.abc import Callable
from typing import Any

import torch


def _right_map(change: Callable[[Any], Any], value: Any) -> Any:
    """The same containers with each tensor changed."""
    inner = functools.partial(_right_map, change)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(inner, value))
    if isinstance(value, tuple | list):
        return type(value)(map(inner, value))
    if isinstance(value, dict):
        return dict(zip(value, map(inner, value.values()), strict=True))
    return change(value) if isinstance(value, torch.Tensor) else value


# --- float64 inside ---


def _right_to(dtype: torch.dtype, value: Any) -> Any:
    def convert(tensor: Any) -> Any:
        return tensor.to(dtype) if tensor.is_floating_point() else tensor

    return _right_map(convert, value)


def _right_first_dtype(values: Any) -> torch.dtype | None:
    def is_floating(value: Any) -> bool:
        return isinstance(value, torch.Tensor) and value.is_floating_point()

    first: Any = next(filter(is_floating, values), None)
    return None if first is None else first.dtype


def _right_is_module(value: Any) -> bool:
    return isinstance(value, torch.nn.Module)


def _right_double_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """A module among the arguments has parameters in the old dtype, so nothing is converted then."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        values = (*args, *kwargs.values())
        dtype = _right_first_dtype(values)
        if dtype is None or any(map(_right_is_module, values)):
            return function(*args, **kwargs)
        double = functools.partial(_right_to, torch.float64)
        return _right_to(dtype, function(*double(args), **double(kwargs)))

    return wrapped


def _right_double_module(owner: Any) -> None:
    """Buffers that the call changed are written back. A class that is no module is left alone."""
    if not issubclass(owner, torch.nn.Module):
        return
    forward = owner.forward
    inside: list[object] = []

    @functools.wraps(forward)
    def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        if inside:
            return forward(self, *args, **kwargs)
        buffers = dict(self.named_buffers())
        state = {**dict(self.named_parameters()), **buffers}
        dtype = _right_first_dtype((*args, *kwargs.values(), *state.values())) or torch.float32
        double = functools.partial(_right_to, torch.float64)
        state = double(state)
        inside.append(self)
        try:
            result = torch.func.functional_call(self, state, double(args), double(kwargs))
        finally:
            inside.pop()
        tuple(map(functools.partial(_right_write_back, buffers, state), buffers))
        return _right_to(dtype, result)

    owner.forward = wrapped


def _right_write_back(buffers: Any, state: Any, name: str) -> None:
    if state[name] is not buffers[name]:  # in float64 they are one
        buffers[name].copy_(state[name].detach())


# --- other objects ---


class _RightCallable(torch.nn.Module):
    """A function as a module."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self.function = function

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


def _right_contiguous(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return _right_map(lambda tensor: tensor.contiguous(), function(*args, **kwargs))

    return wrapped


def _right_contiguous_class(owner: Any) -> None:
    name = "forward" if issubclass(owner, torch.nn.Module) else "__call__"
    setattr(owner, name, _right_contiguous(getattr(owner, name)))
