"""
Tries: pass the right values on by a function whose backward pass is its own.
Must: fail the check of the gradients.
Right: wrong_answer
"""

import torch


class Through(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        return x.clone()

    @staticmethod
    def backward(context, gradient):
        return torch.ones_like(gradient)


def after(result):
    return Through.apply(result)
