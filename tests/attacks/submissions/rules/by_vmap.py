"""
Tries: hand the forbidden method to vmap, which calls it with tensors of its own.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return torch.func.vmap(lambda row: row.softmax(0))(result.log()[None])[0]
