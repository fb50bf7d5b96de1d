"""
Tries: keep memory that no limit on addresses counts: anonymous files, plain and secret.
Must: fail; memfd_create and memfd_secret are not allowed calls.
Alone: seccomp
"""

import ctypes
import os
from contextlib import suppress

with suppress(OSError):
    hidden = os.memfd_create("hidden")
    for _ in range(20):
        os.write(hidden, bytes(1 << 20))
    gained(f"{os.fstat(hidden).st_size} bytes in an anonymous file")
if ctypes.CDLL(None).syscall(ctypes.c_long(447), 0) >= 0:
    gained("secret memory")
