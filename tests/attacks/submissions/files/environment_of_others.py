"""
Tries: find a token in the environment: of the judge, the zygote, another process, and what it was itself given.
Must: fail; a worker starts with an empty environment, and /proc is closed.
"""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
for found in (os.environ.get(AIM.variable), libc.getenv(AIM.variable.encode())):
    if found:
        gained(f"the own environment: {found}")
for process in (AIM.judge, AIM.zygote, AIM.victim, os.getppid(), 1, "self", "thread-self"):
    with suppress(OSError):
        text = Path(f"/proc/{process}/environ").read_bytes()
        if process not in ("self", "thread-self") or AIM.variable.encode() in text:
            gained(f"the environment of {process}: {text!r}")
