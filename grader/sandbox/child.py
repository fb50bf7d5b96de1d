"""One confined process, from its hello to its end, as the judge drives it."""

from __future__ import annotations

import math
import os
import select
import socket
from types import TracebackType
from typing import Self

from grader import wire
from grader.errors import WorkerFailure
from grader.sandbox import outcome
from grader.sandbox.control import Exited
from grader.sandbox.policy import Exit, Lost
from grader.sandbox.process import Deadline, Process

_HELLO_SECONDS = 60.0
_LAST_SECONDS = 0.5  # from the closing of the socket to the end of the process
_DEATH_SECONDS = 1.0  # from the end of its stream to the news of its end
_NOTICE_SECONDS = 60.0  # for the zygote to report a death that is certain
_KEPT_BYTES = 64 << 10  # of what it prints
_PIECE = 1 << 16


class _Closed(Exception):
    """The other end of the socket was closed."""


class Output:
    """What a child prints: the end of it, and how much it was."""

    def __init__(self, descriptor: int, limit: int) -> None:
        self.descriptor = descriptor
        self.limit = limit
        self.total = 0
        self.open = True
        self._kept = b""
        os.set_blocking(descriptor, False)

    def drain(self) -> None:
        """Read what is there; at most a little more than the limit, so that it returns."""
        while self.open and self.total <= self.limit:
            try:
                piece = os.read(self.descriptor, _PIECE)
            except BlockingIOError:
                return
            self.open = bool(piece)
            self.total += len(piece)
            self._kept = (self._kept + piece)[-_KEPT_BYTES:]

    @property
    def exceeded(self) -> bool:
        return self.total > self.limit

    @property
    def truncated(self) -> bool:
        return self.total > len(self._kept)

    def text(self) -> str:
        return self._kept.decode("utf-8", errors="replace")

    def close(self) -> None:
        os.close(self.descriptor)


class Child:
    """Made by Sandbox.child. One thread at a time may use it."""

    def __init__(
        self, process: Process, end: socket.socket, output: int, megabytes: int, output_bytes: int
    ) -> None:
        self._process = process
        self._socket = end
        self._output = Output(output, output_bytes)
        self._megabytes = megabytes
        self._poll = select.poll()
        self._poll.register(output, select.POLLIN)
        self._socket.setblocking(False)
        self._lost: Lost | None = None
        self._exit: Exit | None = None
        self._closed = False

    def greet(self) -> wire.Hello:
        """Wait for the hello. What goes wrong before it is our failure: raises WorkerFailure."""
        try:
            self._process.started.result(_NOTICE_SECONDS)
            hello, _ = self._receive(Deadline(_HELLO_SECONDS, self._process))
            if not isinstance(hello, wire.Hello):
                raise wire.ProtocolError("not a hello")
        except (_Closed, TimeoutError, Lost, wire.ProtocolError) as error:
            self.close()
            said = self._output.text().strip() or str(error) or "it said nothing"
            raise WorkerFailure(f"a worker failed before its hello: {said}") from None
        self._memory_before = self._process.memory()
        return hello

    def ask(
        self, request: wire.Request, arrays: wire.Arrays | None, seconds: float
    ) -> tuple[wire.Reply, wire.Arrays]:
        """Send a request and wait for its reply. seconds: of processor time. Raises Lost, ProtocolError never."""
        return self.ask_frame(wire.encode(request, arrays), request.request, seconds)

    def ask_frame(self, frame: bytes, request: int, seconds: float) -> tuple[wire.Reply, wire.Arrays]:
        """The same with a request that is encoded already, so that one encoding serves many submissions."""
        if self._lost:
            raise self._lost
        deadline = Deadline(seconds, self._process)
        try:
            self._send(frame, deadline)
            reply, arrays = self._receive(deadline)
            if isinstance(reply, wire.Hello) or reply.request != request:
                raise wire.ProtocolError("the reply belongs to no request")
        except TimeoutError:
            self._end(outcome.timed_out(seconds))
        except wire.ProtocolError as error:
            self._end(outcome.breach(str(error)))
        except _Closed:
            self._end(self._why_closed())
        return reply, arrays

    def finish(self) -> Exit:
        """Let it end, kill it where it does not, and say how it was."""
        if self._exit is None:
            memory = None if self._lost else self._process.memory()
            self._socket.close()
            exited = self._reap()
            self._output.drain()
            self._exit = Exit(
                seconds=exited.seconds,
                megabytes=self._beyond_start(memory.private if memory else None, exited),
                output=self._output.text(),
                output_truncated=self._output.truncated,
            )
            self._release()
        return self._exit

    def close(self) -> None:
        """Kill it, if it still runs, and let go of it."""
        if not self._closed:
            self._process.kill()
            try:
                self._process.wait(_NOTICE_SECONDS)
            except WorkerFailure:
                pass  # the zygote died, and the child with it
            self._output.drain()
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _release(self) -> None:
        self._closed = True
        self._socket.close()
        self._output.close()
        self._process.close()

    # --- the exchange ---

    def _send(self, frame: bytes, deadline: Deadline) -> None:
        rest = memoryview(frame)
        while rest:
            try:
                rest = rest[self._socket.send(rest) :]
            except BlockingIOError:
                self._wait_for(select.POLLOUT, deadline)
            except OSError:
                raise _Closed from None

    def _receive(self, deadline: Deadline) -> tuple[wire.Reply, wire.Arrays]:
        header, body = wire.lengths(self._exactly(wire.PREFIX.size, deadline))
        reply = wire.decode_reply(self._exactly(header, deadline))
        return reply, wire.decode_tensors(self._exactly(body, deadline))

    def _exactly(self, count: int, deadline: Deadline) -> bytearray:
        data = bytearray(count)
        rest = memoryview(data)
        while rest:
            try:
                got = self._socket.recv_into(rest)
            except BlockingIOError:
                self._wait_for(select.POLLIN, deadline)
                continue
            except OSError:
                raise _Closed from None
            if got == 0:
                raise _Closed
            rest = rest[got:]
        return data

    def _wait_for(self, event: int, deadline: Deadline) -> None:
        """Until the socket is ready. Meanwhile takes what is printed, or the child would wait for us."""
        self._poll.register(self._socket, event)
        while True:
            left = deadline.remaining()
            if left <= 0:
                raise TimeoutError
            ready = [descriptor for descriptor, _ in self._poll.poll(math.ceil(left * 1000))]
            if self._output.descriptor in ready:
                self._take_output()
            if self._socket.fileno() in ready:
                return

    def _take_output(self) -> None:
        self._output.drain()
        if self._output.exceeded:
            self._end(outcome.output_exceeded(self._output.limit))
        if not self._output.open:
            self._poll.unregister(self._output.descriptor)

    # --- the end ---

    def _end(self, lost: Lost) -> None:
        self._process.kill()
        self._lost = lost
        raise lost

    def _why_closed(self) -> Lost:
        exited = self._process.wait(_DEATH_SECONDS) or self._reap()
        if self._process.killed and os.WIFSIGNALED(exited.status) and os.WTERMSIG(exited.status) == 9:
            return outcome.breach("it closed its end")
        self._output.drain()
        if self._output.exceeded:
            return outcome.output_exceeded(self._output.limit)
        return outcome.died(exited.status, self._megabytes)

    def _reap(self) -> Exited:
        """Its end, brought about after a while; what it still prints is taken, or it would never end."""
        waiting = select.poll()
        if self._output.open:
            waiting.register(self._output.descriptor, select.POLLIN)
        ...
