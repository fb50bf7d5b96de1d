"""
Tries: leave by SystemExit in a call, which Exception does not catch.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""


def before(x, w):
    raise SystemExit(0)
