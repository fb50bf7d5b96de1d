"""
Tries: find the reference's function among all functions, and call it.
Must: find none but its own.
"""

import gc
import types

own = __name__


def before(x, w):
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__name__ == "row_weights" and one.__globals__["__name__"] != own:
            gained(one.__code__.co_filename)
    return x, w
