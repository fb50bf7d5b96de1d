"""
Tries: change priority, processors, scheduling and limits of the zygote and of another process.
Must: fail; such calls are refused or take oneself only, and the zygote has capabilities that a child lacks.
"""

import ctypes
import os
import platform
import resource
from contextlib import suppress

SET_IO = {"x86_64": 251, "aarch64": 30}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
for process in (os.getppid(), AIM.zygote, AIM.victim):
    # Each to what it is already: that it may be set is enough.
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, process))
        gained(f"priority of {process}")
    with suppress(OSError):
        os.sched_setaffinity(process, os.sched_getaffinity(process))
        gained(f"processors of {process}")
    with suppress(OSError):
        os.sched_setscheduler(process, os.sched_getscheduler(process), os.sched_getparam(process))
        gained(f"scheduling of {process}")
    with suppress(OSError):
        limit = resource.prlimit(process, resource.RLIMIT_NOFILE)
        resource.prlimit(process, resource.RLIMIT_NOFILE, limit)
        gained(f"limits of {process}")
    if libc.syscall(ctypes.c_long(SET_IO), 1, process, 2 << 13 | 4) == 0:
        gained(f"disk priority of {process}")
