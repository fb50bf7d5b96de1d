"""What a child prints, through a pipe that the judge empties while it waits."""

from __future__ import annotations

import os

_KEPT_BYTES = 64 << 10
_PIECE = 64 << 10


class Output:
    """What a child prints: the end of it, and how much it was."""

    def __init__(self, descriptor: int, limit: int) -> None:
        self.descriptor = descriptor
        self.limit = limit
        self.total = 0
        self.open = True
        self._kept = b""
        os.set_blocking(descriptor, False)

    def drain(self) -> None:
        """Read what is there; at most a little more than the limit, so that it returns."""
        while self.open and self.total <= self.limit:
            try:
                piece = os.read(self.descriptor, _PIECE)
            except BlockingIOError:
                return
            self.open = bool(piece)
            self.total += len(piece)
            self._kept = (self._kept + piece)[-_KEPT_BYTES:]

    @property
    def exceeded(self) -> bool:
        return self.total > self.limit

    @property
    def truncated(self) -> bool:
        return self.total > len(self._kept)

    def text(self) -> str:
        return self._kept.decode("utf-8", errors="replace")

    def close(self) -> None:
        os.close(self.descriptor)
