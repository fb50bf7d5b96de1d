"""
Tries: call the operator that softmax itself calls, which has another name.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch


def after(result):
    return torch.ops.aten._softmax(result.log(), 0, False)
