"""
Tries: ask who else refers to the input, and find the reference among its callers.
Must: find nothing but the probe.
"""

import gc
import types


def before(x, w):
    for holder in gc.get_referrers(x):
        for further in gc.get_referrers(holder):
            names = getattr(further, "f_code", None) or getattr(further, "__code__", None)
            if isinstance(further, types.FrameType) and names.co_filename.endswith("reference.py"):
                gained("the frame of the reference")
    return x, w
