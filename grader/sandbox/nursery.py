"""The zygote's loop: it forks children, tells the judge of their ends, and cleans up after them."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from grader import wire
from grader.sandbox import confine, kernel, namespaces, scratch
from grader.sandbox.confine import Ground
from grader.sandbox.control import Control, Exited, Fork, Forked, Kill, Unborn
from grader.sandbox.layers import Layers

Serve = Callable[[Callable[[int], bytearray], Callable[[bytes], None]], None]

_FAILED = 70  # EX_SOFTWARE: the status of a child whose own code broke
_REMOVED_AT_ONCE = 200  # files and folders of a work dir
_UNITS = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


class Nursery:
    """All children of one zygote."""

    def __init__(self, control: Control, layers: Layers, ground: Ground, serve: Serve) -> None:
        self._control = control
        self._layers = layers
        self._ground = ground
        self._serve = serve
        self._running: dict[int, int] = {}  # process: child
        self._base: Path | None = None  # of work dirs, where there are no mounts
        if "mounts" not in layers:
            self._base = Path(tempfile.mkdtemp(prefix="grader-"))

    def run(self) -> NoReturn:
        """Until the judge closes its end."""
        self._clean_up_after_judge()
        woken = _wake_at_exits()
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(woken, select.POLLIN)
        try:
            while True:
                ready = [descriptor for descriptor, _ in poll.poll()]
                if woken in ready:
                    os.read(woken, 4096)
                    self._reap()
                if self._control.fileno() in ready:
                    self._obey()
        except (EOFError, OSError):
            pass  # the judge is gone
        finally:
            self._end()

    def _obey(self) -> None:
        order, descriptors = self._control.order()
        if isinstance(order, Fork):
            self._fork(order, *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
        elif isinstance(order, Kill):
            for process in [p for p, child in self._running.items() if child == order.child]:
                os.kill(process, signal.SIGKILL)  # not reaped yet, so the number is still its own

    def _fork(self, order: Fork, link: int, output: int) -> None:
        try:
            work = self._new_work(order.child)
            process = os.fork()
        except OSError as error:
            self._control.send(Unborn(order.child, str(error)))
            return
        if process == 0:
            self._become_child(order, link, output, work)
        self._running[process] = order.child
        descriptor = _descriptor_of(process)
        self._control.send(Forked(order.child, process), descriptor)
        for number in descriptor:
            os.close(number)

    def _new_work(self, child: int) -> Path:
        if self._base is None:
            return namespaces.SCRATCH
        work = self._base / str(child)
        work.mkdir(mode=0o700)
        return work

    def _become_child(self, order: Fork, link: int, output: int, work: Path) -> NoReturn:
        status = _FAILED
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            confine.detach(link, output)
            folders = confine.own_folders(self._layers, self._ground, work)
            confine.settle(folders[0])
            confine.confine(self._layers, self._ground, folders, order.megabytes)
            end = _Link(socket.socket(fileno=link))
            end.send(wire.encode(wire.Hello(self._layers.active, self._layers.notes)))
            with contextlib.suppress(EOFError):
                self._serve(end.receive_exact, end.send)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            confine.flush()
            os._exit(status)

    def _reap(self) -> None:
        while True:
            try:
                process, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            child = self._running.pop(process, None)
            if child is None:
                continue  # one that cleaned up, or an orphan that was handed to the first of the namespace
            self._clean(child)
            megabytes = usage.ru_maxrss * _UNITS / (1 << 20)
            self._control.send(Exited(child, status, usage.ru_utime + usage.ru_stime, megabytes))

    def _clean(self, child: int) -> None:
        """Remove a work dir; a large one in a process of its own, so that others need not wait."""
        if self._base is None:
            return
        work = self._base / str(child)
        try:
            scratch.remove(work, _REMOVED_AT_ONCE)
        except scratch.TooManyEntries:
            if os.fork() == 0:
                with contextlib.suppress(OSError):
                    scratch.remove(work)
                os._exit(0)

    def _end(self) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for process in self._running:
            os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
        if self._base:
            scratch.remove(self._base)
        os._exit(0)

    def _clean_up_after_judge(self) -> None:
        """A judge that is killed leaves work dirs behind, so its end must leave time to remove them."""
        if self._base and sys.platform == "linux":
            signal.signal(signal.SIGTERM, _judge_is_gone)
            kernel.die_with_parent(signal.SIGTERM)


class _Link:
    """The child's end of its socket to the judge."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end

    def receive_exact(self, count: int) -> bytearray:
        """So many bytes. Raises EOFError where the judge has closed."""
        data = bytearray(count)
        view = memoryview(data)
        while view:
            got = self._socket.recv_into(view)
            if got == 0:
                raise EOFError
            view = view[got:]
        return data

    def send(self, frame: bytes) -> None:
        """All of it, after what was printed."""
        confine.flush()
        self._socket.sendall(frame)


def _judge_is_gone(*_: object) -> NoReturn:
    raise EOFError


def _wake_at_exits() -> int:
    """A descriptor that can be read when a child has ended."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reader


def _descriptor_of(process: int) -> list[int]:
    """It stays with this process, whoever gets its number later."""
    try:
        return [os.pidfd_open(process)]
    except (AttributeError, OSError):
        return []  # macOS, or Linux before 5.3
