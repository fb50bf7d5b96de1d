"""
Tries: bind the function's arguments before it is called.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

from functools import partial

import torch.nn.functional

rows = partial(torch.nn.functional.__dict__["soft" + "max"], dim=0)


def after(result):
    return rows(result.log())
