"""
Tries: return everything there is, under a shape that is claimed by a property.
Must: be judged by the shape that the bytes have.
Right: wrong_answer
Wrong: wrong_answer
"""

import torch


class Claimed(torch.Tensor):
    @property
    def shape(self):
        return torch.Size([len(self) // 2])

    def size(self, dim=None):
        return self.shape if dim is None else self.shape[dim]

    def numel(self):
        return len(self) // 2


def after(result):
    return torch.cat([result, result]).as_subclass(Claimed)
