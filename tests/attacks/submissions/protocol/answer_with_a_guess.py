"""
Tries: send a well-formed reply with a guess of its own and end, so that the real answer is never looked at.
Must: be judged by the guess; the socket takes any values, but nobody there knows the right ones.
Right: wrong_answer
Wrong: wrong_answer
"""

import os
import sys

import numpy as np

from grader import wire


def local(function, name):
    frame = sys._getframe()
    while frame.f_code.co_name != function:
        frame = frame.f_back
    return frame.f_locals[name]


def before(x, w):
    rows = {"0": np.full(4, 1 / 4, np.float32), "1": np.full(7, 1 / 7, np.float32)}
    outcomes = [
        wire.Returned([wire.Named("output", wire.TensorValue(key, "float32", [len(row)]))], "tensor")
        for key, row in rows.items()
    ]
    local("serve", "send")(wire.encode(wire.Observations(local("_drive", "drive").request, outcomes), rows))
    os._exit(0)
