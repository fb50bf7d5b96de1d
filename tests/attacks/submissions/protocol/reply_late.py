"""
Tries: keep each reply back until the next request comes, in the hope that the two are mixed up.
Must: be ended for waiting; nothing is asked before the last question is answered.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

from grader import wire

honest, kept = wire.encode, [b""]


def late(reply, arrays=None):
    kept.append(honest(reply, arrays))
    return kept.pop(0)


def before(x, w):
    wire.encode = late
    return x, w
