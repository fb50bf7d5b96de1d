"""
Tries: get a list of five hundred lists past the decoder, to break what prints it later.
Must: be a breach of the protocol; a worker's values are no lists.
Right: runtime_error
Wrong: runtime_error
"""

from grader import wire

honest = wire.encode
deep = 0
for _ in range(500):
    deep = [deep]


def forged(reply, arrays=None):
    outcome = wire.Returned([wire.Named("output", wire.PlainValue(deep))], "tensor")
    return honest(wire.Observations(reply.request, [outcome, outcome]))


def before(x, w):
    wire.encode = forged
    return x, w
