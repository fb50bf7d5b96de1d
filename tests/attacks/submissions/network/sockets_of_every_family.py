"""
Tries: make a socket of any family that the kernel has: Bluetooth, virtual machines, its ciphers, CAN, TIPC, XDP.
Must: fail; rare families are where kernels break, and none is needed.
Alone: seccomp
"""

import socket
from contextlib import suppress

found = set()
for family in range(50):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET, socket.SOCK_RDM):
        with suppress(OSError):
            socket.socket(family, kind, 0).close()
            found.add(family)
if found:
    gained(f"sockets of the families {sorted(found)}")
