"""
Tries: fetch the attribute by Python's own library for C.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import ctypes

import torch

find = ctypes.pythonapi.PyObject_GetAttrString
find.restype, find.argtypes = ctypes.py_object, (ctypes.py_object, ctypes.c_char_p)
softmax = find(torch._C._VariableFunctions, b"softmax")


def after(result):
    return softmax(result.log(), 0)
