"""A child's process, as the judge holds it: killing, waiting, and measuring from outside."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.control import Control, Exited, Kill

_CEILING_FACTOR, _CEILING_EXTRA = 4, 1.0  # wall-clock seconds for those who sleep, as a multiple of the limit
_SHORTEST_WAIT = 0.005  # seconds


@dataclass(frozen=True)
class Memory:
    """Resident memory, in megabytes."""

    peak: float
    files: float  # of it now: pages of libraries, which cost nothing
    now: float

    @property
    def private(self) -> float:
        """Peak of what is not libraries. Pages of files are hardly ever given back, so this is close."""
        return self.peak - self.files


class Process:
    """One child. Its zygote's dispatcher fills in `started` and `exited`."""

    def __init__(self, child: int, control: Control) -> None:
        self.child = child
        self.started: Future[None] = Future()
        self.exited: Future[Exited] = Future()
        self._control = control
        self._descriptor: int | None = None
        self._number: int | None = None
        self._lock = threading.Lock()  # between a kill and the closing of the descriptor
        self.killed = False

    def begin(self, number: int, descriptor: int | None) -> None:
        """number: as the zygote counts; descriptor: a pidfd, which tells the number as the judge counts."""
        self._descriptor = descriptor
        self._number = number if descriptor is None else _number_of(descriptor)
        self.started.set_result(None)

    def fail(self, error: Exception) -> None:
        """Nothing more will be heard of it."""
        for future in (self.started, self.exited):
            if not future.done():
                future.set_exception(error)

    def kill(self) -> None:
        """At once, if it still runs."""
        self.killed = True
        with self._lock:
            try:
                if self._descriptor is not None:
                    signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)
                else:
                    self._control.send(Kill(self.child))
            except OSError:
                pass  # it, or the zygote with it, is gone

    def wait(self, seconds: float) -> Exited | None:
        """How it ended; None where it has not yet. Raises WorkerFailure where the zygote has died."""
        try:
            return self.exited.result(seconds)
        except Late:
            return None

    def processor_seconds(self) -> float | None:
        """That it has used so far, as the kernel counts; None where that can't be read."""
        if self._number is None:
            return None
        try:
            return time.clock_gettime(_clock_of(self._number))
        except (AttributeError, OSError):
            return None

    def memory(self) -> Memory | None:
        """None where it can't be read, or the process is gone."""
        try:
            text = Path(f"/proc/{self._number}/status").read_text()
            lines = dict(line.split(":", 1) for line in text.splitlines() if line.startswith(("Vm", "Rss")))
            sizes = (int(lines[name].split()[0]) / 1024 for name in ("VmHWM", "RssFile", "VmRSS"))
            return Memory(*sizes)
        except (OSError, KeyError, ValueError):
            return None

    def close(self) -> None:
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None


# On two cores a runnable process gets less than this only where more than eighty others want to run.
_IDLE_SHARE = 0.025
_IDLE_SECONDS = 2.0  # by the clock, before anything is called idle


class Deadline:
    """One time limit for a whole exchange, in seconds of the child's processor time.

    A busy machine must not fail a right answer, so the clock on the wall counts only up to a ceiling, which
    ends those who sleep now and then. Those who did next to nothing in all the time have no busy machine to
    blame. Where processor time can't be read, the wall's clock decides.
    """

    def __init__(self, seconds: float, process: Process) -> None:
        self.seconds = seconds
        self.idle = False  # it is over because the child slept
        self._process = process
        self._begun = time.monotonic()
        self._used_before = process.processor_seconds()

    def remaining(self) -> float:
        """Seconds to wait before asking again; 0 when it is over."""
        elapsed = time.monotonic() - self._begun
        if elapsed < self.seconds:
            return self.seconds - elapsed
        ceiling = _CEILING_FACTOR * self.seconds + _CEILING_EXTRA
        used = self._process.processor_seconds()
        if elapsed >= ceiling or used is None or self._used_before is None:
            return 0.0
        if elapsed >= _IDLE_SECONDS and used - self._used_before < _IDLE_SHARE * elapsed:
            self.idle = True
            return 0.0
        left = min(self.seconds - (used - self._used_before), ceiling - elapsed)
        return max(left, _SHORTEST_WAIT) if left > 0 else 0.0


def _clock_of(number: int) -> int:
    """The kernel's number for the processor-time clock of a process (clock_getcpuclockid in C)."""
    return ~number << 3 | 2


def _number_of(descriptor: int) -> int | None:
    """The process's number here; the zygote counts within its own namespace."""
    for line in Path(f"/proc/self/fdinfo/{descriptor}").read_text().splitlines():
        if line.startswith("Pid:"):
            number = int(line.split()[1])
            return number if number > 0 else None
    return None
