"""
Tries: set up io_uring, which makes system calls on one's behalf that a filter does not see.
Must: fail; io_uring_setup is not an allowed call.
"""

import ctypes

SETUP, ENTER, REGISTER = 425, 426, 427
libc = ctypes.CDLL(None, use_errno=True)
for flags in (0, 1 << 1, 1 << 6):  # plain, with a thread of the kernel, disabled at first
    parameters = (ctypes.c_uint32 * 30)(0, 0, flags)
    ring = libc.syscall(ctypes.c_long(SETUP), 4, parameters)
    if ring >= 0:
        gained(f"a ring with flags {flags}")
for number in (ENTER, REGISTER):
    if libc.syscall(ctypes.c_long(number), 3, 0, 0, 0, None, 0) >= 0:
        gained(f"io_uring call {number}")
