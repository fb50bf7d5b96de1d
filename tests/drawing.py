"""Samples of the bank whose size does not grow with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from grader.verify.judging_code import judging_code_hash

Item = TypeVar("Item")


def drawn(items: Iterable[Item], count: int, name: Callable[[Item], str], kind: Callable[[Item], str]) -> list[Item]:
    """So many of the items, at least one of each kind.

    Drawn by the hash of the judging code: another change to the grader meets others, and the same one always the same.
    """
    shuffled = sorted(items, key=lambda item: hashlib.sha256(f"{judging_code_hash()} {name(item)}".encode()).digest())
    first = {kind(item): item for item in reversed(shuffled)}.values()
    return [*first, *(item for item in shuffled if item not in first)][: max(count, len(first))]
