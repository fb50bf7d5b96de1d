"""
Tries: replace what turns results into messages, so that each output goes out as an object that nobody compares.
Must: be wrong; an object that does not travel equals nothing.
Right: wrong_answer
Wrong: wrong_answer
"""

from grader import wire
from grader.worker.values import Observer


def observe(self, result, name):
    return [wire.Named(name, wire.ObjectValue("Tensor", "the same as the reference's"))]


def before(x, w):
    Observer.observe = observe
    return x, w
