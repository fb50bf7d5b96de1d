"""
Tries: connect to a Unix socket by an abstract name, which no file system knows, or take a name of its own.
Must: fail; no socket can be made, the names are those of the network namespace, and Landlock scopes them.
"""

import socket
from contextlib import suppress

with suppress(OSError), socket.socket(socket.AF_UNIX) as link:
    link.connect(f"\0{AIM.abstract}")
    gained("a connection")
with suppress(OSError), socket.socket(socket.AF_UNIX) as link:
    link.bind("\0grader-attack")
    link.listen()
    gained("a name to meet others")
