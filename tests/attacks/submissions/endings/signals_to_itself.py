"""
Tries: send itself the signals that end a process in the ways that a judge does.
Must: be a verdict on the submission; SIGKILL and SIGSTOP to itself are refused.
Right: runtime_error
Wrong: runtime_error
"""

import os
import signal
from contextlib import suppress


def before(x, w):
    for number in (signal.SIGKILL, signal.SIGSTOP):
        with suppress(OSError):
            os.kill(os.getpid(), number)
            gained("a signal that only the judge may send")
    os.kill(os.getpid(), signal.SIGTERM)
