"""
Tries: lift what a process can say about itself: survive its parent, be dumped and traced, adopt orphans, keep rights.
Must: fail; prctl answers questions only.
Alone: seccomp
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
settings = {
    "outlive the zygote": (1, 0, 0, 0, 0),
    "be dumpable": (4, 1, 0, 0, 0),
    "keep capabilities": (8, 1, 0, 0, 0),
    "adopt orphans": (36, 1, 0, 0, 0),
    "be traced by anybody": (0x59616D61, ctypes.c_ulong(-1 & (1 << 64) - 1), 0, 0, 0),
    "another name for its file": (35, 13, -1, 0, 0),
    "ambient capabilities": (47, 2, 21, 0, 0),
    "loose timers": (29, 10_000_000, 0, 0, 0),
}
for what, arguments in settings.items():
    if libc.prctl(*arguments) == 0:
        gained(what)
