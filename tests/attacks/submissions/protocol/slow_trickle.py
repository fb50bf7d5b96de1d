"""
Tries: send the true reply a byte at a time, each within any limit for a single read.
Must: be ended; the time limit is one for the whole exchange.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import sys
import time

from grader import wire

honest = wire.encode


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    end = frame.f_locals["send"].__self__._socket

    def trickle(reply, arrays=None):
        for byte in honest(reply, arrays):
            end.send(bytes([byte]))
            time.sleep(0.1)

    wire.encode = trickle
    return x, w
