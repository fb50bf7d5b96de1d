"""
Tries: name a shape of 2**50 elements over four bytes of data, so that the judge allocates or multiplies too much.
Must: be a breach of the protocol; shape and bytes have to agree.
Right: runtime_error
Wrong: runtime_error
"""

import sys

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    value = wire.TensorValue("0", "float32", [2**50])
    outcome = wire.Returned([wire.Named("output", value)], "tensor")
    header = wire.encode(wire.Observations(10, [outcome, outcome]))[wire.PREFIX.size :]
    index = b'{"0":{"dtype":"F32","shape":[1125899906842624],"data_offsets":[0,4]}}'.ljust(72)
    body = len(index).to_bytes(8, "little") + index + b"\0\0\x80?"
    frame.f_locals["send"](wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body)
    return x, w
