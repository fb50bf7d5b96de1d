"""
Tries: write in a folder that is open to every user: a file, folder, links, a pipe, by moving and by mapping.
Must: fail; outside of its own folder everything is read-only.
"""

import os
import socket
from contextlib import suppress

open("mine", "w").close()
ways = {
    "file": lambda path: os.close(os.open(path, os.O_CREAT | os.O_WRONLY)),
    "folder": os.mkdir,
    "symbolic-link": lambda path: os.symlink("/etc", path),
    "hard-link": lambda path: os.link("mine", path),
    "moved": lambda path: os.rename("mine", path),
    "pipe": os.mkfifo,
    "socket": lambda path: socket.socket(socket.AF_UNIX).bind(path),
    "nameless": lambda path: os.close(os.open(os.path.dirname(path), os.O_TMPFILE | os.O_WRONLY)),
}
for name, way in ways.items():
    with suppress(OSError):
        way(f"{AIM.open}/{name}")
        gained(f"made: {name}")
for path in (AIM.other, AIM.results, AIM.home, AIM.socket):
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY))
        gained(f"could be written: {path}")
    with suppress(OSError):
        os.truncate(path, os.stat(path).st_size)
        gained(f"could be cut: {path}")
