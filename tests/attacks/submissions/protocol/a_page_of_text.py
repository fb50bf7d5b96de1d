"""
Tries: reply with an exception whose text, trace and class fill the largest header, so that the report bursts.
Must: be a runtime error with a text of a few thousand characters.
Right: runtime_error
Wrong: runtime_error
"""

from grader import wire

honest = wire.encode


def forged(reply, arrays=None):
    million = "<script>" * 50_000
    raised = wire.Raised([million, "Exception"], million, 2**60, million)
    return honest(wire.Observations(reply.request, [raised, raised]))


def before(x, w):
    wire.encode = forged
    return x, w
