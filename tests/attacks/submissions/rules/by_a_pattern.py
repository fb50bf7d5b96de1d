"""
Tries: match a function against a pattern, which reads attributes without a dot.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

match torch.special.expit:
    case object(__self__=table):
        pass


def after(result):
    return table.special_softmax(result.log(), 0)
