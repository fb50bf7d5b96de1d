"""Making the arguments of a case from the seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import UNSET

from grader.question import Argument, Case, letters_in, size_of
from grader.wire import Array, Arrays, PlainValue, TensorValue, Value

# NumPy's dtype for each of the spec's: half precision is drawn in float32, and rounded by the worker.
_CARRIER = {"float16": "float32", "bfloat16": "float32"}
_DRAWN = ("normal", "uniform", "integers", "boolean")

ARGUMENT = "argument"  # the first part of the keys of what a function gets


class Maker:
    """Makes arguments of one case, and keeps the arrays of those that travel and of those that are held."""

    def __init__(self, seed: int, case: Case, sizes: Mapping[str, int], float64: bool = False) -> None:
        self._seed = seed
        self._case = case
        self._sizes = sizes
        self._float64 = float64
        self.sent: Arrays = {}
        self.held: Arrays = {}
        self.letters: set[str] = set()  # of `sizes`, that the arguments depend on

    @property
    def elements(self) -> int:
        return sum(array.size for array in self.sent.values())

    @property
    def arguments_sent(self) -> Arrays:
        """What is passed to the function, by name; what a constructor gets is left out."""
        parts = ((key.split("/", 1), array) for key, array in self.sent.items())
        return {name: array for (first, name), array in parts if first == ARGUMENT}

    def arguments(self, specs: Mapping[str, Argument], prefix: str) -> dict[str, Value]:
        """The values of some arguments in order, without those that are omitted or held."""
        made = {}
        self.letters |= letters_of(specs.values())
        for name, spec in specs.items():
            if spec.omit is UNSET:
                value = self._value(spec, name, f"{prefix}/{name}")
                if not spec.held:
                    made[name] = value
        return made

    def _value(self, spec: Argument, name: str, key: str) -> Value:
        if spec.value is not UNSET:
            return PlainValue(spec.value)
        if spec.size is not UNSET:
            return PlainValue(size_of(spec.size, self._sizes))
        array, dtype = self._tensor(spec, key)
        if spec.held:
            self.held[name] = array
            return PlainValue(None)
        self.sent[key] = array
        return TensorValue(key, dtype, list(array.shape))

    def _tensor(self, spec: Argument, key: str) -> tuple[Array, str]:
        draw = np.random.default_rng(_entropy(self._seed, self._case.name, key))
        made = self._draw(spec, draw)
        dtype = spec.dtype or self._default_dtype(made)
        return np.ascontiguousarray(made.astype(_CARRIER.get(dtype, dtype))).reshape(made.shape), dtype

    def _draw(self, spec: Argument, draw: np.random.Generator) -> Array:
        if spec.tensor is not UNSET:
            return np.array(spec.tensor)
        shape = self._shape(spec)
        if spec.normal is not UNSET:
            return draw.standard_normal(shape) * (spec.scale * self._case.scale) + spec.shift
        if spec.boolean is not UNSET:
            return np.asarray(draw.random(shape) < spec.probability)
        low, high = self._number(spec.low), self._number(spec.high)
        if spec.integers is not UNSET:
            return np.asarray(draw.integers(int(low), int(high), shape))
        return np.asarray(draw.uniform(low, high, shape))

    def _shape(self, spec: Argument) -> tuple[int, ...]:
        given = next(getattr(spec, kind) for kind in _DRAWN if getattr(spec, kind) is not UNSET)
        return tuple(size_of(size, self._sizes) for size in given)

    def _number(self, bound: float | str) -> float:
        return size_of(bound, self._sizes) if isinstance(bound, str) else bound

    def _default_dtype(self, made: Array) -> str:
        if made.dtype.kind == "f":
            return "float64" if self._float64 else self._case.dtype
        return "bool" if made.dtype.kind == "b" else "int64"


def letters_of(specs: Iterable[Argument]) -> set[str]:
    """The letters of `sizes` that some arguments depend on."""
    letters: set[str] = set()
    for spec in specs:
        shapes = [getattr(spec, kind) for kind in _DRAWN if getattr(spec, kind) is not UNSET]
        sizes = [size for shape in shapes for size in shape]
        sizes += [] if spec.size is UNSET else [spec.size]
        sizes += [bound for bound in (spec.low, spec.high) if isinstance(bound, str)]
        letters |= {letter for size in sizes for letter in letters_in(size)}
    return letters


def _entropy(seed: int, *key: str) -> list[int]:
    digest = hashlib.sha256("\x00".join((str(seed), *key)).encode()).digest()
    return [int.from_bytes(digest[i : i + 4], "little") for i in range(0, 32, 4)]


def derived_seed(seed: int, *key: str) -> int:
    """A seed for torch (below 2**31) that follows from the run's seed and some names."""
    return _entropy(seed, *key)[0] >> 1
