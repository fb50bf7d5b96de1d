"""
Tries: be told when files are opened: submissions, results, the folder of another's work.
Must: fail; neither inotify nor fanotify is an allowed call, for Landlock does not look at them.
Alone: seccomp
"""

import ctypes
import os
import platform

INIT, MARK = {"x86_64": (300, 301), "aarch64": (262, 263)}[platform.machine()]
EVERYTHING = 0xFFF
libc = ctypes.CDLL(None, use_errno=True)
watcher = libc.inotify_init1(0)
for path in (AIM.other, os.path.dirname(AIM.results), AIM.open, os.__file__, "/tmp"):
    if watcher >= 0 and libc.inotify_add_watch(watcher, path.encode(), EVERYTHING) >= 0:
        gained(f"watches {path}")
group = libc.syscall(ctypes.c_long(INIT), 0x200, 0)  # reports by handles, for the unprivileged
if group >= 0:
    gained("a group of fanotify")
