"""
Tries: put 100 MB into files that lie in memory and count against nobody.
Must: be refused at 64 MB.
Alone: mounts
"""

import os
from contextlib import suppress

written = 0
for number in range(4):
    with suppress(OSError), open(f"piece{number}", "wb") as file:
        for _ in range(25):
            written += file.write(b"x" * (1 << 20))
            file.flush()
    if written > 90 << 20:
        gained(f"{written >> 20} MB on disk")
for name in os.listdir("."):
    os.unlink(name)
