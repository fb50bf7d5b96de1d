"""
Tries: send half of the true reply and end.
Must: be a runtime error; half a reply is none.
Right: runtime_error
Wrong: runtime_error
"""

import os
import sys

from grader import wire

honest = wire.encode


def half(reply, arrays=None):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    whole = honest(reply, arrays)
    frame.f_locals["send"](whole[: len(whole) // 2])
    os._exit(0)


def before(x, w):
    wire.encode = half
    return x, w
