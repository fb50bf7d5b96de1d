"""
Tries: change a page of a library that all processes share: map the file for writing, or map it and ask for that later.
Must: fail; the file can only be opened for reading, and such a mapping never becomes writable.
"""

import ctypes
import mmap
import os
from contextlib import suppress

import torch

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
failed = ctypes.c_void_p(-1).value
for path in (torch._C.__file__, os.__file__, os.path.join(torch.__path__[0], "lib", "libtorch_cpu.so")):
    with suppress(OSError, PermissionError, ValueError):
        with mmap.mmap(os.open(path, os.O_RDWR), 4096):
            gained(f"a writable mapping of {path}")
    with suppress(OSError):
        file = os.open(path, os.O_RDONLY)
        place = libc.mmap(None, ctypes.c_size_t(4096), mmap.PROT_READ, mmap.MAP_SHARED, file, ctypes.c_long(0))
        if place != failed and libc.mprotect(ctypes.c_void_p(place), ctypes.c_size_t(4096), 3) == 0:
            gained(f"a mapping of {path} became writable")
