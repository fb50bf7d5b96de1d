"""
Tries: make shared memory, a queue and semaphores of System V, which no limit counts and which outlive their maker.
Must: fail; none of these calls is allowed.
Alone: seccomp
"""

import ctypes

MAKE, REMOVE = 0o1000 | 0o600, 0
libc = ctypes.CDLL(None, use_errno=True)
libc.shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]
memory, queue, semaphores = libc.shmget(0, 1 << 20, MAKE), libc.msgget(0, MAKE), libc.semget(0, 3, MAKE)
if memory >= 0:
    gained("shared memory")
    libc.shmctl(memory, REMOVE, None)
if queue >= 0:
    gained("a queue")
    libc.msgctl(queue, REMOVE, None)
if semaphores >= 0:
    gained("semaphores")
    libc.semctl(semaphores, 0, REMOVE)
