"""
Tries: call the function of torch's C library that torch.softmax was taken from.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return torch._C._VariableFunctions.softmax(result.log(), 0)
