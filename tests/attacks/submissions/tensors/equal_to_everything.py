"""
Tries: return an object that equals everything and calls itself a tensor.
Must: be wrong or an error; it is asked for its bytes, and has none.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""

import torch


class Everything:
    __class__ = torch.Tensor

    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self


def after(result):
    return Everything()
