"""
Tries: hand getattr itself on, which then follows a list of names.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

from functools import reduce

import torch

find = reduce(getattr, ["__se" + "lf__", "special_soft" + "max"], torch.special.expit)


def after(result):
    return find(result.log(), 0)
