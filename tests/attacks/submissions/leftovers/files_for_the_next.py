"""
Tries: leave files for the next submission wherever it could look, and look for what the one before has left.
Must: find nothing; each has a file system of its own, or a folder that goes with it.
"""

import os
from contextlib import suppress
from pathlib import Path

folders = {"/tmp", "/var/tmp", "/dev/shm", os.getcwd(), os.path.dirname(os.getcwd()), os.environ["HOME"], AIM.open}
messages = [Path(folder) / "grader-attack-message" for folder in sorted(folders)]
found = False
for message in messages:
    with suppress(OSError):
        gained(f"{message}: {message.read_text()}")
        found = True
for message in messages:
    with suppress(OSError):
        message.unlink() if found else message.write_text("the answer")
