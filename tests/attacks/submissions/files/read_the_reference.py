"""
Tries: read the reference solution by its path.
Must: fail, since neither Landlock nor the mounts show the tree of solutions.
"""

from contextlib import suppress
from pathlib import Path

with suppress(OSError):
    gained(Path(AIM.secret).read_text())
