"""
Tries: change what it has in common with the judge: options of the socket, its buffers, an owner, its direction.
Must: change its own end only; the judge's end and the verdict are as always.
"""

import fcntl
import os
import socket
from contextlib import suppress

for number in range(3, 32):
    with suppress(OSError):
        link = socket.fromfd(number, socket.AF_UNIX, socket.SOCK_STREAM)
        for option in (socket.SO_PASSCRED, socket.SO_KEEPALIVE, socket.SO_LINGER, 42, 44, 76, 75):  # peeking, a lock, …
            with suppress(OSError):
                link.setsockopt(socket.SOL_SOCKET, option, 1 if option != 42 else -1)
        with suppress(OSError):
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4608)
        with suppress(OSError):
            link.connect(AIM.socket)
            gained("the socket leads elsewhere")
        with suppress(OSError):
            link.sendto(b"x", AIM.socket)
            gained("a message to another socket")
        with suppress(OSError):
            fcntl.fcntl(number, 1031, 1 << 20)  # the size of a pipe
            gained("the size of a pipe")
with suppress(OSError):
    fcntl.fcntl(1, 1031, 1 << 20)
    gained("the size of the pipe for output")
os.set_blocking(1, True)
