"""
Tries: change mode, time, owner and attributes of files outside, which need no opening.
Must: fail; Landlock does not look at this, so the mounts are read-only.
"""

import os
from contextlib import suppress

import torch

for path in (AIM.open, AIM.other, AIM.results, AIM.socket, torch.__file__):
    mode = None
    with suppress(OSError):
        mode = os.stat(path).st_mode & 0o7777
    ways = {
        "time": lambda path=path: os.utime(path),
        "mode": lambda path=path, mode=mode: os.chmod(path, mode or 0o644),  # to what it is already
        "owner": lambda path=path: os.chown(path, os.getuid(), -1) if os.getuid() else 1 / 0,
        "attributes": lambda path=path: os.setxattr(path, "user.attack", b"1") or os.removexattr(path, "user.attack"),
    }
    for name, way in ways.items():
        with suppress(OSError, ZeroDivisionError):
            way()
            gained(f"{name} of {path}")
