"""What a probe returned, read from the wire into what can be compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader import wire
from grader.wire import Array, ObjectValue, PlainValue, ProtocolError, Raised


@dataclass(frozen=True)
class Tensor:
    """An observed tensor. Half-precision values stand in a float32 array; `dtype` is its own."""

    array: Array
    dtype: str  # as torch names it, without the prefix
    device: str


Leaf = Tensor | PlainValue | ObjectValue


@dataclass(frozen=True)
class Values:
    """A probe that came to its end: its observed values by name, in order."""

    leaves: dict[str, Leaf]
    structure: str


Observed = Values | Raised

# Hostile bytes hold any numbers: what comes of them is IEEE 754's, and nothing to warn of.
any_numbers = np.errstate(all="ignore")

# A worker's own texts are shorter. What is longer was forged, and would only fill the report.
MAX_TEXT = 8000  # characters
MAX_WORD = 200  # of a type's or a device's name
MAX_LINE = 1_000_000
MAX_NAME = 1000  # of a value
MAX_VALUES = 10_000  # of one case

# The array that must carry each dtype; all others are refused as a breach of the protocol.
_CARRIERS = {
    **{name: name for name in ("bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64")},
    "float32": "float32",
    "float64": "float64",
    **dict.fromkeys(("float16", "bfloat16"), "float32"),
    **dict.fromkeys(("float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz"), "float32"),
    "complex64": "float32",
    "complex128": "float64",
}


def read(reply: wire.Observations, arrays: wire.Arrays, cases: int) -> list[Observed]:
    """The outcome of each case. Raises ProtocolError where the reply does not hold together."""
    if len(reply.outcomes) != cases:
        raise ProtocolError(f"{len(reply.outcomes)} outcomes for {cases} cases")
    return [_outcome(outcome, arrays) for outcome in reply.outcomes]


def _outcome(outcome: wire.Outcome, arrays: wire.Arrays) -> Observed:
    if isinstance(outcome, Raised):
        return shortened(outcome)
    if len(outcome.values) > MAX_VALUES or any(len(named.name) > MAX_NAME for named in outcome.values):
        raise ProtocolError("more values, or longer names, than any result has")
    leaves = {named.name: _leaf(named.value, arrays) for named in outcome.values}
    if len(leaves) != len(outcome.values):
        raise ProtocolError("two values have one name")
    return Values(leaves, outcome.structure[:MAX_TEXT])


def shortened(raised: Raised) -> Raised:
    """An exception as a worker that nobody meddled with would tell it."""
    line = raised.line if raised.line and 0 < raised.line <= MAX_LINE else None
    types = [name[:MAX_WORD] for name in raised.types[:20]]
    return Raised(types, raised.message[:MAX_TEXT], line, raised.trace[:MAX_TEXT])


def _leaf(value: wire.Value, arrays: wire.Arrays) -> Leaf:
    if isinstance(value, ObjectValue):
        return ObjectValue(value.type_name[:MAX_WORD], value.text[:MAX_TEXT])
    if isinstance(value, PlainValue):
        return _plain(value)
    array = arrays.get(value.key)
    carrier = _CARRIERS.get(value.dtype)
    if array is None or carrier is None or array.dtype != np.dtype(carrier):
        raise ProtocolError(f"a tensor said to be {value.dtype} does not come as one")
    if value.dtype.startswith("complex"):
        if array.shape != (*value.shape, 2):
            raise ProtocolError("a complex tensor without pairs")
        array = array.view(value.dtype)[..., 0]  # a sum of parts would make NaN of infinity
    if list(array.shape) != value.shape:
        raise ProtocolError("a tensor's shape is not that of its array")
    return Tensor(array, value.dtype, value.device[:MAX_WORD])


def _plain(value: PlainValue) -> PlainValue:
    if isinstance(value.value, list):  # lists go to workers only; a deep one can't even be printed
        raise ProtocolError("a list among the values")
    return PlainValue(value.value[:MAX_TEXT]) if isinstance(value.value, str) else value
