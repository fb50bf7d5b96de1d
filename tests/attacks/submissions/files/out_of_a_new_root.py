"""
Tries: the classic way out: chroot into a folder below, then climb past it with a folder that was kept open.
Must: fail; there is no capability for it, and no such call.
"""

import os
from contextlib import suppress
from pathlib import Path

work = os.getcwd()
with suppress(OSError):
    top = os.open("/", os.O_PATH)
    os.mkdir("below")
    os.chroot("below")
    gained("a root of its own")
    os.fchdir(top)
    os.chroot(".")
    gained(Path(AIM.other).read_text())
os.chdir(work)
