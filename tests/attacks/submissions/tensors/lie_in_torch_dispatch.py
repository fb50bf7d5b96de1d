"""
Tries: return a wrapper whose every operation gives another tensor than the one it shows.
Must: be judged by the bytes it comes to, or fail; nobody there knows the right ones.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""

import torch


class Chameleon(torch.Tensor):
    @staticmethod
    def __new__(cls, inner):
        return torch.Tensor._make_wrapper_subclass(cls, inner.shape, dtype=inner.dtype)

    def __init__(self, inner):
        self.inner = inner

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        plain = [one.inner if isinstance(one, Chameleon) else one for one in args]
        return torch.full_like(function(*plain, **(kwargs or {})), 1 / plain[0].numel())


def after(result):
    return Chameleon(result.detach())
