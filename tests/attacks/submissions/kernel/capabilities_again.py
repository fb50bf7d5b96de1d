"""
Tries: find a capability that was left, and get dropped ones back: by capset, by becoming root, by other groups.
Must: fail; none is left, and no call that changes who it is is allowed.
Alone: capabilities
"""

import ctypes
import os
from contextlib import suppress

libc = ctypes.CDLL(None, use_errno=True)
header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
libc.capget(header, sets)
if any(sets):
    gained(f"capabilities: {[hex(part) for part in sets]}")
every = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
if libc.capset(header, every) == 0:
    gained("every capability")
if libc.prctl(24, 999, 0, 0, 0) == 0 or libc.prctl(47, 2, 0, 0, 0) == 0:
    gained("ambient capabilities")
user = os.getresuid()
for change in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgroups([0])):
    with suppress(OSError):
        change()
        if os.getresuid() != user or 0 in os.getgroups():
            gained(f"another user: {os.getresuid()}, {os.getgroups()}")
