"""
Tries: read from address zero.
Must: be a runtime error; another process begins for what is left.
Right: runtime_error
Wrong: runtime_error
"""

import ctypes


def before(x, w):
    ctypes.string_at(0)
