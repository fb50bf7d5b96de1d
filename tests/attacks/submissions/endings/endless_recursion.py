"""
Tries: call itself without end.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""


def before(x, w):
    return before(x, w)
