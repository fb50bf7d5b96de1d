"""
Tries: become the tracer of the judge, the zygote or another process, and read a word of its memory.
Must: fail; tracing is not an allowed call, and Landlock forbids it towards whoever is outside.
"""

import ctypes
import os

SEIZE = 0x4206  # unlike an attach it stops nobody
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long
for process in (AIM.judge, AIM.zygote, AIM.victim, os.getppid()):
    if libc.ptrace(SEIZE, process, None, None) == 0:
        gained(f"traces {process}")
