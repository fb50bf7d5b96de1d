"""`grade` with clocks around its steps, in a process of its own: `phases.py (time|memory) DIR REPORT`.

It puts timed functions in the place of some of the grader's, from outside, and prints JSON. `time` gives per
step the seconds by the clock, of the judge's thread and of the child, with one job, so that steps do not
overlap. `memory` reads each child's private memory at its hello and just before its end, which takes too long
to be timed at once; that needs root.
"""

from __future__ import annotations

import contextlib
import functools
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

BEGUN = time.perf_counter()

from grader import cli  # noqa: E402  (after the clock)
from grader.batch import folder, journal  # noqa: E402
from grader.grading import driver, flow, grader, oracle  # noqa: E402
from grader.plan.planning import FIRST_DRIVE  # noqa: E402
from grader.sandbox.child import Child  # noqa: E402
from grader.sandbox.keeper import Sandbox  # noqa: E402

NAMES = {1: "examine", 2: "load"}  # requests below the first drive
Go = Callable[[], Any]  # the original, with its arguments


@dataclass
class Step:
    """The sums of one step, in seconds."""

    times: int = 0
    wall: float = 0.0
    judge: float = 0.0  # of processor time, of the judge's thread
    child: float = 0.0  # of processor time


STEPS: dict[str, Step] = defaultdict(Step)
ONCE: dict[str, float] = defaultdict(float)  # seconds by the clock of what a run, or a question, needs once
MEMORY: list[dict[str, float]] = []  # megabytes of each child
ZYGOTE: list[int] = []  # its number, once a child has told it
MARKS: dict[str, float] = {}  # processor time of whole processes, at certain moments
here = threading.local()  # .trusted: a reference is run; .drive: the name of the run


def around(owner: Any, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function in the place of the grader's; it gets the original one, ready to go, and the arguments."""
    original = getattr(owner, name)

    def put(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def wrapped(*args: Any, **named: Any) -> Any:
            return function(functools.partial(original, *args, **named), *args, **named)

        setattr(owner, name, wrapped)
        return function

    return put


def step(name: str, go: Go, child: Child | None = None) -> Any:
    """Go, and add what it took to a step. What the reference takes is not a submission's."""
    if getattr(here, "trusted", False):
        return go()
    before = used(child)
    wall, judge = time.perf_counter(), time.thread_time()
    try:
        result = go()
    finally:
        sums = STEPS[name]
        sums.times += 1
        sums.wall += time.perf_counter() - wall
        sums.judge += time.thread_time() - judge
    after = result.seconds if name == "exit" else used(child)  # a process that is gone has no clock
    sums.child += after - before
    return result


def used(child: Child | None) -> float:
    """Seconds of processor time of a child until now."""
    return (child._process.processor_seconds() or 0.0) if child else 0.0


def once(name: str, go: Go) -> Any:
    begun = time.perf_counter()
    try:
        return go()
    finally:
        ONCE[name] += time.perf_counter() - begun


# --- time ---


def clock_everything() -> None:
    """Replace the functions that are the steps of grading one submission."""
    for owner, name, called in (
        (folder, "read_submission", "read the file"),
        (Sandbox, "_fork", "ask for a child"),
        (driver, "read", "decode"),
        (flow, "judge_check", "judge"),
        (journal.Journal, "append", "journal"),
    ):
        around(owner, name)(lambda go, *_, called=called: step(called, go))
    around(Child, "greet")(greet)
    around(Child, "ask_frame")(ask)
    around(Child, "finish")(lambda go, child: step("exit", go, child))
    around(driver.Driver, "observe")(observe)
    around(oracle.Oracle, "_run_reference")(run_reference)
    around(grader.Grader, "grade")(grade)
    around(grader.Grader, "close")(close)
    around(folder, "write_outcome")(lambda go, *_: once("report", go))


def greet(go: Go, child: Child) -> Any:
    result = step("fork and enter", go)
    if not getattr(here, "trusted", False):
        STEPS["fork and enter"].child += used(child)  # all since its fork
    if not ZYGOTE and child._process._number is not None:
        ZYGOTE.append(_parent(child._process._number))
        MARKS["zygote begun"] = _processor_seconds(ZYGOTE[0])
    return result


def ask(go: Go, child: Child, frame: bytes, request: int, seconds: float) -> Any:
    name = NAMES.get(request) or f"drive: {getattr(here, 'drive', request - FIRST_DRIVE)}"
    return step(name, go, child)


def observe(go: Go, self: driver.Driver, run: int, *_: Any, **__: Any) -> Any:
    checks = self._frames.plan.checks
    here.drive = next(check.name for check in checks if check.run == run)
    return go()


def run_reference(go: Go, *_: Any) -> Any:
    """Its own step, since the first submission to a question waits for it."""

    def trusted() -> Any:
        here.trusted = True
        try:
            return once("references", go)
        finally:
            here.trusted = False

    return step("references", trusted)


def grade(go: Go, *_: Any) -> Any:
    if "judge begun" not in MARKS:
        ONCE["start, until the first submission"] = time.perf_counter() - BEGUN
        MARKS["judge begun"] = time.process_time()
    return step("whole", go)


def close(go: Go, *_: Any) -> Any:
    MARKS["judge ended"] = time.process_time()
    if ZYGOTE:
        MARKS["zygote ended"] = _processor_seconds(ZYGOTE[0])
    return go()


def _parent(number: int) -> int:
    lines = Path(f"/proc/{number}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("PPid:"))


def _processor_seconds(number: int) -> float:
    """clock_getcpuclockid in C."""
    return time.clock_gettime(~number << 3 | 2)


# --- memory ---


def weigh_everything() -> None:
    """Read each child's memory from outside."""
    around(Child, "greet")(weigh_newborn)
    around(Child, "finish")(weigh_at_end)


def weigh_newborn(go: Go, child: Child) -> Any:
    result = go()
    here.newborn = private(child)
    return result


def weigh_at_end(go: Go, child: Child) -> Any:
    at_end = private(child)
    exit_ = go()
    MEMORY.append({"at_hello": here.newborn, "at_end": at_end, "counted": exit_.megabytes})
    return exit_


def private(child: Child) -> float:
    """Megabytes that the child shares with nobody. Raises PermissionError where only root may look."""
    text = Path(f"/proc/{child._process._number}/smaps_rollup").read_text()
    sizes = dict(line.split(":", 1) for line in text.splitlines()[1:])
    return sum(int(sizes[name].split()[0]) for name in ("Private_Dirty", "Private_Clean")) / 1000


def main(what: str, folder: str, out: str) -> None:
    {"time": clock_everything, "memory": weigh_everything}[what]()
    with contextlib.redirect_stdout(sys.stderr):
        try:
            cli.main(["grade", folder, "--out", out, "--isolation", "strict", "--jobs", "1"])
        except SystemExit as end:
            if end.code:
                sys.exit(end.code)
    steps = {name: asdict(sums) for name, sums in STEPS.items()}
    print(json.dumps({"steps": steps, "once": ONCE, "memory": MEMORY, "marks": MARKS}))


if __name__ == "__main__":
    main(*sys.argv[1:])
