"""
Tries: announce a header of 4 GB, so that the judge makes room for it.
Must: be refused by the sixteen bytes that announce it.
Right: runtime_error
Wrong: runtime_error
"""

import sys

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    frame.f_locals["send"](wire.PREFIX.pack(wire.MAGIC, 2**32 - 1, 2**63))
    return x, w
