"""What judge and zygote say to each other, and the socket on which they do.

A stream with lengths rather than a socket with message boundaries, because macOS has none of the latter.
Submissions never get at this socket: a child closes it before it says hello.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Sequence

import msgspec

_LENGTH = struct.Struct("<I")
_MAX_DESCRIPTORS = 4


class Setup(msgspec.Struct, frozen=True, tag="setup"):
    """To the zygote, first: what it is for."""

    hidden: list[str]
    preload: list[str]
    many: bool
    device: str
    without: list[str]
    worker: str


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """To the zygote, with a socket and the writing end of a pipe: start a child on them."""

    child: int
    megabytes: int


class Kill(msgspec.Struct, frozen=True, tag="kill"):
    """To the zygote, where the judge has no descriptor of the process."""

    child: int


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """From the zygote: everything is imported."""

    versions: dict[str, str]


class Forked(msgspec.Struct, frozen=True, tag="forked"):
    """From the zygote, with a descriptor of the process where the system has such."""

    child: int
    process: int  # as the zygote numbers it


class Unborn(msgspec.Struct, frozen=True, tag="unborn"):
    """From the zygote: the system has no room for another process."""

    child: int
    reason: str


class Exited(msgspec.Struct, frozen=True, tag="exited"):
    """From the zygote: a child has ended, and its work dir is gone."""

    child: int
    status: int  # as wait(2) gives it
    seconds: float  # of processor time
    megabytes: float  # peak of resident memory


Order = Setup | Fork | Kill
Notice = Ready | Forked | Unborn | Exited
_orders = msgspec.msgpack.Decoder(Order)
_notices = msgspec.msgpack.Decoder(Notice)


class Control:
    """One end of the socket."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._sending = threading.Lock()

    def fileno(self) -> int:
        return self._socket.fileno()

    def send(self, message: Order | Notice, descriptors: Sequence[int] = ()) -> None:
        """Raises OSError where the other end is gone."""
        text = msgspec.msgpack.encode(message)
        frame = _LENGTH.pack(len(text)) + text
        with self._sending:
            sent = socket.send_fds(self._socket, [frame], list(descriptors))
            self._socket.sendall(frame[sent:])

    def order(self) -> tuple[Order, list[int]]:
        """The judge's next message and its descriptors. Raises EOFError at the end, OSError at a break."""
        text, descriptors = self._receive()
        return _orders.decode(text), descriptors

    def notice(self) -> tuple[Notice, list[int]]:
        """The zygote's next message, likewise."""
        text, descriptors = self._receive()
        return _notices.decode(text), descriptors

    def _receive(self) -> tuple[bytes, list[int]]:
        flags = getattr(socket, "MSG_CMSG_CLOEXEC", 0)
        prefix, descriptors, _, _ = socket.recv_fds(self._socket, _LENGTH.size, _MAX_DESCRIPTORS, flags)
        try:
            if not prefix:
                raise EOFError
            prefix += self._exactly(_LENGTH.size - len(prefix))
            return self._exactly(*_LENGTH.unpack(prefix)), descriptors
        except BaseException:
            for descriptor in descriptors:
                os.close(descriptor)
            raise

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            part = self._socket.recv(count - len(parts))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def shutdown(self) -> None:
        """Wake whoever waits at either end."""
        with contextlib.suppress(OSError):  # the other end was first
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()
