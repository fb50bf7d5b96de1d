"""
Tries: hold a thousand descriptors, first by itself and then by raising the limit to what is allowed at most.
Must: fail at 128.
Alone: rlimits
"""

import os
import resource
from contextlib import suppress

held = []
with suppress(OSError, ValueError):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
with suppress(OSError):
    for _ in range(1000):
        held.append(os.dup(1))
if len(held) > 500:
    gained(f"{len(held)} descriptors")
for descriptor in held:
    os.close(descriptor)
