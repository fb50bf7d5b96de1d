"""Driving one solution: the one way by which submissions, references and mistakes are all run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import msgspec

from grader import wire
from grader.observed import MAX_WORD, Observed, read, shortened
from grader.plan import FIRST_DRIVE, Plan
from grader.sandbox import Child, Lost, Sandbox
from grader.text import Text
from grader.verdict import Verdict

R = TypeVar("R", wire.Examined, wire.Loaded, wire.Observations)
MAX_CALLED = 20  # names of forbidden callables that one reply may tell
_EXAMINE, _LOAD = 1, 2  # request numbers
MAX_LOSSES = 3  # processes of one solution; after the last the runs that are left have its fate
LOAD_SECONDS = 10.0  # of processor time for a file's own top level
_FLOAT64 = 100_000  # added to the request number of a run in float64

_BREACH = Text(en="the process broke the grader's protocol.", zh="进程违反了评测协议。")


@dataclass(frozen=True)
class Usage:
    """What the processes of one solution used."""

    seconds: float = 0.0  # of processor time
    megabytes: float = 0.0  # at the peak, beyond what torch takes
    output: str = ""

    def plus(self, other: Usage) -> Usage:
        return Usage(
            self.seconds + other.seconds,
            max(self.megabytes, other.megabytes),
            self.output + other.output,
        )


class Frames:
    """The encoded messages of a plan: made once, sent to every solution."""

    def __init__(self, plan: Plan, probes: str, device: str) -> None:
        self.plan = plan
        self.device = device
        self._probes = probes
        self._drives: dict[tuple[int, bool], bytes] = {}

    def examine(self, source: str, filename: str) -> bytes:
        return wire.encode(
            wire.Examine(_EXAMINE, source, filename, self.plan.question.forbid, self.plan.question.allow)
        )

    @cached_property
    def load(self) -> bytes:
        return wire.encode(wire.Load(_LOAD, list(self.plan.functions), list(self.plan.classes), self._probes))

    def encode_all(self) -> None:
        """Make every message now."""
        _ = self.load
        for run in range(len(self.plan.runs)):
            self.drive(run, False)
            self.drive(run, True)

    def drive(self, run: int, float64: bool) -> bytes:
        """The message of one run. In float64 it runs on the CPU: it is the ground truth."""
        key = (run, float64)
        if key not in self._drives:
            planned = self.plan.runs[run]
            drive = msgspec.structs.replace(
                planned.drive,
                request=planned.drive.request + _FLOAT64 * float64,
                float64=float64,
                device="cpu" if float64 or planned.drive.probe == "device" else self.device,
            )
            self._drives[key] = wire.encode(drive, planned.arrays)
        return self._drives[key]


class Driver:
    """One solution in a sandboxed process, started again where it was lost. Use as a context manager."""

    def __init__(self, sandbox: Sandbox, frames: Frames, source: str, filename: str) -> None:
        self._sandbox = sandbox
        self._frames = frames
        self._source = source
        self._filename = filename
        self._limits = frames.plan.question.limits
        self._child: Child | None = None
        self.examined = wire.Examined(_EXAMINE)
        self.called: set[str] = set()  # forbidden callables that the process says were called
        self.usage = Usage()
        self._losses: list[Lost] = []
        self._forgiven = False

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def open(self) -> wire.Raised | None:
        """Examine and load. Returns the exception that left the file, a syntax error included; raises Lost."""
        child = self._child = self._sandbox.child(self._limits.megabytes, self._limits.output_kilobytes * 1024)
        try:
            reply, _ = child.ask_frame(self._frames.examine(self._source, self._filename), _EXAMINE, LOAD_SECONDS)
            self.examined = _of_type(reply, wire.Examined)
            if self.examined.error or self.examined.violations:
                return self.examined.error
            reply, _ = child.ask_frame(self._frames.load, _LOAD, LOAD_SECONDS)
            error = _of_type(reply, wire.Loaded).error
            return None if error is None else shortened(error)
        except Lost as lost:
            self._lose(lost)
            if self._again(lost):
                return self.open()
            raise

    def observe(self, run: int, float64: bool = False) -> Sequence[Observed]:
        """The outcome of each case of a run, in a fresh process where the last one was lost. Raises Lost."""
        if len(self._losses) >= MAX_LOSSES:
            raise self._losses[-1]
        if self._child is None:
            error = self.open()
            if error is not None or self._child is None:
                raise Lost(Verdict.RUNTIME_ERROR, _BREACH)  # it had loaded before
        frame = self._frames.drive(run, float64)
        request = FIRST_DRIVE + run + _FLOAT64 * float64
        try:
            reply, arrays = self._child.ask_frame(frame, request, self._limits.seconds)
            observations = _of_type(reply, wire.Observations)
            self.called |= {name[:MAX_WORD] for name in observations.violations[:MAX_CALLED]}
            return read(observations, arrays, len(self._frames.plan.runs[run].cases))
        except wire.ProtocolError:
            breach = Lost(Verdict.RUNTIME_ERROR, _BREACH)
            self._lose(breach)
            raise breach from None
        except Lost as lost:
            self._lose(lost)
            if self._again(lost):
                return self.observe(run, float64)
            raise

    def _again(self, lost: Lost) -> bool:
        """Whether to try once more: who was killed from outside may only have run on a machine short of memory."""
        if self._forgiven or not lost.by_system:
            return False
        self._forgiven = True
        self._losses.pop()
        return True

    def _lose(self, lost: Lost) -> None:
        lost.__traceback__ = None  # its frames hold what had come of the reply
        self._losses.append(lost)
        self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            exit_ = child.finish()
            self.usage = self.usage.plus(Usage(exit_.seconds, exit_.megabytes, exit_.output))


def _of_type(reply: wire.Reply, kind: type[R]) -> R:
    if not isinstance(reply, kind):
        raise Lost(Verdict.RUNTIME_ERROR, _BREACH)
    return reply
