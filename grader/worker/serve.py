"""The loop of a worker: examine, load, drive, answer.

Everything it says after `Load` is a claim, because the submission shares this process.
"""

from __future__ import annotations

import ast
import contextlib
import random
import sys
import traceback
import types
from collections.abc import Callable

import torch

from grader import wire
from grader.worker import rules
from grader.worker.probes import BUILT_IN, Probe, custom
from grader.worker.solution import MODULE, Solution, execute
from grader.worker.suspicions import suspicions
from grader.worker.values import Observer, safe_text

PROBES = "probes.py"
MAX_TRACE_FRAMES = 12


class MissingEntry(Exception):
    """The submission does not define what the question asks for."""


class Worker:
    """The state of one child: at most one submission."""

    def __init__(self) -> None:
        torch.backends.cudnn.allow_tf32 = False  # on by default for convolutions: 10 bits of mantissa
        torch.backends.cuda.matmul.allow_tf32 = False
        self._examined: wire.Examine | None = None
        self._code: types.CodeType | None = None
        self._namespace = types.ModuleType(MODULE)
        self._probes: dict[str, Probe] = dict(BUILT_IN)
        self._called: list[str] = []  # forbidden callables that were called

    def answer(self, request: wire.Request, arrays: wire.Arrays) -> tuple[wire.Reply, wire.Arrays]:
        if isinstance(request, wire.Examine):
            return self._examine(request), {}
        if isinstance(request, wire.Load):
            return self._load(request), {}
        return self._drive(request, arrays)

    def _examine(self, request: wire.Examine) -> wire.Examined:
        self._examined = request
        try:
            tree = ast.parse(request.source, request.filename)
            self._code = compile(tree, request.filename, "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = error.lineno if isinstance(error, SyntaxError) else None
            return wire.Examined(request.request, _raised(error, request.filename, line))
        return wire.Examined(
            request.request,
            violations=rules.violations(tree, request.forbid),
            suspicions=suspicions(tree, request.allow),
        )

    def _load(self, request: wire.Load) -> wire.Loaded:
        examined = self._examined
        if examined is None or self._code is None:
            raise RuntimeError("a submission must be examined before it is loaded")
        self._read_probes(request.probes)
        rules.replace_forbidden(examined.forbid, self._called)
        try:
            self._namespace = execute(self._code, examined.source, examined.filename, MODULE)
            _require(self._namespace, request)
        except BaseException as error:  # a submission may raise anything, SystemExit included
            return wire.Loaded(request.request, _raised(error, examined.filename))
        return wire.Loaded(request.request)

    def _read_probes(self, source: str) -> None:
        module = execute(compile(source, PROBES, "exec"), source, PROBES, "probes")
        for name, function in vars(module).items():
            if isinstance(function, types.FunctionType) and not name.startswith("_"):
                self._probes[name] = custom(function)

    def _drive(self, drive: wire.Drive, arrays: wire.Arrays) -> tuple[wire.Reply, wire.Arrays]:
        observer = Observer()
        default = torch.get_default_dtype()
        torch.set_default_dtype(torch.float64 if drive.float64 else torch.float32)
        try:
            outcomes = [self._outcome(drive, case, arrays, observer) for case in drive.inputs]
        finally:
            torch.set_default_dtype(default)
        return wire.Observations(drive.request, outcomes, sorted(set(self._called))), observer.arrays

    def _outcome(self, drive: wire.Drive, case: wire.Input, arrays: wire.Arrays, observer: Observer) -> wire.Outcome:
        _reseed(drive)
        try:
            solution = Solution(self._namespace, drive, case, arrays)
            return self._probes[drive.probe](solution, drive, case, observer)
        except BaseException as error:  # see above
            return _raised(error, self._examined.filename if self._examined else "")


def _reseed(drive: wire.Drive) -> None:
    """As torch.manual_seed, which formats a stack trace for CUDA's sake, half a millisecond each time."""
    torch.default_generator.manual_seed(drive.seed)
    if drive.device != "cpu":
        torch.cuda.manual_seed(drive.seed)
    random.seed(drive.seed)


def _require(namespace: types.ModuleType, request: wire.Load) -> None:
    for name in request.functions:
        if not callable(getattr(namespace, name, None)):
            raise MissingEntry(f"function {name}")
    for name in request.classes:
        if not isinstance(getattr(namespace, name, None), type):
            raise MissingEntry(f"class {name}")


def _raised(error: BaseException, filename: str, line: int | None = None) -> wire.Raised:
    """An exception as data: its classes, text, and its frames inside the submission."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == filename]
    if line is None and frames:
        line = frames[-1].lineno
    trace = "".join(traceback.format_list(frames[-MAX_TRACE_FRAMES:]))
    names = [safe_text(base.__name__) for base in type(error).__mro__]
    kept = wire.Raised(names[:20], safe_text(error), line, trace[-8000:].encode("utf-8", "replace").decode())
    error.__traceback__ = None  # let go of the submission's frames and tensors
    return kept


def serve(receive_exact: Callable[[int], bytearray], send: Callable[[bytes], None]) -> None:
    """Answer requests until the judge hangs up (EOFError)."""
    worker = Worker()
    streams = [sys.stdout, sys.stderr]
    while True:
        try:
            header_length, body_length = wire.lengths(bytes(receive_exact(wire.PREFIX.size)))
        except EOFError:
            return
        header = bytes(receive_exact(header_length))
        arrays = wire.decode_tensors(bytes(receive_exact(body_length)) if body_length else b"")
        reply, out = worker.answer(wire.decode_request(header), arrays)
        for stream in streams:
            _flush(stream)
        send(wire.encode(reply, out))


def _flush(stream: object) -> None:
    with contextlib.suppress(BaseException):  # closed or replaced by the submission
        stream.flush()  # type: ignore[attr-defined]
