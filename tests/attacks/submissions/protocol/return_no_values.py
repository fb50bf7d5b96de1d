"""
Tries: reply with no values at all, so that there is nothing to compare and nothing to differ.
Must: be wrong; what the reference returned is missing.
Right: wrong_answer
Wrong: wrong_answer
"""

import os
import sys

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    nothing = [wire.Returned([], "tensor"), wire.Returned([], "tensor")]
    frame.f_locals["send"](wire.encode(wire.Observations(10, nothing)))
    os._exit(0)
