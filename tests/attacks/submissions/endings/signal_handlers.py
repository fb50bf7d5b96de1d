"""
Tries: catch every signal that can be caught, and have a timer interrupt the worker by exceptions.
Must: be judged as always, or be an error of its own making.
Right: accepted runtime_error time_limit_exceeded
Wrong: wrong_answer runtime_error time_limit_exceeded
"""

import signal
from contextlib import suppress


def interrupt(*_):
    raise ValueError("interrupted")


for number in signal.valid_signals():
    with suppress(OSError, ValueError):
        signal.signal(number, interrupt)
signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
