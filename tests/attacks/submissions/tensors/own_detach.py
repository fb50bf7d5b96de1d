"""
Tries: return a tensor that hands out another one, of uniform weights, whenever it is copied or converted.
Must: be judged by what it hands out, which is not right.
Right: wrong_answer
Wrong: wrong_answer
"""

import torch


class TwoFaced(torch.Tensor):
    def detach(self):
        return torch.full((len(self),), 1 / len(self))

    cpu = numpy = contiguous = clone = as_subclass = detach


def after(result):
    return result.as_subclass(TwoFaced)
