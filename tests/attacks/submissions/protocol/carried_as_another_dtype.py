"""
Tries: say that a tensor of bfloat16 bytes is float32, so that the judge's library fails on a dtype that it lacks.
Must: be a breach of the protocol.
Right: runtime_error
Wrong: runtime_error
"""

from grader import wire

honest = wire.encode


def forged(reply, arrays=None):
    header = honest(reply)[wire.PREFIX.size :]
    index = b'{"0":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}'.ljust(64)
    body = len(index).to_bytes(8, "little") + index + bytes(8)
    return wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body


def before(x, w):
    wire.encode = forged
    return x, w
