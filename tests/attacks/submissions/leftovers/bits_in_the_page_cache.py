"""
Tries: leave word for the next submission in which pages of a library's files are in memory, and read what was left.
Must: fail; pages can't be dropped, and nothing says which are there.
Alone: seccomp
"""

import ctypes
import mmap
import os
from contextlib import suppress

import torch

libc = ctypes.CDLL(None, use_errno=True)
descriptor = os.open(torch.__file__, os.O_RDONLY)
with suppress(OSError):
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    gained("pages dropped")
with suppress(OSError):
    os.preadv(descriptor, [bytearray(16)], 0, os.RWF_NOWAIT)
    gained("whether a page is in memory")
view = mmap.mmap(-1, 4096)
place = ctypes.addressof(ctypes.c_char.from_buffer(view))
if libc.mincore(ctypes.c_void_p(place), ctypes.c_size_t(4096), ctypes.create_string_buffer(1)) == 0:
    gained("which pages are in memory")
os.close(descriptor)
