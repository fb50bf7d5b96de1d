"""Running whole commands and taking their time, interleaved with the unit of all ratios: `import torch`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GRADER = (sys.executable, "-m", "grader")
IMPORT_TORCH = (sys.executable, "-c", "import torch")


class Failed(Exception):
    """A command did not do what was to be measured; quotes the end of what it said."""


@dataclass(frozen=True)
class Timing:
    """What one command took, with every process that it waited for."""

    wall: float  # seconds
    cpu: float  # seconds of processor time, user and system
    faults: int  # page faults that needed no disk
    code: int  # exit code


@dataclass(frozen=True)
class Ratio:
    """A command's time over that of `import torch` beside it, round by round."""

    timings: tuple[Timing, ...]
    wall: float  # median of the rounds' ratios
    lowest: float  # of the rounds
    highest: float
    cpu: float  # median of the ratios of processor time

    @property
    def seconds(self) -> float:
        return statistics.median(timing.wall for timing in self.timings)

    @property
    def cpu_seconds(self) -> float:
        return statistics.median(timing.cpu for timing in self.timings)

    def record(self) -> dict[str, Any]:
        return {
            "seconds": self.seconds,
            "cpu_seconds": self.cpu_seconds,
            "ratio": self.wall,
            "ratio_lowest": self.lowest,
            "ratio_highest": self.highest,
            "cpu_ratio": self.cpu,
            "rounds": [[timing.wall, timing.cpu, timing.faults] for timing in self.timings],
        }


def environment() -> dict[str, str]:
    """That of this process, with the checkout importable and the language fixed; no check gets into a real progress."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    data = Path(tempfile.gettempdir(), f"grader-benchmark-{os.getpid()}")
    return {**os.environ, "PYTHONPATH": path, "GRADER_LANG": "en", "GRADER_DATA": str(data)}


def start(command: Sequence[str], output: Any, folder: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a command with everything that it says going to one open file."""
    return subprocess.Popen(
        list(command),
        env=environment(),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def timed(
    command: Sequence[str],
    folder: Path | None = None,
    beside: Callable[[subprocess.Popen[bytes]], None] = lambda process: None,
    expect: int = 0,
) -> Timing:
    """Run a command to its end. Raises Failed for another exit code than the expected one.

    `beside` is called once it has been started, to look at it from outside, and returns when it likes.
    """
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        process = start(command, output, folder)
        beside(process)
        _, status, usage = os.wait4(process.pid, 0)  # unlike Popen.wait it gives the processor time
        wall = time.perf_counter() - begun
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if code != expect:
            output.seek(0)
            said = output.read()[-2000:].decode(errors="replace").strip()
            raise Failed(f"`{' '.join(command[1:5])} ...` ended with {code}, not {expect}: {said}")
    return Timing(wall, usage.ru_utime + usage.ru_stime, usage.ru_minflt, code)


def interleaved(subjects: dict[str, Callable[[], Timing]], rounds: int) -> tuple[dict[str, Ratio], list[Timing]]:
    """Each subject once per round, with `import torch` before and after each.

    A ratio is taken to the mean of the two neighbours, so it holds while the machine's speed drifts. Also
    returns all timings of `import torch`.
    """
    units = [timed(IMPORT_TORCH)]
    found: dict[str, list[tuple[Timing, float, float]]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, run in subjects.items():
            timing = run()
            units.append(timed(IMPORT_TORCH))
            before, after = units[-2:]
            wall, cpu = (before.wall + after.wall) / 2, (before.cpu + after.cpu) / 2
            found[name].append((timing, timing.wall / wall, timing.cpu / cpu))
    return {name: _ratio(rows) for name, rows in found.items()}, units


def _ratio(rows: Sequence[tuple[Timing, float, float]]) -> Ratio:
    walls = [wall for _, wall, _ in rows]
    return Ratio(
        timings=tuple(timing for timing, _, _ in rows),
        wall=statistics.median(walls),
        lowest=min(walls),
        highest=max(walls),
        cpu=statistics.median(cpu for _, _, cpu in rows),
    )
