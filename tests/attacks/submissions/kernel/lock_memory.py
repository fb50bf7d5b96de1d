"""
Tries: lock pages in memory, so that the machine can't take them back.
Must: fail; the limit is zero, and locking everything is not an allowed call.
Alone: rlimits
"""

import ctypes
import mmap
import platform

libc = ctypes.CDLL(None, use_errno=True)
page = mmap.mmap(-1, 1 << 16)
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
if libc.mlock(ctypes.c_void_p(address), ctypes.c_size_t(1 << 16)) == 0:
    gained("64 kB")
if (
    libc.syscall(
        ctypes.c_long({"x86_64": 325, "aarch64": 284}[platform.machine()]),
        ctypes.c_void_p(address),
        ctypes.c_size_t(4096),
        1,
    )
    == 0
):
    gained("4 kB when they are touched")
if libc.mlockall(1) == 0:
    gained("everything")
