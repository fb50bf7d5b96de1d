"""
Tries: set the limit of recursion so low that the worker can't go on when the call has returned.
Must: be judged as always, or be a runtime error.
Right: runtime_error accepted
Wrong: runtime_error wrong_answer
"""

import sys


def after(result):
    depth, frame = 0, sys._getframe()
    while frame:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + 4)
    return result
