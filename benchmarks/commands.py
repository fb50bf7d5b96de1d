"""What a person waits for at the terminal: `--help`, `list`, `check`, and `check --watch`."""

from __future__ import annotations

import os
import select
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from material import QUESTIONS, right_answers
from measure import GRADER, IMPORT_TORCH, Failed, Timing, interleaved, start, timed

QUESTION = QUESTIONS[0]
READY = b"watching"  # a word of the line that `check --watch` says when a verdict is shown
VERDICT = b"accepted"
PATIENCE = 300.0  # seconds for one verdict
PAUSE = 0.5  # seconds between a verdict and the next save


def at_the_terminal(folder: Path, rounds: int) -> dict[str, Any]:
    """`--help`, `list` and a cold `check`, each beside `import torch`."""
    file = folder / f"{QUESTION}.py"
    file.write_text(right_answers(QUESTION)[0], encoding="utf-8")
    subjects: dict[str, Callable[[], Timing]] = {
        "help": lambda: timed([*GRADER, "--help"]),
        "list": lambda: timed([*GRADER, "list"]),
        "check": lambda: timed([*GRADER, "check", str(file)]),
    }
    for run in subjects.values():  # the first ones write bytecode and fill the system's cache of files
        run()
    ratios, units = interleaved(subjects, rounds)
    walls = [unit.wall for unit in units]
    return {
        **{name: ratio.record() for name, ratio in ratios.items()},
        "import_torch": {
            "seconds": statistics.median(walls),
            "cpu_seconds": statistics.median(unit.cpu for unit in units),
            "lowest": min(walls),
            "highest": max(walls),
        },
    }


def watching(folder: Path, saves: int) -> dict[str, Any]:
    """Seconds from each save to the end of its verdict. Each save has other text, so nothing is known of it."""
    file, source = folder / f"{QUESTION}.py", right_answers(QUESTION)[0]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file.write_text(source, encoding="utf-8")
    before = timed(IMPORT_TORCH)
    with _watch(file) as next_verdict:
        next_verdict()  # of the file as it was at the start; torch was imported for it
        taken = []
        for number in range(saves):
            time.sleep(PAUSE)
            begun = time.perf_counter()
            file.write_text(f"{source}\n# save {number}\n", encoding="utf-8")
            next_verdict()
            taken.append(time.perf_counter() - begun)
    unit = (before.wall + timed(IMPORT_TORCH).wall) / 2
    middle = statistics.median(taken)
    return {"seconds": middle, "lowest": min(taken), "highest": max(taken), "ratio": middle / unit, "saves": taken}


@contextmanager
def _watch(file: Path) -> Iterator[Callable[[], None]]:
    """`check --watch`, and a function that waits until it has shown its next verdict."""
    reader, writer = os.pipe()
    process = start([*GRADER, "check", "--watch", str(file)], writer)
    os.close(writer)
    try:
        yield lambda: _next_verdict(reader)
    finally:
        process.terminate()
        _wait(process)
        os.close(reader)


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _next_verdict(reader: int) -> None:
    """Raises Failed where it does not come, or is another than expected."""
    said, end = b"", time.monotonic() + PATIENCE
    while READY not in said:
        ready, _, _ = select.select([reader], [], [], max(0.0, end - time.monotonic()))
        text = os.read(reader, 65536) if ready else b""
        if not text:
            raise Failed(f"`check --watch` gave no verdict: {said[-1000:].decode(errors='replace')}")
        said += text
    if VERDICT not in said:
        raise Failed(f"`check --watch` did not accept a right answer: {said.decode(errors='replace')}")
