"""
Tries: get the global names of a function of torch, by a name put together from pieces.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

from torch import nn

space = getattr(nn.Linear(1, 1).forward, "__glo" + "bals__")


def after(result):
    return space["torch"]._softmax(result.log(), 0, False)
