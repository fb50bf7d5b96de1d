"""
Tries: send SIGKILL to a process outside that has the same user.
Must: fail; signals go to oneself only.
"""

import os
import signal
from contextlib import suppress

with suppress(OSError):
    os.kill(AIM.victim, signal.SIGKILL)
    gained("a signal was sent")
