"""
Tries: introduce itself a second time, with layers that it has made up.
Must: be a breach of the protocol; there is one hello, and it comes before the submission.
Right: runtime_error
Wrong: runtime_error
"""

import sys

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    frame.f_locals["send"](wire.encode(wire.Hello(["trusted"], {"seccomp": "\x1b[2J" * 1000})))
    return x, w
