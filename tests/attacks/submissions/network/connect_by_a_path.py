"""
Tries: connect to a Unix socket by its path, as those of Docker, X or an agent for keys.
Must: fail; Landlock does not look at this, so no socket can be made.
Alone: seccomp
"""

import os
import socket
from contextlib import suppress

with suppress(OSError), socket.socket(socket.AF_UNIX) as link:
    link.connect(AIM.socket)
    gained("a connection")
with suppress(OSError):
    os.chdir(os.path.dirname(AIM.socket))
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(os.path.basename(AIM.socket))
        gained("a connection by a relative path")
with suppress(OSError):
    os.chdir(os.environ["HOME"])
