"""
Tries: raise KeyboardInterrupt, so that the grader believes that its user has pressed Ctrl-C.
Must: be a runtime error of this submission alone.
Right: runtime_error
Wrong: runtime_error
"""


def before(x, w):
    raise KeyboardInterrupt
