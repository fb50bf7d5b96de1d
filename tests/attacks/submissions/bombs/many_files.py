"""
Tries: make forty thousand empty files, which use up what counts files.
Must: be refused, or go with the process; the machine's own file systems lose nothing.
Right: accepted time_limit_exceeded
Wrong: wrong_answer time_limit_exceeded
Needs: mounts
"""

from contextlib import suppress

with suppress(OSError):
    for number in range(40_000):
        open(f"{number}", "w").close()
