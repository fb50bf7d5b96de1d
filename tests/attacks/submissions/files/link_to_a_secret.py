"""
Tries: give another's file a second name by a hard link, here and in an open folder, and read it by that.
Must: fail; the trees outside are read-only, and Landlock lets no file get into another folder.
"""

import os
from contextlib import suppress
from pathlib import Path

for path in (AIM.other, AIM.results, AIM.secret):
    for new in ("copy", f"{AIM.open}/copy"):
        with suppress(OSError):
            os.link(path, new)
            gained(f"a second name for {path}")
            gained(Path(new).read_text())
            os.unlink(new)
