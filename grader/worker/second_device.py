"""Finding tensors on the wrong device without a GPU, by playing a second device.

Inputs, parameters and registered buffers are wrapped in tensors that say they are on another device (its
name here is `meta`) and that calculate on the CPU. What is made without `device=` stays a plain tensor. An
operation that takes both kinds fails on a GPU and raises DeviceMismatch here. What a GPU allows stays
legal: scalars (0-dim tensors) and index tensors from the CPU, and copies between devices.

A mismatch is noted when it is raised, since the submission may catch it. What can't be played is inconclusive; an
exception that the submission itself raises is not such a limit.

Weighed against `FakeTensorMode` and against the meta device alone: those miss convolution and embedding with a
plain operand (the mode) or matmul and gather (meta alone), can't follow code that looks at values, and their
shape functions import torch._dynamo, which takes as long as importing torch. Here values are real.
"""

from __future__ import annotations

import opcode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from grader.worker.solution import MODULE
from grader.worker.values import safe_text

OTHER = torch.device("meta")  # the name under which the second device goes

# Operations that may take tensors from several devices on a GPU as well.
_MIXING = frozenset(
    {"_to_copy", "copy_", "_copy_from", "index", "index_put", "index_put_", "_index_put_impl_", "set_data"}
    | {"_pack_padded_sequence", "_pack_padded_sequence_backward"}  # lengths must be on the CPU
)


class DeviceMismatch(RuntimeError):
    """An operation was given tensors from two devices."""


class CaughtMismatch(DeviceMismatch):
    """The submission caught a DeviceMismatch and went on."""


class RaisesElsewhere(Exception):
    """The submission raised an exception of its own with inputs on the other device."""


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
            raise _noted("`numpy()` was called on a tensor that is not on the CPU")
        wanted = kwargs.get("device")
        if func not in (torch.tensor, torch.as_tensor) or wanted is None or torch.device(wanted) != OTHER:
            return _told(func, args, kwargs)
        made = func(*args, **{**kwargs, "device": "cpu"})
        return Elsewhere(made)


_mismatches: list[DeviceMismatch] = []  # of this run: a submission may catch what is raised


def _noted(message: str) -> DeviceMismatch:
    mismatch = DeviceMismatch(message)
    _mismatches.append(mismatch)
    return mismatch


def _told(func: Any, args: tuple[object, ...], kwargs: dict[str, Any]) -> object:
    """Call, and note the mismatches that torch finds by itself, as of an RNN's initial state."""
    try:
        return func(*args, **kwargs)
    except RuntimeError as error:
        if "same device" in str(error) and OTHER.type in str(error):
            raise _noted(str(error).replace(OTHER.type, "another device")) from None
        raise


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
        raise _noted(
            f"`{name}` was given a tensor of shape {tuple(made_here.shape)} that is on the CPU, "
            "while the inputs are on another device"
        )


@dataclass(frozen=True)
class Ran:
    """A run that came to its end, or to a limit of what can be played."""

    outcome: str  # `ok`, or `inconclusive` where the code does what can't be played here
    result: object = None


def run_elsewhere(call: Callable[[], object]) -> Ran:
    """Call with inputs on the other device.

    Raises DeviceMismatch, also where the submission caught it, and RaisesElsewhere for an exception of its own.
    """
    _mismatches.clear()
    try:
        return _run(call)
    finally:
        _mismatches.clear()  # they hold frames, which hold tensors


def _run(call: Callable[[], object]) -> Ran:
    ran = Ran("inconclusive")
    try:
        with TwoDevices(), AroundDispatch():
            ran = Ran("ok", call())
    except DeviceMismatch:
        raise
    except Exception as error:
        if not _mismatches and _is_its_own(error):
            told = f"{safe_text(type(error).__name__)}: {safe_text(error)}"
            raise RaisesElsewhere(told).with_traceback(error.__traceback__) from None
    if _mismatches:
        first = _mismatches[0]
        raise CaughtMismatch(str(first)).with_traceback(first.__traceback__)
    return ran


def _is_its_own(error: BaseException) -> bool:
    """Whether a `raise` or `assert` of the submission made an exception, and no limit of this module led to it."""
    seen: set[int] = set()
    origin: BaseException | None = error
    while origin is not None and id(origin) not in seen:
        seen.add(id(origin))
        if not _is_raised_by_submission(origin.__traceback__):
            return False
        origin = origin.__cause__ or origin.__context__
    return True


def _is_raised_by_submission(trace: TracebackType | None) -> bool:
    innermost = None
    while trace is not None:
        innermost, trace = trace, trace.tb_next
    if innermost is None or innermost.tb_frame.f_globals.get("__name__") != MODULE:
        return False
    return innermost.tb_frame.f_code.co_code[innermost.tb_lasti] == opcode.opmap["RAISE_VARARGS"]


def places(leaves: Iterator[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    """For each tensor among named values where it lies: `cpu` or `elsewhere`."""
    for name, leaf in leaves:
        if isinstance(leaf, Tensor):
            yield name, "elsewhere" if leaf.device.type == OTHER.type else "cpu"


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
