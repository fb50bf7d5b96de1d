"""
Tries: send an index of two million tensors, the parsing of which takes the judge seconds and gigabytes.
Must: be refused by its length, before it is parsed.
Right: runtime_error
Wrong: runtime_error
"""

import sys

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    header = wire.encode(wire.Observations(10, []))[wire.PREFIX.size :]
    index = b'{"a":' * 2_000_000
    body = len(index).to_bytes(8, "little") + index
    frame.f_locals["send"](wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body)
    return x, w
