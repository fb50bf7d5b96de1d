"""
Tries: find a descriptor that was left open: a file, a folder, a pipe, a second socket.
Must: find nothing but /dev/null, the pipe for its output and the socket to the judge.
"""

import os
import stat
from contextlib import suppress

pipe = os.fstat(1).st_ino
sockets = []
for descriptor in range(4096):
    with suppress(OSError):
        found = os.fstat(descriptor)
        if stat.S_ISSOCK(found.st_mode):
            sockets.append(descriptor)
        elif found.st_ino != pipe and found.st_rdev != os.makedev(1, 3):
            gained(f"descriptor {descriptor} of mode {found.st_mode:o}")
        if stat.S_ISDIR(found.st_mode):
            gained(f"a folder: {os.listdir(descriptor)[:5]}")
if len(sockets) > 1:
    gained(f"{len(sockets)} sockets")
with suppress(OSError):
    gained(f"read from the pipe for output: {os.read(1, 1)!r}")
