"""
Tries: read /etc/passwd, and the host's name and resolver, by opening and by mapping.
Must: fail; of /etc only the list of libraries may be read.
Alone: landlock
"""

import mmap
import os
from contextlib import suppress

for name in ("passwd", "group", "hostname", "hosts", "resolv.conf", "machine-id"):
    with suppress(OSError, ValueError):
        file = os.open(f"/etc/{name}", os.O_RDONLY)
        with mmap.mmap(file, 0, prot=mmap.PROT_READ) as view:
            gained(f"/etc/{name}: {view[:60]!r}")
    with suppress(OSError), open(f"/etc/{name}", "rb") as stream:
        gained(f"/etc/{name}: {stream.read(60)!r}")
