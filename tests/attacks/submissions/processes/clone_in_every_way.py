"""
Tries: make a process by clone and clone3 themselves: as a fork, as a child of the zygote, with new namespaces.
Must: fail; clone makes threads only, and clone3, whose arguments can't be looked at, nothing.
Alone: seccomp
"""

import ctypes
import os
import platform
import signal

CLONE, CLONE3 = {"x86_64": 56, "aarch64": 220}[platform.machine()], 435
PARENT, USERS, HANDLE = 0x8000, 0x10000000, 0x1000
libc = ctypes.CDLL(None, use_errno=True)
for flags in (0, PARENT, USERS):
    made = libc.syscall(ctypes.c_long(CLONE), ctypes.c_ulong(flags | signal.SIGCHLD), None, None, None, None)
    if made == 0:
        os._exit(0)
    if made > 0:
        gained(f"clone with flags {flags:x}")
    made = libc.syscall(ctypes.c_long(CLONE3), (ctypes.c_uint64 * 11)(flags, 0, 0, 0, signal.SIGCHLD), 88)
    if made == 0:
        os._exit(0)
    if made > 0:
        gained(f"clone3 with flags {flags:x}")
