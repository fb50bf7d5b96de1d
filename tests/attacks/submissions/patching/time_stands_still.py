"""
Tries: stop every clock, so that nothing takes any time.
Must: be ended by the time limit; the clock is outside.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import time

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "time_ns", "monotonic_ns"):
    setattr(time, name, lambda: 0)
time.sleep = lambda seconds: None


def before(x, w):
    while time.monotonic() < 1:
        pass
    return x, w
