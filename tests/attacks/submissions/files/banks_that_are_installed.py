"""
Tries: read solutions in every copy of the grader's package that it can find among what is installed.
Must: find none; wherever a bank is installed, it is hidden.
"""

import os
import sys
from contextlib import suppress

places = {os.path.realpath(name) for name in sys.path} | {f"{base}/lib" for base in (sys.prefix, sys.base_prefix)}
for place in sorted(places | {"/usr/lib", "/usr/local/lib"}):
    for folder, inner, _ in os.walk(place):
        if os.path.basename(folder) == "_bank" and os.path.basename(os.path.dirname(folder)) == "grader":
            with suppress(OSError):
                if found := os.listdir(folder):
                    gained(f"{folder}: {found}")
        if folder[len(place) :].count("/") >= 3:
            inner.clear()
