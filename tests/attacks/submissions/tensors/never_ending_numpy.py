"""
Tries: return a tensor whose conversion to an array never ends.
Must: be ended by the time limit.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import torch


class Endless(torch.Tensor):
    def detach(self, *_):
        while True:
            pass

    as_subclass = cpu = numpy = detach


def after(result):
    return torch.Tensor.as_subclass(result, Endless)
