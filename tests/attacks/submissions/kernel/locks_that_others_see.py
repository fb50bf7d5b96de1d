"""
Tries: lock files that all submissions can read, as a channel to its siblings and to make them wait.
Must: fail; no kind of lock or lease can be had.
Alone: seccomp
"""

import fcntl
import os
import struct
from contextlib import suppress

import torch

OPEN_FILE_LOCK, LEASE = 37, 1024
for path in (torch.__file__, os.__file__):
    with suppress(OSError), open(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        gained("a lock on the whole file")
    with suppress(OSError), open(path) as file:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, 7)
        gained("a lock on a byte")
    with suppress(OSError), open(path) as file:
        fcntl.fcntl(file, OPEN_FILE_LOCK, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 1, 0))
        gained("a lock of the open file")
    with suppress(OSError), open(path) as file:
        fcntl.fcntl(file, LEASE, fcntl.F_RDLCK)
        gained("a lease")
