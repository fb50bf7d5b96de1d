"""
Tries: return an array whose comparison is its own.
Must: be wrong; a tensor was asked for.
Right: wrong_answer
"""

import numpy as np


class Equal(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return np.True_


def after(result):
    return result.detach().numpy().view(Equal)
