"""Keeping account of the layers while they are put on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from typing import TypeVar

from grader.sandbox.trial import reason

T = TypeVar("T")


class Layers:
    """Which layers are active, and why the others are not."""

    def __init__(self, without: Collection[str] = ()) -> None:
        self._without = without
        self.active: list[str] = []
        self.notes: dict[str, str] = {}

    def attempt(self, name: str, put_on: Callable[[], T]) -> T | None:
        """Put a layer on; where the kernel refuses, note its reason and go on."""
        if name in self._without:
            self.missing(name, "switched off")
            return None
        if sys.platform != "linux":
            self.missing(name, f"it needs Linux, and this is {sys.platform}")
            return None
        try:
            result = put_on()
        except OSError as error:
            self.missing(name, reason(error))
            return None
        self.active.append(name)
        return result

    def missing(self, name: str, why: str) -> None:
        """Note that a layer is not active (any more)."""
        if name in self.active:
            self.active.remove(name)
        self.notes[name] = why

    def __contains__(self, name: str) -> bool:
        return name in self.active
