"""
Tries: open /proc/PID/mem of the judge, the zygote and its relatives, and read and write there.
Must: fail; /proc can't be opened, and its memory files ask for the right to trace besides.
"""

import os
from contextlib import suppress
from pathlib import Path

processes = {AIM.judge, AIM.zygote, AIM.victim, os.getppid()}
for process in list(processes):
    with suppress(OSError):
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
        processes |= {int(word) for word in text.split()} - {os.getpid()}
for process in processes:
    for flags in (os.O_RDONLY, os.O_RDWR):
        with suppress(OSError):
            memory = os.open(f"/proc/{process}/mem", flags)
            gained(f"the memory of {process} is open")
            gained(f"in it: {os.pread(memory, 32, id(os))!r}")
