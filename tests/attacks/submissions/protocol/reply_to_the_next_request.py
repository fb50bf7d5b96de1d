"""
Tries: answer the request that is yet to come before the present one.
Must: be a breach of the protocol; replies come in the order of the requests.
Right: runtime_error
Wrong: runtime_error
"""

import sys

from grader import wire


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    fine = wire.Returned([wire.Named("argument x", wire.PlainValue(True))])
    frame.f_locals["send"](wire.encode(wire.Observations(11, [fine, fine])))
    return x, w
