"""
Tries: learn the size and the date of the reference, or enter its folder, without opening anything.
Must: fail; Landlock does not look at this, so the mounts have to hide the whole tree.
Alone: mounts
"""

import os
from contextlib import suppress

folder = os.path.dirname(AIM.secret)
ways = {
    "stat": lambda: os.stat(AIM.secret).st_size,
    "lstat": lambda: os.lstat(folder).st_mtime,
    "statvfs": lambda: os.statvfs(AIM.secret).f_files,
    "open as a path": lambda: os.fstat(os.open(AIM.secret, os.O_PATH)).st_size,
    "attributes": lambda: os.listxattr(AIM.secret),
    "access": lambda: os.access(AIM.secret, os.F_OK) or 1 / 0,
    "change into": lambda: os.chdir(folder),
}
work = os.getcwd()
for name, way in ways.items():
    with suppress(OSError, ZeroDivisionError):
        gained(f"{name}: {way()}")
os.chdir(work)
