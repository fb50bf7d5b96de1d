"""
Tries: list the folders in which submissions, results, the bank and the homes of users are.
Must: fail; only the interpreter's folders can be listed.
Alone: landlock
"""

import os
from contextlib import suppress

submissions = os.path.dirname(os.path.dirname(AIM.other))
for folder in ("/", "/etc", "/home", "/root", "/proc", submissions, os.path.dirname(AIM.results), AIM.open):
    with suppress(OSError):
        gained(f"in {folder}: {os.listdir(folder)[:5]}")
with suppress(OSError):
    if names := [name for name in os.listdir(AIM.repository) if name in ("solutions", "questions", "tests")]:
        gained(f"in the repository: {names}")
