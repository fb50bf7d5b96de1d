"""Between torch's objects and the values of the wire."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from grader.wire import Array, Arrays, Named, ObjectValue, PlainValue, TensorValue, Value
from grader.worker.layouts import LAYOUTS

MAX_VALUES = 2000  # observed values of one outcome
MAX_DEPTH = 12  # containers inside containers
MAX_BYTES = 128 << 20  # of one observed tensor
MAX_TEXT = 2000  # characters of a string or a repr

# Dtypes that NumPy lacks travel in a wider one that holds each of their values.
_CARRIER = {torch.bfloat16: torch.float32, torch.float16: torch.float32}


class TooMuch(Exception):
    """The submission returned more than can be observed."""


def to_torch(value: Value, arrays: Arrays, *, device: str, float64: bool, layout: str) -> object:
    """The argument that a value stands for; a fresh tensor each time."""
    if isinstance(value, PlainValue):
        return value.value
    if isinstance(value, ObjectValue):
        raise TypeError(f"cannot make a {value.type_name}")
    tensor = torch.from_numpy(np.array(arrays[value.key])).to(getattr(torch, value.dtype))
    if float64 and tensor.is_floating_point():
        tensor = tensor.double()
    return LAYOUTS[layout](tensor.to(device))


class Observer:
    """Collects the observed values of one frame and the arrays that go with them."""

    def __init__(self) -> None:
        self.arrays: Arrays = {}

    def observe(self, result: object, name: str) -> list[Named]:
        """Every leaf of a result under its path."""
        named: list[Named] = []
        for path, leaf in leaves_of(result, name):
            if len(named) == MAX_VALUES:
                raise TooMuch(f"more than {MAX_VALUES} values were returned")
            named.append(Named(path, self._value(leaf)))
        return named

    def _value(self, leaf: object) -> Value:
        if isinstance(leaf, torch.Tensor):
            return self._tensor(leaf)
        if leaf is None or type(leaf) in (bool, float):
            return PlainValue(leaf)  # type: ignore[arg-type]
        if type(leaf) is int:
            return PlainValue(leaf) if abs(leaf) < 2**63 else PlainValue(float(leaf))
        if type(leaf) is str:
            return PlainValue(leaf[:MAX_TEXT].encode("utf-8", "replace").decode())
        return ObjectValue(safe_text(type(leaf).__name__), safe_text(leaf, repr))

    def _tensor(self, tensor: torch.Tensor) -> Value:
        plain = strip(tensor)
        dtype = str(plain.dtype).removeprefix("torch.")
        shape = [int(size) for size in plain.shape]
        if plain.layout != torch.strided or plain.is_quantized or plain.device.type == "meta":
            return ObjectValue(f"{plain.layout} tensor on {plain.device.type}", f"{dtype} {shape}")
        if plain.numel() * plain.element_size() > MAX_BYTES:
            raise TooMuch(f"a tensor of shape {tuple(shape)} was returned")
        key = str(len(self.arrays))
        self.arrays[key] = to_array(plain)
        return TensorValue(key, dtype, shape, plain.device.type)


def strip(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor without its subclass, its graph and its lazy conjugation or negation."""
    with torch._C.DisableTorchFunctionSubclass():
        plain = tensor.detach()
        if type(plain) is not torch.Tensor:
            plain = plain.as_subclass(torch.Tensor)
        return plain.resolve_conj().resolve_neg() if plain.layout == torch.strided else plain


def to_array(plain: torch.Tensor) -> Array:
    """A C-contiguous array. Complex numbers become pairs in a last axis; half precision becomes float32."""
    cpu = plain.cpu()
    if cpu.is_complex():
        cpu = torch.view_as_real(cpu.to(torch.complex128 if cpu.dtype == torch.complex128 else torch.complex64))
    carrier = _CARRIER.get(cpu.dtype)
    if carrier is None and cpu.is_floating_point() and cpu.element_size() == 1:
        carrier = torch.float32  # the float8 family
    cpu = cpu if carrier is None else cpu.to(carrier)
    return np.array(cpu.numpy(), order="C")


def structure(result: object, depth: int = 0) -> str:
    """The containers of a result in words: `tensor`, `tuple(tensor, float)`."""
    return safe_text(_structure(result, depth))


def _structure(result: object, depth: int) -> str:
    if depth > MAX_DEPTH:
        raise TooMuch(f"containers are nested more than {MAX_DEPTH} deep")
    if isinstance(result, torch.Tensor):
        return "tensor"
    if isinstance(result, tuple | list):
        kind = "tuple" if isinstance(result, tuple) else "list"
        return f"{kind}({', '.join(_structure(item, depth + 1) for item in result[:MAX_VALUES])})"
    if isinstance(result, dict):
        items = sorted((safe_text(key, str), _structure(value, depth + 1)) for key, value in result.items())
        return f"dict({', '.join(f'{key}: {inside}' for key, inside in items)})"[:MAX_TEXT]
    return "None" if result is None else type(result).__name__


def leaves_of(result: object, name: str, depth: int = 0) -> Iterator[tuple[str, object]]:
    """What is in a result, each leaf with its path. Raises TooMuch where it is nested too deep."""
    if depth > MAX_DEPTH:
        raise TooMuch(f"containers are nested more than {MAX_DEPTH} deep")
    if isinstance(result, tuple | list):
        for index, item in enumerate(result):
            yield from leaves_of(item, f"{name}[{index}]", depth + 1)
    elif isinstance(result, dict):
        for key, item in result.items():
            yield from leaves_of(item, f"{name}.{safe_text(key, str)}", depth + 1)
    else:
        yield name, result


def safe_text(thing: object, as_text: type[str] | object = str) -> str:
    """str() or repr() of something hostile: never raises, never long."""
    try:
        text = as_text(thing)  # type: ignore[operator]
        return text[:MAX_TEXT].encode("utf-8", "replace").decode() if type(text) is str else "?"
    except BaseException:  # whatever a hostile __str__ raises
        return f"<{type(thing).__name__} that can't be shown>"
