"""
Tries: name dtypes that do not exist, or that hold objects, so that the judge looks them up and runs what it finds.
Must: be a breach of the protocol; dtypes come from a short list.
Right: runtime_error
Wrong: runtime_error
"""

import msgspec

from grader import wire

honest = wire.encode


def forged(reply, arrays=None):
    names = iter(("object", "O", "float32'); import os; ('", "O8,__builtins__", "\x00"))
    outcomes = [
        msgspec.structs.replace(
            outcome,
            values=[
                wire.Named(one.name, msgspec.structs.replace(one.value, dtype=next(names))) for one in outcome.values
            ],
        )
        for outcome in reply.outcomes
    ]
    return honest(msgspec.structs.replace(reply, outcomes=outcomes), arrays)


def before(x, w):
    wire.encode = forged
    return x, w
