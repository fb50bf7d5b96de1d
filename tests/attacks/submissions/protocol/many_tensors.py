"""
Tries: have the judge make as many arrays as an index of the largest size that is allowed can name.
Must: cost the judge next to nothing, and be wrong, since the output is not among them.
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
    header = wire.encode(wire.Observations(10, [wire.Returned([], "tensor")] * 2))[wire.PREFIX.size :]
    entries = ",".join(f'"{n}":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}' for n in range(15_000))
    index = f"{{{entries}}}".encode()
    index += b" " * (-len(index) % 8)
    body = len(index).to_bytes(8, "little") + index
    frame.f_locals["send"](wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body)
    os._exit(0)
