"""Filling a module's parameters from the seed, so that two implementations can be compared exactly."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import torch
from torch import Tensor, nn

Fill = Literal["named", "ordered", "none"]


def fill(module: nn.Module, seed: int, how: Fill) -> nn.Module:
    """Set parameters and the statistics of normalisation layers; other buffers stay as constructed.

    A matrix gets normal values over the square root of its fan-in, a vector normal values times 0.5, a
    running variance lies in [0.5, 1.5). A value depends on the seed, and on the name and the shape (`named`)
    or on the shape and the position among equal shapes (`ordered`), never on what else the module holds.
    """
    if how == "none":
        return module
    with torch.no_grad():
        for key, tensor in keyed_parameters(module, how):
            tensor.copy_(_weights(seed, key, tuple(tensor.shape)))
        for key, tensor in _keyed(_statistics(module), how):
            tensor.copy_(_statistic(seed, key, tuple(tensor.shape)))
    return module


def keyed_parameters(module: nn.Module, how: Fill) -> Iterator[tuple[str, Tensor]]:
    """Each parameter once, under the key that decides its values."""
    return _keyed(module.named_parameters(), how)


def _keyed(named: Iterator[tuple[str, Tensor]], how: Fill) -> Iterator[tuple[str, Tensor]]:
    seen: Counter[tuple[int, ...]] = Counter()
    for name, tensor in named:
        shape = tuple(tensor.shape)
        if how == "named":
            yield name, tensor
        else:
            yield f"parameter {shape} number {seen[shape] + 1}{_statistic_suffix(name)}", tensor
            seen[shape] += 1


def _statistic_suffix(name: str) -> str:
    last = name.rpartition(".")[2]
    return f" {last}" if last.startswith("running_") else ""


def _statistics(module: nn.Module) -> Iterator[tuple[str, Tensor]]:
    for name, buffer in module.named_buffers():
        if name.rpartition(".")[2] in ("running_mean", "running_var"):
            yield name, buffer


def _generator(seed: int, key: str) -> torch.Generator:
    digest = hashlib.sha256(f"{seed}/{key}".encode()).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest[:8], "little") >> 1)


# A probe constructs its module anew for every case; drawing a million numbers each time would be most of the work.
@lru_cache(maxsize=256)
def _weights(seed: int, key: str, shape: tuple[int, ...]) -> Tensor:
    values = torch.randn(shape, generator=_generator(seed, key), dtype=torch.float32)
    fan_in = values.numel() // max(1, shape[0]) if len(shape) > 1 else 0
    return values / fan_in**0.5 if fan_in else values * 0.5


@lru_cache(maxsize=256)
def _statistic(seed: int, key: str, shape: tuple[int, ...]) -> Tensor:
    generator = _generator(seed, key)
    if key.endswith("running_var"):
        return torch.rand(shape, generator=generator, dtype=torch.float32) + 0.5
    return torch.randn(shape, generator=generator, dtype=torch.float32) * 0.5
