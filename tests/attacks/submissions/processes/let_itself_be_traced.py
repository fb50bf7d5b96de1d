"""
Tries: make the zygote its tracer, so that each stop of this process looks to the zygote like its end.
Must: fail; no part of ptrace is an allowed call.
Alone: seccomp
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
if libc.ptrace(0, 0, None, None) == 0:
    gained("the zygote traces it")
