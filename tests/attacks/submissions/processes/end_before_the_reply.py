"""
Tries: end with status 0 in the middle of a call, as if all were done.
Must: be a runtime error; no reply is no right answer.
Right: runtime_error
Wrong: runtime_error
"""

import os


def before(x, w):
    os._exit(0)
