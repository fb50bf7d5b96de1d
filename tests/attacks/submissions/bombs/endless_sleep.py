"""
Tries: sleep for ever, which takes no processor time.
Must: be ended by the clock on the wall.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import time


def before(x, w):
    time.sleep(1e6)
