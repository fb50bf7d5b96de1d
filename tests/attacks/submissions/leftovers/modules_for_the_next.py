"""
Tries: leave modules in its folder that the next submission, or the worker, would import instead of the real ones.
Must: have no effect; the folder is gone, and is on no path.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

names = ("torch", "numpy", "msgspec", "sitecustomize", "usercustomize", "grader")
for name in names:
    if hasattr(sys.modules.get(name), "attacked"):
        gained(f"{name} is that of the one before")
    with suppress(OSError):
        (Path.cwd() / f"{name}.py").write_text("attacked = True\n")
for folder in (Path.cwd(), Path("/tmp")):
    if str(folder) in sys.path or "" in sys.path:
        gained(f"imports come from {folder}")
for folder in sys.path:
    with suppress(OSError):
        place = f"{folder}/attack_for_the_next.py"
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.unlink(place)  # that it could be made is enough
        gained(f"a module in {folder}")
