"""
Tries: abort, as C libraries do when they give up.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import os


def before(x, w):
    os.abort()
