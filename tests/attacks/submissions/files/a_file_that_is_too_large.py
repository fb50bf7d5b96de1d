"""
Tries: make a file of 100 MB, by stretching, by reserving and by copying.
Must: fail at 64 MB, without the signal that would end it.
Alone: rlimits
"""

import os
from contextlib import suppress

size = 100 << 20
ways = [
    lambda file: os.ftruncate(file, size),
    lambda file: os.posix_fallocate(file, 0, size),
    lambda file: os.pwrite(file, b"x", size - 1),
]
for way in ways:
    file = os.open("large", os.O_CREAT | os.O_RDWR)
    with suppress(OSError):
        way(file)
        gained(f"a file of {os.fstat(file).st_size} bytes")
    os.close(file)
    os.unlink("large")
