"""
Tries: evaluate an expression that is put together from pieces.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return eval("torch.soft" + "max(x, 0)", {"torch": torch, "x": result.log()})
