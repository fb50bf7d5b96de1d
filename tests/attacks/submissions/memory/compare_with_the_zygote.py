"""
Tries: learn by kcmp what it shares with other processes, and addresses by get_robust_list: steps of an exploit.
Must: fail; both ask for the right to trace, which Landlock takes away.
"""

import ctypes
import os
import platform

KCMP, ROBUST = {"x86_64": (312, 274), "aarch64": (272, 100)}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
head, size = ctypes.c_void_p(), ctypes.c_size_t()
for process in (os.getppid(), AIM.zygote, AIM.judge, AIM.victim):
    if libc.syscall(ctypes.c_long(KCMP), process, os.getpid(), 1, 0, 0) >= 0:
        gained(f"comparison with {process}")
    if libc.syscall(ctypes.c_long(ROBUST), process, ctypes.byref(head), ctypes.byref(size)) == 0:
        gained(f"an address in {process}: {head.value}")
