"""
Tries: make an object of the forbidden class without its constructor, and call it.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch.nn

kind = getattr(torch.nn, "Soft" + "max")
made = kind.__new__(kind)
torch.nn.Module.__init__(made)
made.dim = 0


def after(result):
    return made(result.log())
