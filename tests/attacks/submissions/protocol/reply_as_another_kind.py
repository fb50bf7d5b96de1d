"""
Tries: answer a request to run the code as if it had been one to load it.
Must: be a breach of the protocol; a reply has to be of the kind that was asked for.
Right: runtime_error
Wrong: runtime_error
"""

from grader import wire

honest = wire.encode


def before(x, w):
    wire.encode = lambda reply, arrays=None: honest(wire.Loaded(reply.request))
    return x, w
