"""
Tries: keep data in the buffers of pipes and sockets, which are the kernel's memory.
Must: be small; there are few descriptors, and their buffers can't be made larger.
Right: accepted time_limit_exceeded
Wrong: wrong_answer time_limit_exceeded
"""

import fcntl
import os
import socket
from contextlib import suppress

held, ends = 0, []
for _ in range(120):
    with suppress(OSError):
        pair = os.pipe()
        ends.append(pair)
        with suppress(OSError):
            fcntl.fcntl(pair[1], 1031, 1 << 20)
        os.set_blocking(pair[1], False)
        with suppress(BlockingIOError):
            while True:
                held += os.write(pair[1], bytes(1 << 16))
if held > 64 << 20:
    gained(f"{held >> 20} MB in pipes")
for pair in ends:
    for end in pair:
        os.close(end)
