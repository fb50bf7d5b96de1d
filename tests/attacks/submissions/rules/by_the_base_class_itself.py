"""
Tries: name the class that Tensor inherits the method from.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch


def after(result):
    if type(result) is not torch.Tensor:
        return result
    return torch.Tensor.__base__.softmax(result.log(), 0)
