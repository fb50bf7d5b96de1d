"""
Tries: name a shape of 2**62 by 0 elements, which needs no data and breaks what multiplies or prints sizes.
Must: be wrong or a breach of the protocol, and cost the judge nothing.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""

import os
import sys

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    value = wire.TensorValue("0", "float32", [0, 2**62])
    outcome = wire.Returned([wire.Named("output", value)], "tensor")
    header = wire.encode(wire.Observations(10, [outcome, outcome]))[wire.PREFIX.size :]
    index = b'{"0":{"dtype":"F32","shape":[0,4611686018427387904],"data_offsets":[0,0]}}'.ljust(80)
    body = len(index).to_bytes(8, "little") + index
    frame.f_locals["send"](wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body)
    os._exit(0)
