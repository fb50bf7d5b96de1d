"""
Tries: get a descriptor that handles page faults in user space, with which kernel code can be held up midway.
Must: fail; userfaultfd is not an allowed call, and its device can't be opened.
"""

import ctypes
import os
import platform
from contextlib import suppress

NUMBER = {"x86_64": 323, "aarch64": 282}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
for flags in (0, 1):  # 1: faults of user code only, which needs no privilege
    if libc.syscall(ctypes.c_long(NUMBER), flags) >= 0:
        gained(f"userfaultfd with flags {flags}")
with suppress(OSError):
    os.open("/dev/userfaultfd", os.O_RDWR)
    gained("/dev/userfaultfd")
