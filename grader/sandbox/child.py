"""One confined process, from its hello to its end, as the judge drives it."""

from __future__ import annotations

import math
import os
import select
import signal
import socket
import time
from types import TracebackType
from typing import NoReturn, Self

from grader import wire
from grader.errors import WorkerFailure
from grader.sandbox import losses
from grader.sandbox.control import Exited
from grader.sandbox.output import Output
from grader.sandbox.policy import Exit, Lost
from grader.sandbox.process import Deadline, Memory, Process

_HELLO_SECONDS = 60.0
_LAST_SECONDS = 0.5  # from the closing of the socket to the end of the process
_DEATH_SECONDS = 1.0  # from the end of its stream to the news of its end
_ROOM = 1 << 16  # bytes, before any has come
_NOTICE_SECONDS = 60.0  # for the zygote to report a death that is certain


class _Closed(Exception):
    """The other end of the socket was closed."""


class Child:
    """Made by Sandbox.child. One thread at a time may use it."""

    def __init__(self, process: Process, end: socket.socket, output: int, megabytes: int, output_bytes: int) -> None:
        self._process = process
        self._socket = end
        self._output = Output(output, output_bytes)
        self._megabytes = megabytes
        self._poll = select.poll()
        self._poll.register(output, select.POLLIN)
        self._socket.setblocking(False)
        self._lost: Lost | None = None
        self._exit: Exit | None = None
        self._memory_before: Memory | None = None
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

    def ask(self, request: wire.Request, arrays: wire.Arrays | None, seconds: float) -> tuple[wire.Reply, wire.Arrays]:
        """Send a request and wait for its reply. seconds: of processor time. Raises Lost."""
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
            self._take_output()  # all of it is there: a worker prints before it replies
        except TimeoutError:
            self._end(losses.timed_out(seconds, deadline.idle))
        except wire.ProtocolError as error:
            self._end(losses.breach(str(error)))
        except _Closed:
            self._end(self._why_closed())
        return reply, arrays

    def finish(self) -> Exit:
        """Let it end, kill it where it does not, and say how it was."""
        if self._exit is None:
            memory = None if self._lost else self._process.memory()
            self._socket.close()
            try:
                exited = self._reap(_LAST_SECONDS)
            finally:
                self._release()
            megabytes = self._beyond_start(memory, exited)
            self._exit = Exit(exited.seconds, megabytes, self._output.text(), self._output.truncated)
        return self._exit

    def close(self) -> None:
        """Kill it, if it still runs, and let go of it."""
        if self._closed:
            return
        self._process.kill()
        try:
            self._reap(0.0)
        except WorkerFailure:
            pass  # the zygote died, and the child with it
        finally:
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
            _check(deadline)
            try:
                rest = rest[self._socket.send(rest) :]
            except BlockingIOError:
                self._wait_for(select.POLLOUT, deadline)
            except OSError:
                raise _Closed from None

    def _receive(self, deadline: Deadline) -> tuple[wire.Reply, wire.Arrays]:
        header, body = wire.lengths(self._exactly(wire.PREFIX.size, deadline), wire.MAX_REPLY_HEADER)
        reply = wire.decode_reply(self._exactly(header, deadline))
        return reply, wire.decode_tensors(self._exactly(body, deadline))

    def _exactly(self, count: int, deadline: Deadline) -> bytes:
        """So many bytes. Room is made as they come: a claim of many takes no memory."""
        data, filled = bytearray(min(count, _ROOM)), 0
        while filled < count:
            _check(deadline)
            if filled == len(data):
                data.extend(bytes(min(count, 2 * filled) - filled))
            try:
                with memoryview(data) as view:
                    got = self._socket.recv_into(view[filled:])
            except BlockingIOError:
                self._wait_for(select.POLLIN, deadline)
                continue
            except OSError:
                raise _Closed from None
            if got == 0:
                raise _Closed
            filled += got
        return bytes(data)

    def _wait_for(self, event: int, deadline: Deadline) -> None:
        """Until the socket is ready. Meanwhile takes what is printed, or the child would wait for us."""
        self._poll.register(self._socket, event)
        while True:
            left = _check(deadline)
            ready = [descriptor for descriptor, _ in self._poll.poll(math.ceil(left * 1000))]
            if self._output.descriptor in ready:
                self._take_output()
            if self._socket.fileno() in ready:
                return

    def _take_output(self) -> None:
        if not self._output.open:
            return
        self._output.drain()
        if self._output.exceeded:
            self._end(losses.output_exceeded(self._output.limit))
        if not self._output.open:
            self._poll.unregister(self._output.descriptor)

    # --- the end ---

    def _end(self, lost: Lost) -> NoReturn:
        self._process.kill()
        self._lost = lost
        raise lost from None

    def _why_closed(self) -> Lost:
        exited = self._reap(_DEATH_SECONDS)
        if self._output.exceeded:
            return losses.output_exceeded(self._output.limit)
        if self._process.killed and _by_force(exited.status):
            return losses.breach("it closed its end")
        return losses.died(exited.status, self._megabytes)

    def _reap(self, patience: float) -> Exited:
        """Its end: by itself within some seconds, else by force. Takes what it prints, or it would hang."""
        end = time.monotonic() + patience
        waiting = select.poll()
        waiting.register(self._output.descriptor, select.POLLIN)
        while self._output.open and not self._output.exceeded and (left := end - time.monotonic()) > 0:
            waiting.poll(math.ceil(left * 1000))
            self._output.drain()
        exited = self._process.wait(max(0.0, end - time.monotonic()))
        if exited is None:
            self._process.kill()
            exited = self._process.wait(_NOTICE_SECONDS)
        if exited is None:
            raise WorkerFailure(f"a worker was killed, and did not end within {_NOTICE_SECONDS:g} seconds")
        self._output.drain()
        return exited

    def _beyond_start(self, memory: Memory | None, exited: Exited) -> float:
        before = self._memory_before
        if before is None:
            return 0.0
        grown = memory.private - before.private if memory else exited.megabytes - before.now
        return max(0.0, grown)


def _check(deadline: Deadline) -> float:
    left = deadline.remaining()
    if left <= 0:
        raise TimeoutError
    return left


def _by_force(status: int) -> bool:
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
