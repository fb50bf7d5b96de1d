"""
Tries: take away what the next one needs: its own folders, and the null device as standard input.
Must: do so to itself at most.
Needs: mounts
"""

import os
import shutil
from contextlib import suppress

for folder in (os.getcwd(), os.environ["HOME"], os.environ["TMPDIR"]):
    shutil.rmtree(folder, ignore_errors=True)
for path in (AIM.open, AIM.results, AIM.socket):
    with suppress(OSError):
        os.rename(path, f"{path}-away")
        os.rename(f"{path}-away", path)
        gained(f"{path} could be moved")
with suppress(OSError):
    os.close(0)
