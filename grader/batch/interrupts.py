"""Ending in good order on Ctrl-C, on SIGTERM and when the terminal goes away."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Interrupts:
    """Notes the first signal, so that the run can end by itself; a second one stops it at once.

    A context manager. Outside the main thread, where Python takes no signals, it never notes one.
    """

    def __init__(self) -> None:
        self.signal: int | None = None  # the first that came
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name, None) for name in _NAMES):
                if number is not None and not _is_ignored(number):
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        # A plain attribute: taking a lock in a signal handler could wait for the very thread it interrupted.
        if self.signal is not None:
            raise KeyboardInterrupt
        self.signal = number


def _is_ignored(number: int) -> bool:
    # nohup ignores SIGHUP, and that is to stay so. Scripts ignore SIGINT for what they start with `&`;
    # whoever sends it there means it.
    return number != signal.SIGINT and signal.getsignal(number) is signal.SIG_IGN
