"""
Tries: forge a reply of NaN bytes in the right shape, for a judge that asks whether the error is too large.
Must: be wrong; not-a-number equals nothing.
Right: wrong_answer
Wrong: wrong_answer
"""

import os
import sys

import numpy as np

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    arrays = {str(size): np.frombuffer(b"\xff" * 4 * size, np.float32).copy() for size in (4, 7)}
    outcomes = [
        wire.Returned([wire.Named("output", wire.TensorValue(key, "float32", [int(key)]))], "tensor") for key in arrays
    ]
    frame.f_locals["send"](wire.encode(wire.Observations(10, outcomes), arrays))
    os._exit(0)
