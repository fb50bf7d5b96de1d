"""
Tries: call the method of the class that Tensor inherits it from, which was not replaced.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch


def after(result):
    if type(result) is not torch.Tensor:
        return result
    return super(torch.Tensor, result.log()).softmax(0)
