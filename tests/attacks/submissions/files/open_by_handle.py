"""
Tries: open the reference by the handle of its inode, which needs no path that can be hidden or forbidden.
Must: fail; neither making nor opening a handle is an allowed system call.
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for path in (AIM.secret, AIM.other, AIM.results):
    handle = (ctypes.c_uint32 * 34)(128)
    mount = ctypes.c_int()
    made = libc.name_to_handle_at(-100, path.encode(), handle, ctypes.byref(mount), 0)
    for root in ("/", os.path.dirname(path), "/usr", "."):
        try:
            file = libc.open_by_handle_at(os.open(root, os.O_RDONLY), handle, os.O_RDONLY) if made == 0 else -1
        except OSError:
            continue
        if file >= 0:
            gained(os.read(file, 4096))
