"""
Tries: open everything as often as it can be opened, and keep it open.
Must: be refused above 128, and go with the process.
Right: accepted runtime_error
Wrong: wrong_answer runtime_error
Alone: rlimits
"""

import os
from contextlib import suppress

opened = []
with suppress(OSError):
    while len(opened) < 2000:
        opened.append(os.open("/dev/null", os.O_RDONLY))
    gained("2000 descriptors")
