"""
Tries: put a file among the installed packages, where the next interpreter would import it.
Must: fail; these folders are read-only twice.
"""

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source

import grader
import torch

site = os.path.dirname(torch.__path__[0])
places = [
    f"{site}/attack_planted.pth",
    f"{grader.__path__[0]}/attack_planted.py",
    f"{os.path.dirname(os.__file__)}/attack_planted.py",
    cache_from_source(f"{grader.__path__[0]}/worker/attack_planted.py"),
    cache_from_source(f"{torch.__path__[0]}/attack_planted.py"),
    *(f"{folder}/attack_planted.py" for folder in sys.path if os.path.isdir(folder)),
]
for place in places:
    with suppress(OSError):
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.unlink(place)
        gained(f"a file could be made: {place}")
for module in (grader, torch, os):
    with suppress(OSError):
        os.close(os.open(module.__file__, os.O_RDWR))
        gained(f"could be written: {module.__file__}")
