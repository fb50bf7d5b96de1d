"""
Tries: enter a mode that replaces the result of every function of torch, and never leave it.
Must: be judged by what is sent.
Right: wrong_answer
Wrong: wrong_answer
"""

import torch
from torch.overrides import TorchFunctionMode


class Uniform(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        if isinstance(result, torch.Tensor) and result.dim() == 1 and result.is_floating_point():
            result = torch.full_like(result, 1 / result.numel())
        return result


def after(result):
    Uniform().__enter__()
    return result
