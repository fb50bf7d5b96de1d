"""Finding tensors on the wrong device without a GPU, by playing a second device.

Inputs, parameters and registered buffers are wrapped in tensors that say they are on another device (its
name here is `meta`) and that calculate on the CPU. What is made without `device=` stays a plain tensor. An
operation that takes both kinds fails on a GPU and raises DeviceMismatch here. What a GPU allows stays
legal: scalars (0-dim tensors) and index tensors from the CPU, and copies between devices.

Weighed against `FakeTensorMode` and against the meta device alone: those miss convolution and embedding with a
plain operand (the mode) or matmul and gather (meta alone), can't follow code that looks at values, and their
shape functions import torch._dynamo, which takes as long as importing torch. Here values are real.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

OTHER = torch.device("meta")  # the name under which the second device goes

# Operations that may take tensors from several devices on a GPU as well.
_MIXING = frozenset(
    {"_to_copy", "copy_", "_copy_from", "index", "index_put", "index_put_", "_index_put_impl_", "set_data"}
    | {"_pack_padded_sequence", "_pack_padded_sequence_backward"}  # lengths must be on the CPU
)


class DeviceMismatch(RuntimeError):
    """An operation was given tensors from two devices."""


class Unknown(Exception):
    """A tensor without values came by, so nothing can be said."""


class Elsewhere(Tensor):
    """A tensor that says it is on the other device; its values are in `plain`, on the CPU."""

    plain: Tensor

    @staticmethod
    def __new__(cls, inner: Tensor) -> Elsewhere:
        made: Elsewhere = Tensor._make_wrapper_subclass(
            cls,
            inner.shape,
            strides=inner.stride(),
            storage_offset=inner.storage_offset(),
            dtype=inner.dtype,
            device=OTHER,
        )
        made.plain = inner
        return made

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]  # torch asks for a class method here
        cls, func: Any, types: object, args: tuple[object, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> object:
        return _on_devices(func, args, kwargs or {})


class TwoDevices(TorchDispatchMode):
    """While it is entered, `device="meta"` makes tensors on the other device."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # else torch wraps the method below in torch._dynamo: a second of imports

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[object, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> object:
        return _on_devices(func, args, kwargs or {})


class AroundDispatch(TorchFunctionMode):
    """What never reaches a dispatch mode: `torch.tensor(..., device=other)`, `tolist` and `numpy`."""

    def __torch_function__(
        self, func: Any, types: object, args: tuple[object, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> object:
        kwargs = kwargs or {}
        if func is Tensor.tolist and isinstance(args[0], Elsewhere):
            return args[0].plain.tolist()
        if func is Tensor.numpy and isinstance(args[0], Elsewhere):
            raise DeviceMismatch("`numpy()` was called on a tensor that is not on the CPU")
        wanted = kwargs.get("device")
        if func not in (torch.tensor, torch.as_tensor) or wanted is None or torch.device(wanted) != OTHER:
            return func(*args, **kwargs)
        made = func(*args, **{**kwargs, "device": "cpu"})
        return Elsewhere(made)


def _on_devices(func: Any, args: tuple[object, ...], kwargs: dict[str, Any]) -> object:
    tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)]
    moved = [tensor for tensor in tensors if isinstance(tensor, Elsewhere)]
    _require_one_device(func.overloadpacket.__name__, tensors, moved)
    elsewhere = bool(moved)
    if kwargs.get("device") is not None:
        elsewhere = torch.device(kwargs["device"]).type == OTHER.type
        kwargs = {**kwargs, "device": torch.device("cpu")}
    result = func(*tree_map(_inner, args), **tree_map(_inner, kwargs))
    originals = {id(tensor.plain): tensor for tensor in moved}  # an in-place operation returns its argument

    def outer(leaf: object) -> object:
        if not isinstance(leaf, Tensor) or not elsewhere:
            return leaf
        original = originals.get(id(leaf))
        return Elsewhere(leaf) if original is None else original

    if func.overloadpacket.__name__ == "_pack_padded_sequence":
        data, batch_sizes = result
        return outer(data), batch_sizes  # batch sizes stay on the CPU, on a GPU too
    return tree_map(outer, result)


def _inner(leaf: object) -> object:
    return leaf.plain if isinstance(leaf, Elsewhere) else leaf


def _require_one_device(name: str, tensors: list[Tensor], moved: list[Elsewhere]) -> None:
    plain = [tensor for tensor in tensors if not isinstance(tensor, Elsewhere)]
    if any(tensor.device.type == OTHER.type for tensor in plain):
        raise Unknown
    made_here = next((tensor for tensor in plain if tensor.dim() > 0), None)
    if moved and made_here is not None and name not in _MIXING:
        raise DeviceMismatch(
            f"`{name}` was given a tensor of shape {tuple(made_here.shape)} that is on the CPU, "
            "while the inputs are on another device"
        )


def run_elsewhere(call: Callable[[], object]) -> str:
    """`ok`, or `inconclusive` where the code does what can't be played here. Raises DeviceMismatch."""
    try:
        with TwoDevices(), AroundDispatch():
            call()
    except DeviceMismatch:
        raise
    except RuntimeError as error:
        if "same device" in str(error) and OTHER.type in str(error):
            raise DeviceMismatch(str(error).replace(OTHER.type, "another device")) from None
        return "inconclusive"
    except Exception:
        return "inconclusive"
    return "ok"


def move(thing: object) -> object:
    """A tensor on the other device with the same values; anything else as it is."""
    return Elsewhere(thing.detach()) if isinstance(thing, Tensor) else thing


def move_module(module: torch.nn.Module) -> torch.nn.Module:
    """Parameters and registered buffers to the other device: exactly what `module.to(device)` moves."""
    for part in module.modules():
        for name, parameter in part._parameters.items():
            if parameter is not None:
                moved: Any = Elsewhere(parameter.detach())
                # What makes isinstance(x, nn.Parameter) true. nn.Parameter(moved) would do so too, but it
                # imports torch.distributed.tensor for tensors of other classes: a second and more.
                moved._is_param = True
                part._parameters[name] = moved
        for name, buffer in part._buffers.items():
            if buffer is not None:
                part._buffers[name] = Elsewhere(buffer)
    return module
