"""
Tries: enter the namespaces of the judge and of the first process, by /proc and by a descriptor of the process.
Must: fail; /proc is closed, and setns is not an allowed call.
"""

import ctypes
import os
from contextlib import suppress

libc = ctypes.CDLL(None, use_errno=True)
for process in (AIM.judge, AIM.zygote, AIM.victim, os.getppid()):
    for kind in ("user", "mnt", "net", "ipc", "pid", "uts"):
        with suppress(OSError):
            namespace = os.open(f"/proc/{process}/ns/{kind}", os.O_RDONLY)
            gained(f"namespace '{kind}' of {process} is open")
            if libc.setns(namespace, 0) == 0:
                gained(f"namespace '{kind}' of {process} is entered")
    handle = libc.syscall(ctypes.c_long(434), process, 0)
    if handle >= 0 and libc.setns(handle, 0x48000000) == 0:
        gained(f"network and IPC of {process}")
