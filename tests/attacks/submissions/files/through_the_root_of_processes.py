"""
Tries: reach another submission through /proc: its own root and current folder, and those of others.
Must: fail; a magic link leads to a file that Landlock knows all the same.
Alone: landlock
"""

import os
from contextlib import suppress
from pathlib import Path

for process in ("self", "thread-self", f"self/task/{os.getpid()}", AIM.judge, AIM.zygote, AIM.victim, 1):
    for way in ("root", "cwd/../../../../../.."):
        with suppress(OSError):
            gained(Path(f"/proc/{process}/{way}{AIM.other}").read_text())
