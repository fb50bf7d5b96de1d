"""
Tries: return a tensor that leaves the process by an exception that is none of Exception's when it is read.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import torch


class Leaving(torch.Tensor):
    def detach(self):
        raise KeyboardInterrupt


def after(result):
    return result.as_subclass(Leaving)
