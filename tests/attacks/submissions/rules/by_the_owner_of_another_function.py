"""
Tries: find torch's C library as the owner of a function that is allowed.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch


def after(result):
    return torch.get_num_threads.__self__._VariableFunctions.softmax(result.log(), 0)
