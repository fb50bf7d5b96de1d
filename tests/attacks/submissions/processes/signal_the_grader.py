"""
Tries: send a signal to the judge, the zygote and the first process, in each way that the kernel has.
Must: fail; signals go to oneself only.
"""

import ctypes
import os
import platform
import signal
from contextlib import suppress

TKILL, QUEUE = {"x86_64": (200, 129), "aarch64": (130, 138)}[platform.machine()]
PIDFD_OPEN, PIDFD_SEND = 434, 424
libc = ctypes.CDLL(None, use_errno=True)
information = (ctypes.c_int * 32)(signal.SIGURG, 0, -1)
for process in (AIM.judge, AIM.zygote, os.getppid()):
    for number in (0, signal.SIGURG):  # ignored by who has not asked for it
        with suppress(OSError):
            os.kill(process, number)
            gained(f"kill {process}")
        with suppress(OSError):
            os.killpg(process, number)
            gained(f"kill the group of {process}")
        if libc.syscall(ctypes.c_long(TKILL), process, number) == 0:
            gained(f"kill thread {process}")
        if libc.tgkill(process, process, number) == 0:
            gained(f"kill thread {process} of its group")
        handle = libc.syscall(ctypes.c_long(PIDFD_OPEN), process, 0)
        if handle >= 0 and libc.syscall(ctypes.c_long(PIDFD_SEND), handle, number, None, 0) == 0:
            gained(f"kill {process} by descriptor")
    if libc.syscall(ctypes.c_long(QUEUE), process, signal.SIGURG, information) == 0:
        gained(f"queue for {process}")
for all_of in (-1, 1):
    with suppress(OSError):
        os.kill(all_of, 0)
        gained(f"kill {all_of}")
