"""
Tries: end the process by functions of the C library that flush and run handlers.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import ctypes


def before(x, w):
    ctypes.CDLL(None).quick_exit(0)
