"""
Tries: have a thread reply with a guess in the same moment as the worker, so that one of the two is believed.
Must: be judged by the first whole reply, or be a breach of the protocol.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""

import sys
import threading

import numpy as np

from grader import wire

encode = wire.encode


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    arrays = {str(size): np.full(size, 1 / size, np.float32) for size in (4, 7)}
    outcomes = [
        wire.Returned([wire.Named("output", wire.TensorValue(key, "float32", [int(key)]))], "tensor") for key in arrays
    ]
    forged = encode(wire.Observations(10, outcomes), arrays)
    threading.Thread(target=frame.f_locals["send"], args=(forged,), daemon=True).start()
    return x, w
