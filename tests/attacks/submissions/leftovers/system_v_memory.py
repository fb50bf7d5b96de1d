"""
Tries: leave a segment of System V's shared memory under a number, and look for that of the one before.
Must: find none; the calls are refused, and each has an IPC namespace of its own.
"""

import ctypes

NUMBER, MAKE, REMOVE = 0x67726164, 0o1666, 0
libc = ctypes.CDLL(None, use_errno=True)
libc.shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]
libc.shmat.restype = ctypes.c_void_p
found = libc.shmget(NUMBER, 4096, 0o666)
if found >= 0:
    gained(f"a segment of the one before: {ctypes.string_at(libc.shmat(found, None, 0), 16)!r}")
    libc.shmctl(found, REMOVE, None)
else:
    made = libc.shmget(NUMBER, 4096, MAKE)
    if made >= 0:
        ctypes.memmove(libc.shmat(made, None, 0), b"the answer", 10)
