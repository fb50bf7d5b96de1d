"""
Tries: return a subclass of Tensor that answers every comparison with "equal".
Must: be compared by its bytes; a subclass is taken off before anything is sent.
"""

import torch

COMPARING = {"allclose", "equal", "eq", "isclose", "ne", "sub", "abs", "amax", "max"}


class Equal(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if function.__name__ in COMPARING:
            return True
        return super().__torch_function__(function, types, args, kwargs or {})


def after(result):
    return result.as_subclass(Equal)
