"""
Tries: list the mounts, and with them the paths that are hidden, without /proc.
Must: fail; statmount and listmount are not allowed calls.
"""

import ctypes

STATMOUNT, LISTMOUNT, ROOT = 457, 458, 2**64 - 1
libc = ctypes.CDLL(None, use_errno=True)
request = (ctypes.c_uint64 * 3)(24, ROOT, 0)
mounts = (ctypes.c_uint64 * 64)()
count = libc.syscall(ctypes.c_long(LISTMOUNT), request, mounts, ctypes.c_size_t(64), 0)
if count > 0:
    gained(f"{count} mounts")
    text = ctypes.create_string_buffer(4096)
    for mount in mounts[:count]:
        request = (ctypes.c_uint64 * 3)(24, mount, 0x10)  # where it is
        if libc.syscall(ctypes.c_long(STATMOUNT), request, text, ctypes.c_size_t(4096), 0) == 0:
            gained(f"a mount at {text.raw[512:].strip(bytes(1)).split(bytes(1))[0]!r}")
