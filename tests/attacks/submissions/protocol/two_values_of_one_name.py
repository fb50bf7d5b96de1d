"""
Tries: return two values under the name of the output, so that one is looked at for its shape and one for its values.
Must: be a breach of the protocol; a name stands for one value.
Right: runtime_error
Wrong: runtime_error
"""

import msgspec

from grader import wire

honest = wire.encode


def forged(reply, arrays=None):
    outcomes = [msgspec.structs.replace(one, values=one.values * 2) for one in reply.outcomes]
    return honest(msgspec.structs.replace(reply, outcomes=outcomes), arrays)


def before(x, w):
    wire.encode = forged
    return x, w
