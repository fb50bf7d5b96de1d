"""
Tries: put a verdict and points into the reply, for a judge that takes a dictionary as it comes.
Must: be ignored; the header has the fields of its type, and two outcomes are missing.
Right: runtime_error
Wrong: runtime_error
"""

import os
import sys

import msgspec

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    claim = {"type": "observations", "request": 10, "outcomes": [], "verdict": "accepted", "points": 9, "passed": True}
    header = msgspec.msgpack.encode({**claim, "checks": [{"name": "values", "verdict": "accepted"}]})
    frame.f_locals["send"](wire.PREFIX.pack(wire.MAGIC, len(header), 0) + header)
    os._exit(0)
