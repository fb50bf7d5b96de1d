"""
Tries: block and ignore every signal, and calculate without end.
Must: be ended by the time limit; nothing blocks SIGKILL.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import signal
from contextlib import suppress


def before(x, w):
    for number in signal.valid_signals():
        with suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
