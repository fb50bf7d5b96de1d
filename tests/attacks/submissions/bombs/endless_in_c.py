"""
Tries: stay in C for hours while holding the interpreter's lock, where no handler of Python's can run.
Must: be ended by the time limit, which is kept outside.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import re


def before(x, w):
    re.match(r"(a+)+$", "a" * 60 + "b")
