"""The judge's side of a zygote: start it, have it fork children, hear of their ends."""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import socket
import subprocess
import sys
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from types import TracebackType
from typing import Self

from grader.errors import SandboxError, WorkerFailure
from grader.sandbox import paths
from grader.sandbox.child import Child
from grader.sandbox.control import Control, Exited, Fork, Forked, Notice, Ready, Setup, Unborn
from grader.sandbox.policy import LAYERS, Level, Policy, require
from grader.sandbox.process import Process

_READY_SECONDS = 300.0  # to import torch, from a cold disk on a busy machine
_END_SECONDS = 5.0
_QUOTED_BYTES = 4000  # of the zygote's stderr
_BOOTSTRAP = (
    "import sys; sys.path.extend(p for p in sys.argv[3:] if p not in sys.path); "
    "from grader.sandbox.zygote import main; main(int(sys.argv[1]), int(sys.argv[2]))"
)
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "OMP_WAIT_POLICY": "passive",  # threads that wait by spinning would use up the time of a submission
    "MALLOC_ARENA_MAX": "1",  # else each thread takes 64 MB of the addresses that are limited
    "TORCHINDUCTOR_CACHE_DIR": "/tmp",  # torch._dynamo makes it on import, and can't where all is read-only
}
_CUDA_VARIABLES = ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "LD_LIBRARY_PATH")


def _check_system(level: Level) -> None:
    if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
        raise SandboxError(f"submissions can't be run on {sys.platform}, which has no fork; use Linux")
    if sys.platform != "linux" and level is not Level.NONE:
        raise SandboxError(
            f"isolation '{level}' needs Linux; on {sys.platform} there is only --isolation none, "
            "a separate process with deadlines: do not run what you do not trust"
        )


