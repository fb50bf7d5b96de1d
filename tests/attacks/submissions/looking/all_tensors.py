"""
Tries: have the garbage collector list all tensors, and return one that sums to one in place of its own.
Must: find none.
"""

import gc

import torch

found = []


def before(x, w):
    for one in gc.get_objects():
        if type(one) is torch.Tensor and one.dim() == 1 and one.is_floating_point() and len(one) == len(x):
            if abs(float(one.detach().sum()) - 1) < 1e-3:
                found.append(one)
    if found:
        gained("a tensor of weights")
    return x, w


def after(result):
    return found[0] if found else result
