"""
Tries: make the reader wait for ever, or fill memory, by a device in place of the spec.
Must: be refused unopened.
Shows: 2 not a plain file
Needs: root
"""

import os
import stat
from pathlib import Path

from . import SPEC


def build(bank: Path) -> None:
    (bank / SPEC).unlink()
    os.mknod(bank / SPEC, stat.S_IFCHR | 0o666, os.makedev(1, 5))
