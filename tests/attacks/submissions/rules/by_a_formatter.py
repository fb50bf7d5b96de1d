"""
Tries: have a formatter of strings fetch the attribute of an attribute.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import string

import torch

softmax, _ = string.Formatter().get_field("0.__self__.special_softmax", (torch.special.expit,), {})


def after(result):
    return softmax(result.log(), 0)
