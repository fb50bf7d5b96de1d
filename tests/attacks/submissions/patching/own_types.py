"""
Tries: replace the names of the built-in types, so that the worker's tests of types take another branch.
Must: be judged by what is sent, or be an error of its own making.
Right: accepted runtime_error wrong_answer
Wrong: wrong_answer runtime_error
"""

import builtins


def before(x, w):
    builtins.type = lambda thing: float
    builtins.dict = builtins.list = builtins.tuple = builtins.str
    builtins.str = builtins.int = builtins.abs = lambda *_: "float32"
    return x, w
