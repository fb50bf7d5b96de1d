"""
Tries: raise its own limits on memory, time, files and processes, by Python and by both system calls.
Must: fail; no limit can be set any more.
"""

import ctypes
import platform
import resource
from contextlib import suppress

SET, SET_OF = {"x86_64": (160, 302), "aarch64": (164, 261)}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
endless = (ctypes.c_uint64 * 2)(2**64 - 1, 2**64 - 1)
for name in ("AS", "CPU", "FSIZE", "NOFILE", "CORE", "MEMLOCK", "MSGQUEUE"):
    which = getattr(resource, f"RLIMIT_{name}")
    at_first = resource.getrlimit(which)
    with suppress(OSError, ValueError):
        resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    libc.syscall(ctypes.c_long(SET), which, endless)
    libc.syscall(ctypes.c_long(SET_OF), 0, which, endless, None)
    if resource.getrlimit(which) != at_first:
        gained(f"{name} was {at_first} and is {resource.getrlimit(which)}")
