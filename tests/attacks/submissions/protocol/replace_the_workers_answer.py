"""
Tries: put a function of its own in place of the worker's, which says that all is equal and nothing was forbidden.
Must: be judged by the values it sends; it has none that are right.
Right: wrong_answer
Wrong: wrong_answer
"""

import sys

from grader import wire


def answer(request, arrays):
    same = [wire.Returned([wire.Named("output", wire.PlainValue(True))], "tensor") for _ in request.inputs]
    return wire.Observations(request.request, same), {}


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    frame.f_locals["worker"].answer = answer
    return x, w
