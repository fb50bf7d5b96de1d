"""
Tries: in namespaces of its own, make a new root and look at the old one from there.
Must: fail at the first step; unshare and pivot_root are not allowed calls.
"""

import ctypes
import os
import platform
from contextlib import suppress
from pathlib import Path

PIVOT = {"x86_64": 155, "aarch64": 41}[platform.machine()]
NEW_USERS_AND_MOUNTS, PRIVATE, BIND = 0x10020000, 1 << 18 | 0x4000, 0x5000
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(NEW_USERS_AND_MOUNTS) == 0 and libc.mount(b"none", b"/", None, PRIVATE, None) == 0:
    with suppress(FileExistsError):
        os.mkdir("root")
    if libc.mount(b"/", b"root", None, ctypes.c_ulong(BIND), None) == 0:
        os.chdir("root")
        if libc.syscall(ctypes.c_long(PIVOT), b".", b".") == 0:
            gained("another root")
            with suppress(OSError):
                gained(Path(AIM.other).read_text())
