"""
Tries: fork a daemon that leaves the session, lets go of every descriptor and lives on.
Must: fail; there is no fork.
Alone: seccomp
"""

import os
import time
from contextlib import suppress

with suppress(OSError):
    if os.fork() == 0:
        try:
            os.setsid()
            os.closerange(0, 256)
            if os.fork() == 0:
                time.sleep(2)
        finally:
            os._exit(0)
    gained("a process")
    os.wait()
