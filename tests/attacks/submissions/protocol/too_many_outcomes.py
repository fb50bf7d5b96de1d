"""
Tries: return more outcomes than there are cases, each a little different, in the hope that one of them fits.
Must: be a breach of the protocol; there is one outcome for a case.
Right: runtime_error
Wrong: runtime_error
"""

import msgspec

from grader import wire

honest = wire.encode


def before(x, w):
    wire.encode = lambda reply, arrays=None: honest(
        msgspec.structs.replace(reply, outcomes=reply.outcomes * 1000), arrays
    )
    return x, w
