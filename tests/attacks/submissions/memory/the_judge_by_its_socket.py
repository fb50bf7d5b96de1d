"""
Tries: ask the socket to the judge for its other end: a pidfd leads out of the process namespace, to signals,
    descriptors and namespaces of the judge.
Must: yield nothing that can be used; every call that takes a pidfd is refused.
"""

import ctypes
import socket
from contextlib import suppress

PEER_CREDENTIALS, PEER_PIDFD, SEND, TAKE = 17, 77, 424, 438
libc = ctypes.CDLL(None, use_errno=True)
for number in range(3, 64):
    with suppress(OSError):
        link = socket.fromfd(number, socket.AF_UNIX, socket.SOCK_STREAM)
        process = int.from_bytes(link.getsockopt(socket.SOL_SOCKET, PEER_CREDENTIALS, 12)[:4], "little")
        if process > 1:
            gained(f"the judge has the number {process}")
        handle = link.getsockopt(socket.SOL_SOCKET, PEER_PIDFD)
        if libc.syscall(ctypes.c_long(SEND), handle, 0, None, 0) == 0:
            gained("signals to the judge")
        if libc.syscall(ctypes.c_long(TAKE), handle, 1, 0) >= 0:
            gained("a descriptor of the judge")
        for kind in (0x20000, 0x40000000, 0x08000000):  # mounts, network, IPC
            if libc.setns(handle, kind) == 0:
                gained("a namespace of the judge")
