"""Running the command line in this process with a fake grader, or in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.cli import main

ROOT = Path(__file__).parents[2]
WITH_FAKE = (
    "import sys, grader.grading, grader.batch.folder\n"
    "from tests.fakes import FakeGrader\n"
    "grader.grading.Grader = grader.batch.folder.Grader = FakeGrader\n"
    "from grader.cli import main\n"
    "main(sys.argv[1:])\n"
)


@dataclass(frozen=True)
class Ended:
    """What a command came to."""

    code: int
    out: str
    err: str


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Ended:
    """The command line in this process."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments], prog_name="grader")
    out, err = capsys.readouterr()
    assert isinstance(caught.value.code, int)
    return Ended(caught.value.code, out, err)


class Process:
    """The command line in a process of its own, with its output in files."""

    def __init__(self, folder: Path, *arguments: str | Path, fake: bool = True) -> None:
        begin = ["-c", WITH_FAKE] if fake else ["-m", "grader"]
        self._out, self._err = folder / "stdout.txt", folder / "stderr.txt"
        environment = os.environ | {"GRADER_LANG": "en", "PYTHONPATH": str(ROOT)}
        with self._out.open("w") as out, self._err.open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, *begin, *map(str, arguments)],
                cwd=ROOT,
                stdout=out,
                stderr=err,
                env=environment,
            )

    @property
    def out(self) -> str:
        return self._out.read_text()

    @property
    def err(self) -> str:
        return self._err.read_text()

    def interrupt(self) -> int:
        """Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def offspring(self) -> list[int]:
        """Processes of its sandbox that are alive: their command line names the judge's number."""
        return [number for number in _numbers() if _belongs(number, self.process.pid)]


def _numbers() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _belongs(number: int, judge: int) -> bool:
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"-I" in words and str(judge).encode() in words


def no_offspring(process: Process, seconds: float = 10.0) -> bool:
    """Whether all are gone within some seconds."""
    deadline = time.monotonic() + seconds
    while process.offspring() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not process.offspring()
