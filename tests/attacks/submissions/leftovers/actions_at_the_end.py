"""
Tries: act after the end: at exit, when objects are destroyed, on timers, by signals.
Must: have no time for it; a process ends at once, and its timers with it.
"""

import atexit
import ctypes
import os
import signal
import sys
import weakref
from contextlib import suppress


def act(*_):
    gained("something was done at the end")
    with suppress(OSError):
        os.mkdir(f"{AIM.open}/end")


class Last:
    def __del__(self):
        act()


kept = Last()
cycle = [kept]
cycle.append(cycle)
weakref.finalize(sys.modules[__name__], act)
atexit.register(act)
callback = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p)(act)
ctypes.CDLL(None).on_exit(callback, None)
for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGCHLD, signal.SIGXCPU):
    signal.signal(number, act)
signal.setitimer(signal.ITIMER_REAL, 20)  # nobody's process lives so long
