"""
Tries: call the function for masked tensors without a mask.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return torch.masked.softmax(result.log(), 0)