class Sandbox:
    """Confined children for as long as it is open. May be used from several threads at once.

    It returns before the zygote is ready; the first child waits for it. Raises SandboxError where this
    system can't have one at all.
    """

    def __init__(self, policy: Policy) -> None:
        _check_system(policy.level)
        self._policy = policy
        self._setup = Setup(
            hidden=[str(path) for path in paths.check_hidden(policy.hidden)],
            preload=list(policy.preload),
            many=policy.many,
            device=policy.device,
            without=sorted(policy.without),
            worker=policy.worker,
        )
        self._folders = paths.module_folders((policy.worker, *policy.preload))
        self._ready: Future[Ready] = Future()
        self._processes: dict[int, Process] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._closing = False
        self._failure: Exception | None = None
        self._errors = b""  # the end of the zygote's stderr
        self.layers: list[str] = []  # active ones; known after the first hello
        self.missing: dict[str, str] = {}  # the others, and parts of them: why
        self._start()

    @property
    def versions(self) -> dict[str, str]:
        """Of Python and torch, as the zygote reports them. Waits for it."""
        return self._wait_until_ready().versions

    def child(self, megabytes: int, output_bytes: int) -> Child:
        """A new confined process that has seen no submission.

        megabytes: that it may take beyond what it has; output_bytes: that it may print. Raises
        WorkerFailure where it dies before its hello, SandboxError where it is confined less than asked for.
        """
        if megabytes < 1 or output_bytes < 1:
            raise ValueError(f"limits must be positive: {megabytes} MB, {output_bytes} bytes of output")
        self._wait_until_ready()
        child = self._fork(megabytes, output_bytes)
        try:
            hello = child.greet()
            require(self._policy.level, hello.layers, hello.notes)
        except BaseException:
            child.close()
            raise
        self.layers = hello.layers
        reasons = {layer: "it is not active" for layer in LAYERS if layer not in hello.layers}
        self.missing = reasons | hello.notes
        return child

    def close(self) -> None:
        """End the zygote and with it every child."""
        self._closing = True
        self._control.shutdown()
        self._dispatcher.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- the zygote ---

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        self._control = Control(ours)
        # The kernel kills the zygote when the thread that started it ends: so that thread must outlive it.
        self._dispatcher = threading.Thread(target=self._keep, args=(theirs,), name="sandbox", daemon=True)
        self._dispatcher.start()

    def _keep(self, theirs: socket.socket) -> None:
        """The dispatcher's life: start the zygote, pass its notices on, bury it."""
        try:
            process = self._spawn(theirs)
        except OSError as error:
            theirs.close()
            self._lost(SandboxError(f"can't start a worker with {sys.executable}: {error}"))
            self._control.close()
            return
        try:
            with contextlib.suppress(EOFError, OSError):
                self._control.send(self._setup)
                self._listen(process)
        finally:
            self._bury(process)

    def _spawn(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        number = theirs.fileno()
        options = [str(number), str(os.getpid()), *self._folders]
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _BOOTSTRAP, *options],
            env=self._environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(number,),
            start_new_session=True,  # the terminal's Ctrl-C is for the judge
        )
        theirs.close()
        return process

    def _environment(self) -> dict[str, str]:
        threads = str(self._policy.threads)
        environment = {**_ENVIRONMENT, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        if self._policy.device == "cuda":
            environment |= {name: os.environ[name] for name in _CUDA_VARIABLES if name in os.environ}
        if sys.platform == "darwin":
            environment["OBJC_DISABLE_INITIALIZE_FORK_SAFETY"] = "YES"
        return environment

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(process.stdout, select.POLLIN)
        while not self._closing:
            for descriptor, _ in poll.poll():
                if descriptor == self._control.fileno():
                    self._hear(*self._control.notice())
                elif not self._read_errors(descriptor):
                    poll.unregister(descriptor)

    def _read_errors(self, descriptor: int) -> bool:
        text = os.read(descriptor, 65536)
        self._errors = (self._errors + text)[-_QUOTED_BYTES:]
        return bool(text)

    def _hear(self, notice: Notice, descriptors: list[int]) -> None:
        if isinstance(notice, Ready):
            self._ready.set_result(notice)
            return
        with self._lock:
            process = self._processes[notice.child]
            if not isinstance(notice, Forked):
                del self._processes[notice.child]
        if isinstance(notice, Forked):
            process.begin(notice.process, descriptors[0] if descriptors else None)
        elif isinstance(notice, Exited):
            process.exited.set_result(notice)
        elif isinstance(notice, Unborn):
            process.fail(WorkerFailure(f"no worker could be started: {notice.reason}"))

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        self._control.shutdown()
        if self._closing and not self._ready.done():
            process.kill()  # it is importing, and looks at the socket only later
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdout is not None
        while not self._closing and self._read_errors(process.stdout.fileno()):
            pass
        process.stdout.close()
        said = self._errors.decode(errors="replace").strip() or f"exit code {process.returncode}"
        self._lost(WorkerFailure("the sandbox was closed" if self._closing else f"the zygote died: {said}"))
        self._control.close()

    def _lost(self, error: Exception) -> None:
        if not self._ready.done():
            self._ready.set_exception(error)
        with self._lock:
            self._failure = error
            orphans = list(self._processes.values())
            self._processes.clear()
        for process in orphans:
            process.fail(error)

    def _wait_until_ready(self) -> Ready:
        try:
            return self._ready.result(_READY_SECONDS)
        except Late:
            raise WorkerFailure(f"the zygote was not ready within {_READY_SECONDS:g} seconds") from None

    # --- children ---

    def _fork(self, megabytes: int, output_bytes: int) -> Child:
        process = Process(next(self._numbers), self._control)
        with self._lock:
            if self._failure:
                raise self._failure
            self._processes[process.child] = process
        ours, theirs = socket.socketpair()
        reader, writer = os.pipe()
        # Where the zygote is gone, the dispatcher notices too, and fails the process.
        with theirs, contextlib.suppress(OSError):
            self._control.send(Fork(process.child, megabytes), (theirs.fileno(), writer))
        os.close(writer)
        return Child(process, ours, reader, megabytes, output_bytes)
