"""
Tries: call the operator by torch.ops.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return torch.ops.aten.softmax.int(result.log(), 0)
