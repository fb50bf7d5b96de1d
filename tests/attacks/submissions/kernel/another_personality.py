"""
Tries: switch off the randomness of addresses, and make data executable, for itself and what it starts.
Must: fail; personality is not an allowed call.
Alone: seccomp
"""

import ctypes

FIXED_ADDRESSES, ALL_IS_CODE, LINUX_2_6 = 0x0040000, 0x0400000, 0x0020000
libc = ctypes.CDLL(None, use_errno=True)
was = libc.personality(0xFFFFFFFF)
for flags in (FIXED_ADDRESSES, ALL_IS_CODE, LINUX_2_6):
    if libc.personality(flags) >= 0:
        gained(f"personality {flags:x}")
if was >= 0:
    libc.personality(was)
