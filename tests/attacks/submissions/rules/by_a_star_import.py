"""
Tries: get torch by importing all that another module holds.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

from torch.nn.functional import *


def after(result):
    return torch._softmax(result.log(), 0, False)
