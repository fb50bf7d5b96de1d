"""
Tries: read another candidate's answer by its path.
Must: fail; Landlock opens the interpreter's own files only.
Alone: landlock
"""

from contextlib import suppress
from pathlib import Path

with suppress(OSError):
    gained(Path(AIM.other).read_text())
