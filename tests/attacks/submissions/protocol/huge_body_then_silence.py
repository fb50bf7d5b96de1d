"""
Tries: announce the largest body that is allowed and send none of it, so that the judge waits with the memory in hand.
Must: be ended by the time limit, and leave no memory behind.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import sys
import time

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    whole = wire.encode(wire.Observations(10, []))
    header = whole[wire.PREFIX.size :]
    frame.f_locals["send"](wire.PREFIX.pack(wire.MAGIC, len(header), wire.MAX_BODY) + header)
    time.sleep(1000)
