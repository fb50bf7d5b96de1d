"""
Tries: make a POSIX queue, and have the kernel notify it.
Must: fail; the calls are not allowed, and the limit on their bytes is zero.
"""

import ctypes
import platform

OPEN, UNLINK = {"x86_64": (240, 241), "aarch64": (180, 181)}[platform.machine()]
CREATE_AND_WRITE = 0o101
libc = ctypes.CDLL(None, use_errno=True)
attributes = (ctypes.c_long * 8)(0, 4, 64)  # messages, bytes of each
if libc.syscall(ctypes.c_long(OPEN), b"grader-attack", CREATE_AND_WRITE, 0o600, attributes) >= 0:
    gained("a queue")
    libc.syscall(ctypes.c_long(UNLINK), b"grader-attack")
