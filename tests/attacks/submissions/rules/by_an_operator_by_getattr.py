"""
Tries: fetch the operator by getattr, so that the source does not name it.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch

name = "soft" + "max"


def after(result):
    return getattr(torch.ops.aten, name)(result.log(), 0)
