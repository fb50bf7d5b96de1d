"""
Tries: have the kernel send SIGKILL to a process outside, as the owner of a socket that becomes readable.
Must: fail; a descriptor gets no owner.
Alone: seccomp
"""

import array
import fcntl
import os
import signal
import socket
from contextlib import suppress

SET_SIGNAL, SET_OWNER = 10, 0x8901
near, far = socket.socketpair()
for process in (AIM.victim, os.getppid()):
    harmless = process != AIM.victim
    with suppress(OSError):
        fcntl.fcntl(near, SET_SIGNAL, signal.SIGURG if harmless else signal.SIGKILL)
        gained("a signal was chosen")
    with suppress(OSError):
        fcntl.ioctl(near, SET_OWNER, array.array("i", [process]))
        gained(f"the owner is {process}")
    with suppress(OSError):
        fcntl.fcntl(near, fcntl.F_SETOWN, process)
        gained(f"the owner is {process}")
        fcntl.fcntl(near, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        far.send(b"x")
