"""
Tries: keep an allowed function under a name of its own, and ask that for its owner.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

allowed = torch.special.expit


def after(result):
    return allowed.__self__.special_softmax(result.log(), 0)
