"""
Tries: keep data in the buffers of sockets, made as large as an option allows: the kernel's memory, which no limit counts.
Must: be small; the option can't be set, and there are few descriptors.
"""

import socket
from contextlib import suppress

held, ends = 0, []
with suppress(OSError):
    while True:
        pair = socket.socketpair()
        ends.append(pair)
        for end in pair:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
                gained("a larger buffer")
            end.setblocking(False)
            with suppress(BlockingIOError):
                while True:
                    held += end.send(bytes(1 << 16))
if held > 64 << 20:
    gained(f"{held >> 20} MB in sockets")
for pair in ends:
    for end in pair:
        end.close()
