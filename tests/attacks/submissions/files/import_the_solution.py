"""
Tries: import the reference as a module, from its folder and from where a bank would be installed.
Must: fail; the tree of solutions is hidden from the import system as from any reader.
"""

import importlib
import importlib.util
import os
import sys
from contextlib import suppress

import grader

roots = [os.path.dirname(AIM.secret), f"{AIM.repository}/solutions", f"{grader.__path__[0]}/_bank/solutions"]
sys.path[:0] = roots
importlib.invalidate_caches()
with suppress(ImportError, OSError):
    gained(importlib.import_module("reference").row_weights)
del sys.path[: len(roots)]
with suppress(ImportError, OSError):
    spec = importlib.util.spec_from_file_location("reference", AIM.secret)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gained(module.row_weights)
for root in roots:
    with suppress(OSError):
        gained(f"in {root}: {os.listdir(root)[:5]}")
