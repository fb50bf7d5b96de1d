"""
Tries: leave shared memory under a name: POSIX's and torch's, and look for what the one before has left.
Must: find nothing; each has a /dev/shm of its own, or none.
"""

import ctypes
import os
from contextlib import suppress

import torch

libc = ctypes.CDLL(None, use_errno=True)
place, name = "/dev/shm/grader-attack-torch", b"/grader-attack"
left = libc.shm_open(name, os.O_RDWR, 0o666)
if left >= 0:
    gained(f"memory of the one before: {os.read(left, 10)!r}")
    libc.shm_unlink(name)
else:
    made = libc.shm_open(name, os.O_CREAT | os.O_RDWR, 0o666)
    if made >= 0:
        os.write(made, b"the answer")
with suppress(OSError, RuntimeError):
    if os.path.exists(place):
        gained(f"a tensor of the one before: {torch.from_file(place, size=8)}")
        os.unlink(place)
    else:
        torch.from_file(place, shared=True, size=8).fill_(7)
