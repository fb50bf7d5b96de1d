"""What a hostile worker could send: frames that were right once, changed by a few bytes or a few values."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from grader import wire

CASES = 3
_RAISED = wire.Raised(["ValueError", "Exception", "BaseException", "object"], "no", 3, "trace")
_LEAVES = {
    "output": (np.arange(6, dtype=np.float32).reshape(2, 3), "float32"),
    "half": (np.ones((2, 2), np.float32), "bfloat16"),
    "double": (np.linspace(0, 1, 5), "float64"),
    "pairs": (np.ones((3, 2), np.float32), "complex64"),
    "flags": (np.array([True, False]), "bool"),
    "scalar": (np.array(7, np.int64), "int64"),
    "nothing": (np.zeros((0, 4), np.float32), "float32"),
}
ARRAYS: wire.Arrays = {name: array for name, (array, _) in _LEAVES.items()}


def _told(name: str, array: wire.Array, dtype: str) -> wire.Named:
    shape = list(array.shape[:-1] if dtype.startswith("complex") else array.shape)
    return wire.Named(name, wire.TensorValue(name, dtype, shape))


def _returned() -> wire.Returned:
    values = [_told(name, array, dtype) for name, (array, dtype) in _LEAVES.items()]
    for name, plain in (("loss", 0.5), ("steps", 3), ("word", "ok"), ("none", None), ("flag", True)):
        values.append(wire.Named(name, wire.PlainValue(plain)))
    values.append(wire.Named("module", wire.ObjectValue("Linear", "Linear(2, 2)")))
    return wire.Returned(values, "dict(tensor)")


OBSERVATIONS = wire.Observations(7, [_returned(), _returned(), _RAISED], ["torch.softmax"])
_MESSAGES: list[tuple[wire.Reply, wire.Arrays]] = [
    (OBSERVATIONS, ARRAYS),
    (wire.Hello(["seccomp", "landlock"], {"uid": "not root"}), {}),
    (wire.Examined(1, _RAISED, [wire.Finding(2, "loop")], [wire.Finding(3, "gc")]), {}),
    (wire.Loaded(2, _RAISED), {}),
    (wire.Loaded(2), {}),
]
SEEDS = [wire.encode(message, arrays) for message, arrays in _MESSAGES]

_NUMBERS = [0, 1, -1, 127, 128, 255, 2**15, 2**31 - 1, 2**31, 2**32, 2**53, 2**63 - 1, -(2**63), 2**64 - 1]
_ODD: list[Any] = [
    *_NUMBERS, None, True, 0.0, -0.0, float("nan"), float("inf"), 1e308, "", "\x00", "output", "x" * 9000, "\u202e",
    b"bytes", [], {}, [[]], {"type": "tensor"}, [0] * 500, "observations", "float32", "cpu", msgspec.Raw(b"\xc1"),
]  # fmt: skip


def changed(draw: random.Random) -> bytes:
    """A frame that differs from a right one in a few places."""
    frame = draw.choice(SEEDS) if draw.random() < 0.4 else SEEDS[0]
    change: Callable[[bytes, random.Random], bytes] = draw.choice([_in_bytes, _in_values, _in_index, _in_tensors])
    return change(frame, draw)


def parts(frame: bytes) -> tuple[bytes, bytes]:
    """Header and body of a whole frame."""
    _, header, _ = wire.PREFIX.unpack(frame[: wire.PREFIX.size])
    rest = frame[wire.PREFIX.size :]
    return rest[:header], rest[header:]


def framed(header: bytes, body: bytes) -> bytes:
    """The two with their lengths in front."""
    return wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body


def _in_bytes(frame: bytes, draw: random.Random) -> bytes:
    """Bytes replaced, inserted, left out, repeated; a part of another frame put in."""
    data = bytearray(frame)
    for _ in range(draw.randint(1, 5)):
        place, length = draw.randrange(len(data) + 1), draw.randint(1, 12)
        piece = draw.choice([draw.randbytes(length), draw.choice(SEEDS)[-length:], data[place : place + length] * 3])
        kept = draw.choice([0, length, len(piece)])
        data[place : place + kept] = piece if draw.random() < 0.8 else b""
        if not data:
            break
    return bytes(data)


def _in_values(frame: bytes, draw: random.Random) -> bytes:
    """A header that is well-formed msgpack and holds some values of another kind, or too many of them."""
    header, body = parts(frame)
    value = msgspec.msgpack.decode(header)
    for _ in range(draw.randint(1, 3)):
        value = _replaced(value, draw)
    try:
        return framed(msgspec.msgpack.encode(value), body)
    except (OverflowError, TypeError):  # a key that can't be encoded
        return frame


def _replaced(value: Any, draw: random.Random) -> Any:
    """The value with one part of it, at any depth, replaced, left out, doubled or wrapped."""
    if not isinstance(value, dict | list) or not value or draw.random() < 0.15:
        return draw.choice([draw.choice(_ODD), [value] * draw.randint(0, 40), {"type": value}])
    key = draw.choice(list(value)) if isinstance(value, dict) else draw.randrange(len(value))
    copy = dict(value) if isinstance(value, dict) else list(value)
    what = draw.random()
    if what < 0.7:
        copy[key] = _replaced(value[key], draw)
    elif what < 0.85:
        del copy[key]
    elif isinstance(copy, list):
        copy += [value[key]] * draw.randint(1, 60)
    else:
        copy[str(draw.choice(_ODD))] = value[key]
    return copy


def _in_index(frame: bytes, draw: random.Random) -> bytes:
    """A body whose index of tensors says something else than what follows it."""
    header, body = parts(frame)
    if not body:
        return _in_values(frame, draw)
    (length,) = struct.unpack("<Q", body[:8])
    index = json.loads(body[8 : 8 + length])
    for _ in range(draw.randint(1, 3)):
        index = _replaced(index, draw)
    try:
        text = json.dumps(index, default=str).encode("utf-8", "surrogatepass")
    except ValueError:
        return frame
    claimed = draw.choice(_NUMBERS) % 2**64 if draw.random() < 0.1 else len(text)
    return framed(header, struct.pack("<Q", claimed) + text + body[8 + length :])


def _in_tensors(frame: bytes, draw: random.Random) -> bytes:
    """Whole observations whose tensors have other values, shapes and dtypes: what a judge has to compare."""
    leaves = dict(_LEAVES)
    for name in draw.sample(list(leaves), draw.randint(1, 3)):
        leaves[name] = _odd_tensor(draw, *leaves[name])
    values = [_told(name, array, dtype) for name, (array, dtype) in leaves.items()]
    rest = [named for named in _returned().values if named.name not in leaves]
    other = msgspec.structs.replace(_returned(), values=[*values, *rest])
    arrays = {name: np.array(array, order="C") for name, (array, _) in leaves.items()}
    return wire.encode(msgspec.structs.replace(OBSERVATIONS, outcomes=[other, other, _RAISED]), arrays)


def _odd_tensor(draw: random.Random, array: wire.Array, dtype: str) -> tuple[wire.Array, str]:
    what = draw.randrange(4)
    if what == 0:  # one element
        copy = array.copy()
        if copy.size and copy.dtype.kind == "f":
            copy.flat[draw.randrange(copy.size)] = draw.choice([np.nan, np.inf, -np.inf, 3.4e38, 1e-45, -0.0])
        return copy, dtype
    if what == 1:  # the same values in another order or shape
        return draw.choice([array.T, array[::-1] if array.ndim else array, array.reshape(-1), array[None]]), dtype
    if what == 2:  # any dtype and shape
        shape = [draw.choice([0, 1, 2, 3, 5]) for _ in range(draw.randint(0, 5))]
        name = draw.choice(["float32", "float64", "int8", "uint64", "bool", "complex128"])
        if name == "complex128":
            return np.full([*shape, 2], draw.uniform(-9, 9)), name
        return np.full(shape, draw.choice([0, 1, 100])).astype(name), name
    factor = draw.choice([0.0, -1.0, 2.0, 1e30])
    with np.errstate(over="ignore", invalid="ignore"):
        return (array * factor).astype(array.dtype), dtype
