"""
Tries: put a filter of its own on top, so as to answer its own system calls by a listener in another thread.
Must: fail; neither way to a filter is allowed any more.
Alone: seccomp
"""

import ctypes
import platform
import struct

SECCOMP = {"x86_64": 317, "aarch64": 277}[platform.machine()]
SET_FILTER, NEW_LISTENER, SET_SECCOMP = 1, 8, 22
libc = ctypes.CDLL(None, use_errno=True)
steps = ctypes.create_string_buffer(struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000))  # allow everything
program = ctypes.create_string_buffer(struct.pack("=H6xQ", 1, ctypes.addressof(steps)))
for flags in (0, NEW_LISTENER):
    if libc.syscall(ctypes.c_long(SECCOMP), SET_FILTER, flags, program) >= 0:
        gained(f"a filter with flags {flags}")
if libc.prctl(SET_SECCOMP, 2, program, 0, 0) == 0:
    gained("a filter by prctl")
