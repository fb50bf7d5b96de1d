"""
Tries: fetch the name in torch.special by getattr.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch

name = "soft" + "max"


def after(result):
    return getattr(torch.special, name)(result.log(), 0)
