"""
Tries: watch the worker's own functions by a tracer and put other values into their variables.
Must: be judged by what is sent; the tracer sees no right values.
Right: wrong_answer
Wrong: wrong_answer
"""

import ctypes
import sys

import torch


def trace(frame, event, argument):
    if frame.f_code.co_name == "observe":
        frame.f_locals["result"] = torch.full((frame.f_locals["result"].shape[0],), 1 / 4)
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return trace


def before(x, w):
    sys.settrace(trace)
    return x, w
