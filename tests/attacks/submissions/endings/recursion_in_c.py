"""
Tries: recurse within C until the stack is used up, where Python counts nothing.
Must: be a runtime error, by an exception or a crash.
Right: runtime_error
Wrong: runtime_error
"""

import ctypes
import sys

CALL = ctypes.CFUNCTYPE(None)


def before(x, w):
    sys.setrecursionlimit(10**9)
    deeper = CALL(lambda: deeper())
    deeper()
