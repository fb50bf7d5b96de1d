"""
Tries: open performance counters on the zygote, on another process and on itself, to watch what they execute.
Must: fail; perf_event_open is not an allowed call.
"""

import ctypes
import os
import platform
import struct

NUMBER = {"x86_64": 298, "aarch64": 241}[platform.machine()]
USER_ONLY = 1 << 5 | 1 << 6  # exclude the kernel and the hypervisor
libc = ctypes.CDLL(None, use_errno=True)
attributes = ctypes.create_string_buffer(struct.pack("=IIQQQQQ", 1, 112, 1, 0, 0, 0, USER_ONLY), 112)  # task clock
for process in (os.getppid(), AIM.zygote, AIM.victim, 0):
    counter = libc.syscall(ctypes.c_long(NUMBER), attributes, process, -1, -1, ctypes.c_ulong(0))
    if counter >= 0:
        gained(f"a counter on {process}")
        os.close(counter)
