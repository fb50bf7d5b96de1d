"""
Tries: call the same function by the name that it has in torch.special.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return torch.special.softmax(result.log(), 0)
