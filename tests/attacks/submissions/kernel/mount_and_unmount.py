"""
Tries: take away the mount that hides the solutions, make all writable again, and mount something of its own.
Must: fail; there is no capability, Landlock forbids it, and none of these calls is allowed.
"""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

DETACH, NEW_USERS_AND_MOUNTS, PRIVATE = 2, 0x10020000, 1 << 18 | 0x4000
SET_ATTRIBUTES, OPEN_TREE, OPEN_FILE_SYSTEM = 442, 428, 430
libc = ctypes.CDLL(None, use_errno=True)
private = libc.unshare(NEW_USERS_AND_MOUNTS) == 0 and libc.mount(b"none", b"/", None, PRIVATE, None) == 0
solutions = str(Path(AIM.secret).parents[2])
if libc.umount2(solutions.encode(), DETACH) == 0:
    gained("the solutions are no longer hidden")
with suppress(OSError):
    gained(Path(AIM.secret).read_text())
with suppress(FileExistsError):
    os.mkdir("here")
for source, kind, flags in ((b"none", b"tmpfs", 0), (b"/", None, 0x1000), (b"proc", b"proc", 0)):
    if libc.mount(source, b"here", kind, ctypes.c_ulong(flags), None) == 0:
        gained(f"a mount of {kind}")
        libc.umount2(b"here", DETACH)
writable = (ctypes.c_uint64 * 4)(0, 1, 0, 0)
if private and libc.syscall(ctypes.c_long(SET_ATTRIBUTES), -100, b"/", 0x8000, writable, 32) == 0:
    gained("all is writable")
if libc.syscall(ctypes.c_long(OPEN_TREE), -100, b"/", 1) >= 0:
    gained("a tree that can be mounted")
if libc.syscall(ctypes.c_long(OPEN_FILE_SYSTEM), b"tmpfs", 0) >= 0:
    gained("a file system that can be mounted")
