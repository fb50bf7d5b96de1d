"""
Tries: read a key of the grader's user relative to open folders: O_PATH, openat, openat2, chdir, fchdir, /proc/self/fd.
Must: fail; what counts is the file, not the way to it.
Alone: landlock
"""

import ctypes
import os
from contextlib import suppress

folder, name = os.path.split(AIM.home)
work = os.getcwd()
libc = ctypes.CDLL(None, use_errno=True)


def by_openat2(handle):
    how = (ctypes.c_uint64 * 3)(os.O_RDONLY, 0, 0x08)  # RESOLVE_BENEATH
    return libc.syscall(ctypes.c_long(437), handle, name.encode(), how, ctypes.sizeof(how))


def by_change(handle):
    os.fchdir(handle)
    return os.open(name, os.O_RDONLY)


def by_magic_link(handle):
    file = os.open(name, os.O_PATH, dir_fd=handle)
    return os.open(f"/proc/self/fd/{file}", os.O_RDONLY)


ways = [by_openat2, by_change, by_magic_link, lambda handle: os.open(name, os.O_RDONLY, dir_fd=handle)]
for way in ways:
    with suppress(OSError):
        file = way(os.open(folder, os.O_PATH | os.O_DIRECTORY))
        if file >= 0:
            gained(os.read(file, 4096))
os.chdir(work)
