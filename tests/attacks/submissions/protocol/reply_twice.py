"""
Tries: send every reply a second time, so that an old one is taken for the answer to the next request.
Must: be a breach of the protocol at the next request.
Right: runtime_error
Wrong: wrong_answer runtime_error
"""

import sys

from grader import wire

honest = wire.encode


def before(x, w):
    wire.encode = lambda reply, arrays=None: honest(reply, arrays) * 2
    return x, w
