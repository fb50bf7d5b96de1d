"""
Tries: make forbidden calls by the numbers of the x32 interface, with garbage in the upper half, and by those to come.
Must: fail; the filter knows one name for each call, and no number beyond its list.
Alone: seccomp
"""

import ctypes
import os
import platform
import signal

FORK, SOCKET = {"x86_64": (57, 41), "aarch64": (220, 198)}[platform.machine()]
X32, UPPER = 0x40000000, 1 << 32
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
for beyond in (X32, UPPER, X32 | UPPER, -1 << 32):
    made = libc.syscall(ctypes.c_long(beyond + FORK), ctypes.c_ulong(signal.SIGCHLD), None, None, None, None)
    if made == 0:
        os._exit(0)
    if made > 0:
        gained(f"a process by {beyond + FORK:x}")
    link = libc.syscall(ctypes.c_long(beyond + SOCKET), 1, 1, 0)
    if link >= 0:
        gained(f"a socket by {beyond + SOCKET:x}")
for number in range(471, 600):
    if libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0) >= 0:
        gained(f"call {number}")
