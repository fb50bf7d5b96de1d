"""
Tries: make a pair of datagram sockets: unlike a pair of streams, either can then write to any other socket.
Must: fail; pairs are streams only.
Alone: seccomp
"""

import socket
from contextlib import suppress

for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_RAW):
    with suppress(OSError):
        near, far = socket.socketpair(socket.AF_UNIX, kind)
        gained(f"a pair of kind {kind}")
        near.close()
        far.close()
with suppress(OSError):
    near, far = socket.socketpair()
    near.connect(AIM.socket)
    gained("a connection with what was a pair")
with suppress(OSError):
    near, far = socket.socketpair()
    near.bind(f"{AIM.open}/socket")
    gained("a name for what was a pair")
