"""
Tries: refuse every further import, so that the checks that need one can't be run.
Must: be judged as always, or be an error of its own making.
Right: accepted runtime_error
Wrong: wrong_answer runtime_error
"""

import builtins


def refuse(*args, **kwargs):
    raise ImportError("no more")


def before(x, w):
    builtins.__import__ = refuse
    return x, w
