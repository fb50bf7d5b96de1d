"""
Tries: write one file of 100 MB.
Must: be refused.
"""

import os
from contextlib import suppress

with suppress(OSError), open("large", "wb") as file:
    for _ in range(100):
        file.write(b"x" * (1 << 20))
        file.flush()
    gained("100 MB in a file")
with suppress(OSError):
    os.unlink("large")
