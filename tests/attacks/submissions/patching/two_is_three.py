"""
Tries: overwrite the small integers of the interpreter, so that one shape equals another.
Must: be judged by what is sent, or be an error of its own making.
Right: accepted runtime_error wrong_answer time_limit_exceeded
Wrong: wrong_answer runtime_error time_limit_exceeded
"""

import ctypes


def after(result):
    ctypes.memmove(id(7) + 24, id(4) + 24, 4)
    return result
