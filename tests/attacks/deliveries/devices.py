"""
Tries: fill memory from an endless device, or read a disk, under the names of submissions.
Must: none is opened, and each is named in the report.
Says: is a pipe, a socket or a device
Needs: root
"""

import os
import stat
from pathlib import Path

from . import QUESTION

DEVICES = {"null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8)}


def build(folder: Path) -> None:
    for name, (major, minor) in DEVICES.items():
        (folder / name).mkdir()
        os.mknod(folder / name / f"{QUESTION}.py", stat.S_IFCHR | 0o666, os.makedev(major, minor))
