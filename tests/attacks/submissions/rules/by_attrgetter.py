"""
Tries: have operator.attrgetter follow a path that is written in a string.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import operator

import torch

find = operator.attrgetter("__self__._VariableFunctions." + "soft" + "max")


def after(result):
    return find(torch.get_num_threads)(result.log(), 0)
